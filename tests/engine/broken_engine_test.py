#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the engine on purpose, its rules of order first, and sees the agreement test fail:
tests/support/breaks.py."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
import breaks  # noqa: E402

CONDUCTOR = "sim/engine/conductor.cpp"
OFFICES = "sim/engine/offices.cpp"
PROCESS = "sim/people/process.cpp"
MESSAGES = "sim/people/messages.cpp"
DISPATCH = "sim/people/dispatch.cpp"
LEDGER = "sim/people/ledger.cpp"
OUTCOMES = "sim/people/outcomes.cpp"
JOURNEY = "sim/people/journey.cpp"
TRIGGERS = "sim/people/triggers.cpp"

BREAKS = [
    # Order.
    ("people run on although a case of theirs waits", CONDUCTOR,
     "while (!options_.sync && life.waiting == 0 && !life.events.empty())",
     "while (!life.events.empty())"),
    ("copies end after own events of the same moment", PROCESS,
     "case EventKind::expiry: return EventClass::expiry;",
     "case EventKind::expiry: return EventClass::arrival;"),
    ("what arrives comes before own events of the same moment", PROCESS,
     "case EventKind::arrival: return EventClass::arrival;",
     "case EventKind::arrival: return EventClass::stock;"),
    ("dates come after own events of the same moment", PROCESS,
     "case EventKind::rule_start: return EventClass::calendar;",
     "case EventKind::rule_start: return EventClass::arrival;"),
    ("at a desk low numbers come first", MESSAGES,
     "posted.key = {life.now, person.luck.tie(message.lineage),",
     "posted.key = {life.now, person.index,"),
    ("a desk takes the case that was posted last", OFFICES,
     "return b.key.before(a.key);", "return a.key.before(b.key);"),
    ("a cancelled case keeps its officer", OFFICES,
     "*busy = appointment.key.time;", ""),
    ("a withdrawn case is served all the same", MESSAGES,
     "counter_.withdraw(record.desk, message.ticket);", ""),
    ("a shadow occupies its officer", OFFICES, "if (taken.of.loads) {", "if (true) {"),
    ("dates at the moment of entry are not past", PROCESS,
     "return by_entry ? day <= life.now : day < life.now;", "return day < life.now;"),
    # What happens.
    ("a message that waited is not decided again", MESSAGES,
     "if (life.messages[id].waited && lapses(life, life.messages[id]))", "if (false)"),
    ("recall is forgotten", LEDGER, "if (!plan_.recalls) return;", "return;"),
    ("the same message is sent twice", TRIGGERS,
     "if (std::find(person.lineages.begin(), person.lineages.end(), lineage) != "
     "person.lineages.end())", "if (false)"),
    ("the newest source is taken", DISPATCH,
     "return std::pair(copy.from, copy.lineage) < std::pair(other.from, other.lineage);",
     "return std::pair(copy.from, copy.lineage) > std::pair(other.from, other.lineage);"),
    ("views raise hazards", OUTCOMES, "!copy.view() || (mode == Mode::instant",
     "true || (mode == Mode::instant"),
    ("what lowers a hazard is forgotten", OUTCOMES, "lowered *= factor;", "(void)factor;"),
    ("files in stock are as new at the start", JOURNEY,
     "const double until = from + item.keep_days;", "const double until = item.keep_days;"),
    ("ties are seen from one side alone", OUTCOMES,
     "return (&one == &person && other.begun && is_so(other)) || "
     "(&other == &person && one.begun && is_so(one));",
     "return &one == &person && other.begun && is_so(other);"),
    ("a harm cancels no cases", OUTCOMES, "call_off(life, event.member);", ""),
]

sys.exit(breaks.main(
    BREAKS, ["tests/CMakeFiles/engine_agreement_test.dir/engine/agreement_test.cpp.o"],
    ["-lsimgrid"], [f"*/{tenth}" for tenth in range(10)]))
