#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The console blocks of a README: each command is run and its output compared.

Usage: readme_test.py README PROGRAM [--update]. With --update the output is written
into the README instead.
"""

import os
import pathlib
import re
import subprocess
import sys

README = pathlib.Path(sys.argv[1]).resolve()
PROGRAM = pathlib.Path(sys.argv[2]).resolve()
UPDATE = "--update" in sys.argv


def run(command):
    environment = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "NO_COLOR": "1"}
    result = subprocess.run(["bash", "-c", command], cwd=README.parent, env=environment,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return result.stdout


def main():
    wrong = 0
    blocks = 0

    def check(match):
        nonlocal wrong, blocks
        blocks += 1
        command = match[1]
        expected = f"```console\n$ {command}\n{run(command)}```"
        if not UPDATE and expected != match[0]:
            wrong += 1
            print(f"README has\n{match[0]}\nbut the command prints\n{expected}\n")
        return expected

    text = re.sub(r"```console\n\$ (.*)\n(?:(?!```).*\n)*```", check, README.read_text())
    if UPDATE:
        README.write_text(text)
    print(f"{blocks} console blocks, {wrong} wrong")
    return 1 if wrong or not blocks else 0


sys.exit(main())
