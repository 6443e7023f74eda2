// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Assumption } from "../generated/report";
import { csvOf, safeLink, save, type Table } from "../logic/downloads";
import { counted, shown } from "../logic/numbers";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Choice, Scroll, Section, T, useReport } from "./basics";

const most = 40;

/** `/outcomes/harms/x/raised/0/rate` for reading. */
export function placeText(where: string): string {
  return where.replace(/^\//, "").replaceAll("/", " › ").replaceAll("~1", "/").replaceAll("~0", "~");
}

function range(of: Assumption): string {
  return of.low === null || of.high === null ? "–" : `${shown(of.low)} to ${shown(of.high)}`;
}

/** A text in which addresses lead where they say, if they are of the web. */
export function Linked({ text }: { text: string }): JSX.Element {
  const parts = text.split(/(https?:\/\/[^\s<>"'()]+)/);
  return (
    <bdi>
      {parts.map((part, index) => {
        const link = index % 2 === 1 ? safeLink(part) : null;
        return link === null ? (
          part
        ) : (
          <a key={index} href={link} rel="noreferrer noopener">
            {part}
          </a>
        );
      })}
    </bdi>
  );
}

/** The rates behind one measure. */
export function RateList({ section }: { section: string }): JSX.Element | null {
  const report = useReport();
  const rates = report.assumptions.filter(({ where }) => where.startsWith(`${section}/`));
  if (rates.length === 0) return null;
  return (
    <ul class="rates">
      {rates.map((rate) => (
        <li key={rate.where}>
          <span class="mono">
            <T>{placeText(rate.where.slice(section.length))}</T>
          </span>
          : {shown(rate.value)} <T>{rate.unit}</T> ({range(rate)}),{" "}
          <strong>{strings.assumptions.kinds[rate.evidence]}</strong>
          {rate.note === "" && rate.source === "" ? null : (
            <span class="note">
              {" "}
              <Linked text={[rate.source, rate.note].filter((text) => text !== "").join(". ")} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

type Sort = "where" | "evidence" | "value" | "width";
const sorts: { value: Sort; label: string }[] = [
  { value: "where", label: strings.assumptions.where },
  { value: "evidence", label: strings.assumptions.evidence },
  { value: "value", label: strings.assumptions.value },
  { value: "width", label: strings.unknowns.range },
];
const strength: Assumption["evidence"][] = [
  "illustrative",
  "expert-assumption",
  "study",
  "official-statistic",
  "law",
];

/** How many times the highest value is the lowest. */
function width(of: Assumption): number {
  return of.low === null || of.high === null || of.low <= 0 ? 0 : of.high / of.low;
}

/** The weakest evidence first, the largest first, the broadest first. */
export function sorted(all: Assumption[], by: Sort): Assumption[] {
  const copy = [...all];
  if (by === "evidence") copy.sort((a, b) => strength.indexOf(a.evidence) - strength.indexOf(b.evidence));
  if (by === "value") copy.sort((a, b) => b.value - a.value);
  if (by === "width") copy.sort((a, b) => width(b) - width(a));
  return copy;
}

function table(all: Assumption[]): Table {
  return {
    columns: [
      strings.columns.where,
      strings.columns.value,
      strings.columns.low,
      strings.columns.high,
      strings.columns.unit,
      strings.columns.evidence,
      strings.columns.source,
      strings.columns.note,
    ],
    rows: all.map((one) => [
      one.where,
      one.value,
      one.low,
      one.high,
      one.unit,
      one.evidence,
      one.source,
      one.note,
    ]),
  };
}

export function Assumptions({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const by: Sort = sorts.find(({ value }) => value === view.value.sort)?.value ?? "where";
  const [filter, setFilter] = useState("");
  const [all, setAll] = useState(false);
  const found = useMemo(() => {
    const wanted = filter.toLowerCase();
    return sorted(report.assumptions, by).filter((one) =>
      [placeText(one.where), one.source, one.note, one.evidence, one.unit].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
    );
  }, [report, by, filter]);
  const rows = all ? found : found.slice(0, most);
  const total = counted(report.assumptions.length);
  return (
    <Section
      id="assumptions"
      number={number}
      title={strings.sections.assumptions}
      intro={strings.assumptions.intro(total)}
    >
      <div class="controls">
        <label class="choice">
          <span>{strings.assumptions.filter}</span>
          <input type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
        <Choice
          label={strings.assumptions.sort}
          value={by}
          options={sorts}
          onChoose={(sort) => choose({ sort })}
        />
        <button
          type="button"
          aria-label={`${strings.sections.assumptions}: ${strings.figure.csv}`}
          onClick={() => save("assumptions.csv", "text/csv", csvOf(table(report.assumptions), report.notice))}
        >
          {strings.figure.csv}
        </button>
      </div>
      <p class="note" role="status">
        {strings.assumptions.shown(counted(rows.length), total)}
      </p>
      <Scroll label={strings.sections.assumptions}>
        <table class="data assumptions">
          <caption class="unseen">{strings.sections.assumptions}</caption>
          <thead>
            <tr>
              <th scope="col">{strings.assumptions.where}</th>
              <th scope="col">{strings.assumptions.value}</th>
              <th scope="col">{strings.unknowns.range}</th>
              <th scope="col">{strings.assumptions.evidence}</th>
              <th scope="col">{strings.assumptions.source}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.where}>
                <th scope="row" class="mono">
                  <T>{placeText(one.where)}</T>
                </th>
                <td class="number">
                  {shown(one.value)} <T>{one.unit}</T>
                </td>
                <td class="number">{range(one)}</td>
                <td>{strings.assumptions.kinds[one.evidence]}</td>
                <td>
                  <Linked text={[one.source, one.note].filter((text) => text !== "").join(". ")} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {rows.length < found.length ? (
        <button type="button" onClick={() => setAll(true)}>
          {strings.assumptions.more}
        </button>
      ) : null}
    </Section>
  );
}
