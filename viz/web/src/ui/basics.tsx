// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren, JSX } from "preact";
import { createContext } from "preact";
import { useContext, useRef } from "preact/hooks";
import type { Measure, OnwardReport } from "../generated/report";
import { csvOf, save, svgOf, type Table } from "../logic/downloads";
import { strings } from "../strings";

/** A text of the scenario: whatever is in it stays text, and its direction stays its own. */
export function T({ children }: { children: string }): JSX.Element {
  return <bdi>{children}</bdi>;
}

export const Report = createContext<OnwardReport | null>(null);

/** The document that the page shows. */
export function useReport(): OnwardReport {
  const report = useContext(Report);
  if (report === null) throw new Error("no report");
  return report;
}

/** A part of the page, with its number and a heading that a link leads to. */
export function Section(props: {
  id: string;
  number: number;
  title: string;
  intro?: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <section id={props.id} aria-labelledby={`${props.id}-title`} class="part">
      <h2 id={`${props.id}-title`}>
        <span class="part-number">{props.number}</span>
        {props.title}
      </h2>
      {props.intro === undefined ? null : <p class="intro">{props.intro}</p>}
      {props.children}
    </section>
  );
}

export function Grade({ of }: { of: Measure["evidence"] }): JSX.Element {
  return (
    <span class={`grade grade-${of}`} title={strings.gradeTitle[of]}>
      {strings.grade[of]}
    </span>
  );
}

/** A region that scrolls sideways where it is too broad, by keyboard too. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

export function DataTable(props: { table: Table; caption: string; most?: number }): JSX.Element {
  const most = props.most ?? 200;
  const rows = props.table.rows.slice(0, most);
  const left = props.table.rows.length - rows.length;
  return (
    <>
      <Scroll label={props.caption}>
        <table class="data">
          <caption class="unseen">{props.caption}</caption>
          <thead>
            <tr>
              {props.table.columns.map((column) => (
                <th key={column} scope="col">
                  <T>{column}</T>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={r}>
                {row.map((cell, c) => {
                  const text = cell === null ? "–" : String(cell);
                  const kind = typeof cell === "number" ? "number" : undefined;
                  return c === 0 ? (
                    <th key={c} scope="row">
                      <T>{text}</T>
                    </th>
                  ) : (
                    <td key={c} class={kind}>
                      <T>{text}</T>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {left > 0 ? <p class="note">{strings.map.more(String(left))}</p> : null}
    </>
  );
}

/** A picture with its number, its unit, the same facts as a table, and both as files. */
export function Figure(props: {
  number: number;
  title: string;
  unit: string;
  table: Table;
  /** What is shown of the table on the page, if it is less exact than in the file. */
  short?: Table;
  children: ComponentChildren;
  wide?: boolean;
  tableShown?: boolean;
}): JSX.Element {
  const report = useReport();
  const box = useRef<HTMLElement>(null);
  const name = strings.figure.name(props.number);
  const caption = `${name}. ${props.title} (${props.unit})`;
  const file = `${report.results.scenario}-figure-${props.number}`.replace(/[^\w-]+/g, "-").slice(0, 80);
  const saveSvg = () => {
    const picture = box.current?.querySelector<SVGSVGElement>("svg.chart");
    if (picture) save(`${file}.svg`, "image/svg+xml", svgOf(picture, caption, report.notice));
  };
  return (
    <figure ref={box} id={`figure-${props.number}`}>
      <figcaption>
        <span class="figure-number">{name}.</span> <T>{props.title}</T>{" "}
        <span class="figure-unit">
          <T>{props.unit}</T>
        </span>
      </figcaption>
      {props.wide ? (
        <Scroll label={`${name}. ${strings.figure.scroll}`}>{props.children}</Scroll>
      ) : (
        props.children
      )}
      <div class="figure-foot">
        <span class="notice">{report.notice}</span>
        <span class="figure-files">
          <button
            type="button"
            aria-label={strings.figure.csvOf(props.number)}
            onClick={() => save(`${file}.csv`, "text/csv", csvOf(props.table, report.notice))}
          >
            {strings.figure.csv}
          </button>
          <button type="button" aria-label={strings.figure.svgOf(props.number)} onClick={saveSvg}>
            {strings.figure.svg}
          </button>
        </span>
      </div>
      {props.tableShown ? null : (
        <details class="same">
          <summary>{strings.figure.table}</summary>
          <DataTable table={props.short ?? props.table} caption={`${name}: ${strings.figure.table}`} />
        </details>
      )}
    </figure>
  );
}

export function Choice(props: {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChoose: (value: string) => void;
}): JSX.Element {
  return (
    <label class="choice">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {cut(option.label, 90)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A text no longer than so many characters, for where there is no more room. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** The sign of a policy beside its name: shape and colour. */
export function PolicyMark({ policy }: { policy: number }): JSX.Element {
  return (
    <svg class={`policy-mark p${policy % 5}`} viewBox="-8 -8 16 16" aria-hidden="true">
      <Mark policy={policy} x={0} y={0} />
    </svg>
  );
}

/** Circle, diamond, square, triangle, ring: a policy is told by its shape, too. */
export function Mark({
  policy,
  x,
  y,
  size = 5,
}: {
  policy: number;
  x: number;
  y: number;
  size?: number;
}): JSX.Element {
  switch (policy % 5) {
    case 0:
      return <circle class="hollow" cx={x} cy={y} r={size * 0.85} />;
    case 1:
      return (
        <path
          class="mark"
          d={`M${x} ${y - size * 1.25}L${x + size * 1.25} ${y}L${x} ${y + size * 1.25}L${x - size * 1.25} ${y}Z`}
        />
      );
    case 2:
      return (
        <rect class="mark" x={x - size * 0.9} y={y - size * 0.9} width={size * 1.8} height={size * 1.8} />
      );
    case 3:
      return (
        <path
          class="mark"
          d={`M${x} ${y - size * 1.2}L${x + size * 1.2} ${y + size}L${x - size * 1.2} ${y + size}Z`}
        />
      );
    default:
      return <circle class="mark" cx={x} cy={y} r={size} />;
  }
}
