#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docs/method/names.md leads to is there. Usage: names_check.py ROOT"""

import pathlib
import re
import sys

import jsonc

# How many findings of each kind the evidence has: rules, prohibitions, derogations, urgency,
# transfers, practice, oversight, proposals.
FINDINGS = {"r": 28, "p": 13, "d": 5, "u": 3, "t": 6, "s": 9, "g": 3, "h": 4}


def rows(text, heading):
    """The names on either side of the table under a heading."""
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    for line in section.splitlines():
        cells = line.split("|")
        if len(cells) == 4 and "`" in cells[1]:
            yield re.findall(r"`([\w.]+)`", cells[1]), re.findall(r"`([\w.-]+)`", cells[2])


def rules_of(policy):
    patch = (item for item in policy.get("patch", []) if "add" in item)
    return {**policy.get("rules", {}), **{item["add"]: item["rule"] for item in patch}}


def known_rules(root):
    files = list((root / "scenarios").glob("policies/*.json"))
    files += (root / "scenarios").glob("*/policies/*.json")
    return {rule for file in files for rule in rules_of(jsonc.load(file))}


def known_nodes(root):
    nodes = {"channel-2023", "scenarios/partner-sharing"}
    for file in (root / "scenarios/worlds").glob("*.json"):
        world = jsonc.load(file)
        nodes.update(world.get("nodes", {}))
        national = world.get("for_each_state", {}).get("nodes", {})
        nodes.update(f"S.{name}" for name in national)
        nodes.update(desk for node in national.values() for desk in node.get("desks", {}))
    return nodes


def faults(root):
    text = (root / "docs/method/names.md").read_text()
    rules, nodes = known_rules(root), known_nodes(root)
    found = []
    for findings, names in rows(text, "Rules"):
        found += findings
        yield from (f"{findings[0]}: no rule {name}" for name in names if name not in rules)
        if not names:
            yield f"{findings[0]}: no rule is named"
    for kind, number in FINDINGS.items():
        width = 3 if kind == "r" else 2
        for finding in (f"{kind}{i:0{width}}" for i in range(1, number + 1)):
            if found.count(finding) != 1:
                yield f"{finding}: {found.count(finding)} rows"
    for institutions, names in rows(text, "Institutions"):
        yield from (f"{institutions[0]}: no node {n}" for n in names if n not in nodes)


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    for fault in found:
        print(fault)
    print(f"{sum(FINDINGS.values())} findings, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
