// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Flow, OnwardReport } from "../generated/report";
import type { Table } from "../logic/downloads";
import { bow, breadth, flowChange, type Layout, layoutOf, peopleText, type Place, radius, shortLabel } from "../logic/layout";
import { counted, dateAfter } from "../logic/numbers";
import { daysOf, keyFrames, nextStep, perStep } from "../logic/replay";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Choice, cut, DataTable, Figure, Section, T, useReport } from "./basics";
import { Chart, linear } from "./svg";

/** Speeds, as milliseconds a step. */
const speeds = { slow: 1600, usual: 800, fast: 300 };
type Speed = keyof typeof speeds;

const ring = radius + 190;

function changeWords(change: "both" | "added" | "gone" | "none", report: OnwardReport): string {
  if (change === "both") return strings.map.both(report.policies[0]?.label ?? "");
  return change === "added" ? strings.map.added : change === "gone" ? strings.map.gone : "";
}

/** All flows under a policy as a table; those that the policy adds or ends first. */
export function flowTable(report: OnwardReport, policy: number, node: number | null): Table {
  const rows = report.map.flows
    .map((flow) => ({ flow, change: flowChange(flow, policy) }))
    .filter(({ flow, change }) => change !== "none" && (node === null || flow.from === node || flow.to === node))
    .sort(
      (a, b) =>
        Number(a.change === "both") - Number(b.change === "both") ||
        (b.flow.by[policy]?.people ?? 0) - (a.flow.by[policy]?.people ?? 0) ||
        a.flow.from - b.flow.from ||
        a.flow.to - b.flow.to,
    );
  return {
    columns: [strings.map.from, strings.map.to, strings.map.data, strings.map.people, strings.map.what],
    rows: rows.map(({ flow, change }) => {
      const traffic = flow.by[policy] ?? flow.by[0];
      const data = (traffic?.data ?? []).map((category) => report.categories[category]?.label ?? "").join(", ");
      const unlawful = flow.by[policy]?.unlawful ? `; ${strings.map.unlawful}` : "";
      return [
        report.nodes[flow.from]?.label ?? "",
        report.nodes[flow.to]?.label ?? "",
        data,
        change === "gone" ? "0" : peopleText(flow.by[policy]?.people),
        changeWords(change, report) + unlawful,
      ];
    }),
  };
}

function FlowLine(props: { flow: Flow; policy: number; layout: Layout; most: number; step: number | null }): JSX.Element | null {
  const { flow, policy, layout, step } = props;
  const from = layout.places.get(flow.from);
  const to = layout.places.get(flow.to);
  const change = flowChange(flow, policy);
  const traffic = flow.by[policy] ?? null;
  if (from === undefined || to === undefined || change === "none") return null;
  const volume = step === null ? (traffic ?? flow.by[0])?.people ?? null : (traffic?.steps[step] ?? 0);
  if (step !== null && volume === 0) return null;
  return (
    <path class={`flow flow-${change}`} d={bow(from, to)} stroke-width={breadth(volume, props.most).toFixed(2)}>
      {null}
    </path>
  );
}

function NodeMark(props: { place: Place; label: string; full: string; chosen: boolean; faint: boolean; onChoose: () => void }): JSX.Element {
  const { place } = props;
  const turn = (place.angle * 180) / Math.PI;
  const flipped = Math.cos(place.angle) < 0;
  const at = radius + 10;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a picture
    <g
      class={`node-at ${props.faint ? "node-faint" : ""}`}
      role="button"
      tabIndex={0}
      aria-pressed={props.chosen}
      aria-label={props.full}
      onClick={props.onChoose}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        props.onChoose();
      }}
    >
      <circle class={props.chosen ? "node-chosen" : "node"} cx={place.x} cy={place.y} r={props.chosen ? 7 : 4} />
      <text
        class={`node-label ${props.chosen ? "strong" : ""}`}
        transform={`rotate(${(flipped ? turn + 180 : turn).toFixed(2)}) translate(${flipped ? -at : at} 4)`}
        text-anchor={flipped ? "end" : "start"}
      >
        {cut(props.label, 28)}
      </text>
    </g>
  );
}

function Sectors({ layout }: { layout: Layout }): JSX.Element {
  const arc = radius - 9;
  return (
    <>
      {layout.sectors.map(({ label, from, to }) => {
        const large = to - from > Math.PI ? 1 : 0;
        const d = `M${arc * Math.cos(from)} ${arc * Math.sin(from)}A${arc} ${arc} 0 ${large} 1 ${arc * Math.cos(to)} ${arc * Math.sin(to)}`;
        return <path key={label} class="sector" d={d} />;
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
    for (const traffic of flow.by) most = Math.max(most, ...(stepwise ? (traffic?.steps ?? []) : [traffic?.people ?? 0]));
  return most;
}

function Picture({ policy, node, step, label, small }: PictureProps): JSX.Element {
  const report = useReport();
  const layout = useMemo(() => layoutOf(report), [report]);
  const most = useMemo(() => mostOf(report, step !== null), [report, step !== null]);
  const own = (flow: Flow) => node === null || flow.from === node || flow.to === node;
  const near = new Set<number>();
  if (node !== null)
    for (const flow of report.map.flows)
      if (own(flow) && flowChange(flow, policy) !== "none") near.add(flow.from).add(flow.to);
  // What a policy changes is drawn over what it leaves.
  const flows = report.map.flows.filter(own).sort((a, b) => Number(flowChange(a, policy) !== "both") - Number(flowChange(b, policy) !== "both"));
  const edge = small ? radius + 14 : ring;
  return (
    <Chart left={-edge} top={-edge} width={2 * edge} height={2 * edge} label={label} class={`map ${node === null ? "" : "alone"}`} group={!small}>
      <Sectors layout={layout} />
      <g aria-hidden="true">
        {flows.map((flow) => (
          <FlowLine key={`${flow.from}-${flow.to}`} flow={flow} policy={policy} layout={layout} most={most} step={step} />
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

/** Plays steps of time; stands still where the reader's system asks for less motion, until it is started. */
function useReplay(steps: number): { step: number | null; playing: boolean; speed: Speed; setSpeed: (s: Speed) => void; play: () => void; pause: () => void; go: (step: number | null) => void } {
  const report = useReport();
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>("usual");
  const chosen = Number.parseInt(view.value.step, 10);
  const step = Number.isInteger(chosen) && chosen >= 0 && chosen < steps ? chosen : null;
  const now = useRef(step);
  now.current = step;
  const go = (to: number | null) => choose({ step: to === null ? "" : String(to) });
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      if (now.current === steps - 1) setPlaying(false);
      else go(now.current === null ? 0 : nextStep(report.map, now.current));
    }, speeds[speed]);
    return () => clearInterval(timer);
  }, [playing, speed, steps, report]);
  return {
    step,
    playing,
    speed,
    setSpeed,
    play: () => {
      if (now.current === null || now.current === steps - 1) go(0);
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    go: (to) => {
      setPlaying(false);
      go(to);
    },
  };
}

function Strip({ policy, step, onChoose }: { policy: number; step: number | null; onChoose: (step: number) => void }): JSX.Element {
  const report = useReport();
  const counts = perStep(report.map, policy);
  const y = linear(0, Math.max(1, ...counts), 0, 96);
  const wide = 900 / counts.length;
  const days = (at: number) => daysOf(report.map, at);
  const table: Table = {
    columns: ["step", "from", "until", strings.map.stripUnit],
    rows: counts.map((count, at) => [at + 1, dateAfter(report.start, days(at).from), dateAfter(report.start, days(at).until), count]),
  };
  return (
    <Figure number={5} title={strings.map.strip} unit={strings.map.stripUnit} table={table}>
      <Chart width={900} height={128} label={`${strings.map.strip}: ${report.policies[policy]?.label ?? ""}`}>
        {counts.map((count, at) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the slider below does the same by keyboard
          // biome-ignore lint/a11y/useKeyWithClickEvents: the slider below does the same by keyboard
          <g key={dateAfter(report.start, days(at).from)} onClick={() => onChoose(at)} class="clickable">
            <rect x={at * wide} y={0} width={wide} height={104} fill="transparent" />
            <rect class={at === step ? "bar bar-now" : "bar"} x={at * wide + 1.5} y={104 - y(count)} width={wide - 3} height={y(count)} />
          </g>
        ))}
        <path class="rule" d="M0 104H900" />
        <text class="small" x={0} y={122}>
          {report.start}
        </text>
        <text class="small" x={900} y={122} text-anchor="end">
          {dateAfter(report.start, report.horizon_days)}
        </text>
        <text class="small" x={900} y={12} text-anchor="end">
          {strings.map.disclosures(counted(Math.max(0, ...counts)))}
        </text>
      </Chart>
    </Figure>
  );
}

function Key({ policy }: { policy: number }): JSX.Element {
  const report = useReport();
  const lines = policy === 0 ? (["both"] as const) : (["both", "added", "gone"] as const);
  return (
    <p class="key">
      {lines.map((change) => (
        <span key={change}>
          <svg class="line-key" viewBox="0 0 40 12" aria-hidden="true">
            <path class={`flow flow-${change}`} d="M2 6H38" stroke-width="3" />
          </svg>
          {policy === 0 ? <T>{report.policies[0]?.label ?? ""}</T> : changeWords(change, report)}
        </span>
      ))}
    </p>
  );
}

function Controls({ replay }: { replay: ReturnType<typeof useReplay> }): JSX.Element {
  const report = useReport();
  const { steps } = report.map;
  const { step } = replay;
  const days = step === null ? null : daysOf(report.map, step);
  const when =
    days === null
      ? strings.map.whole
      : `${strings.map.step(step === null ? 0 : step + 1, steps)}: ${strings.map.days(dateAfter(report.start, days.from), dateAfter(report.start, days.until))}`;
  return (
    <fieldset class="player">
      <legend>{strings.map.time}</legend>
      <button type="button" class="play" onClick={replay.playing ? replay.pause : replay.play}>
        {replay.playing ? strings.map.pause : strings.map.play}
      </button>
      <button type="button" aria-label={strings.map.back} onClick={() => replay.go(Math.max(0, (step ?? steps) - 1))}>
        ‹
      </button>
      <button type="button" aria-label={strings.map.forward} onClick={() => replay.go(Math.min(steps - 1, (step ?? -1) + 1))}>
        ›
      </button>
      <input
        type="range"
        aria-label={strings.map.time}
        aria-valuetext={when}
        min={0}
        max={steps - 1}
        value={step ?? 0}
        onInput={(event) => replay.go(Number(event.currentTarget.value))}
      />
      <Choice
        label={strings.map.speed}
        value={replay.speed}
        options={Object.entries(strings.map.speeds).map(([value, label]) => ({ value, label }))}
        onChoose={(speed) => replay.setSpeed(speed as Speed)}
      />
      <button type="button" disabled={step === null} onClick={() => replay.go(null)}>
        {strings.map.showAll}
      </button>
      <output class="when" aria-live={replay.playing ? "off" : "polite"}>
        {when}
      </output>
    </fieldset>
  );
}

/** What a print shows in place of a moving picture. */
function Frames({ policy }: { policy: number }): JSX.Element {
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

export function MapSection({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const named = report.policies.findIndex(({ id }) => id === view.value.policy);
  const policy = named >= 0 ? named : Math.min(1, report.policies.length - 1);
  const node = report.nodes.findIndex(({ id }) => id === view.value.node);
  const chosen = node < 0 ? null : node;
  const replay = useReplay(report.map.steps);
  const busy = useMemo(() => [...layoutOf(report).places.keys()].sort((a, b) => a - b), [report]);
  const table = useMemo(() => flowTable(report, policy, chosen), [report, policy, chosen]);
  const label = `${strings.map.figure}: ${report.policies[policy]?.label ?? ""}`;
  return (
    <Section
      id="map"
      number={number}
      title={strings.sections.map}
      intro={strings.map.intro(report.map.replication, counted(report.map.people))}
    >
      <div class="controls">
        <Choice
          label={strings.map.policy}
          value={report.policies[policy]?.id ?? ""}
          options={report.policies.map(({ id, label: name }) => ({ value: id, label: name }))}
          onChoose={(id) => choose({ policy: id })}
        />
        <Choice
          label={strings.map.institution}
          value={chosen === null ? "" : (report.nodes[chosen]?.id ?? "")}
          options={[
            { value: "", label: strings.map.all },
            ...busy.map((at) => ({ value: report.nodes[at]?.id ?? "", label: report.nodes[at]?.label ?? "" })),
          ]}
          onChoose={(id) => choose({ node: id })}
        />
      </div>
      <Controls replay={replay} />
      <Figure number={4} title={label} unit={strings.map.unit} table={table} wide>
        <Key policy={policy} />
        <Picture policy={policy} node={chosen} step={replay.step} label={label} />
      </Figure>
      <Frames policy={policy} />
      <p class="note">
        {strings.map.choose} {strings.map.few}
      </p>
      <Strip policy={policy} step={replay.step} onChoose={replay.go} />
      {chosen === null ? null : <DataTable table={table} caption={report.nodes[chosen]?.label ?? ""} most={40} />}
    </Section>
  );
}
