#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The counting of cases itself, on small suites."""

import copy
import unittest

import cases

WHOLE = {
    "name": "sharing (1/2000, Article 1): allowed",
    "decide": {"from": "a", "to": "b", "data": "x", "facts": ["asked", "told"]},
    "expect": {"x": {"verdict": "permit"}},
}


def flip(name, **changes):
    case = copy.deepcopy(WHOLE)
    case["name"] = f"sharing (1/2000, Article 1): {name}"
    case["decide"].update(changes)
    case["expect"]["x"]["verdict"] = "deny"
    return case


COMPLETE = [
    WHOLE,
    flip("not unasked", facts=["told"]),
    flip("not untold", facts=["asked"]),
    flip("not to c", to="c"),
]


class Cases(unittest.TestCase):
    def faults(self, *tests, least=1, share=0.4):
        return list(cases.faults([{"tests": list(tests)}], least, share))

    def test_a_complete_family_passes(self):
        self.assertEqual(self.faults(*COMPLETE), [])

    def test_the_order_of_facts_is_no_difference(self):
        self.assertEqual(
            cases.flips({"facts": ["a", "b"]}, {"facts": ["b", "a"]}), [])

    def test_a_condition_that_is_never_flipped_is_missed(self):
        self.assertEqual(
            self.faults(WHOLE, COMPLETE[1], COMPLETE[3]),
            ["sharing (1/2000, Article 1): no case without told"])

    def test_a_denial_that_differs_in_two_things_is_no_flip(self):
        found = self.faults(*COMPLETE, flip("not both", facts=["told"], to="c"))
        self.assertEqual(len(found), 1)
        self.assertIn("differs in fact asked, to", found[0])

    def test_a_denial_that_differs_in_nothing_is_no_flip(self):
        self.assertIn("differs in nothing", self.faults(*COMPLETE, flip("not so"))[0])

    def test_a_family_begins_with_the_whole_case(self):
        self.assertIn("not permitted", self.faults(*COMPLETE[1:])[0])

    def test_too_few_cases_or_denials_are_missed(self):
        self.assertIn("only 4 cases, 5 are needed", self.faults(*COMPLETE, least=5))
        self.assertIn("only 3 denials in 4 cases", self.faults(*COMPLETE, share=0.8))

    def test_a_skipped_case_does_not_count_as_run(self):
        skipped = {**COMPLETE[1], "skip": "later"}
        self.assertEqual(len(self.faults(WHOLE, skipped, *COMPLETE[2:])), 1)


if __name__ == "__main__":
    unittest.main()
