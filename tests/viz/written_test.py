#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `onward report` writes, against the run that it tells of and by hand: written_test.py SOURCE PROGRAM"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1])
PROGRAM = pathlib.Path(sys.argv[2]).resolve()
CLASSROOM = "scenarios/classroom"
SIZE = ["--people", "1000", "--replications", "3"]


def onward(*arguments, code=0):
    run = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, cwd=SOURCE)
    assert run.returncode == code, f"{arguments}: exit {run.returncode}\n{run.stderr}"
    return run


def document_in(page):
    text = re.search(r'<script type="application/json" id="report">(.*?)</script>', page, re.S)[1]
    assert not set(text) & set("<>&\u2028\u2029"), "the document is not escaped"
    return json.loads(text)


def same_figures(results, whole):
    """The page's results are those of the run, some measures left out."""
    compared = 0
    for kind in ("policies", "differences"):
        for mine, theirs in zip(results[kind], whole[kind], strict=True):
            for name, figure in mine["measures"].items():
                assert figure == theirs["measures"][name], name
                compared += 1
            for group, measures in mine["groups"].items():
                for name, figure in measures.items():
                    assert figure == theirs["groups"][group][name], (group, name)
                    compared += 1
    assert compared > 20 and results["digest"] == whole["digest"]


def by_hand(report):
    """Nobody writes under the law; every office under the proposal; the border police with the safeguard."""
    place = {node["id"]: at for at, node in enumerate(report["nodes"])}
    flows = {(flow["from"], flow["to"]): flow["by"] for flow in report["map"]["flows"]}
    border = flows[place["border"], place["homeland"]]
    asylum = flows[place["asylum"], place["homeland"]]
    assert len(flows) == 2
    assert border[0] is None and asylum[0] is None and asylum[2] is None
    refused = border[1]["people"]
    # 1,000 people with the chance 0.486: 7 standard deviations are 110.
    assert abs(refused - 486) < 110, refused
    assert border[2] == border[1] and asylum[1]["people"] == refused
    for traffic in (border[1], asylum[1]):
        assert sum(traffic["steps"]) == refused and not traffic["unlawful"]
        # The letter is there on day 95, whoever is refused.
        assert traffic["steps"][int(95 / report["map"]["days_per_step"])] == refused
    held = {(h["node"], report["categories"][h["category"]]["id"]): h["by"] for h in report["map"]["holdings"]}
    assert held[place["homeland"], "identity"] == [0, refused, refused]
    assert held[place["border"], "identity"] == [1000, 1000, 1000]
    assert (place["homeland"], "asylum_status") not in held, "an inference is no copy"
    story = report["stories"][0]
    assert story["name"] == "Ilvane" and None not in story["partings"]
    harmed = [[event["kind"] for event in life].count("harmed") for life in story["lives"]]
    assert harmed == [0, 1, 0]
    clauses = report["switches"]
    assert [type(one) for one in clauses["combinations"]] == [dict, str, dict, dict]
    proposal = report["results"]["differences"][0]["measures"]
    assert clauses["combinations"][3] == {name: proposal[name] for name in report["headline"]}
    # Without letters nothing happens, whatever a letter might tell.
    for bits in (0, 2):
        assert all(figure["mean"] == 0 for figure in clauses["combinations"][bits].values())


def main():
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        whole = json.loads(onward("run", CLASSROOM, *SIZE, "--json").stdout)
        onward("report", CLASSROOM, *SIZE, "-o", page)
        report = document_in(page.read_text())
        same_figures(report["results"], whole)
        by_hand(report)
        assert report["suite"]["passed"] == len(report["suite"]["tests"]) > 10

        before = page.read_bytes()
        refused = onward("report", CLASSROOM, *SIZE, "-o", page, code=2)
        assert "exists already" in refused.stderr and page.read_bytes() == before
        onward("report", CLASSROOM, *SIZE, "--no-tests", "--force", "-o", page)
        assert document_in(page.read_text())["suite"] is None

        results = f"{folder}/results"
        onward("run", CLASSROOM, *SIZE, "--out", results)
        kept = document_in(pathlib.Path(f"{results}/report.html").read_text())
        same_figures(kept["results"], whole)
        assert {"skipped", "passed"} == {test["status"] for test in kept["suite"]["tests"]}
        onward("report", results, "--force", "-o", page)
        again = document_in(page.read_text())
        assert again["map"] == report["map"] and again["stories"] == report["stories"]
        same_figures(again["results"], whole)

        nowhere = onward("report", f"{folder}/nothing", "-o", f"{folder}/x.html", code=3)
        assert nowhere.stdout == "" and not pathlib.Path(f"{folder}/x.html").exists()
    print("what is written is what was replayed")


main()
