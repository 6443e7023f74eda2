# SPDX-License-Identifier: Apache-2.0
"""The decision cases of the law: what is counted, and what a family of flips must have.

A case whose name has the form `RULE: CONDITION` belongs to the family RULE. The first case of a
family is the whole one, in which every condition holds; each denial differs from it in one thing.
"""

import collections


def decisions(suites):
    return [test for suite in suites for test in suite["tests"] if "decide" in test]


def denied(test):
    return all(expected["verdict"] == "deny" for expected in test["expect"].values())


def permitted(test):
    return all(expected["verdict"] == "permit" for expected in test["expect"].values())


def families(suites):
    """Family to its cases in order."""
    found = collections.OrderedDict()
    for test in decisions(suites):
        rule, colon, _ = test["name"].rpartition(": ")
        if colon:
            found.setdefault(rule, []).append(test)
    return found


def as_set(value):
    return frozenset(value) if isinstance(value, list) else frozenset([value])


def flips(whole, other):
    """What two requests differ in: one entry for each fact, attribute and key."""
    differ = [f"fact {f}" for f in as_set(whole.get("facts", [])) ^ as_set(other.get("facts", []))]
    before, after = whole.get("subject", {}), other.get("subject", {})
    differ += [
        f"subject {key}"
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]
    keys = (whole.keys() | other.keys()) - {"facts", "subject"}
    return differ + [key for key in sorted(keys) if whole.get(key) != other.get(key)]


def family_faults(rule, cases):
    whole, others = cases[0], cases[1:]
    if not permitted(whole):
        yield f"{rule}: its first case is not permitted"
        return
    flipped = set()
    for other in filter(denied, others):
        differ = flips(whole["decide"], other["decide"])
        if len(differ) != 1:
            yield f"{other['name']}: differs in {', '.join(differ) or 'nothing'}"
        flipped.update(differ)
    for fact in whole["decide"].get("facts", []):
        if f"fact {fact}" not in flipped:
            yield f"{rule}: no case without {fact}"
    if len(flipped) < 2:
        yield f"{rule}: fewer than two conditions are flipped"


def faults(suites, least=150, share=0.4):
    tests = decisions(suites)
    denials = sum(map(denied, tests))
    if len(tests) < least:
        yield f"only {len(tests)} cases, {least} are needed"
    if denials < share * len(tests):
        yield f"only {denials} denials in {len(tests)} cases"
    for test in tests:
        if "skip" in test:
            yield f"{test['name']}: skipped"
        if "Article" not in test["name"] and test.get("note") is None:
            yield f"{test['name']}: names no article"
    for rule, cases in families(suites).items():
        yield from family_faults(rule, cases)
