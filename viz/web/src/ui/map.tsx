// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { OnwardReport } from "../generated/report";
import type { Table } from "../logic/downloads";
import { flowChange, layoutOf, peopleText } from "../logic/layout";
import { counted } from "../logic/numbers";
import { choose, view } from "../logic/state";
import { strings } from "../strings";
import { Choice, DataTable, Figure, Section, T, useReport } from "./basics";
import { Frames, Picture } from "./map_picture";
import { Controls, Strip, useReplay } from "./map_player";

/** What a policy does to a flow, in words. */
export function changeWords(change: "both" | "added" | "gone" | "none", report: OnwardReport): string {
  if (change === "both") return strings.map.both(report.policies[0]?.label ?? "");
  return change === "added" ? strings.map.added : change === "gone" ? strings.map.gone : "";
}

/** All flows under a policy as a table; those that the policy adds or ends first. */
export function flowTable(report: OnwardReport, policy: number, node: number | null): Table {
  const rows = report.map.flows
    .map((flow) => ({ flow, change: flowChange(flow, policy) }))
    .filter(
      ({ flow, change }) => change !== "none" && (node === null || flow.from === node || flow.to === node),
    )
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
      const data = (traffic?.data ?? [])
        .map((category) => report.categories[category]?.label ?? "")
        .join(", ");
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
      intro={strings.map.intro(counted(report.map.people))}
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
            ...busy.map((at) => ({
              value: report.nodes[at]?.id ?? "",
              label: report.nodes[at]?.label ?? "",
            })),
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
      <Strip policy={policy} step={replay.step} />
      {chosen === null ? null : (
        <DataTable table={table} caption={report.nodes[chosen]?.label ?? ""} most={40} />
      )}
    </Section>
  );
}
