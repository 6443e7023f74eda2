// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Flow, OnwardReport } from "../generated/report";
import {
  bow,
  breadth,
  flowChange,
  type Layout,
  layoutOf,
  type Place,
  radius,
  shortLabel,
} from "../logic/layout";
import { dateAfter } from "../logic/numbers";
import { daysOf, keyFrames } from "../logic/replay";
import { choose } from "../logic/state";
import { strings } from "../strings";
import { cut, useReport } from "./basics";
import { Chart } from "./svg";

const mostLetters = 28;

/** Where the names of the circle's parts stand: outside all labels. */
function labelRingOf(report: OnwardReport, layout: Layout): number {
  const letters = [...layout.places.keys()].map((at) => {
    const node = report.nodes[at];
    return node === undefined ? 0 : Math.min(mostLetters, [...shortLabel(node)].length);
  });
  return radius + 26 + 6.1 * Math.max(6, ...letters);
}

function FlowLine(props: {
  flow: Flow;
  policy: number;
  layout: Layout;
  most: number;
  step: number | null;
}): JSX.Element | null {
  const { flow, policy, layout, step } = props;
  const from = layout.places.get(flow.from);
  const to = layout.places.get(flow.to);
  const change = flowChange(flow, policy);
  const traffic = flow.by[policy] ?? null;
  if (from === undefined || to === undefined || change === "none") return null;
  const volume = step === null ? ((traffic ?? flow.by[0])?.people ?? null) : (traffic?.steps[step] ?? 0);
  if (step !== null && volume === 0) return null;
  return (
    <path
      class={`flow flow-${change}`}
      d={bow(from, to)}
      stroke-width={breadth(volume, props.most).toFixed(2)}
    >
      {null}
    </path>
  );
}

function NodeMark(props: {
  place: Place;
  label: string;
  full: string;
  chosen: boolean;
  faint: boolean;
  onChoose: () => void;
}): JSX.Element {
  const { place } = props;
  const visible = cut(props.label, mostLetters);
  const turn = (place.angle * 180) / Math.PI;
  const flipped = Math.cos(place.angle) < 0;
  const at = radius + 10;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a picture
    <g
      class={`node-at ${props.faint ? "node-faint" : ""}`}
      role="button"
      tabindex={0}
      aria-pressed={props.chosen}
      aria-label={props.full.includes(visible) ? props.full : `${visible}: ${props.full}`}
      onClick={props.onChoose}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        props.onChoose();
      }}
    >
      <circle
        class={props.chosen ? "node-chosen" : "node"}
        cx={place.x}
        cy={place.y}
        r={props.chosen ? 7 : 4}
      />
      <text
        class={`node-label ${props.chosen ? "strong" : ""}`}
        transform={`rotate(${(flipped ? turn + 180 : turn).toFixed(2)}) translate(${flipped ? -at : at} 4)`}
        text-anchor={flipped ? "end" : "start"}
      >
        {visible}
      </text>
    </g>
  );
}

/** The parts of the circle, with their names along its edge; those below read from left to right, too. */
function Sectors({ layout, name, edge }: { layout: Layout; name: string | null; edge: number }): JSX.Element {
  const arc = (at: number, from: number, to: number) => {
    const large = Math.abs(to - from) > Math.PI ? 1 : 0;
    const point = (angle: number) =>
      `${(at * Math.cos(angle)).toFixed(1)} ${(at * Math.sin(angle)).toFixed(1)}`;
    return `M${point(from)}A${at} ${at} 0 ${large} ${to > from ? 1 : 0} ${point(to)}`;
  };
  return (
    <>
      {layout.sectors.map(({ label, from, to }, index) => {
        const middle = (from + to) / 2;
        const below = Math.sin(middle) > 0;
        const reach = Math.max(0.42, (to - from) / 2);
        const id = `${name}-sector-${index}`;
        const at = below ? edge + 9 : edge;
        return (
          <g key={label}>
            <path class="sector" d={arc(radius - 9, from, to)} />
            {name === null ? null : (
              <>
                <path
                  id={id}
                  fill="none"
                  d={
                    below ? arc(at, middle + reach, middle - reach) : arc(at, middle - reach, middle + reach)
                  }
                />
                <text class="sector-label" text-anchor="middle">
                  <textPath href={`#${id}`} startOffset="50%">
                    {cut(label, 34)}
                  </textPath>
                </text>
              </>
            )}
          </g>
        );
      })}
    </>
  );
}

interface PictureProps {
  policy: number;
  node: number | null;
  step: number | null;
  label: string;
  small?: boolean;
}

/** The most that one line shows: people over the whole time, or disclosures in one step. */
function mostOf(report: OnwardReport, stepwise: boolean): number {
  let most = 1;
  for (const flow of report.map.flows)
    for (const traffic of flow.by)
      most = Math.max(most, ...(stepwise ? (traffic?.steps ?? []) : [traffic?.people ?? 0]));
  return most;
}

export function Picture({ policy, node, step, label, small }: PictureProps): JSX.Element {
  const report = useReport();
  const layout = useMemo(() => layoutOf(report), [report]);
  const most = useMemo(() => mostOf(report, step !== null), [report, step !== null]);
  const own = (flow: Flow) => node === null || flow.from === node || flow.to === node;
  const near = new Set<number>();
  if (node !== null)
    for (const flow of report.map.flows)
      if (own(flow) && flowChange(flow, policy) !== "none") near.add(flow.from).add(flow.to);
  // What a policy changes is drawn over what it leaves.
  const flows = report.map.flows
    .filter(own)
    .sort((a, b) => Number(flowChange(a, policy) !== "both") - Number(flowChange(b, policy) !== "both"));
  const labelRing = useMemo(() => labelRingOf(report, layout), [report, layout]);
  const edge = small ? radius + 14 : labelRing + 24;
  return (
    <Chart
      left={-edge}
      top={-edge}
      width={2 * edge}
      height={2 * edge}
      label={label}
      class={`map ${node === null ? "" : "alone"}`}
      group={!small}
    >
      <Sectors layout={layout} name={small ? null : "map"} edge={labelRing} />
      <g>
        {flows.map((flow) => (
          <FlowLine
            key={`${flow.from}-${flow.to}`}
            flow={flow}
            policy={policy}
            layout={layout}
            most={most}
            step={step}
          />
        ))}
      </g>
      {[...layout.places.values()].map((place) => {
        const of = report.nodes[place.node];
        if (of === undefined) return null;
        return small ? (
          <circle key={place.node} class="node" cx={place.x} cy={place.y} r={4} />
        ) : (
          <NodeMark
            key={place.node}
            place={place}
            label={shortLabel(of)}
            full={of.label}
            chosen={place.node === node}
            faint={node !== null && place.node !== node && !near.has(place.node)}
            onChoose={() => choose({ node: place.node === node ? "" : of.id })}
          />
        );
      })}
    </Chart>
  );
}

/** What a print shows in place of a moving picture. */
export function Frames({ policy }: { policy: number }): JSX.Element {
  const report = useReport();
  return (
    <div class="frames print-only" aria-hidden="true">
      <h3>{strings.map.frames}</h3>
      <div class="frame-row">
        {keyFrames(report.map, policy, 4).map((step) => {
          const { from, until } = daysOf(report.map, step);
          const when = strings.map.days(dateAfter(report.start, from), dateAfter(report.start, until));
          return (
            <div key={step}>
              <Picture policy={policy} node={null} step={step} label={when} small />
              <p class="small-text">{when}</p>
            </div>
          );
        })}
      </div>
    </div>
  );
}
