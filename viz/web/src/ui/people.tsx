// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import type { Measure, OnwardReport } from "../generated/report";
import type { Table } from "../logic/downloads";
import { certaintyText, disparityOf, figureOf, infoOf, inThousand, valueText } from "../logic/findings";
import { counted, type Scale, scaleOf, shown } from "../logic/numbers";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Choice, DataTable, Figure, Mark, PolicyMark, Section, T, useReport } from "./basics";
import { Chart, Lines, linear } from "./svg";

/** Measures that groups have, as in the results. */
function measuresOfGroups(report: OnwardReport): string[] {
  const groups = Object.values(report.results.policies[0]?.groups ?? {});
  return report.measures.map(({ name }) => name).filter((name) => groups[0]?.[name] !== undefined);
}

/** What is looked at first: of the headline, what happens to one of 1,000 in some group, else the first. */
export function firstMeasure(report: OnwardReport): string {
  const seen = (name: string) =>
    report.results.policies.some((_, p) => {
      const figure = figureOf(report, p, name);
      return figure?.unit === "people" && figure.mean >= 0.001;
    });
  const people = report.headline.filter((name) => figureOf(report, 0, name)?.unit === "people");
  return people.find(seen) ?? people[0] ?? report.headline[0] ?? "";
}

const columns = 50;
const step = 11;

function Icons({ figure, policy, label }: { figure: Measure; policy: number; label: string }): JSX.Element {
  const { whole } = inThousand(figure);
  const dots = [];
  for (let i = 0; i < 1000; ++i) {
    const x = (i % columns) * step + step / 2;
    const y = Math.floor(i / columns) * step + step / 2;
    dots.push(
      <circle key={i} class={i < whole ? "person-hit" : "person"} cx={x} cy={y} r={i < whole ? 4.2 : 3.4} />,
    );
  }
  return (
    <Chart width={columns * step} height={20 * step} label={label} class={`icons p${policy % 5}`}>
      {dots}
    </Chart>
  );
}

function iconsText(figure: Measure): string {
  const { whole, oneIn } = inThousand(figure);
  if (oneIn === null) return strings.people.none;
  if (whole >= 1) return strings.people.of1000(counted(whole));
  return `${strings.people.fewer} (${strings.people.oneIn(counted(Number(oneIn.toPrecision(2))))})`;
}

function IconFigure({ name, group }: { name: string; group: string }): JSX.Element {
  const report = useReport();
  const label = infoOf(report, name).label;
  const whom = report.groups.find(({ id }) => id === group)?.label ?? strings.people.everybody;
  const figures = report.policies.map((policy, p) => ({
    policy,
    p,
    figure: figureOf(report, p, name, group),
  }));
  const table: Table = {
    columns: [
      strings.columns.policy,
      strings.columns.group,
      strings.columns.measure,
      strings.columns.of1000,
      strings.columns.low,
      strings.columns.high,
    ],
    rows: figures.map(({ policy, figure }) => [
      policy.label,
      whom,
      label,
      figure === undefined ? null : Number((figure.mean * 1000).toPrecision(4)),
      figure?.low == null ? null : Number((figure.low * 1000).toPrecision(4)),
      figure?.high == null ? null : Number((figure.high * 1000).toPrecision(4)),
    ]),
  };
  if (figures[0]?.figure?.unit !== "people") return <p class="note">{strings.people.days}</p>;
  return (
    <Figure
      number={2}
      title={`${strings.people.figureIcons}: ${label}`}
      unit={strings.people.iconsUnit}
      table={table}
    >
      <div class="icon-row">
        {figures.map(({ policy, p, figure }) =>
          figure === undefined ? null : (
            <div key={policy.id} class="icon-box">
              <p class="icon-head">
                <PolicyMark policy={p} />
                <T>{policy.label}</T>
              </p>
              <p class="icon-text">
                {iconsText(figure)}
                <span class="under">
                  {strings.people.certain(certaintyText(figure, { factor: 1000, unit: "" }))}
                </span>
              </p>
              <Icons figure={figure} policy={p} label={`${policy.label}: ${iconsText(figure)}`} />
            </div>
          ),
        )}
      </div>
    </Figure>
  );
}

/** One scale for all groups under all policies. */
function groupScale(report: OnwardReport, name: string, groups: string[]): { scale: Scale; most: number } {
  let most = 0;
  let unit: Measure["unit"] = "people";
  let largest = 0;
  for (const group of groups)
    report.results.policies.forEach((_, p) => {
      const figure = figureOf(report, p, name, group);
      if (figure === undefined) return;
      unit = figure.unit;
      largest = Math.max(largest, Math.abs(figure.mean));
      most = Math.max(most, figure.high ?? figure.mean);
    });
  return { scale: scaleOf(unit, largest), most: most || 1 };
}

function GroupFigure({ name }: { name: string }): JSX.Element {
  const report = useReport();
  const groups = report.groups.filter(({ id }) => report.results.policies[0]?.groups[id] !== undefined);
  const { scale, most } = groupScale(
    report,
    name,
    groups.map(({ id }) => id),
  );
  const left = 290;
  const width = 900;
  const x = linear(0, most, left, 720);
  const tall = Math.max(34, 12 + 16 * report.policies.length);
  const title = `${strings.people.figureGroups}: ${infoOf(report, name).label}`;
  const table: Table = {
    columns: [
      strings.columns.group,
      strings.columns.policy,
      strings.columns.figure(scale.unit),
      strings.columns.certainty,
      strings.people.ratio,
    ],
    rows: groups.flatMap((group) =>
      report.policies.map((policy, p) => {
        const figure = figureOf(report, p, name, group.id);
        const ratio = disparityOf(report, p, name, group.id);
        return [
          group.label,
          policy.label,
          figure === undefined ? null : valueText(figure, scale),
          figure === undefined ? null : certaintyText(figure, scale),
          ratio === null ? null : strings.people.times(shown(ratio)),
        ];
      }),
    ),
  };
  return (
    <Figure number={3} title={title} unit={scale.unit} table={table} wide>
      <p class="key">
        {report.policies.map((policy, p) => (
          <span key={policy.id}>
            <PolicyMark policy={p} />
            <T>{policy.label}</T>
          </span>
        ))}
      </p>
      <Chart width={width} height={groups.length * tall + 10} label={title} class="broad">
        <path class="zero" d={`M${left} 0V${groups.length * tall}`} />
        {groups.map((group, g) => (
          <g key={group.id}>
            <path class="rule" d={`M0 ${(g + 1) * tall}H${width}`} />
            <Lines text={group.label} x={4} y={(g + 0.5) * tall} letters={42} most={2} />
            {report.policies.map((policy, p) => {
              const figure = figureOf(report, p, name, group.id);
              if (figure === undefined) return null;
              const y = g * tall + (tall - 16 * report.policies.length) / 2 + 8 + 16 * p;
              return (
                <g key={policy.id} class={`p${p % 5}`}>
                  {figure.low === null || figure.high === null ? null : (
                    <path class="span" d={`M${x(figure.low)} ${y}H${x(figure.high)}`} />
                  )}
                  <Mark policy={p} x={x(figure.mean)} y={y} size={4.2} />
                  <text class="small" x={740} y={y + 4}>
                    {valueText(figure, scale)}
                  </text>
                </g>
              );
            })}
          </g>
        ))}
      </Chart>
    </Figure>
  );
}

export function People({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const names = measuresOfGroups(report);
  const name = names.includes(view.value.measure) ? view.value.measure : firstMeasure(report);
  const shownGroups = report.groups.filter(({ id }) => report.results.policies[0]?.groups[id] !== undefined);
  const group = shownGroups.some(({ id }) => id === view.value.group) ? view.value.group : "";
  return (
    <Section id="people" number={number} title={strings.sections.people} intro={strings.people.intro}>
      <div class="controls">
        <Choice
          label={strings.people.measure}
          value={name}
          options={names.map((value) => ({ value, label: infoOf(report, value).label }))}
          onChoose={(measure) => choose({ measure })}
        />
        <Choice
          label={strings.people.group}
          value={group}
          options={[
            { value: "", label: strings.people.everybody },
            ...shownGroups.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChoose={(chosen) => choose({ group: chosen })}
        />
      </div>
      <IconFigure name={name} group={group} />
      {shownGroups.length > 0 ? <GroupFigure name={name} /> : null}
      <p class="note">{strings.people.ratioText}</p>
      <details class="more">
        <summary>{strings.people.group}</summary>
        <DataTable
          caption={strings.people.group}
          table={{
            columns: [strings.people.group, strings.people.sampled, strings.people.standsFor],
            rows: report.groups.map(({ label, people, size }) => [label, counted(people), counted(size)]),
          }}
        />
      </details>
      <p class="note">{strings.people.small}</p>
    </Section>
  );
}
