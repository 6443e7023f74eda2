// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { LifeEvent, OnwardReport, Story } from "../generated/report";
import type { Table } from "../logic/downloads";
import { type Day, daysOf, differing } from "../logic/lives";
import { counted, dateAfter } from "../logic/numbers";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Figure, Mark, PolicyMark, Section, T, useReport } from "./basics";
import { Chart, Lines, linear } from "./svg";

function node(report: OnwardReport, at: number | undefined): string {
  return at === undefined ? "" : (report.nodes[at]?.label ?? "");
}

function dataText(report: OnwardReport, event: LifeEvent): string {
  return (event.data ?? [])
    .map((id) => report.categories.find((category) => category.id === id)?.label ?? id)
    .join(", ");
}

/** What happens, in one sentence. */
export function sentenceOf(report: OnwardReport, event: LifeEvent): string {
  const from = node(report, event.from);
  const to = node(report, event.to);
  const data = dataText(report, event);
  const purpose =
    event.purpose === undefined
      ? ""
      : ` ${strings.forPurpose} ${report.purposes[event.purpose] || event.purpose}`;
  const way =
    event.channel === undefined
      ? ""
      : `, ${strings.byChannel} ${report.channels[event.channel] || event.channel}`;
  switch (event.kind) {
    case "met":
      return `${strings.event.met} ${to}: ${event.what ?? ""}${data === "" ? "" : ` (${data})`}`;
    case "moved":
      return `${event.what ?? ""}${data === "" ? "" : ` (${data})`}`;
    case "collected":
    case "had":
      return `${to} ${strings.event[event.kind]} ${data}${purpose}`;
    case "told":
      return `${from} ${strings.event.told} ${to}: ${data}${purpose}${way}`;
    case "used":
      return `${from} ${strings.event.used} ${data}${purpose}`;
    case "denied":
      return `${from === "" ? to : from} ${strings.event.denied} ${from === "" ? "" : `${to}: `}${data}${purpose}${way}: ${event.what ?? ""}`;
    case "waited":
      return `${strings.event.waited} ${to}: ${event.what ?? ""}`;
    case "stopped":
      return `${data}, ${from}, ${strings.event.stopped} ${to}: ${event.what ?? ""}`;
    case "harmed":
      return `${event.absolute ? strings.absolute : strings.event.harmed}: ${event.what ?? ""}`;
    case "benefited":
      return `${strings.event.benefited}: ${event.what ?? ""}`;
  }
}

function heldText(report: OnwardReport, event: LifeEvent): string {
  if (event.kind !== "collected" && event.kind !== "told" && event.kind !== "had") return "";
  if (event.view) return strings.stories.view;
  if (event.until !== undefined) return strings.stories.heldUntil(counted(Math.floor(event.until)));
  return strings.stories.heldOn(counted(report.horizon_days));
}

function Event({ event, alone, parts }: { event: LifeEvent; alone: boolean; parts: boolean }): JSX.Element {
  const report = useReport();
  const held = heldText(report, event);
  return (
    <li
      class={`event event-${event.kind} ${alone ? "event-alone" : ""} ${event.absolute ? "event-absolute" : ""}`}
    >
      {parts ? <p class="parting">{strings.stories.part}</p> : null}
      <p class="event-what">
        {event.kind === "denied" ? <span class="denied-tag">{strings.denied}</span> : null}{" "}
        <T>{sentenceOf(report, event)}</T>
        {held === "" ? "" : `; ${held}`}
        {event.falsely ? `; ${strings.stories.falsely}` : ""}
        {event.unlawful ? `; ${strings.stories.unlawful}` : ""}
      </p>
      {(event.rules ?? []).map((rule) => (
        <p key={rule.id} class="cite">
          {strings.stories.by}{" "}
          <a href="#articles">
            <T>{rule.citation}</T>
          </a>{" "}
          <code>
            <T>{rule.id}</T>
          </code>
          {rule.status === "in-force" || rule.status === "" ? null : (
            <span class="standing">
              <T>{rule.status}</T>
            </span>
          )}
        </p>
      ))}
      {event.ungoverned ? <p class="note">{strings.stories.ungoverned}</p> : null}
      {(event.duties ?? []).length === 0 ? null : (
        <p class="note">
          {strings.stories.onCondition} <T>{(event.duties ?? []).join("; ")}</T>
        </p>
      )}
      {(event.reveals ?? []).map((tells) => (
        <p key={tells} class="tells">
          {strings.stories.tells} <T>{tells}</T>
        </p>
      ))}
    </li>
  );
}

function lifeTable(report: OnwardReport, story: Story): Table {
  return {
    columns: [
      strings.columns.policy,
      strings.columns.day,
      strings.columns.date,
      strings.columns.happens,
      strings.columns.rules,
      strings.columns.articles,
      strings.columns.conditions,
    ],
    rows: story.lives.flatMap((life, p) =>
      life.map((event) => [
        report.policies[p]?.id ?? "",
        Number(event.day.toFixed(3)),
        dateAfter(report.start, event.day),
        sentenceOf(report, event),
        (event.rules ?? []).map(({ id }) => id).join("; "),
        (event.rules ?? []).map(({ citation }) => citation).join("; "),
        (event.duties ?? []).join("; "),
      ]),
    ),
  };
}

/** When something happens in each life; what only this life has is filled. */
function Timeline({ story }: { story: Story }): JSX.Element {
  const report = useReport();
  const x = linear(0, report.horizon_days, 210, 880);
  const row = 44;
  const title = `${strings.stories.figure}: ${story.name}`;
  return (
    <Figure number={7} title={title} unit={strings.stories.unit} table={lifeTable(report, story)} wide>
      <Chart width={900} height={story.lives.length * row + 30} label={title} class="broad">
        {story.lives.map((life, p) => {
          const alone = differing(story, p);
          return (
            <g key={report.policies[p]?.id} class={`p${p % 5}`}>
              <Lines
                text={report.policies[p]?.label ?? ""}
                x={2}
                y={p * row + row / 2}
                letters={29}
                most={2}
              />
              <path class="rule" d={`M${x(0)} ${p * row + row / 2}H${x(report.horizon_days)}`} />
              {life.map((event, index) => {
                const at = x(Math.max(0, event.day));
                const y = p * row + row / 2;
                const heavy = event.kind === "harmed" || event.kind === "benefited";
                if (!heavy && !alone.has(index) && event.kind !== "met") return null;
                return (
                  <g key={index}>
                    {alone.has(index) ? (
                      <Mark policy={p} x={at} y={y} size={4} />
                    ) : (
                      <circle class="soft" cx={at} cy={y} r={2.6} />
                    )}
                    {heavy ? (
                      <text class="label strong" x={at} y={y - 9} text-anchor="middle">
                        {event.kind === "harmed" ? (event.absolute ? "▲▲" : "▲") : "○"}
                      </text>
                    ) : null}
                  </g>
                );
              })}
            </g>
          );
        })}
        <text class="small" x={x(0)} y={story.lives.length * row + 20}>
          {report.start}
        </text>
        <text class="small" x={x(report.horizon_days)} y={story.lives.length * row + 20} text-anchor="end">
          {dateAfter(report.start, report.horizon_days)}
        </text>
        <text
          class="small"
          x={x(report.horizon_days / 2)}
          y={story.lives.length * row + 20}
          text-anchor="middle"
        >
          {strings.stories.legend}
        </text>
      </Chart>
    </Figure>
  );
}

/** Where a life first parts from the first policy's; for that one, from the second's. */
function partingOf(story: Story, policy: number): number | null {
  const parting = story.partings[Math.max(0, policy - 1)];
  return parting?.[policy === 0 ? 0 : 1] ?? null;
}

function matters(event: LifeEvent): boolean {
  return event.kind === "harmed" || event.kind === "benefited";
}

function DayRow({
  story,
  day,
  onlyDifferent,
}: {
  story: Story;
  day: Day;
  onlyDifferent: boolean;
}): JSX.Element | null {
  const report = useReport();
  const common = onlyDifferent ? day.common.filter(matters) : day.common;
  const own = day.own.map((events) =>
    onlyDifferent ? events.filter(({ event, alone }) => alone || matters(event)) : events,
  );
  if (common.length === 0 && own.every((events) => events.length === 0)) return null;
  return (
    <li class="day">
      <p class="day-head">
        {strings.stories.day} {counted(day.day)} · {dateAfter(report.start, day.day)}
      </p>
      {common.length === 0 ? null : (
        <ol class="events">
          {common.map((event, index) => (
            <Event key={index} event={event} alone={false} parts={false} />
          ))}
        </ol>
      )}
      {own.every((events) => events.length === 0) ? null : (
        <div class="lives">
          {own.map((events, policy) => (
            <div key={report.policies[policy]?.id} class={`life p${policy % 5}`}>
              <p class="life-head">
                <PolicyMark policy={policy} />
                <T>{report.policies[policy]?.label ?? ""}</T>
              </p>
              {events.length === 0 ? <p class="note">–</p> : null}
              <ol class="events">
                {events.map(({ event, at, alone }) => (
                  <Event key={at} event={event} alone={alone} parts={at === partingOf(story, policy)} />
                ))}
              </ol>
            </div>
          ))}
        </div>
      )}
    </li>
  );
}

export function Stories({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const named = report.stories.findIndex(({ name }) => name === view.value.story);
  const story = report.stories[named >= 0 ? named : defaultStory(report)];
  const days = useMemo(() => (story === undefined ? [] : daysOf(story)), [story]);
  return (
    <Section id="stories" number={number} title={strings.sections.stories} intro={strings.stories.intro}>
      {story === undefined ? (
        <p>{strings.stories.none}</p>
      ) : (
        <>
          <fieldset class="cast">
            <legend>{strings.stories.choose}</legend>
            {report.stories.map(({ name, about, group }) => (
              <label key={name} class={name === story.name ? "member member-chosen" : "member"}>
                <input
                  type="radio"
                  name="story"
                  value={name}
                  checked={name === story.name}
                  onChange={() => choose({ story: name })}
                />
                <span>
                  <strong>
                    <T>{name}</T>
                  </strong>
                  <span class="under">
                    <T>{about === "" ? group : about}</T>
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
          <Timeline story={story} />
          <label class="tick">
            <input
              type="checkbox"
              checked={onlyDifferent}
              onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
            />
            {strings.stories.differences}
          </label>
          {story.partings.map((parting, index) =>
            parting !== null ? null : (
              <p key={report.policies[index + 1]?.id} class="note">
                <T>{report.policies[index + 1]?.label ?? ""}</T>:{" "}
                {strings.stories.same(report.policies[0]?.label ?? "")}
              </p>
            ),
          )}
          <ol class="days">
            {days.map((day) => (
              <DayRow key={day.day} story={story} day={day} onlyDifferent={onlyDifferent} />
            ))}
          </ol>
        </>
      )}
    </Section>
  );
}

/** The first whose lives are not all the same. */
function defaultStory(report: OnwardReport): number {
  return Math.max(
    0,
    report.stories.findIndex(({ partings }) => partings.some((parting) => parting !== null)),
  );
}
