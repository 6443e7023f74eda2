// SPDX-License-Identifier: Apache-2.0
// A small report by hand: two policies, one group, three institutions.
import type { Measure, OnwardReport } from "../src/generated/report";

export function figure(change: Partial<Measure>): Measure {
  return {
    mean: 0,
    low: null,
    high: null,
    unit: "people",
    evidence: "mixed",
    events: null,
    censored: 0,
    bound: null,
    ...change,
  };
}

const digest = "0".repeat(32);
const law = { "harm.a": figure({ mean: 0.01, low: 0.008, high: 0.012, events: 300 }), "harm.b": figure({}) };
const bill = { "harm.a": figure({ mean: 0.02, low: 0.017, high: 0.023, events: 600 }), "harm.b": figure({}) };
const change = {
  "harm.a": figure({ mean: 0.01, low: 0.009, high: 0.011 }),
  "harm.b": figure({ mean: 0, bound: { per: "replication", at_most: 0.095 } }),
};

export function sample(): OnwardReport {
  return {
    report: 1,
    notice: "Synthetic; not evidence about any person or claim",
    title: "A title",
    question: "A question?",
    start: "2026-07-01",
    horizon_days: 240,
    results: {
      scenario: "sample",
      version: "0",
      seed: 1,
      people: 1000,
      replications: 30,
      stopping: null,
      digest,
      baseline: "law",
      policies: [
        { id: "law", label: "The law", digest, measures: law, groups: { g: law } },
        {
          id: "bill",
          label: "The bill",
          digest,
          measures: bill,
          groups: { g: { "harm.a": figure({ mean: 0.05, low: 0.04, high: 0.06 }) } },
        },
      ],
      differences: [{ policy: "bill", baseline: "law", measures: change, groups: { g: change } }],
      notes: ["Synthetic."],
      performance: { person_events: 1, seconds: 1, person_events_per_second: 1, peak_memory_bytes: 1 },
    },
    headline: ["harm.a", "harm.b"],
    measures: [
      { name: "harm.a", label: "harm a", kind: "absolute", section: "/outcomes/harms/a" },
      { name: "harm.b", label: "harm b", kind: "harm", section: "/outcomes/harms/b" },
    ],
    groups: [{ id: "g", label: "a group", people: 1000, size: 2000 }],
    policies: [
      { id: "law", label: "The law", rules: 1, changes: [] },
      {
        id: "bill",
        label: "The bill",
        rules: 2,
        changes: [
          {
            rule: "r",
            how: "added",
            text: "X may",
            conditions: [],
            citation: "Bill 10",
            standing: "proposed",
            note: "",
          },
        ],
      },
    ],
    nodes: [
      {
        id: "one.police",
        label: "Police (first state)",
        kind: "authority",
        jurisdiction: "one",
        regime: "led",
      },
      { id: "sis", label: "Shared system", kind: "database", jurisdiction: "EU", regime: "eudpr" },
      { id: "away", label: "Away", kind: "third_country", jurisdiction: "away", regime: "foreign" },
      { id: "idle", label: "Idle", kind: "authority", jurisdiction: "EU", regime: "gdpr" },
    ],
    categories: [
      { id: "hit", label: "hit", special: false },
      { id: "identity", label: "identity", special: false },
    ],
    purposes: {},
    channels: {},
    map: {
      replication: 0,
      people: 1000,
      days_per_step: 60,
      steps: 4,
      flows: [
        {
          from: 0,
          to: 1,
          by: [
            { people: 100, data: [1], steps: [10, 20, 0, 5], unlawful: false },
            { people: 120, data: [1], steps: [10, 20, 0, 9], unlawful: false },
          ],
        },
        { from: 0, to: 2, by: [null, { people: null, data: [1], steps: [], unlawful: false }] },
        { from: 1, to: 2, by: [{ people: 50, data: [1], steps: [0, 1, 0, 0], unlawful: false }, null] },
      ],
      holdings: [
        { node: 1, category: 1, by: [100, 120] },
        { node: 2, category: 1, by: [50, null] },
        { node: 2, category: 0, by: [50, 0] },
      ],
    },
    stories: [
      {
        name: "Ilvane",
        about: "",
        group: "a group",
        lives: [
          [{ kind: "met", day: 1, to: 0, what: "arrival" }],
          [
            { kind: "met", day: 1, to: 0, what: "arrival" },
            {
              kind: "told",
              day: 2,
              from: 0,
              to: 2,
              data: ["identity"],
              rules: [{ id: "r", citation: "Bill 10", status: "proposed" }],
            },
          ],
        ],
        partings: [[null, 1]],
      },
    ],
    suite: null,
    assumptions: [
      {
        where: "/outcomes/harms/a/rate",
        value: 0.1,
        low: 0.01,
        high: 1,
        unit: "per day",
        evidence: "illustrative",
        source: "",
        note: "",
      },
      {
        where: "/world/x",
        value: 5,
        low: 4,
        high: 6,
        unit: "",
        evidence: "study",
        source: "https://example.org/x",
        note: "",
      },
    ],
    said: ["Synthetic."],
    not_modelled: ["A condition. (Act 2)", "No place."],
    reproduce: { version: "0", commands: ["onward run"], seed: 1, digest, files: [] },
    switches: null,
  };
}
