#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks sources on purpose, one way at a time, and sees a test fail.

A break that goes unnoticed is a hole in the test. Each break is a name, a source, a
piece of its text, which must be there exactly once, and what takes its place.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import resource
import shlex
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1])
BUILD = pathlib.Path(sys.argv[2])


def compile_command(source):
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        if entry["file"] == str(SOURCE / source):
            return [word for word in shlex.split(entry["command"])]
    raise SystemExit(f"no compile command for {source}")


def broken_object(source, old, new, folder):
    text = (SOURCE / source).read_text()
    # Line breaks and indentation do not count.
    pattern = re.compile(r"\s+".join(re.escape(word) for word in old.split()))
    if len(pattern.findall(text)) != 1:
        raise SystemExit(f"{source}: `{old}` is there {len(pattern.findall(text))} times, not once")
    changed = folder / pathlib.Path(source).name
    changed.write_text(pattern.sub(lambda _: new, text))
    command = compile_command(source)
    # The rest of a broken function may now be unused, which is no error here.
    command = [word for word in command if word != "-Werror" and not word.startswith("-M")]
    command[command.index(str(SOURCE / source))] = str(changed)
    command[command.index("-o") + 1] = str(folder / "broken.o")
    for flag in ("-MF", "-MT"):
        if flag in command:
            del command[command.index(flag):command.index(flag) + 2]
    command = [word for word in command if not word.endswith(".o.d")]
    command = [word for word in command if not (word.endswith(".o") and not word.endswith("broken.o"))]
    command += ["-w", "-O1", "-I", str(SOURCE)]
    subprocess.run(command, check=True, cwd=BUILD)
    return folder / "broken.o"


def notices(break_, objects, libraries, filters):
    """Links the broken object before the libraries, and runs the test; a failure is a notice."""
    name, source, old, new = break_
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        broken = broken_object(source, old, new, folder)
        program = folder / "test"
        # The linker takes the broken object's symbols and leaves the library's.
        subprocess.run(["g++", "-o", program, broken, *[BUILD / o for o in objects],
                        *[BUILD / "tests/libtest_support.a", BUILD / "harness/libonward_harness.a",
                          BUILD / "sim/libonward_sim.a"], *libraries,
                        "-lrapidcheck", "-lgtest_main", "-lgtest"], check=True)
        for test_filter in filters:
            # Without end or bounds is a failure, too.
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))  # noqa: E731
            try:
                run = subprocess.run([program, f"--gtest_filter={test_filter}"], timeout=120,
                                     capture_output=True, preexec_fn=limit)
            except subprocess.TimeoutExpired:
                return name, True
            if run.returncode != 0:
                return name, True
        return name, False


def main(breaks, objects, libraries, filters):
    missed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, noticed in pool.map(lambda b: notices(b, objects, libraries, filters), breaks):
            print(f"{'noticed' if noticed else 'NOT NOTICED'}: {name}", flush=True)
            missed += not noticed
    print(f"{len(breaks) - missed} of {len(breaks)} breaks noticed")
    return 1 if missed else 0
