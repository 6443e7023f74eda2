// SPDX-License-Identifier: Apache-2.0
import type { LifeEvent, Story } from "../generated/report";

/** What happened, whatever the rule behind it. */
function what(event: LifeEvent): string {
  const { kind, day, from, to, data, purpose, what: told, view, until, falsely, reveals } = event;
  return JSON.stringify([kind, day, from, to, data, purpose, told, view, until, falsely, reveals]);
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
