# SPDX-License-Identifier: Apache-2.0
"""Scenario files as Python objects: JSON with line comments."""

import json
import pathlib
import re

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*')


def parse(text):
    """A comment inside a string is text."""
    return json.loads(TOKEN.sub(lambda m: m[0] if m[0][0] == '"' else "", text))


def load(path):
    return parse(pathlib.Path(path).read_text())


def walk(value, pointer=""):
    """All values within a value, outer before inner, with their JSON pointers."""
    yield pointer, value
    items = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        yield from walk(inner, f"{pointer}/{key}")
