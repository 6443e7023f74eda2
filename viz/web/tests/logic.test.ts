// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { articlesOf, splitNote } from "../src/logic/articles";
import { csvOf, safeLink } from "../src/logic/downloads";
import {
  certaintyText,
  changeText,
  disparityOf,
  figureOf,
  findingsOf,
  inThousand,
  valueText,
  verdictOf,
} from "../src/logic/findings";
import { flowChange, layoutOf, peopleText, radius, sectorOf, shortLabel } from "../src/logic/layout";
import { differing } from "../src/logic/lives";
import { bound, counted, dateAfter, interval, scaleOf, shown, signed } from "../src/logic/numbers";
import { daysOf, flowsIn, keyFrames, nextStep, perStep } from "../src/logic/replay";
import { first, hashOf, viewOf } from "../src/logic/state";
import { changeOf, gridOf, shade } from "../src/ui/holders";
import { figure, sample } from "./sample";

describe("numbers are written as the program writes them", () => {
  it.each([
    [0, "0"],
    [1234.5, "1,235"],
    [21872.4, "21,872"],
    [12.345, "12.3"],
    [1.2345, "1.23"],
    [0.12345, "0.123"],
    [0.012345, "0.012"],
    [0.00012345, "0.00012"],
    [-2.5, "−2.50"],
    [1234567, "1,234,567"],
    [1e-12, "about 0"],
  ])("%f is %s", (value, text) => expect(shown(value)).toBe(text));

  it("a sign for more, none for nothing", () => {
    expect(signed(2.26)).toBe("+2.26");
    expect(signed(0)).toBe("0");
  });
  it("an interval tells its ends apart", () => {
    expect(interval(0.0191, 0.0311, 1000)).toBe("19.1 to 31.1");
    expect(interval(100.01, 100.04, 1)).toBe("100.01 to 100.04");
  });
  it("a bound says of what it is a share", () => {
    expect(bound({ per: "replication", at_most: 0.095 }, "a case")).toBe(
      "a case in fewer than 9.50 % of runs",
    );
    expect(bound({ per: "person", at_most: 0.0015 }, "a case")).toBe(
      "a case for fewer than 1.50 in 1,000 people",
    );
  });
  it("shares become people in a million where 1,000 would be nobody", () => {
    expect(scaleOf("people", 0.00002)).toEqual({ factor: 1e6, unit: "in a million people" });
    expect(scaleOf("people", 0.02)).toEqual({ factor: 1000, unit: "in 1,000 people" });
    expect(scaleOf("days", 4)).toEqual({ factor: 1, unit: "days a person" });
  });
  it("dates follow the calendar", () => {
    expect(dateAfter("2026-07-01", 0)).toBe("2026-07-01");
    expect(dateAfter("2026-07-01", 245.9)).toBe("2027-03-03");
    expect(dateAfter("2027-12-31", 60)).toBe("2028-02-29");
  });
});

describe("what the results say", () => {
  it("more and less only where the interval leaves 0 out", () => {
    expect(verdictOf(figure({ mean: 1, low: 0.5, high: 2 }))).toBe("more");
    expect(verdictOf(figure({ mean: -1, low: -2, high: -0.5 }))).toBe("less");
    expect(verdictOf(figure({ mean: 1, low: -0.1, high: 2 }))).toBe("not-shown");
    expect(verdictOf(figure({ mean: 1 }))).toBe("not-shown");
    expect(verdictOf(figure({ mean: 0, low: 0, high: 0 }))).toBe("same");
  });
  it("the whole headline, in its order, whatever came out", () => {
    const found = findingsOf(sample(), 1);
    expect(found.map(({ info, verdict }) => [info.name, verdict])).toEqual([
      ["harm.a", "more"],
      ["harm.b", "same"],
    ]);
  });
  it("none is not the same as little", () => {
    const scale = scaleOf("people", 0.01);
    expect(valueText(figure({ mean: 0, events: 0 }), scale)).toBe("none");
    expect(valueText(figure({ mean: 0.00001, events: 0 }), scale)).toBe("0.010");
    expect(changeText(figure({ mean: 0 }), scale)).toBe("no difference");
    expect(certaintyText(figure({ bound: { per: "replication", at_most: 0.1 } }), scale)).toBe(
      "a case in fewer than 10.0 % of runs",
    );
  });
  it("a group is set against everybody only where both are known", () => {
    expect(disparityOf(sample(), 1, "harm.a", "g")).toBeCloseTo(2.5);
    expect(disparityOf(sample(), 1, "harm.b", "g")).toBeNull();
    expect(figureOf(sample(), 7, "harm.a")).toBeUndefined();
  });
  it("of 1,000 people", () => {
    expect(inThousand(figure({ mean: 0.0194 }))).toEqual({ whole: 19, oneIn: 52 });
    expect(inThousand(figure({ mean: 0.0000194 }))).toEqual({ whole: 0, oneIn: 51546 });
    expect(inThousand(figure({ mean: 0 }))).toEqual({ whole: 0, oneIn: null });
  });
});

describe("the view stands in the address", () => {
  it("what is written is read", () => {
    const view = { ...first, section: "map", policy: "bill & co", step: "3" };
    expect(viewOf(hashOf(view))).toEqual(view);
  });
  it("nothing unknown is taken over, and nothing broken breaks", () => {
    expect(viewOf("#map?__proto__=x&evil=1&step=2")).toEqual({ ...first, section: "map", step: "2" });
    expect(viewOf("#%E0%A4%A")).toEqual(first);
    expect(viewOf("")).toEqual(first);
  });
});

describe("the map", () => {
  it("has those who told or were told something, each on the circle, each once", () => {
    const { places, sectors } = layoutOf(sample());
    expect([...places.keys()].sort()).toEqual([0, 1, 2]);
    for (const { x, y } of places.values()) expect(Math.hypot(x, y)).toBeCloseTo(radius);
    expect(new Set([...places.values()].map(({ angle }) => angle)).size).toBe(3);
    expect(sectors.map(({ label }) => label)).toEqual(["First state", "The Union", "Other states"]);
  });
  it("is the same every time", () => expect(layoutOf(sample())).toEqual(layoutOf(sample())));
  it("labels do not repeat what their sector says", () => {
    const [police, , away] = sample().nodes;
    expect(police && shortLabel(police)).toBe("Police");
    expect(police && sectorOf(police)).toBe("First state");
    expect(away && shortLabel(away)).toBe("Away");
  });
  it("tells what a policy adds and ends", () => {
    const { flows } = sample().map;
    expect(flows.map((flow) => flowChange(flow, 1))).toEqual(["both", "added", "gone"]);
    expect(flows.map((flow) => flowChange(flow, 0))).toEqual(["both", "none", "both"]);
  });
  it("does not tell small numbers", () => {
    expect(peopleText(null)).toBe("fewer than 10");
    expect(peopleText(undefined)).toBe("0");
    expect(peopleText(1200)).toBe("1,200");
  });
});

describe("the replay", () => {
  it("adds up what each step has", () => {
    expect(perStep(sample().map, 0)).toEqual([10, 21, 0, 5]);
    expect(flowsIn(sample().map, 0, 1).map(({ count }) => count)).toEqual([20, 1]);
    expect(daysOf(sample().map, 1)).toEqual({ from: 60, until: 120 });
  });
  it("goes round", () => {
    expect(nextStep(sample().map, 2)).toBe(3);
    expect(nextStep(sample().map, 3)).toBe(0);
  });
  it("has key frames from the first to the last busy step", () => {
    expect(keyFrames(sample().map, 0, 4)).toEqual([0, 1, 2, 3]);
    expect(keyFrames(sample().map, 0, 2)).toEqual([0, 3]);
  });
});

describe("who holds what", () => {
  it("tells no number below 10, nor a change of fewer people", () => {
    expect(changeOf(null, 20)).toBeNull();
    expect(changeOf(29, 20)).toBeNull();
    expect(changeOf(30, 20)).toBe(10);
    expect(changeOf(20, 20)).toBe(0);
  });
  it("has those with most first, and no hits", () => {
    const { holders, categories, at } = gridOf(sample());
    expect(holders).toEqual([1, 2]);
    expect(categories).toEqual([1]);
    expect(at(2, 1, 1)).toBeNull();
    expect(at(2, 0, 0)).toBe(0);
  });
  it("is darker for more, and white for none", () => {
    expect(shade(0, 1000)).toBe(0);
    expect(shade(null, 1000)).toBe(1);
    expect(shade(1000, 1000)).toBe(6);
  });
});

describe("articles and lives", () => {
  it("each article with where it turns up", () => {
    const all = articlesOf(sample());
    expect(all.map(({ citation }) => citation)).toEqual(["Act 2", "Bill 10"]);
    expect(all[1]?.changes).toEqual([{ policy: 1, change: 0 }]);
    expect(all[1]?.stories).toEqual([{ story: 0, hops: 1 }]);
    expect(all[0]?.notModelled).toEqual(["A condition."]);
  });
  it("a note in two parts", () => {
    expect(splitNote("As (b) says. (Act 2)")).toEqual({ condition: "As (b) says.", where: "Act 2" });
    expect(splitNote("No place.")).toEqual({ condition: "No place.", where: "" });
  });
  it("what only one life has", () => {
    const story = sample().stories[0];
    expect(story && [...differing(story, 1)]).toEqual([1]);
    expect(story && [...differing(story, 0)]).toEqual([]);
  });
});

describe("what leaves the page", () => {
  it("says in each row what it is, and runs in no spreadsheet", () => {
    const csv = csvOf(
      {
        columns: ["a", "b"],
        rows: [
          ["=1+1", -2],
          ['x"y', null],
        ],
      },
      "Synthetic; no",
    );
    expect(csv).toBe('a,b,notice\r\n\'=1+1,-2,Synthetic; no\r\n"x""y",,Synthetic; no\r\n');
  });
  it("leads to the web alone", () => {
    expect(safeLink("https://example.org/a")).toBe("https://example.org/a");
    for (const bad of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "nonsense"])
      expect(safeLink(bad)).toBeNull();
  });
});

it("counts have commas", () => expect(counted(1234567)).toBe("1,234,567"));
