// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import type { Change, MeasureInfo, OnwardReport } from "../generated/report";
import type { Table } from "../logic/downloads";
import {
  certaintyText,
  changeText,
  commonScale,
  differenceOf,
  figureOf,
  infoOf,
  valueText,
  verdictOf,
} from "../logic/findings";
import { counted, interval, signed } from "../logic/numbers";
import { strings } from "../strings";
import { RateList } from "./assumptions";
import { Figure, Grade, Mark, PolicyMark, Scroll, Section, T, useReport } from "./basics";
import { Chart, Lines, linear } from "./svg";

/** Everything that stands in the table, for a file. */
export function headlineTable(report: OnwardReport, names: string[]): Table {
  const columns = [
    "measure",
    "unit",
    "evidence",
    "policy",
    "mean",
    "low",
    "high",
    "bound",
    "bound per",
    "events",
  ];
  columns.push("change", "change low", "change high", "change bound", "change bound per");
  const rows = names.flatMap((name) =>
    report.results.policies.map((policy, p) => {
      const figure = figureOf(report, p, name);
      const change = differenceOf(report, p, name);
      return [
        infoOf(report, name).label,
        figure?.unit ?? "",
        figure?.evidence ?? "",
        policy.id,
        figure?.mean ?? null,
        figure?.low ?? null,
        figure?.high ?? null,
        figure?.bound?.at_most ?? null,
        figure?.bound?.per ?? null,
        figure?.events ?? null,
        change?.mean ?? null,
        change?.low ?? null,
        change?.high ?? null,
        change?.bound?.at_most ?? null,
        change?.bound?.per ?? null,
      ];
    }),
  );
  return { columns, rows };
}

/** The same in words, as the page shows it. */
function shortTable(report: OnwardReport, names: string[]): Table {
  const of = strings.columns;
  return {
    columns: [
      of.measure,
      of.unit,
      of.evidence,
      of.policy,
      of.mean,
      of.certainty,
      of.change,
      `${of.change}, ${of.certainty}`,
    ],
    rows: names.flatMap((name) =>
      report.results.policies.map((policy, p) => {
        const scale = commonScale(report, name);
        const figure = figureOf(report, p, name);
        const change = p === 0 ? undefined : differenceOf(report, p, name);
        return [
          infoOf(report, name).label,
          scale.unit,
          figure === undefined ? "" : strings.grade[figure.evidence],
          policy.id,
          figure === undefined ? null : valueText(figure, scale),
          figure === undefined ? null : certaintyText(figure, scale),
          change === undefined ? null : changeText(change, scale),
          change === undefined ? null : certaintyText(change, scale, strings.aDifference),
        ];
      }),
    ),
  };
}

function Whence({ info }: { info: MeasureInfo }): JSX.Element {
  const report = useReport();
  const lived = report.stories.filter((story) =>
    story.lives.some((life) => life.some((event) => event.what === info.label && event.kind !== "denied")),
  );
  return (
    <details class="whence-box">
      <summary>
        {strings.answer.whence}
        <span class="unseen">: {info.label}</span>
      </summary>
      <ul>
        {report.policies.slice(1).map((policy) =>
          policy.changes.length === 0 ? null : (
            <li key={policy.id}>
              <a href={`#changes-${policy.id}`}>
                {strings.policies.changes}: <T>{policy.label}</T>
              </a>
            </li>
          ),
        )}
        {lived.map((story) => (
          <li key={story.name}>
            <a href={`#stories?story=${encodeURIComponent(story.name)}`}>
              {strings.sections.stories}: <T>{story.name}</T>
            </a>
          </li>
        ))}
        <li>
          <a href="#unknowns">{strings.sections.unknowns}</a>
        </li>
        <li>
          <a href="#articles">{strings.sections.articles}</a>
        </li>
      </ul>
      {info.section === "" ? null : <RateList section={info.section} />}
    </details>
  );
}

function Row({ name }: { name: string }): JSX.Element {
  const report = useReport();
  const info = infoOf(report, name);
  const scale = commonScale(report, name);
  const grade = figureOf(report, 0, name)?.evidence ?? "mixed";
  return (
    <tr id={`row-${name}`}>
      <th scope="row">
        <T>{info.label}</T>
        <span class="under">
          {scale.unit} · <Grade of={grade} />
          {info.serves === undefined ? "" : ` · ${strings.serves[info.serves]}`}
        </span>
        <Whence info={info} />
      </th>
      {report.results.policies.map((policy, p) => {
        const figure = figureOf(report, p, name);
        const change = p === 0 ? undefined : differenceOf(report, p, name);
        if (figure === undefined) return <td key={policy.id}>–</td>;
        return (
          <td key={policy.id} data-policy={policy.id} data-mean={figure.mean}>
            <span class="value">{valueText(figure, scale)}</span>
            <span class="under">{certaintyText(figure, scale)}</span>
            {change === undefined ? null : (
              <span class={`change change-${verdictOf(change)}`}>
                {changeText(change, scale)}
                {verdictOf(change) === "not-shown" ? `: ${strings.verdict["not-shown"]}` : ""}
                <span class="under">{certaintyText(change, scale, strings.aDifference)}</span>
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** Figures of all policies side by side, in parts by kind. */
export function FigureTable({ names, caption }: { names: string[]; caption: string }): JSX.Element {
  const report = useReport();
  const kinds = [...new Set(names.map((name) => infoOf(report, name).kind))];
  return (
    <Scroll label={caption}>
      <table class="figures">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{strings.policies.measure}</th>
            {report.policies.map((policy, p) => (
              <th key={policy.id} scope="col">
                <PolicyMark policy={p} />
                <T>{policy.label}</T>
                <span class="under">
                  {p === 0
                    ? strings.answer.baseline
                    : strings.policies.changeFrom(report.policies[0]?.id ?? "")}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {kinds.map((kind) => (
          <tbody key={kind}>
            <tr class="kind-row">
              <th scope="rowgroup" colSpan={report.policies.length + 1}>
                {strings.kind[kind]}
                {kind === "absolute" ? <span class="under">{strings.answer.absoluteNote}</span> : null}
              </th>
            </tr>
            {names
              .filter((name) => infoOf(report, name).kind === kind)
              .map((name) => (
                <Row key={name} name={name} />
              ))}
          </tbody>
        ))}
      </table>
    </Scroll>
  );
}

const left = 330;
const width = 900;
const line = 22;

/** A line for each measure and policy; each measure has a scale of its own around 0. */
function Changes({ number, title }: { number: number; title: string }): JSX.Element {
  const report = useReport();
  const others = report.policies.slice(1);
  const height = (name: string) => Math.max(name.startsWith("exposure") ? 40 : 46, 14 + others.length * line);
  let y = 10;
  let kind = "";
  const rows = report.headline.map((name) => {
    const own = infoOf(report, name).kind;
    const heading = own === kind ? "" : strings.kind[own];
    kind = own;
    if (heading !== "") y += 34;
    const top = y;
    y += height(name);
    return { name, top, height: height(name), heading };
  });
  return (
    <Figure
      number={number}
      title={title}
      unit={strings.policies.figureUnit}
      table={headlineTable(report, report.headline)}
      short={shortTable(report, report.headline)}
      wide
    >
      <p class="key">
        {others.map((policy, p) => (
          <span key={policy.id}>
            <PolicyMark policy={p + 1} />
            <T>{policy.label}</T>
          </span>
        ))}
      </p>
      <Chart width={width} height={y + 8} label={`${title}. ${strings.figure.table} ↓`} class="broad">
        {rows.map(({ name, top, height: tall, heading }) => {
          const scale = commonScale(report, name);
          const changes = others.map((_, p) => differenceOf(report, p + 1, name));
          const ends = changes.flatMap((c) =>
            c === undefined ? [] : [c.mean, c.low ?? c.mean, c.high ?? c.mean],
          );
          const most = Math.max(...ends.map(Math.abs)) || 1;
          const x = linear(-most, most, left + 30, 690);
          return (
            <g key={name}>
              {heading === "" ? null : (
                <text class="label strong" x={4} y={top - 9}>
                  {heading}
                </text>
              )}
              <path class="rule" d={`M0 ${top}H${width}`} />
              <Lines text={infoOf(report, name).label} x={4} y={top + tall / 2} letters={48} most={3} />
              <path class="zero" d={`M${x(0)} ${top + 4}V${top + tall - 4}`} />
              {changes.map((change, p) => {
                if (change === undefined) return null;
                const at = top + 7 + line / 2 + p * line;
                const text =
                  change.mean === 0
                    ? strings.policies.zero
                    : `${signed(change.mean * scale.factor)} ${scale.unit}`;
                return (
                  <g
                    key={others[p]?.id}
                    class={`p${(p + 1) % 5} ${verdictOf(change) === "not-shown" ? "unsure" : ""}`}
                  >
                    {change.low === null || change.high === null ? null : (
                      <path class="span" d={`M${x(change.low)} ${at}H${x(change.high)}`} />
                    )}
                    <Mark policy={p + 1} x={x(change.mean)} y={at} size={4.6} />
                    <text class="small" x={706} y={at + 4}>
                      {verdictOf(change) === "not-shown"
                        ? strings.policies.notShown(signed(change.mean * scale.factor))
                        : text}
                    </text>
                  </g>
                );
              })}
            </g>
          );
        })}
      </Chart>
    </Figure>
  );
}

function ChangeItem({ change }: { change: Change }): JSX.Element {
  return (
    <li class="rule-change" id={`rule-${change.rule}`}>
      <p>
        <span class={`how how-${change.how}`}>{strings.policies.how[change.how]}</span> <T>{change.text}</T>.
      </p>
      {change.conditions.length === 0 ? null : (
        <p class="note">
          {strings.policies.condition} <T>{change.conditions.join("; ")}</T>.
        </p>
      )}
      <p class="cite">
        <T>{change.citation}</T>
        {change.standing === "" ? null : (
          <span class="standing">
            <T>{change.standing}</T>
          </span>
        )}
        <code>
          <T>{change.rule}</T>
        </code>
      </p>
      {change.note === "" ? null : (
        <p class="note">
          <T>{change.note}</T>
        </p>
      )}
    </li>
  );
}

export function Policies({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const also = report.measures.map(({ name }) => name).filter((name) => !report.headline.includes(name));
  return (
    <Section id="policies" number={number} title={strings.sections.policies} intro={strings.policies.intro}>
      {report.policies.length > 1 ? <Changes number={1} title={strings.policies.figure} /> : null}
      <FigureTable names={report.headline} caption={strings.sections.policies} />
      {also.length === 0 ? null : (
        <details class="more">
          <summary>{strings.policies.also}</summary>
          <FigureTable names={also} caption={strings.policies.also} />
        </details>
      )}
      <h3>{strings.policies.changes}</h3>
      {report.policies.slice(1).map((policy, p) => (
        <details key={policy.id} class="more" id={`changes-${policy.id}`}>
          <summary>
            <PolicyMark policy={p + 1} />
            <T>{policy.label}</T> ({counted(policy.changes.length)})
          </summary>
          {policy.changes.length === 0 ? <p>{strings.policies.sameRules}</p> : null}
          <ul class="rule-changes">
            {policy.changes.map((change) => (
              <ChangeItem key={change.rule + change.how} change={change} />
            ))}
          </ul>
        </details>
      ))}
    </Section>
  );
}

/** An interval with its unit, for others. */
export function intervalText(low: number, high: number, factor: number, unit: string): string {
  return `${interval(low, high, factor)} ${unit}`;
}
