// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Table } from "../logic/downloads";
import { counted, dateAfter } from "../logic/numbers";
import { daysOf, nextStep, perStep } from "../logic/replay";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Choice, Figure, useReport } from "./basics";
import { Chart, linear } from "./svg";

/** Speeds, as milliseconds a step. */
const speeds = { slow: 1600, usual: 800, fast: 300 };
type Speed = keyof typeof speeds;

/** Plays steps of time; stands still where the reader's system asks for less motion, until it is started. */
export function useReplay(steps: number): {
  step: number | null;
  playing: boolean;
  speed: Speed;
  setSpeed: (s: Speed) => void;
  play: () => void;
  pause: () => void;
  go: (step: number | null) => void;
} {
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

export function Strip({ policy, step }: { policy: number; step: number | null }): JSX.Element {
  const report = useReport();
  const counts = perStep(report.map, policy);
  const y = linear(0, Math.max(1, ...counts), 0, 96);
  const wide = 900 / counts.length;
  const days = (at: number) => daysOf(report.map, at);
  const table: Table = {
    columns: [strings.columns.step, strings.columns.from, strings.columns.until, strings.map.stripUnit],
    rows: counts.map((count, at) => [
      at + 1,
      dateAfter(report.start, days(at).from),
      dateAfter(report.start, days(at).until),
      count,
    ]),
  };
  return (
    <Figure number={5} title={strings.map.strip} unit={strings.map.stripUnit} table={table}>
      <Chart width={900} height={128} label={`${strings.map.strip}: ${report.policies[policy]?.label ?? ""}`}>
        {counts.map((count, at) => (
          <g key={dateAfter(report.start, days(at).from)}>
            <rect
              class={at === step ? "bar bar-now" : "bar"}
              x={at * wide + 1.5}
              y={104 - y(count)}
              width={wide - 3}
              height={y(count)}
            />
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

export function Controls({ replay }: { replay: ReturnType<typeof useReplay> }): JSX.Element {
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
      <button
        type="button"
        aria-label={strings.map.back}
        onClick={() => replay.go(Math.max(0, (step ?? steps) - 1))}
      >
        ‹
      </button>
      <button
        type="button"
        aria-label={strings.map.forward}
        onClick={() => replay.go(Math.min(steps - 1, (step ?? -1) + 1))}
      >
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
