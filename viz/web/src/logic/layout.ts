// SPDX-License-Identifier: Apache-2.0
// Where each institution stands on the map: on a circle, by jurisdiction. No chance is involved, so that every
// reader and every print sees the same picture.
import type { Flow, OnwardReport, WorldNode } from "../generated/report";

export interface Place {
  node: number;
  angle: number;
  x: number;
  y: number;
  sector: number;
}

export interface Sector {
  label: string;
  from: number;
  to: number;
}

export interface Layout {
  places: Map<number, Place>;
  sectors: Sector[];
}

export const radius = 300;
const gap = 1.6; // Places left free between sectors.

const foreign = "Other states";
const international = "International bodies, civil society";

/** Authorities first, then what serves them. */
const kinds: WorldNode["kind"][] = [
  "authority",
  "eu_agency",
  "service",
  "database",
  "third_country",
  "oversight",
  "contractor",
  "carrier",
  "civil_society",
];

/** The words in brackets at the end of a label: `Police (responsible state)`. */
export function bracketOf(label: string): string {
  return /\(([^()]*)\)$/.exec(label)?.[1] ?? "";
}

/** To which part of the circle a node belongs. */
export function sectorOf(node: WorldNode): string {
  if (node.kind === "third_country" || node.regime === "foreign") return foreign;
  const state = node.id.includes(".") ? bracketOf(node.label) : "";
  if (state !== "") return state.charAt(0).toUpperCase() + state.slice(1);
  if (node.jurisdiction === "EU") return "The Union";
  if (node.regime === "none" || node.jurisdiction === "international") return international;
  return node.jurisdiction === "" ? "Institutions" : node.jurisdiction;
}

/** A label without what its part of the circle says already. */
export function shortLabel(node: WorldNode): string {
  const bracket = bracketOf(node.label);
  return node.id.includes(".") && bracket !== ""
    ? node.label.slice(0, -bracket.length - 2).trim()
    : node.label;
}

/** Who told or was told something under any policy, in order around the circle. */
export function layoutOf(report: OnwardReport): Layout {
  const busy = new Set<number>();
  for (const flow of report.map.flows) busy.add(flow.from).add(flow.to);
  const bySector = new Map<string, number[]>();
  report.nodes.forEach((node, index) => {
    if (!busy.has(index)) return;
    const sector = sectorOf(node);
    bySector.set(sector, [...(bySector.get(sector) ?? []), index]);
  });
  const order = [...bySector.keys()].sort((a, b) => rank(a) - rank(b));
  const total = busy.size + gap * order.length;
  const layout: Layout = { places: new Map(), sectors: [] };
  let at = 0;
  for (const [sector, label] of order.entries()) {
    const nodes = (bySector.get(label) ?? []).sort(
      (a, b) => kindRank(report, a) - kindRank(report, b) || a - b,
    );
    const from = at;
    for (const node of nodes) {
      const angle = angleAt(at + 0.5, total);
      layout.places.set(node, {
        node,
        angle,
        x: radius * Math.cos(angle),
        y: radius * Math.sin(angle),
        sector,
      });
      at += 1;
    }
    layout.sectors.push({ label, from: angleAt(from, total), to: angleAt(at, total) });
    at += gap;
  }
  return layout;
}

function angleAt(place: number, total: number): number {
  return (place / total) * 2 * Math.PI - Math.PI / 2;
}

function rank(sector: string): number {
  return sector === foreign ? 2 : sector === international ? 1 : 0;
}

function kindRank(report: OnwardReport, node: number): number {
  const kind = report.nodes[node]?.kind;
  return kind === undefined ? kinds.length : kinds.indexOf(kind);
}

/** A bow from one place to the other, drawn towards the middle the more the farther they are apart. */
export function bow(from: Place, to: Place): string {
  const chord = Math.hypot(from.x - to.x, from.y - to.y) / (2 * radius);
  const pull = 0.82 - 0.6 * chord;
  const point = (value: number) => value.toFixed(1);
  if (from.node === to.node) {
    const x = from.x * 0.86;
    const y = from.y * 0.86;
    return `M${point(from.x)} ${point(from.y)}Q${point(x)} ${point(y)} ${point(from.x)} ${point(from.y)}`;
  }
  return `M${point(from.x)} ${point(from.y)}C${point(from.x * pull)} ${point(from.y * pull)} ${point(
    to.x * pull,
  )} ${point(to.y * pull)} ${point(to.x)} ${point(to.y)}`;
}

/** What a policy does to a flow, seen from the first policy. */
export type FlowChange = "both" | "added" | "gone" | "none";

export function flowChange(flow: Flow, policy: number): FlowChange {
  const now = flow.by[policy] ?? null;
  const before = flow.by[0] ?? null;
  if (now !== null) return before !== null ? "both" : "added";
  return before !== null ? "gone" : "none";
}

/** Nobody knows how many where there are fewer than 10. */
export function peopleText(people: number | null | undefined): string {
  if (people === undefined) return "0";
  return people === null ? "fewer than 10" : people.toLocaleString("en-GB");
}

/** How broad a flow is drawn. */
export function breadth(people: number | null, most: number): number {
  const share = (people ?? 5) / Math.max(1, most);
  return 0.6 + 6 * Math.sqrt(share);
}
