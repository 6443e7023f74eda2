// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { articlesOf, splitNote } from "../logic/articles";
import { save } from "../logic/downloads";
import { counted } from "../logic/numbers";
import { strings } from "../strings";
import { DataTable, Section, T, useReport } from "./basics";

export function Articles({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const articles = useMemo(() => articlesOf(report), [report]);
  const [filter, setFilter] = useState("");
  const found = articles.filter(({ citation }) => citation.toLowerCase().includes(filter.toLowerCase()));
  return (
    <Section id="articles" number={number} title={strings.sections.articles} intro={strings.articles.intro}>
      <div class="controls">
        <label class="choice">
          <span>{strings.articles.filter}</span>
          <input type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
      </div>
      <ul class="articles">
        {found.map((article) => (
          <li key={article.citation}>
            <details>
              <summary>
                <T>{article.citation}</T>
              </summary>
              {article.changes.length === 0 ? null : (
                <>
                  <h3 class="small-head">{strings.articles.changes}</h3>
                  <ul>
                    {article.changes.map(({ policy, change }) => {
                      const of = report.policies[policy];
                      const rule = of?.changes[change];
                      return of === undefined || rule === undefined ? null : (
                        <li key={of.id + rule.rule}>
                          <a href={`#changes-${of.id}`}>
                            <T>{of.label}</T>
                          </a>
                          : {strings.policies.how[rule.how].toLowerCase()}, <T>{rule.text}</T>
                        </li>
                      );
                    })}
                  </ul>
                </>
              )}
              {article.stories.length === 0 ? null : (
                <>
                  <h3 class="small-head">{strings.articles.stories}</h3>
                  <ul>
                    {article.stories.map(({ story, hops }) => {
                      const name = report.stories[story]?.name ?? "";
                      return (
                        <li key={name}>
                          <a href={`#stories?story=${encodeURIComponent(name)}`}>
                            <T>{strings.articles.steps(name, counted(hops))}</T>
                          </a>
                        </li>
                      );
                    })}
                  </ul>
                </>
              )}
              {article.notModelled.length === 0 ? null : (
                <>
                  <h3 class="small-head">{strings.articles.limits}</h3>
                  <ul>
                    {article.notModelled.map((text) => (
                      <li key={text}>
                        <T>{text}</T>
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const long = 700;

/** A text in which what stands in backticks is set as code. */
function Ticked({ text }: { text: string }): JSX.Element {
  return (
    <bdi>
      {text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </bdi>
  );
}

/** A sentence that must be said; a very long one opens. */
function Said({ text }: { text: string }): JSX.Element {
  const head = text.slice(0, text.indexOf(": "));
  if (text.length <= long || head === "" || head.length > 200) return <Ticked text={text} />;
  return (
    <details>
      <summary>
        <Ticked text={head} />…
      </summary>
      <Ticked text={text} />
    </details>
  );
}

export function Limits({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const byPlace = useMemo(() => {
    const all = new Map<string, string[]>();
    for (const note of report.not_modelled) {
      const { condition, where } = splitNote(note);
      const place = where === "" ? strings.limits.general : where;
      all.set(place, [...(all.get(place) ?? []), condition]);
    }
    return [...all];
  }, [report]);
  return (
    <Section id="limits" number={number} title={strings.sections.limits} intro={strings.limits.intro}>
      <h3>{strings.limits.said}</h3>
      <ul class="said">
        {report.said.map((text) => (
          <li key={text}>
            <Said text={text} />
          </li>
        ))}
      </ul>
      {byPlace.length === 0 ? null : (
        <details class="more">
          <summary>{strings.limits.left(counted(report.not_modelled.length))}</summary>
          <dl class="limits">
            {byPlace.map(([place, conditions]) => (
              <div key={place}>
                <dt>
                  <T>{place}</T>
                </dt>
                {[...new Set(conditions)].map((condition) => (
                  <dd key={condition}>
                    <T>{condition}</T>
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </details>
      )}
    </Section>
  );
}

export function Reproduce({ number }: { number: number }): JSX.Element {
  const report = useReport();
  const { reproduce } = report;
  const saveDocument = () => save("report.json", "application/json", `${JSON.stringify(report)}\n`);
  return (
    <Section
      id="reproduce"
      number={number}
      title={strings.sections.reproduce}
      intro={strings.reproduce.intro}
    >
      <h3>{strings.reproduce.commands}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre class="commands" tabIndex={0}>
        <code>{reproduce.commands.join("\n")}</code>
      </pre>
      <dl class="facts">
        <div>
          <dt>{strings.reproduce.version}</dt>
          <dd>{reproduce.version}</dd>
        </div>
        <div>
          <dt>{strings.reproduce.seed}</dt>
          <dd>{reproduce.seed}</dd>
        </div>
        <div>
          <dt>{strings.reproduce.digest}</dt>
          <dd class="mono">{reproduce.digest}</dd>
        </div>
      </dl>
      <details class="more">
        <summary>{strings.reproduce.files}</summary>
        <DataTable
          caption={strings.reproduce.files}
          table={{
            columns: [strings.reproduce.path, "SHA-256"],
            rows: reproduce.files.map(({ path, sha256 }) => [path, sha256]),
          }}
        />
      </details>
      <p>
        {strings.reproduce.formText}{" "}
        <button type="button" onClick={saveDocument}>
          {strings.reproduce.formButton}
        </button>
      </p>
    </Section>
  );
}
