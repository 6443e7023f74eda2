#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Python readings of docs/guides/read-results.md, run as they stand there.

Usage: readers_test.py SOURCE PROGRAM
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1]).resolve()
PROGRAM = sys.argv[2]


def blocks(language):
    guide = (SOURCE / "docs/guides/read-results.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", guide, re.S)


def onward(*words):
    subprocess.run([PROGRAM, *words], check=True, cwd=SOURCE, stdout=subprocess.DEVNULL)


def lines_of(block, folder):
    run = subprocess.run([sys.executable, "-c", block], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, f"{block}\n{run.stderr}"
    return [line.split(" ") for line in run.stdout.splitlines()]


def expected(results):
    """Policy, measure, mean, low and high, as results.json has them."""
    rows = set()
    for policy in results["policies"]:
        for name, figure in policy["measures"].items():
            rows.add((policy["id"], name, figure["mean"], figure["low"], figure["high"]))
    return rows


def number(text):
    return None if text in ("", "None") else float(text)


def figures(lines):
    # An empty field between spaces stays a field.
    return {(line[0], line[1], *(number(text) for text in line[2:5])) for line in lines}


def main():
    python = blocks("python")
    assert len(python) == 4 and len(blocks("r")) == 2
    assert all(len(block.strip().splitlines()) == 3 for block in python + blocks("r")), "three lines each"
    with tempfile.TemporaryDirectory() as folder:
        onward("run", "scenarios/classroom", "--people", "100", "--replications", "12", "--out", f"{folder}/results")
        onward("export", f"{folder}/results")
        onward("sweep", "scenarios/classroom/letters.sweep.json", "--out", f"{folder}/sweep")
        results = json.loads((pathlib.Path(folder) / "results/results.json").read_text())
        store, table, pairs, sweep = (lines_of(block, folder) for block in python)
        assert figures(store) == expected(results)
        assert figures(table) == expected(results)
        assert len(pairs) == 12
        exposure = next(d for d in results["differences"] if d["policy"] == "proposal")["measures"]["exposure_days"]
        assert abs(sum(float(line[1]) for line in pairs) / 12 - exposure["mean"]) < 1e-9
        measures = len(results["policies"][0]["measures"])
        assert len(sweep) == 12 * 3 * 10 * measures, len(sweep)
        assert {float(line[0]) for line in sweep} >= {0.0001, 0.01}
    print("all readings agree with results.json")


main()
