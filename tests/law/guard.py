# SPDX-License-Identifier: Apache-2.0
"""What must hold of every scenario that is shipped, whatever it says.

1. An empirical number has evidence: a source, or the mark `illustrative` with a range.
2. A citation names only articles that the list of known articles has.
3. No real state has a rate of its own without a source.

Each check yields lines `POINTER: what is wrong`.
"""

import json

import citations
import jsonc


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# ---------------------------------------------------------------------- 1. evidence


def empirical_keys(schemas):
    """The keys that the schemas call an empirical claim wherever they have them."""
    claims, others = set(), set()
    for schema in schemas:
        for pointer, value in jsonc.walk(schema):
            parent, _, key = pointer.rpartition("/")
            if parent.endswith("/properties") and isinstance(value, dict):
                is_claim = str(value.get("$ref", "")).endswith(("/chance", "/quantity"))
                (claims if is_claim else others).add(key)
    return claims - others


def evidence_faults(document, keys):
    for pointer, value in jsonc.walk(document):
        if not isinstance(value, dict):
            continue
        for key in sorted(keys & value.keys()):
            if number(value[key]):
                yield f"{pointer}/{key}: {value[key]} has neither evidence nor the illustrative mark"
        if number(value.get("value")):
            yield from claim_faults(pointer, value)


def claim_faults(pointer, claim):
    evidence = claim.get("evidence")
    low, high = claim.get("low"), claim.get("high")
    if evidence is None:
        yield f"{pointer}: {claim['value']} has neither evidence nor the illustrative mark"
    elif evidence == "illustrative":
        if not (number(low) and number(high)):
            yield f"{pointer}: illustrative without low and high"
    elif not isinstance(evidence, dict) or not str(evidence.get("source", "")).strip():
        yield f"{pointer}: evidence without a source"
    if number(low) and number(high) and not low <= claim["value"] <= high:
        yield f"{pointer}: {claim['value']} does not lie between {low} and {high}"


# ---------------------------------------------------------------------- 2. citations


def cited_texts(document):
    """Everything in a document that may cite law, with its pointer."""
    for pointer, value in jsonc.walk(document):
        if not isinstance(value, dict):
            continue
        for key in ("citation", "source", "basis"):
            if isinstance(value.get(key), str):
                yield f"{pointer}/{key}", value[key]
        for index, article in enumerate(value.get("articles", ())):
            yield f"{pointer}/articles/{index}", article


def known_articles(listed):
    """Act to the articles of it that a list such as known-articles.json has."""
    return {act: set(said.get("articles", ())) for act, said in listed["acts"].items()}


def citation_faults(document, known):
    """`known`: act to the articles of it that are known."""
    for pointer, text in cited_texts(document):
        for act, article in citations.cited(text):
            if act not in known:
                yield f"{pointer}: unknown act {act} in `{text}`"
            elif article is not None and article not in known[act]:
                yield f"{pointer}: {act} has no known Article {article} in `{text}`"


# ---------------------------------------------------------------------- 3. real states


def is_claim(value):
    return isinstance(value, dict) and number(value.get("value"))


def sourced(claim):
    """An expert's assumption is not a source for what one state does."""
    evidence = claim.get("evidence")
    return isinstance(evidence, dict) and evidence.get("kind") != "expert-assumption"


def is_about(key, value, real):
    jurisdiction = value.get("jurisdiction") if isinstance(value, dict) else None
    return key in real or (isinstance(jurisdiction, str) and jurisdiction in real)


def state_faults(document, real, pointer=""):
    """Outermost first: what is said within a map of states is compared there only."""
    if isinstance(document, list):
        for index, inner in enumerate(document):
            yield from state_faults(inner, real, f"{pointer}/{index}")
    if not isinstance(document, dict):
        return
    states = {k: v for k, v in document.items() if is_about(k, v, real)}
    yield from own_rates(pointer, document, states)
    yield from aimed_rates(pointer, document, real)
    for key, inner in document.items():
        if key not in states:
            yield from state_faults(inner, real, f"{pointer}/{key}")


def rates(state, said, states):
    """The claims in what is said of a state: (where, claim). Its own name and those of the
    others are not told apart, so that a row of a table of errors equals any other."""
    for pointer, inner in jsonc.walk(said):
        if is_claim(inner):
            parts = ("itself" if p == state else "another" if p in states else p
                     for p in pointer.split("/"))
            yield "/".join(parts), inner


def own_rates(pointer, whole, states):
    """Unsourced rates of a state that differ from most others' or that no other state has."""
    table = {}
    for state, said in states.items():
        for where, claim in rates(state, said, states):
            table.setdefault(where, []).append((state, claim))
    shares = len(whole) if all(is_claim(value) for value in whole.values()) else 0
    for where, claims in table.items():
        usual = most_common([claim for _, claim in claims])
        alone = len({state for state, _ in claims}) == 1
        for state, claim in claims:
            if (alone or not equal(claim, usual, shares)) and not sourced(claim):
                yield f"{pointer}/{state}{where}: a rate of `{state}` of its own without a source"


def bounds(claim):
    return [claim.get(key) for key in ("low", "high", "dist")]


def most_common(claims):
    texts = [json.dumps([claim["value"], bounds(claim)]) for claim in claims]
    return claims[texts.index(max(texts, key=texts.count))]


def equal(claim, usual, shares):
    """Equal numbers. One of `shares` values that add up to 1 may take the rounding of all."""
    decimals = len(str(usual["value"]).partition(".")[2])
    rounding = shares * 0.5 * 10**-decimals
    near = abs(claim["value"] - usual["value"]) <= rounding + 1e-12
    return near and bounds(claim) == bounds(usual)


def aimed_rates(pointer, value, real):
    """Unsourced rates in an object whose own keys say that it is about some real states."""
    named = sorted(
        {
            word
            for key in ("from", "to", "at", "while", "node", "received_from", "provenance", "is")
            for _, word in jsonc.walk(value.get(key))
            if isinstance(word, str) and word in real
        }
    )
    for key, inner in value.items() if named else ():
        if is_claim(inner) and not sourced(inner):
            yield f"{pointer}/{key}: a rate about `{'`, `'.join(named)}` alone without a source"


def unknown_states(document, real, stylised):
    """Third countries of which the guard does not know whether they are real."""
    for pointer, value in jsonc.walk(document):
        if isinstance(value, dict) and value.get("kind") == "third_country" and "jurisdiction" in value:
            places = value.get("jurisdiction")
            for place in places if isinstance(places, list) else [places]:
                if place not in real and place not in stylised:
                    yield f"{pointer}/jurisdiction: `{place}` is in no list of tests/law/states.json"
