// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { TestOutcome } from "../generated/report";
import { counted } from "../logic/numbers";
import { strings } from "../strings";
import { Scroll, Section, T, useReport } from "./basics";

function policyName(policies: { id: string; label: string }[], id: string): string {
  return policies.find((policy) => policy.id === id)?.label ?? id;
}

/** The questions that a proof answers: never, and possible. */
export function Possible({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const asked = (report.suite?.tests ?? []).filter(({ kind }) => kind === "never" || kind === "possible");
  const answer = (test: TestOutcome): string => {
    if (test.status === "error" || test.status === "skipped") return strings.tests.status_[test.status];
    const holds = (test.kind === "never") === (test.status === "passed");
    return holds ? strings.possible.never : strings.possible.possible;
  };
  return (
    <Section id="possible" number={number} title={strings.sections.possible} intro={strings.possible.intro}>
      {report.suite === null ? <p>{strings.tests.notRun}</p> : null}
      {report.suite !== null && asked.length === 0 ? <p>{strings.possible.none}</p> : null}
      {asked.length === 0 ? null : (
        <ul class="asked">
          {asked.map((test) => (
            <li key={test.name + test.policy} class={`asked-${test.status}`}>
              <p class="asked-name">
                <T>{test.name}</T>
              </p>
              <p>
                <strong>{answer(test)}</strong> · <T>{policyName(report.policies, test.policy)}</T> ·{" "}
                {test.status === "passed" ? strings.possible.asExpected : strings.possible.notExpected}
              </p>
              <p class="note prewrap">
                <T>{test.evidence === "" ? test.explanation : test.evidence}</T>
              </p>
            </li>
          ))}
        </ul>
      )}
      <p class="note">{strings.possible.misuse}</p>
    </Section>
  );
}

export function Tests({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const [only, setOnly] = useState(false);
  const { suite } = report;
  if (suite === null)
    return (
      <Section id="tests" number={number} title={strings.sections.tests} intro={strings.tests.intro}>
        <p>{strings.tests.notRun}</p>
      </Section>
    );
  const rows = only ? suite.tests.filter(({ status }) => status !== "passed") : suite.tests;
  return (
    <Section id="tests" number={number} title={strings.sections.tests} intro={strings.tests.intro}>
      <p class="summary">
        {strings.tests.summary(
          counted(suite.passed),
          counted(suite.failed),
          counted(suite.errors),
          counted(suite.skipped),
        )}
      </p>
      <details class="more">
        <summary>
          {strings.tests.name} ({counted(suite.tests.length)})
        </summary>
        <label class="tick">
          <input type="checkbox" checked={only} onChange={(event) => setOnly(event.currentTarget.checked)} />
          {strings.tests.only}
        </label>
        <Scroll label={strings.sections.tests}>
          <table class="data">
            <caption class="unseen">{strings.sections.tests}</caption>
            <thead>
              <tr>
                <th scope="col">{strings.tests.name}</th>
                <th scope="col">{strings.possible.policy}</th>
                <th scope="col">{strings.tests.kind}</th>
                <th scope="col">{strings.tests.status}</th>
                <th scope="col">{strings.tests.found}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((test) => (
                <tr key={test.name + test.policy}>
                  <th scope="row">
                    <T>{test.name}</T>
                  </th>
                  <td>
                    <T>{test.policy}</T>
                  </td>
                  <td>{strings.tests.kind_[test.kind]}</td>
                  <td class={`status-${test.status}`}>{strings.tests.status_[test.status]}</td>
                  <td class="prewrap">
                    <T>{[test.evidence, test.explanation].filter((text) => text !== "").join("\n")}</T>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </Section>
  );
}
