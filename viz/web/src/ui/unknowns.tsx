// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import type { Assumption } from "../generated/report";
import type { Table } from "../logic/downloads";
import { certaintyText, findingsOf, infoOf } from "../logic/findings";
import { shown, signed } from "../logic/numbers";
import { strings } from "../strings";
import { placeText } from "./assumptions";
import { Figure, Section, T, useReport } from "./basics";
import { Chart, Lines, linear } from "./svg";

interface Rate {
  label: string;
  rate: Assumption;
}

const line = 34;
const left = 470;

/** Each on one scale of tenfold steps, so that how far a range reaches can be compared. */
function Ranges({ rates }: { rates: Rate[] }): JSX.Element {
  const ends = rates
    .flatMap(({ rate }) => [rate.low ?? rate.value, rate.high ?? rate.value])
    .filter((end) => end > 0);
  const from = Math.floor(Math.log10(Math.min(...ends)));
  const to = Math.ceil(Math.log10(Math.max(...ends)));
  const x = linear(from, to, left, 760);
  const at = (value: number) => x(Math.log10(Math.max(value, 10 ** from)));
  const ticks = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const every = Math.ceil(ticks.length / 7);
  const table: Table = {
    columns: [
      strings.policies.measure,
      strings.unknowns.rate,
      strings.unknowns.value,
      strings.assumptions.low,
      strings.assumptions.high,
      strings.assumptions.unit,
    ],
    rows: rates.map(({ label, rate }) => [
      label,
      placeText(rate.where),
      rate.value,
      rate.low,
      rate.high,
      rate.unit,
    ]),
  };
  return (
    <Figure number={8} title={strings.unknowns.figure} unit={strings.unknowns.unit} table={table} wide>
      <Chart width={900} height={rates.length * line + 34} label={strings.unknowns.figure} class="broad">
        {ticks.map((tick) => (
          <g key={tick}>
            <path class="rule" d={`M${x(tick)} 0V${rates.length * line}`} />
            {(tick - from) % every === 0 ? (
              <text class="small" x={x(tick)} y={rates.length * line + 20} text-anchor="middle">
                {shown(10 ** tick)}
              </text>
            ) : null}
          </g>
        ))}
        {rates.map(({ label, rate }, index) => {
          const y = index * line + line / 2;
          return (
            <g key={rate.where} class="p1">
              <Lines text={label} x={2} y={y} letters={66} most={2} />
              {rate.low === null || rate.high === null ? null : (
                <path class="span" d={`M${at(rate.low)} ${y}H${at(rate.high)}`} />
              )}
              <circle class="mark" cx={at(rate.value)} cy={y} r={4.5} />
              <text class="small" x={776} y={y + 4}>
                {`${shown(rate.value)} ${rate.unit}`.slice(0, 24)}
              </text>
            </g>
          );
        })}
      </Chart>
    </Figure>
  );
}

export function Unknowns({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const rates = report.headline.flatMap((name) => {
    const info = infoOf(report, name);
    if (info.section === "") return [];
    return report.assumptions
      .filter(({ where, evidence }) => where.startsWith(`${info.section}/`) && evidence === "illustrative")
      .map((rate) => ({ label: info.label, rate }));
  });
  const open = report.policies.slice(1).flatMap((policy, p) =>
    findingsOf(report, p + 1)
      .filter(({ verdict }) => verdict === "not-shown")
      .map((finding) => ({ policy, finding })),
  );
  return (
    <Section id="unknowns" number={number} title={strings.sections.unknowns} intro={strings.unknowns.intro}>
      <h3>{strings.unknowns.rates}</h3>
      <p>{strings.unknowns.ratesText}</p>
      {rates.length === 0 ? null : <Ranges rates={rates} />}
      <h3>{strings.unknowns.chance}</h3>
      {open.length === 0 ? <p>{strings.unknowns.chanceNone}</p> : <p>{strings.unknowns.chanceText}</p>}
      <ul>
        {open.map(({ policy, finding }) => (
          <li key={policy.id + finding.info.name}>
            <T>{finding.info.label}</T>, <T>{policy.label}</T>:{" "}
            {signed(finding.difference.mean * finding.scale.factor)} {finding.scale.unit};{" "}
            {certaintyText(finding.difference, finding.scale, strings.aDifference)}
          </li>
        ))}
      </ul>
      <h3>{strings.unknowns.not}</h3>
      <p>{strings.unknowns.notText}</p>
    </Section>
  );
}
