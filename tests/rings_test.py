#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Third-party headers stay in their files, and arrows between folders point one way."""

import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1]).resolve()

# Header (as a prefix of what stands in <...>): the files that may include it.
THIRD_PARTY = {
    "valijson/": ["sim/scenario/schema.cpp"],
    "CLI/": ["cli/main.cpp", "cli/add_options.hpp"],
    "spdlog/": ["cli/load.cpp"],
    "nlohmann/": ["sim/scenario/", "metrics/", "harness/", "viz/", "cli/explain.cpp", "cli/lint.cpp",
                  "cli/policy.cpp", "cli/reach.cpp", "cli/story.cpp",
                  "cli/variant_runs.hpp"],
    "pugixml": ["harness/junit.cpp"],
    "boost/math/": ["metrics/statistics.cpp"],
    "boost/container/": ["sim/policy/compiled_policy.cpp", "sim/people/life.hpp"],
    "boost/graph": ["sim/proof/", "sim/world/"],
    "simgrid": ["sim/engine/"],
    "SimGrid": ["sim/engine/"],
    "Random123/": ["sim/random/"],
    "sqlite": ["metrics/store/database.cpp"],
    "SQLiteCpp": ["metrics/store/database.cpp"],
    "openssl/": ["metrics/store/sha256.cpp"],
}

# Folder: what it may include beside itself. `sim` alone stands for the headers right in sim/.
ARROWS = {
    "sim/world": ["sim"],
    "sim/policy": ["sim", "sim/world"],
    "sim/random": ["sim", "sim/world"],
    "sim/people": ["sim", "sim/world", "sim/policy", "sim/random"],
    "sim/proof": ["sim", "sim/world", "sim/policy", "sim/people"],
    "sim/engine": ["sim", "sim/world", "sim/policy", "sim/random", "sim/people", "sim/proof"],
    "sim/scenario": ["sim", "sim/world", "sim/policy", "sim/people"],
    "sim": [],
    "metrics": ["sim", "sim/*"],
    "viz": ["sim", "sim/*", "metrics"],
    "harness": ["sim", "sim/*", "metrics"],
    "cli": ["sim", "sim/*", "metrics", "viz", "harness"],
}


def folder(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "sim" and len(parts) > 2 else parts[0]


def allowed(source, target):
    if source == target:
        return True
    return any(
        target == entry or (entry == "sim/*" and target.startswith("sim/"))
        for entry in ARROWS[source]
    )


def breaches():
    seen = 0
    for file in sorted(ROOT.glob("**/*.[ch]pp")):
        name = file.relative_to(ROOT).as_posix()
        if name.split("/")[0] not in ("sim", "metrics", "viz", "harness", "cli"):
            continue
        for line in file.read_text().splitlines():
            third = re.match(r"\s*#include <([^>]+)>", line)
            own = re.match(r'\s*#include "([^"]+)"', line)
            if third:
                for prefix, places in THIRD_PARTY.items():
                    if third[1].startswith(prefix) and not name.startswith(tuple(places)):
                        yield f"{name}: <{third[1]}> may stand only in {', '.join(places)}"
            if own:
                seen += 1
                if not allowed(folder(name), folder(own[1])):
                    yield f"{name}: {folder(name)} may not include {own[1]}"
    if seen < 50:
        yield f"only {seen} includes found: is this the right folder?"


def main():
    found = list(breaches())
    for breach in found:
        print(breach)
    return 1 if found else 0


sys.exit(main())
