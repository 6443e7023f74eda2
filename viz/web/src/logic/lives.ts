// SPDX-License-Identifier: Apache-2.0
import type { LifeEvent, Story } from "../generated/report";

/** What happened, whatever the rule behind it. */
function what(event: LifeEvent): string {
  const { kind, day, from, to, data, purpose, what: told, view, until, falsely, reveals } = event;
  return JSON.stringify([kind, day, from, to, data, purpose, told, view, until, falsely, reveals]);
}

/** What happened, and by which rules. */
function whole(event: LifeEvent): string {
  return JSON.stringify([what(event), event.rules, event.duties, event.channel]);
}

/** Places of the events that some other life of the person does not have. */
export function differing(story: Story, policy: number): Set<number> {
  const others = story.lives.filter((_, index) => index !== policy).map((life) => new Set(life.map(what)));
  const found = new Set<number>();
  story.lives[policy]?.forEach((event, index) => {
    if (others.some((other) => !other.has(what(event)))) found.add(index);
  });
  return found;
}

/** What a day brought: to every life, and to each policy's alone. `at` is the place in its life. */
export interface Day {
  day: number;
  common: LifeEvent[];
  own: { event: LifeEvent; at: number; alone: boolean }[][];
}

/** A person's lives day by day, side by side. */
export function daysOf(story: Story): Day[] {
  const sets = story.lives.map((life) => new Set(life.map(whole)));
  const alone = story.lives.map((_, policy) => differing(story, policy));
  const days = new Map<number, Day>();
  story.lives.forEach((life, policy) => {
    life.forEach((event, at) => {
      const number = Math.floor(event.day);
      const day = days.get(number) ?? { day: number, common: [], own: story.lives.map(() => []) };
      days.set(number, day);
      if (story.lives.length > 1 && sets.every((set) => set.has(whole(event)))) {
        if (policy === 0) day.common.push(event);
      } else {
        day.own[policy]?.push({ event, at, alone: alone[policy]?.has(at) ?? false });
      }
    });
  });
  return [...days.values()].sort((a, b) => a.day - b.day);
}
