// SPDX-License-Identifier: Apache-2.0
// Where each article of law turns up in the report.
import type { OnwardReport } from "../generated/report";

export interface Article {
  citation: string;
  changes: { policy: number; change: number }[];
  stories: { story: number; hops: number }[];
  notModelled: string[];
}

/** Articles in the order of their names; what is cited together stays together. */
export function articlesOf(report: OnwardReport): Article[] {
  const all = new Map<string, Article>();
  const at = (citation: string): Article => {
    const known = all.get(citation) ?? { citation, changes: [], stories: [], notModelled: [] };
    all.set(citation, known);
    return known;
  };
  report.policies.forEach((policy, p) => {
    policy.changes.forEach((change, c) => {
      at(change.citation).changes.push({ policy: p, change: c });
    });
  });
  report.stories.forEach((story, s) => {
    const hops = new Map<string, number>();
    for (const life of story.lives)
      for (const event of life)
        for (const citation of new Set(event.rules?.map((rule) => rule.citation)))
          hops.set(citation, (hops.get(citation) ?? 0) + 1);
    for (const [citation, count] of hops) at(citation).stories.push({ story: s, hops: count });
  });
  for (const text of report.not_modelled) {
    const { condition, where } = splitNote(text);
    if (where !== "") at(where).notModelled.push(condition);
  }
  return [...all.values()].sort((a, b) => a.citation.localeCompare(b.citation, "en", { numeric: true }));
}

/** `The article was not read. (Regulation X Article 1)` in its two parts. */
export function splitNote(text: string): { condition: string; where: string } {
  const parts = /^(.*?[.!?])\s\((.+)\)$/s.exec(text);
  return parts === null
    ? { condition: text, where: "" }
    : { condition: parts[1] ?? text, where: parts[2] ?? "" };
}
