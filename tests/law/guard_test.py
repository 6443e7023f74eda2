#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The guard itself, on small scenarios: what it lets pass and what it stops."""

import copy
import unittest

import citations
import guard
import jsonc

KEYS = {"hazard", "chance", "keeps_undertakings"}
KNOWN = guard.known_articles(
    {
        "acts": {
            "2018/1860": {"articles": {"3": {}, "14": {}, "15": {}}},
            "767/2008": {"articles": {"22n": {}, "22o": {}, "31": {}}},
            "2021/1134": {"title": "An act that is cited whole"},
        }
    }
)
REAL = {"turkiye", "serbia", "tunisia"}
RATE = {"value": 0.8, "low": 0.2, "high": 1, "evidence": "illustrative"}
STUDY = {"kind": "study", "source": "Invented study"}


def claim(**changes):
    return {**RATE, **changes}


def without(key):
    return {k: v for k, v in RATE.items() if k != key}


class Evidence(unittest.TestCase):
    def faults(self, value):
        return list(guard.evidence_faults({"harms": {"loss": {"hazard": value}}}, KEYS))

    def test_a_range_marked_illustrative_passes(self):
        self.assertEqual(self.faults(RATE), [])

    def test_a_source_passes_without_a_range(self):
        self.assertEqual(self.faults({"value": 0.8, "evidence": STUDY}), [])

    def test_a_bare_number_is_stopped(self):
        self.assertEqual(len(self.faults(0.8)), 1)
        self.assertIn("/harms/loss/hazard: 0.8 has neither", self.faults(0.8)[0])

    def test_a_number_without_evidence_is_stopped(self):
        self.assertIn("neither evidence nor", self.faults(without("evidence"))[0])

    def test_illustrative_needs_low_and_high(self):
        for key in ("low", "high"):
            self.assertIn("illustrative without low and high", self.faults(without(key))[0])

    def test_evidence_without_a_source_is_stopped(self):
        self.assertEqual(len(self.faults(claim(evidence={"kind": "study"}))), 1)
        self.assertEqual(len(self.faults(claim(evidence={"kind": "study", "source": " "}))), 1)
        self.assertEqual(len(self.faults(claim(evidence="known"))), 1)

    def test_a_value_outside_its_range_is_stopped(self):
        self.assertEqual(len(self.faults(claim(value=0.1))), 1)

    def test_a_number_set_by_a_patch_is_seen(self):
        patch = {"patch": [{"amend": "r", "set": {"/duties/x": {"value": 0.5}}}]}
        self.assertEqual(len(list(guard.evidence_faults(patch, KEYS))), 1)

    def test_a_design_choice_is_no_claim(self):
        self.assertEqual(list(guard.evidence_faults({"people": 100, "after_days": 3}, KEYS)), [])

    def test_the_keys_are_those_of_the_schema_that_are_always_claims(self):
        schema = {
            "properties": {
                "hazard": {"$ref": "common.schema.json#/definitions/quantity"},
                "mean": {"$ref": "common.schema.json#/definitions/quantity"},
                "days": {"$ref": "#/definitions/days"},
                "inner": {"properties": {"mean": {"type": "number"}}},
            }
        }
        self.assertEqual(guard.empirical_keys([schema]), {"hazard"})


class Citations(unittest.TestCase):
    def faults(self, text, key="citation"):
        rule = {"rules": {"r": {"basis": {key: text}}}}
        return list(guard.citation_faults(rule, KNOWN))

    def test_known_articles_pass(self):
        for text in (
            "Regulation (EU) 2018/1860 Article 15(1)-(3)",
            "Regulation (EU) 2018/1860 Articles 3 and 15, national law",
            "Regulation (EC) 767/2008 Articles 22n-22o; Regulation (EU) 2018/1860 Article 3",
            "Regulation (EC) 767/2008 Article 31(2), as replaced by Regulation (EU) 2021/1134",
            "Regulation (EU) 2018/1860",
            "Terms set for this scenario, 2",
        ):
            self.assertEqual(self.faults(text), [], text)

    def test_an_article_that_the_act_has_not_is_stopped(self):
        self.assertIn("2018/1860 has no known Article 99",
                      self.faults("Regulation (EU) 2018/1860 Article 99")[0])

    def test_each_article_of_a_list_and_of_a_range_is_looked_up(self):
        self.assertEqual(len(self.faults("Regulation (EU) 2018/1860 Articles 3, 4 and 15")), 1)
        self.assertEqual(len(self.faults("Regulation (EU) 2018/1860 Articles 14-15")), 0)
        self.assertEqual(len(self.faults("Regulation (EU) 2018/1860 Articles 3 and 14-16")), 1)
        self.assertEqual(len(self.faults("Regulation (EU) 2018/1860 Articles 3-6 and 15")), 3)
        self.assertEqual(len(self.faults("Regulation (EC) 767/2008 Articles 22m-22o")), 1)

    def test_an_article_is_looked_up_in_its_own_act(self):
        self.assertEqual(len(self.faults("Regulation (EU) 2018/1860 Article 31")), 1)
        self.assertEqual(
            len(self.faults("Regulation (EC) 767/2008 Article 31; "
                            "Regulation (EU) 2018/1860 Article 22o")), 1)

    def test_an_unknown_act_is_stopped_even_without_an_article(self):
        self.assertIn("unknown act 2099/1", self.faults("Regulation (EU) 2099/1")[0])

    def test_a_letter_makes_another_article(self):
        self.assertEqual(len(self.faults("Regulation (EC) 767/2008 Article 22")), 1)

    def test_sources_of_evidence_and_expected_articles_are_looked_up_too(self):
        self.assertEqual(len(self.faults("Regulation (EU) 2018/1860 Article 99", "source")), 1)
        test = {"expect": {"photo": {"articles": ["Regulation (EU) 2018/1860 Article 99"]}}}
        self.assertEqual(len(list(guard.citation_faults(test, KNOWN))), 1)

    def test_years_and_figures_in_plain_words_are_no_acts(self):
        for text in ("Eurostat 2024: 110,385 of 453,380", "2014-2025", "page 27/05"):
            self.assertEqual(citations.cited(text), [], text)


class States(unittest.TestCase):
    def setUp(self):
        self.world = {
            "nodes": {
                name: {"kind": "third_country", "jurisdiction": name, "keeps_undertakings": RATE}
                for name in ("turkiye", "serbia", "tunisia")
            }
        }

    def faults(self, document=None):
        return list(guard.state_faults(document or self.world, REAL))

    def test_equal_rates_pass(self):
        self.assertEqual(self.faults(), [])

    def test_a_rate_of_its_own_without_a_source_is_stopped(self):
        for changed in (claim(value=0.3), claim(low=0.1), claim(dist="uniform")):
            self.world["nodes"]["serbia"]["keeps_undertakings"] = changed
            self.assertEqual(len(self.faults()), 1)
            self.assertIn("`serbia` of its own", self.faults()[0])

    def test_a_source_allows_it_but_an_assumption_does_not(self):
        node = self.world["nodes"]["serbia"]
        node["keeps_undertakings"] = claim(value=0.3, evidence=STUDY)
        self.assertEqual(self.faults(), [])
        guess = {"kind": "expert-assumption", "source": "Thought so"}
        node["keeps_undertakings"] = claim(value=0.3, evidence=guess)
        self.assertEqual(len(self.faults()), 1)

    def test_a_rate_that_only_one_state_has_is_stopped(self):
        self.world["nodes"]["tunisia"]["breaches_per_year"] = RATE
        self.assertEqual(len(self.faults()), 1)

    def test_a_stylised_state_may_have_its_own(self):
        self.world["nodes"]["homeland"] = copy.deepcopy(self.world["nodes"]["serbia"])
        self.world["nodes"]["homeland"].update(
            jurisdiction="homeland", keeps_undertakings=claim(value=0.3))
        self.assertEqual(self.faults(), [])

    def test_a_state_is_known_by_its_jurisdiction_whatever_its_id(self):
        self.world["nodes"]["neighbour"] = {
            "jurisdiction": "serbia", "keeps_undertakings": claim(value=0.3)}
        self.assertIn("`neighbour`", self.faults()[0])

    def test_shares_that_differ_by_rounding_alone_pass(self):
        shares = {"turkiye": claim(value=0.34), "serbia": claim(value=0.33),
                  "tunisia": claim(value=0.33)}
        self.assertEqual(self.faults({"transit": shares}), [])
        shares["turkiye"]["value"] = 0.36
        self.assertEqual(len(self.faults({"transit": shares})), 1)

    def test_rows_of_a_table_of_errors_are_compared_as_rows(self):
        row = {s: {s: claim(value=0.9), "another_place": claim(value=0.1, low=0)} for s in REAL}
        self.assertEqual(self.faults({"recorded": row}), [])
        row["serbia"]["serbia"]["value"] = 0.8
        self.assertIn("/recorded/serbia", self.faults({"recorded": row})[0])

    def test_a_rate_aimed_at_one_state_is_stopped_where_no_source_stands(self):
        flow = {"flows": {"f": {"from": {"node": "serbia"}, "propensity": RATE}}}
        self.assertIn("/flows/f/propensity: a rate about `serbia`", self.faults(flow)[0])
        harm = {"raised": [{"while": {"all": [{"node": "tunisia", "knows": "x"}]}, "hazard": RATE}]}
        self.assertEqual(len(self.faults(harm)), 1)
        harm["raised"][0]["hazard"] = claim(evidence=STUDY)
        self.assertEqual(self.faults(harm), [])

    def test_a_country_in_no_list_is_stopped(self):
        world = {"nodes": {"x": {"kind": "third_country", "jurisdiction": "atlantis"}}}
        self.assertEqual(len(list(guard.unknown_states(world, REAL, {"homeland"}))), 1)
        world["nodes"]["x"]["jurisdiction"] = "homeland"
        self.assertEqual(list(guard.unknown_states(world, REAL, {"homeland"})), [])


class Comments(unittest.TestCase):
    def test_a_comment_is_dropped_and_slashes_in_a_text_are_kept(self):
        self.assertEqual(jsonc.parse('{ // note "x"\n "a": "http://b" }'), {"a": "http://b"})


if __name__ == "__main__":
    unittest.main()
