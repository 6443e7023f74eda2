#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The lint of the law in force finds what lint_explained.json explains, no more and no less.

Usage: lint_check.py PROGRAM ROOT [FINDINGS]; FINDINGS: a file with the output of an earlier lint.
"""

import json
import pathlib
import subprocess
import sys

SCENARIO = "scenarios/eu-2026"
POLICY = "law"


def findings(program, root):
    command = [program, "lint", SCENARIO, "--policy", POLICY, "--json", "--deny", "nothing"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["findings"]


def found(report):
    """(code, rule) to how serious it is."""
    return {(one["code"], one["rule"]): one["severity"] for one in report}


def explained(entries):
    """(code, rule) pairs of the explanations, each entry being one reason for several rules."""
    return [(entry["code"], rule) for entry in entries for rule in entry["rules"]]


def faults(report, entries):
    """What is found and not explained, explained and not found, or explained badly."""
    seen, known = found(report), explained(entries)
    for code, rule in sorted(seen.keys() - set(known)):
        yield f"{rule}: {code} ({seen[code, rule]}) has no explanation"
    for code, rule in sorted(set(known) - seen.keys()):
        yield f"{rule}: {code} is explained and no longer found"
    for code, rule in sorted({pair for pair in known if known.count(pair) > 1}):
        yield f"{rule}: {code} is explained twice"
    for entry in entries:
        if len(entry.get("because", "").split()) < 5:
            yield f"{entry['code']} of {entry['rules'][0]}: no reason is given"


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    entries = json.loads((root / "tests/law/lint_explained.json").read_text())
    if len(sys.argv) > 3:
        report = json.loads(pathlib.Path(sys.argv[3]).read_text())["findings"]
    else:
        report = findings(program, root)
    wrong = list(faults(report, entries))
    for fault in wrong:
        print(fault)
    print(f"{len(report)} findings, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
