// SPDX-License-Identifier: Apache-2.0
// What the results say, before it is put into words.
import type { Measure, MeasureInfo, OnwardReport } from "../generated/report";
import { strings } from "../strings";
import { bound, interval, type Scale, scaleOf, shown, signed } from "./numbers";

/** What a difference shows: chance is ruled out at 95 %, or not, or there was none at all. */
export type Verdict = "more" | "less" | "not-shown" | "same";

export interface Finding {
  info: MeasureInfo;
  policy: number;
  difference: Measure;
  verdict: Verdict;
  scale: Scale;
}

export function verdictOf(difference: Measure): Verdict {
  if (difference.low !== null && difference.low > 0) return "more";
  if (difference.high !== null && difference.high < 0) return "less";
  return difference.mean === 0 ? "same" : "not-shown";
}

/** The figure of a measure under a policy, of everybody or of a group. */
export function figureOf(
  report: OnwardReport,
  policy: number,
  name: string,
  group = "",
): Measure | undefined {
  const of = report.results.policies[policy];
  return group === "" ? of?.measures[name] : of?.groups[group]?.[name];
}

/** A policy less the first one. */
export function differenceOf(
  report: OnwardReport,
  policy: number,
  name: string,
  group = "",
): Measure | undefined {
  const of = report.results.differences[policy - 1];
  return group === "" ? of?.measures[name] : of?.groups[group]?.[name];
}

export function infoOf(report: OnwardReport, name: string): MeasureInfo {
  const info = report.measures.find((measure) => measure.name === name);
  if (info === undefined) throw new Error(`no measure ${name}`);
  return info;
}

/** One scale for what stands side by side. */
export function commonScale(report: OnwardReport, name: string, group = ""): Scale {
  let largest = 0;
  let unit: Measure["unit"] = "people";
  report.results.policies.forEach((_, policy) => {
    const figure = figureOf(report, policy, name, group);
    if (figure === undefined) return;
    unit = figure.unit;
    largest = Math.max(largest, Math.abs(figure.mean));
  });
  return scaleOf(unit, largest);
}

/** Of one policy against the first, the whole headline in its declared order. */
export function findingsOf(report: OnwardReport, policy: number): Finding[] {
  return report.headline.flatMap((name) => {
    const difference = differenceOf(report, policy, name);
    if (difference === undefined) return [];
    return [
      {
        info: infoOf(report, name),
        policy,
        difference,
        verdict: verdictOf(difference),
        scale: commonScale(report, name),
      },
    ];
  });
}

/** A figure as text: `none` where nothing was counted. */
export function valueText(figure: Measure, scale: Scale): string {
  const none = figure.mean === 0 && (figure.events === null || figure.events === 0);
  return none ? "none" : shown(figure.mean * scale.factor);
}

/** How sure it is: its interval, or how common a case (or a difference) can be at the most. */
export function certaintyText(figure: Measure, scale: Scale, what: string = strings.aCase): string {
  if (figure.low !== null && figure.high !== null) return interval(figure.low, figure.high, scale.factor);
  return figure.bound === null ? strings.everyRun : bound(figure.bound, what);
}

export function changeText(difference: Measure, scale: Scale): string {
  return difference.mean === 0 ? "no difference" : signed(difference.mean * scale.factor);
}

/** A group's risk against that of everybody; nothing where either is not known well enough. */
export function disparityOf(
  report: OnwardReport,
  policy: number,
  name: string,
  group: string,
): number | null {
  const own = figureOf(report, policy, name, group);
  const all = figureOf(report, policy, name);
  if (own === undefined || all === undefined || own.low === null || all.low === null) return null;
  return all.low <= 0 ? null : own.mean / all.mean;
}

/** How many of a crowd of 1,000, and in how many people one would be expected. */
export function inThousand(figure: Measure): { whole: number; oneIn: number | null } {
  const exact = Math.min(1000, Math.max(0, figure.mean * 1000));
  return { whole: Math.round(exact), oneIn: figure.mean > 0 ? Math.round(1 / figure.mean) : null };
}
