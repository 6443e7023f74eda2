#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the proof on purpose, what it makes of the rules first, and sees the comparison with trying
everything fail: tests/support/breaks.py."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
import breaks  # noqa: E402

VERDICTS = "sim/proof/verdicts.cpp"
LAW = "sim/proof/law_of_acts.cpp"
PATHS = "sim/proof/paths.cpp"
SITUATIONS = "sim/proof/situations.cpp"
DERIVATIONS = "sim/proof/derivations.cpp"

BREAKS = [
    ("rules that need a source are left out", VERDICTS,
     "!sources.contains_all(way.sources)", "!way.sources.empty()"),
    ("no fact ever holds", VERDICTS,
     "if (occasion.may.contains(fact)) keep(set | FactSet::of(fact));", ""),
    ("every fact always holds", VERDICTS,
     "if (!occasion.must.contains(fact)) keep(set);", ""),
    ("rules that begin later are not seen", VERDICTS, "add(way.from);", ""),
    ("all people are decided as the first", VERDICTS,
     "kinds.try_emplace(std::move(signature), situations_.nobody())",
     "kinds.try_emplace({}, situations_.nobody())"),
    ("status never changes", SITUATIONS, "for (const std::uint32_t next : moves_[cell])",
     "for (const std::uint32_t next : std::vector<std::uint32_t>{})"),
    ("provenance is forgotten", VERDICTS,
     "onward::handed_on(provenances_[by], policy_.sources_of(sender), under, purpose)",
     "onward::handed_on(provenances_[by], SourceSet{}, under, purpose)"),
    ("travelling duties are forgotten", VERDICTS,
     "onward::handed_on(provenances_[by], policy_.sources_of(sender), under, purpose)",
     "onward::handed_on(provenances_[by], policy_.sources_of(sender), {}, purpose)"),
    ("inferences are not made", PATHS, "for (bool more = goal_.inferred; more;)",
     "for (bool more = false; more;)"),
    ("keys are not shown", LAW, "show_keys(held, number);", ""),
    ("nothing is learned from an empty answer", LAW, "ask_for_nothing();", ""),
    ("queries are not answered", LAW, "answer(held, number, act);", ""),
    ("what is only seen is kept", DERIVATIONS,
     "const double keep = arrival.view ? 0 : hop.keep_days;", "const double keep = 0;"),
    ("others do not pass on", LAW, "pass_on(held, number);", ""),
]

sys.exit(breaks.main(
    BREAKS, ["tests/CMakeFiles/proof_test.dir/proof/law_test.cpp.o"], ["-lsimgrid"],
    [f"*/{slice}" for slice in range(10)]))
