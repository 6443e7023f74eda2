// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import type { Switches } from "../generated/report";
import type { Table } from "../logic/downloads";
import { csvOf, save } from "../logic/downloads";
import { certaintyText, changeText, commonScale, infoOf, verdictOf } from "../logic/findings";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Grade, Scroll, Section, T, useReport } from "./basics";

/** Which clauses hold, as bits; all of them at first. */
export function chosenClauses(switches: Switches, text: string): number {
  const all = 2 ** switches.clauses.length - 1;
  const bits = /^\d+$/.test(text) ? Number(text) : all;
  return Math.min(bits, all);
}

export function SwitchesSection({ number }: { number: number }): JSX.Element | null {
  const report = useReport();
  const { switches } = report;
  if (switches === null) return null;
  const bits = chosenClauses(switches, view.value.clauses);
  const chosen = switches.combinations[bits] ?? {};
  const figures = typeof chosen === "string" ? {} : chosen;
  const label = report.policies.find(({ id }) => id === switches.policy)?.label ?? switches.policy;
  const table: Table = {
    columns: [
      ...switches.clauses.map((clause) => clause.label),
      strings.columns.measure,
      strings.columns.change,
      strings.columns.low,
      strings.columns.high,
    ],
    rows: switches.combinations.flatMap((combination, at) =>
      Object.entries(typeof combination === "string" ? {} : combination).map(([name, change]) => [
        ...switches.clauses.map((_, clause) => ((at >> clause) & 1 ? 1 : 0)),
        infoOf(report, name).label,
        change.mean,
        change.low,
        change.high,
      ]),
    ),
  };
  return (
    <Section
      id="switches"
      number={number}
      title={strings.sections.switches}
      intro={strings.switches.intro(label)}
    >
      <fieldset class="clauses">
        <legend>{strings.switches.clauses}</legend>
        {switches.clauses.map((clause, index) => (
          <label key={clause.label} class="tick">
            <input
              type="checkbox"
              checked={((bits >> index) & 1) === 1}
              onChange={() => choose({ clauses: String(bits ^ (1 << index)) })}
            />
            <T>{clause.label}</T>
          </label>
        ))}
      </fieldset>
      {typeof chosen === "string" ? (
        <p role="status">
          {strings.switches.noPolicy} <T>{chosen}</T>
        </p>
      ) : null}
      <Scroll label={strings.switches.figure}>
        <table class="data switch-table" aria-live="polite">
          <caption>{strings.switches.figure}</caption>
          <tbody>
            {Object.entries(figures).map(([name, change]) => {
              const scale = commonScale(report, name);
              return (
                <tr key={name} data-measure={name} data-mean={change.mean}>
                  <th scope="row">
                    <T>{infoOf(report, name).label}</T>
                  </th>
                  <td class="number">
                    {changeText(change, scale)} {scale.unit}
                  </td>
                  <td>
                    {verdictOf(change) === "not-shown"
                      ? strings.verdict["not-shown"]
                      : certaintyText(change, scale, strings.aDifference)}
                  </td>
                  <td>
                    <Grade of={change.evidence} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <button type="button" onClick={() => save("clauses.csv", "text/csv", csvOf(table, report.notice))}>
        {strings.figure.csv}
      </button>
    </Section>
  );
}
