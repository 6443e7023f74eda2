// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import type { MeasureInfo } from "../generated/report";
import { certaintyText, type Finding, findingsOf } from "../logic/findings";
import { counted, shown, signed } from "../logic/numbers";
import { strings } from "../strings";
import { Grade, PolicyMark, Section, T, useReport } from "./basics";

const order: MeasureInfo["kind"][] = ["absolute", "data", "harm", "benefit"];
const titles: Partial<Record<MeasureInfo["kind"], string>> = {
  absolute: strings.answer.absoluteTitle,
  data: strings.answer.dataTitle,
  harm: strings.answer.harmTitle,
  benefit: strings.answer.benefitTitle,
};
const signs = { more: "▲", less: "▼", same: "=", "not-shown": "?" } as const;

/** What was found, with its figure, its interval and its grade. */
function Found({ finding }: { finding: Finding }): JSX.Element {
  const { difference, verdict, scale, info } = finding;
  // Why turned round: `0.039 less` goes with `0.035 to 0.043`.
  const { low, high } = difference;
  const turned = verdict === "less" && low !== null && high !== null;
  const sure = turned ? { ...difference, low: -high, high: -low } : difference;
  const told = verdict === "more" || verdict === "less";
  return (
    <li class={`found found-${verdict}`} data-measure={info.name} data-verdict={verdict}>
      <span class="sign" aria-hidden="true">
        {signs[verdict]}
      </span>
      <div>
        <p class="found-what">
          <T>{info.label}</T>
        </p>
        <p class="found-figure">
          {told ? (
            <>
              <strong>
                {shown(Math.abs(difference.mean) * scale.factor)} {strings.verdict[verdict]}
              </strong>{" "}
              <span>{scale.unit}</span>
            </>
          ) : (
            <strong>{strings.verdictLong[verdict]}</strong>
          )}{" "}
          <span class="sure">
            {verdict === "not-shown" ? `(${signed(difference.mean * scale.factor)} ${scale.unit}) ` : null}·{" "}
            {difference.low === null ? `${strings.bound} ` : `${strings.interval} `}
            {certaintyText(sure, scale, strings.aDifference)}
          </span>{" "}
          <Grade of={difference.evidence} />{" "}
          <a href={`#row-${info.name}`} class="whence">
            {strings.answer.whence}
            <span class="unseen">: {info.label}</span>
          </a>
        </p>
      </div>
    </li>
  );
}

function PolicyAnswer({ policy }: { policy: number }): JSX.Element {
  const report = useReport();
  const findings = findingsOf(report, policy);
  return (
    <article class="answer" aria-labelledby={`answer-${policy}`}>
      <h3 id={`answer-${policy}`}>
        <PolicyMark policy={policy} />
        <T>{report.policies[policy]?.label ?? ""}</T>
      </h3>
      {order.map((kind) => {
        const of = findings.filter(({ info }) => info.kind === kind);
        if (of.length === 0 && kind !== "absolute") return null;
        return (
          <section key={kind} class={`kind kind-${kind}`}>
            <h4>{titles[kind]}</h4>
            {kind === "absolute" ? <p class="note">{strings.answer.absoluteNote}</p> : null}
            {of.length === 0 ? <p class="note">{strings.answer.nothing}</p> : null}
            <ul class="founds">
              {of.map((finding) => (
                <Found key={finding.info.name} finding={finding} />
              ))}
            </ul>
          </section>
        );
      })}
    </article>
  );
}

export function Answer({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const { results } = report;
  return (
    <Section id="answer" number={number} title={strings.sections.answer}>
      <p class="question">
        <T>{report.question}</T>
      </p>
      <p class="basis">
        {strings.answer.basis(
          counted(results.replications),
          counted(results.people),
          counted(report.horizon_days),
          report.start,
        )}
      </p>
      <p class="against">
        {strings.answer.comparedWith} <PolicyMark policy={0} />
        <strong>
          <T>{report.policies[0]?.label ?? ""}</T>
        </strong>{" "}
        ({strings.answer.baseline})
      </p>
      {report.policies.length < 2 ? <p>{strings.answer.onePolicy}</p> : null}
      <div class="answers">
        {report.policies.slice(1).map((policy, index) => (
          <PolicyAnswer key={policy.id} policy={index + 1} />
        ))}
      </div>
      <p class="note">{strings.answer.declared}</p>
      <p class="note">{strings.answer.grades}</p>
    </Section>
  );
}
