#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The schemas against another validator.

Every schema is itself valid draft-07; everything that ships fits; and on random
changes to what ships, `onward validate` and python3-jsonschema give one verdict.
"""

import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import jsonschema

SOURCE = pathlib.Path(sys.argv[1])
PROGRAM = sys.argv[2]
SCHEMAS = {path.name: json.loads(path.read_text()) for path in sorted((SOURCE / "scenarios/schema").glob("*.json"))}
BLOCKS = ("vocabulary", "world", "population", "outcomes", "experiment")
CHANGES = 1500


def without_comments(text):
    """JSON text without // comments; good enough for files in which no string has `//`."""
    return re.sub(r"(?m)^\s*//.*$", "", text)


def validator(name):
    store = {schema: SCHEMAS[schema] for schema in SCHEMAS}
    resolver = jsonschema.RefResolver(name, SCHEMAS[name], store=store)
    return jsonschema.Draft7Validator(SCHEMAS[name], resolver=resolver)


def blocks():
    """Every block that ships, with the name of its schema."""
    for path in sorted((SOURCE / "scenarios").glob("*/*.sweep.json")):
        yield "sweep.schema.json", json.loads(without_comments(path.read_text()))
    for path in [SOURCE / "tests/scenario/data/classroom.json", *sorted((SOURCE / "scenarios").glob("*/scenario.json"))]:
        scenario = json.loads(without_comments(path.read_text()))
        for key in BLOCKS:
            if isinstance(scenario.get(key), dict):
                yield f"{key}.schema.json", scenario[key]
        for policy in scenario["policies"]:
            if isinstance(policy, dict):
                yield "policy.schema.json", policy
        if isinstance(scenario.get("suite"), list):
            yield "suite.schema.json", {"tests": scenario["suite"]}


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield from places(part, path + (key,))


ODD = [None, True, False, 0, -1, 1, 0.5, 2, 1e9, 1e13, "", "x", "Not An Id", "2026-07-01", "subject", "illustrative",
       [], {}, ["x"], ["x", "x"], [1], {"x": 1}, {"node": "x"}, {"value": 0.5, "evidence": "illustrative"}]


def changed(dice, value):
    value = copy.deepcopy(value)
    path = dice.choice([p for p in places(value) if p])
    parent = value
    for key in path[:-1]:
        parent = parent[key]
    what = dice.randrange(4)
    if what == 0:
        del parent[path[-1]]
    elif what == 1:
        parent[path[-1]] = copy.deepcopy(dice.choice(ODD))
    elif what == 2 and isinstance(parent, dict):
        parent[dice.choice(["extra", "label", "chance", "not", "duties", "two words"])] = copy.deepcopy(dice.choice(ODD))
    elif isinstance(parent, list):
        parent.append(copy.deepcopy(dice.choice(parent + ODD)))
    else:
        parent[path[-1]] = copy.deepcopy(dice.choice(ODD))
    return value


def check_meta():
    for name, schema in SCHEMAS.items():
        jsonschema.Draft7Validator.check_schema(schema)
        validator(name).is_valid({})  # resolves references as far as they are reached
    print(f"{len(SCHEMAS)} schemas are valid draft-07")


def check_agreement():
    dice = random.Random(20260701)
    shipped = list(blocks())
    for name, block in shipped:
        error = jsonschema.exceptions.best_match(validator(name).iter_errors(block))
        assert error is None, f"{name}: {error}"
    validators = {name: validator(name) for name, _ in shipped}
    wrong = 0
    refused = 0
    with tempfile.TemporaryDirectory() as folder:
        expected = {}
        for i in range(CHANGES):
            name, block = dice.choice(shipped)
            block = changed(dice, block)
            good = validators[name].is_valid(block)
            path = f"{folder}/{i}.json"
            pathlib.Path(path).write_text(json.dumps({"$schema": name, **block}))
            expected[path] = good
            refused += not good
        run = subprocess.run([PROGRAM, "validate", *expected], capture_output=True, text=True)
        valid = {line.split(": valid")[0] for line in run.stdout.splitlines() if ": valid" in line}
        for path, good in expected.items():
            if (path in valid) != good:
                wrong += 1
                complaints = [line for line in run.stderr.splitlines() if line.startswith(path)]
                print(f"disagreement: theirs {'valid' if good else 'invalid'}: {pathlib.Path(path).read_text()}\n  ours {complaints}")
    print(f"{CHANGES} changed blocks, {refused} refused by both or one, {wrong} disagreements")
    # Both verdicts are common, or the comparison says little.
    assert CHANGES // 10 < refused < CHANGES * 9 // 10
    return wrong


# What is free in an output: any text of the scenario.
FREE = {"duties", "before", "after"}


def check_output(name, *commands):
    """What the program prints fits its schema, and the schema is not idle."""
    schema = validator(f"{name}.schema.json")
    for command in commands:
        run = subprocess.run([PROGRAM, *command, "--json"], capture_output=True, text=True, cwd=SOURCE)
        assert run.returncode in (0, 4), run.stderr
        results = json.loads(run.stdout)
        error = jsonschema.exceptions.best_match(schema.iter_errors(results))
        assert error is None, error
    wanted = [path for path in places(results) if path and isinstance(path[-1], str) and not FREE & set(path)]
    dice = random.Random(20260701)
    for path in dice.sample(wanted, min(100, len(wanted))):
        broken = copy.deepcopy(results)
        parent = broken
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = {"wrong": [0]}
        assert not schema.is_valid(broken), f"{path} may be anything"
    print(f"{name}: what is printed fits the schema, and what is broken does not")


check_meta()
check_output("results", ["run", "scenarios/classroom", "--precision", "5%", "--replications", "3"],
             ["run", "scenarios/classroom", "--replications", "3"],
             ["run", "scenarios/classroom", "--policy", "law"])
check_output("comparison", ["compare", "scenarios/partner-sharing", "--people", "300", "--replications", "12"],
             ["compare", "scenarios/classroom", "--replications", "3"])
check_output("report", ["report", "scenarios/classroom", "--replications", "3"])
check_output("policy-list", ["policy", "list"], ["policy", "list", "scenarios/classroom"])
check_output("policy-text", ["policy", "show", "law"], ["policy", "show", "safeguards"])
check_output("lint", ["lint", "scenarios/classroom"], ["lint"])
sys.exit(1 if check_agreement() else 0)
