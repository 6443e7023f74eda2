#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The guard over every scenario that is shipped. Usage: guard_check.py ROOT"""

import pathlib
import sys

import guard
import jsonc

ROOT = pathlib.Path(sys.argv[1]).resolve()
SCENARIOS = ROOT / "scenarios"
KNOWN = SCENARIOS / "policies" / "known-articles.json"


def shipped():
    """Every file of the library but the schemas and the list itself."""
    for file in sorted(SCENARIOS.rglob("*.json")):
        if file.parent.name != "schema" and file != KNOWN:
            yield file


def main():
    here = pathlib.Path(__file__).parent
    states = jsonc.load(here / "states.json")
    real, stylised = set(states["real"]), set(states["stylised"])
    keys = guard.empirical_keys(jsonc.load(f) for f in (SCENARIOS / "schema").glob("*.json"))
    known = guard.known_articles(jsonc.load(KNOWN))
    seen = faults = 0
    for file in shipped():
        document = jsonc.load(file)
        seen += sum(guard.is_claim(value) for _, value in jsonc.walk(document))
        for fault in (
            *guard.evidence_faults(document, keys),
            *guard.citation_faults(document, known),
            *guard.state_faults(document, real),
            *guard.unknown_states(document, real, stylised),
        ):
            faults += 1
            print(f"{file.relative_to(ROOT)}: {fault}")
    print(f"{seen} empirical numbers, {len(known)} known acts, {faults} faults")
    if len(keys) < 20 or seen < 100:
        print("too few empirical numbers were found: is this the right folder?")
        return 1
    return 1 if faults else 0


sys.exit(main())
