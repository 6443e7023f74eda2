#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A scenario whose every text tries to be more than text: make_hostile.py SCENARIO.json OUT.json"""

import json
import pathlib
import re
import sys

NASTY = [
    "</script><script>window.ran=1</script>",
    "<img src=x onerror='window.ran=1'><b class=evil>bold</b>",
    "\"'`<!--<script>--><svg/onload=window.ran=1>",
    "\u202e\u2066right to left\u202c \u2028 and \u2029 lines &amp; &lt;b&gt;",
    "javascript:window.ran=1 https://example.org/\"onclick=window.ran=1",
]
TEXTS = {"title", "question", "label", "story", "citation", "source", "note", "unit"}


def spoil(value, seen):
    if isinstance(value, list):
        for one in value:
            spoil(one, seen)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in TEXTS and isinstance(one, str):
                value[key] = one + " " + NASTY[len(seen) % len(NASTY)]
                seen.append(key)
            elif key == "unmodelled" and isinstance(one, list):
                value[key] = [text + " " + NASTY[0] for text in one]
            else:
                spoil(one, seen)


def read(path):
    return json.loads(re.sub(r"(?m)^\s*//.*$", "", path.read_text()))


def main():
    path = pathlib.Path(sys.argv[1])
    scenario = read(path)
    del scenario["$schema"]
    scenario["suite"] = read(path.parent / scenario["suite"])["tests"]
    seen = []
    spoil(scenario, seen)
    for test in scenario["suite"]:
        test["name"] += " " + NASTY[1]
    scenario["id"] = "hostile"
    scenario["experiment"]["replications"] = 3
    assert len(seen) > 20 and set(seen) >= {"title", "question", "label", "citation"}, seen
    out = pathlib.Path(sys.argv[2])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(scenario))


main()
