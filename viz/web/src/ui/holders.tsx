// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { OnwardReport } from "../generated/report";
import type { Table } from "../logic/downloads";
import { peopleText } from "../logic/layout";
import { counted } from "../logic/numbers";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Choice, cut, Figure, Scroll, Section, T, useReport } from "./basics";
import { Chart } from "./svg";

export interface Grid {
  holders: number[];
  categories: number[];
  at: (holder: number, category: number, policy: number) => number | null;
}

/** Those who held or saw something under any policy, those with most first; what is no data of a person's is left out. */
export function gridOf(report: OnwardReport): Grid {
  const cells = new Map<string, (number | null)[]>();
  const ofHolder = new Map<number, number>();
  const ofCategory = new Map<number, number>();
  for (const { node, category, by } of report.map.holdings) {
    const id = report.categories[category]?.id;
    if (id === "hit" || id === "no_hit") continue;
    cells.set(`${node} ${category}`, by);
    const most = Math.max(...by.map((people) => people ?? 5));
    ofHolder.set(node, (ofHolder.get(node) ?? 0) + most);
    ofCategory.set(category, (ofCategory.get(category) ?? 0) + most);
  }
  const ranked = (all: Map<number, number>) =>
    [...all].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([key]) => key);
  return {
    holders: ranked(ofHolder),
    categories: ranked(ofCategory),
    at: (holder, category, policy) => {
      const by = cells.get(`${holder} ${category}`);
      return by === undefined ? 0 : (by[policy] ?? null);
    },
  };
}

/** In which of seven shades a number is shown; 0 is none. */
export function shade(people: number | null, all: number): number {
  if (people === 0) return 0;
  const share = (people ?? 5) / Math.max(1, all);
  return Math.min(6, 1 + Math.floor(share ** 0.5 * 6));
}

/** What a policy changes in a cell: told where both numbers are, and where it concerns 10 people or more. */
export function changeOf(now: number | null, before: number | null): number | null {
  if (now === null || before === null) return null;
  return now === before || Math.abs(now - before) >= 10 ? now - before : null;
}

/** The same as a picture, for a file; on the page the table is the picture. */
function Heat({ grid, policy, label }: { grid: Grid; policy: number; label: string }): JSX.Element {
  const report = useReport();
  const cell = 22;
  const left = 260;
  const top = 190;
  return (
    <Chart
      width={left + grid.categories.length * cell + 150}
      height={top + grid.holders.length * cell}
      label={label}
      class="file-only"
    >
      {grid.categories.map((category, c) => (
        <text
          key={category}
          class="small"
          transform={`translate(${left + c * cell + 15} ${top - 6}) rotate(-60)`}
        >
          {cut(report.categories[category]?.label ?? "", 30)}
        </text>
      ))}
      {grid.holders.map((holder, h) => (
        <g key={holder}>
          <text class="small" x={left - 8} y={top + h * cell + 15} text-anchor="end">
            {cut(report.nodes[holder]?.label ?? "", 42)}
          </text>
          {grid.categories.map((category, c) => {
            const people = grid.at(holder, category, policy);
            const share = shade(people, report.map.people) / 6;
            return (
              <rect
                key={category}
                x={left + c * cell}
                y={top + h * cell}
                width={cell - 1}
                height={cell - 1}
                fill="#0a3f78"
                fill-opacity={share.toFixed(2)}
                stroke="#c9ced6"
                stroke-width="0.5"
              />
            );
          })}
        </g>
      ))}
    </Chart>
  );
}

export function Holders({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const grid = useMemo(() => gridOf(report), [report]);
  const named = report.policies.findIndex(({ id }) => id === view.value.policy);
  const policy = named >= 0 ? named : Math.min(1, report.policies.length - 1);
  const table: Table = {
    columns: [
      strings.holders.holder,
      strings.columns.category,
      strings.columns.policy,
      strings.columns.people,
      strings.columns.changeFrom(report.policies[0]?.id ?? ""),
    ],
    rows: grid.holders.flatMap((holder) =>
      grid.categories.flatMap((category) =>
        report.policies
          .map((of, p) => ({
            of,
            people: grid.at(holder, category, p),
            before: grid.at(holder, category, 0),
          }))
          .filter(({ people, before }) => people !== 0 || before !== 0)
          .map(({ of, people, before }) => [
            report.nodes[holder]?.label ?? "",
            report.categories[category]?.label ?? "",
            of.id,
            people === null ? strings.columns.few : people,
            changeOf(people, before),
          ]),
      ),
    ),
  };
  const label = `${strings.holders.figure}: ${report.policies[policy]?.label ?? ""}`;
  return (
    <Section
      id="holders"
      number={number}
      title={strings.sections.holders}
      intro={strings.holders.intro(counted(report.map.people))}
    >
      <div class="controls">
        <Choice
          label={strings.map.policy}
          value={report.policies[policy]?.id ?? ""}
          options={report.policies.map(({ id, label: name }) => ({ value: id, label: name }))}
          onChoose={(id) => choose({ policy: id })}
        />
        <p class="shades" aria-hidden="true">
          {strings.holders.less}
          {[1, 2, 3, 4, 5, 6].map((s) => (
            <span key={s} class={`swatch shade-${s}`} />
          ))}
          {strings.holders.more}
        </p>
      </div>
      <Figure number={6} title={label} unit={strings.holders.unit} table={table} tableShown>
        <Heat grid={grid} policy={policy} label={label} />
        <Scroll label={label}>
          <table class="heat">
            <caption class="unseen">{label}</caption>
            <thead>
              <tr>
                <th scope="col">{strings.holders.holder}</th>
                {grid.categories.map((category) => (
                  <th key={category} scope="col" class="turned">
                    <span>
                      <T>{cut(report.categories[category]?.label ?? "", 60)}</T>
                      {report.categories[category]?.special ? (
                        <abbr title={strings.holders.special}> {strings.holders.article9}</abbr>
                      ) : null}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {grid.holders.map((holder) => (
                <tr key={holder}>
                  <th scope="row">
                    <T>{report.nodes[holder]?.label ?? ""}</T>
                  </th>
                  {grid.categories.map((category) => {
                    const people = grid.at(holder, category, policy);
                    const change = policy === 0 ? null : changeOf(people, grid.at(holder, category, 0));
                    return (
                      <td key={category} class={`shade-${shade(people, report.map.people)}`}>
                        {people === 0 ? "" : people === null ? "<10" : peopleText(people)}
                        {change === null || change === 0 ? null : (
                          <span class="heat-change">
                            {change > 0 ? `+${counted(change)}` : `−${counted(-change)}`}
                          </span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Figure>
    </Section>
  );
}
