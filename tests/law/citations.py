# SPDX-License-Identifier: Apache-2.0
"""The acts and articles that a text cites, and whether a list of known articles has them.

An independent reading of docs/method/decisions.md, section 9, in so far as the guard needs it.
"""

import re

ACT = re.compile(r"(?<![\d/])((?:19|20)\d\d/\d{1,4}|\d{1,4}/(?:19|20)\d\d)(?![\d/]*\d)")
NAMED = re.compile(r"\b(Charter|Convention|TFEU|TEU|GDPR|LED)\b")
SHORT = {"GDPR": "2016/679", "LED": "2016/680"}
LIST = re.compile(r"Articles?\s+(\d.*)")
ITEM = re.compile(
    r"(?P<first>\d+[a-z]?(?![a-z]))(?:\((?:\d+[a-z]?|[a-z]+)\))*"
    r"(?:-(?:(?P<last>\d+[a-z]?(?![a-z]))|(?:\(\w+\)))(?:\(\w+\))*)?"
    r"(?:(?:, and |, | and )(?:\(\w+\)(?:-\(\w+\))?))*"
)
BETWEEN = re.compile(r"(?:, and |, | and )(?=\d)")


def act_names(text):
    """The acts that a text names, with where each name begins."""
    found = [(m.start(), m[1]) for m in ACT.finditer(text)]
    found += [(m.start(), SHORT.get(m[1], m[1])) for m in NAMED.finditer(text)]
    return sorted(found)


def cited(text):
    """Pairs (act, article), each article of a range; (act, None) for an act alone."""
    acts = act_names(text)
    pairs = []
    for index, (start, act) in enumerate(acts):
        end = acts[index + 1][0] if index + 1 < len(acts) else len(text)
        pairs += [(act, article) for article in articles_of(text[start:end])] or [(act, None)]
    return pairs


def in_range(first, last):
    """The articles from one to another. Which letters lie between is not known: the ends only."""
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first), int(last) + 1)]
    return sorted({first, last})


def articles_of(text):
    """The articles in the first list of a text that names one act."""
    match = LIST.search(text.split(";")[0])
    rest = match[1] if match else ""
    articles = []
    while item := ITEM.match(rest):
        articles += in_range(item["first"], item["last"] or item["first"])
        rest = rest[item.end():]
        between = BETWEEN.match(rest)
        if not between:
            break
        rest = rest[between.end():]
    return articles
