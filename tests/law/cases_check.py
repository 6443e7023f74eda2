#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the decision cases of scenarios/eu-2026. Usage: cases_check.py ROOT"""

import pathlib
import sys

import cases
import jsonc

FAMILIES = 25


def main():
    files = sorted(pathlib.Path(sys.argv[1], "scenarios", "eu-2026").glob("*.suite.json"))
    suites = [jsonc.load(file) for file in files]
    for file, suite in zip(files, suites):
        tests = cases.decisions([suite])
        denials, permits = sum(map(cases.denied, tests)), sum(map(cases.permitted, tests))
        rest = len(tests) - denials - permits
        print(f"{file.name}: {len(tests)} cases, {permits} permit, {denials} deny, {rest} other")
    found = list(cases.faults(suites))
    families = cases.families(suites)
    if len(families) < FAMILIES:
        found.append(f"only {len(families)} families, {FAMILIES} are needed")
    print(f"{len(cases.decisions(suites))} cases, {len(families)} families, {len(found)} faults")
    for fault in found:
        print(fault)
    return 1 if found else 0


sys.exit(main())
