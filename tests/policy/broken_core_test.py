#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the decision core on purpose and sees the agreement test fail: tests/support/breaks.py."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
import breaks  # noqa: E402

CORE = "sim/policy/compiled_policy.cpp"
COMPILER = "sim/policy/compile.cpp"
SELECTOR = "sim/world/selector.cpp"
CELLS = "sim/policy/cells.cpp"

BREAKS = [
    ("a fact that must not hold is not asked", CORE,
     "facts.contains_all(test.must_hold) && !facts.intersects(test.must_not_hold)",
     "facts.contains_all(test.must_hold)"),
    ("a suspension by an absent fact is forgotten", CORE,
     "facts.intersects(test.must_hold) || !facts.contains_all(test.must_not_hold)",
     "facts.intersects(test.must_hold)"),
    ("a derogation does nothing", CORE,
     "if (derogates(permit, prohibition)) return false;", ""),
    ("a higher layer gives way under perm", CORE,
     "rule.absolute || rule.layer < policy_->rule(permit).layer", "rule.absolute"),
    ("an absolute prohibition gives way under perm", CORE,
     "rule.absolute || rule.layer < policy_->rule(permit).layer",
     "rule.layer < policy_->rule(permit).layer"),
    ("an equal layer bars under perm", CORE,
     "rule.layer < policy_->rule(permit).layer", "rule.layer <= policy_->rule(permit).layer"),
    ("conflicts do not void", CORE,
     "if (policy_->strategy != Strategy::invalid) return false;", "return false;"),
    ("the longest retention counts", CORE,
     "merge_best(rest.retain_days, one.retain_days, std::less<>());",
     "merge_best(rest.retain_days, one.retain_days, std::greater<>());"),
    ("bound hands are not a burden", CORE, "needs.bound_hands, -needs", "false, -needs"),
    ("shorter retention comes first", CORE, "-needs.retain_days,", "needs.retain_days,"),
    ("redaction hides nothing", CORE, "!needs.redact.contains(category) &&", ""),
    ("requirements ask for no desk", CORE, "needs.desk |= more.desk;", ""),
    ("requirements set no sunset", CORE,
     "needs.before = std::min(needs.before, more.before);", ""),
    ("a query from outside is not governed", CORE,
     "asked.governed = actor_bound || asked.for_outsider;", "asked.governed = actor_bound;"),
    ("the sender is not among the sources", CORE,
     "if (request.from) asked.sources |= sources_of(*request.from);", ""),
    ("a travelling no_onward is forgotten", CORE, "!(travels.no_onward && hands_on) &&", ""),
    ("a travelling recall is forgotten", CORE,
     "!(travels.recall && !request.via.recallable) &&", ""),
    ("a rule ends a day early", COMPILER,
     "rule.in_force_until->days_since_1970() + 1", "rule.in_force_until->days_since_1970()"),
    ("inferences do not chain", COMPILER,
     "found.push_back(leak);\n              open.push_back(leak);", "found.push_back(leak);"),
    ("the answer to a query reveals nothing", COMPILER,
     "entry.data = by_answer ? CategorySet::all() : CategorySet::of(leak.category);",
     "entry.data = CategorySet::of(leak.category);"),
    ("a listed hit does not reach the other categories", COMPILER,
     "if (answers && rule.data.intersects(either)) listed = CategorySet::all();", ""),
    ("an action covers only itself", COMPILER,
     "at = vocabulary.actions[at->index()].included_in)", "at = std::nullopt)"),
    ("prohibitions on disclosure do not reach a query from outside", COMPILER,
     "rules[1] = std::move(all);", ""),
    ("inferences need no provenance", COMPILER,
     "revealed.sources | way.sources", "revealed.sources"),
    ("`not` selects all the same", SELECTOR,
     "for (const NodeSelector& part : none) conditions.push_back(Predicate::negation(part.when(node)));",
     ""),
    ("people are put into the wrong cell", CELLS,
     "questions.given(states[s], AttributeId(a), value)", "questions.given(states[0], AttributeId(a), value)"),
]


sys.exit(breaks.main(
    BREAKS, ["tests/CMakeFiles/agreement_test.dir/policy/agreement_test.cpp.o"], [],
    [f"*{strategy}" for strategy in ("prohibit", "perm", "invalid")]))
