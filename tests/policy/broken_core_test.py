#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the decision core on purpose, one way at a time, and sees the agreement test fail.

A break that goes unnoticed is a hole in the random policies. Each break is a
piece of text of one source, which must be there exactly once, and what takes its place.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1])
BUILD = pathlib.Path(sys.argv[2])
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


def compile_command(source):
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        if entry["file"] == str(SOURCE / source):
            return [word for word in shlex.split(entry["command"])]
    raise SystemExit(f"no compile command for {source}")


def broken_object(source, old, new, folder):
    text = (SOURCE / source).read_text()
    # Line breaks and indentation do not count.
    pattern = re.compile(r"\s+".join(re.escape(word) for word in old.split()))
    if len(pattern.findall(text)) != 1:
        raise SystemExit(f"{source}: `{old}` is there {len(pattern.findall(text))} times, not once")
    changed = folder / pathlib.Path(source).name
    changed.write_text(pattern.sub(lambda _: new, text))
    command = compile_command(source)
    # The rest of a broken function may now be unused, which is no error here.
    command = [word for word in command if word != "-Werror" and not word.startswith("-M")]
    command[command.index(str(SOURCE / source))] = str(changed)
    command[command.index("-o") + 1] = str(folder / "broken.o")
    for flag in ("-MF", "-MT"):
        if flag in command:
            del command[command.index(flag):command.index(flag) + 2]
    command = [word for word in command if not word.endswith(".o.d")]
    command = [word for word in command if not (word.endswith(".o") and not word.endswith("broken.o"))]
    command += ["-w", "-O1", "-I", str(SOURCE)]
    subprocess.run(command, check=True, cwd=BUILD)
    return folder / "broken.o"


def notices(break_):
    name, source, old, new = break_
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        broken = broken_object(source, old, new, folder)
        program = folder / "agreement"
        # The linker takes the broken object's symbols and leaves the library's.
        subprocess.run(
            ["g++", "-o", program, broken,
             BUILD / "tests/CMakeFiles/agreement_test.dir/policy/agreement_test.cpp.o",
             BUILD / "tests/libtest_support.a", BUILD / "harness/libonward_harness.a",
             BUILD / "sim/libonward_sim.a", "-lrapidcheck", "-lgtest_main", "-lgtest"], check=True)
        for strategy in ("prohibit", "perm", "invalid"):
            run = subprocess.run([program, f"--gtest_filter=*{strategy}"], capture_output=True, text=True)
            if run.returncode == 1 and "Falsifiable" in run.stdout + run.stderr:
                return name, True
        return name, False


def main():
    missed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, noticed in pool.map(notices, BREAKS):
            print(f"{'noticed' if noticed else 'NOT NOTICED'}: {name}", flush=True)
            missed += not noticed
    print(f"{len(BREAKS) - missed} of {len(BREAKS)} breaks noticed")
    return 1 if missed else 0


sys.exit(main())
