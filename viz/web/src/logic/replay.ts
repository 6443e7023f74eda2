// SPDX-License-Identifier: Apache-2.0
// The replay of disclosures over time, as numbers.
import type { Flow, FlowMap } from "../generated/report";

/** Disclosures of one policy in each step of time. */
export function perStep(map: FlowMap, policy: number): number[] {
  const sums = new Array<number>(map.steps).fill(0);
  for (const flow of map.flows)
    flow.by[policy]?.steps.forEach((count, step) => {
      sums[step] = (sums[step] ?? 0) + count;
    });
  return sums;
}

/** Flows of a policy in one step, those with most disclosures first. */
export function flowsIn(map: FlowMap, policy: number, step: number): { flow: Flow; count: number }[] {
  return map.flows
    .map((flow) => ({ flow, count: flow.by[policy]?.steps[step] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.flow.from - b.flow.from || a.flow.to - b.flow.to);
}

/** The days that a step covers. */
export function daysOf(map: FlowMap, step: number): { from: number; until: number } {
  return { from: step * map.days_per_step, until: (step + 1) * map.days_per_step };
}

/** The frames that a print shows instead of a moving picture: spread evenly, the first and last busy ones included. */
export function keyFrames(map: FlowMap, policy: number, frames: number): number[] {
  const busy = perStep(map, policy)
    .map((count, step) => ({ count, step }))
    .filter(({ count }) => count > 0);
  const firstBusy = busy[0]?.step ?? 0;
  const lastBusy = busy[busy.length - 1]?.step ?? map.steps - 1;
  const chosen = new Set<number>();
  for (let i = 0; i < frames; ++i)
    chosen.add(Math.round(firstBusy + ((lastBusy - firstBusy) * i) / Math.max(1, frames - 1)));
  return [...chosen];
}

/** The step after this one; the first again after the last. */
export function nextStep(map: FlowMap, step: number): number {
  return step + 1 < map.steps ? step + 1 : 0;
}
