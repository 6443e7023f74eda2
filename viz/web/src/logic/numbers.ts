// SPDX-License-Identifier: Apache-2.0
// How figures are written: the same rules as in the program's own tables.
import type { Measure } from "../generated/report";

/** How figures of a unit are shown: shares as people in so many. */
export interface Scale {
  factor: number;
  unit: string;
}

/** Commas between thousands, so many decimals. */
function withDecimals(value: number, decimals: number): string {
  if (value === 0) return "0";
  if (decimals > 9) return "about 0";
  const fixed = Math.abs(value).toFixed(decimals);
  const [whole = "0", part] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return (value < 0 ? "−" : "") + grouped + (part === undefined ? "" : `.${part}`);
}

/** How many decimals show three significant digits, two below 0.1. */
function decimalsOf(value: number): number {
  const digits = Math.floor(Math.log10(Math.abs(value))) + 1;
  return Math.max(0, (digits < 0 ? 2 : 3) - digits);
}

/** Three significant digits (two below 0.1), thousands with commas. */
export function shown(value: number): string {
  return value === 0 ? "0" : withDecimals(value, decimalsOf(value));
}

/** The same with its sign; 0 has none. */
export function signed(value: number): string {
  return value > 0 ? `+${shown(value)}` : shown(value);
}

export function counted(count: number): string {
  return withDecimals(count, 0);
}

/** With as many more digits as tell the two ends apart. */
export function interval(low: number, high: number, factor: number): string {
  const a = low * factor;
  const b = high * factor;
  let from = shown(a);
  let to = shown(b);
  for (let more = 1; from === to && a !== b && a !== 0 && more < 9; ++more) {
    from = withDecimals(a, decimalsOf(a) + more);
    to = withDecimals(b, decimalsOf(b) + more);
  }
  return `${from} to ${to}`;
}

/** `a case in fewer than 7 % of runs`; `what` is a case, or a difference. */
export function bound(of: NonNullable<Measure["bound"]>, what: string): string {
  return of.per === "person"
    ? `${what} for fewer than ${shown(1000 * of.at_most)} in 1,000 people`
    : `${what} in fewer than ${shown(100 * of.at_most)} % of runs`;
}

/** For figures of which `largest` is the one farthest from 0: in a million where in 1,000 there would be nobody. */
export function scaleOf(unit: Measure["unit"], largest: number): Scale {
  const people = unit === "people";
  if (!people && unit !== "times") return { factor: 1, unit: `${unit} a person` };
  const few = largest !== 0 && 1000 * Math.abs(largest) < 0.1;
  const crowd = few ? "a million people" : "1,000 people";
  return { factor: few ? 1e6 : 1000, unit: people ? `in ${crowd}` : `times in ${crowd}` };
}

/** A date so many days after another, as YYYY-MM-DD. */
export function dateAfter(start: string, days: number): string {
  const at = new Date(`${start}T00:00:00Z`).getTime() + Math.floor(days) * 86_400_000;
  return new Date(at).toISOString().slice(0, 10);
}
