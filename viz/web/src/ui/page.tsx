// SPDX-License-Identifier: Apache-2.0
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OnwardReport } from "../generated/report";
import { strings } from "../strings";
import { Answer } from "./answer";
import { Articles, Limits, Reproduce } from "./appendix";
import { Assumptions } from "./assumptions";
import { Report, T } from "./basics";
import { Holders } from "./holders";
import { MapSection } from "./map";
import { People } from "./people";
import { Policies } from "./policies";
import { Stories } from "./stories";
import { SwitchesSection } from "./switches";
import { Possible, Tests } from "./tests";
import { Unknowns } from "./unknowns";

type SectionId = keyof typeof strings.sections;

const parts: { id: SectionId; show: (number: number) => JSX.Element }[] = [
  { id: "answer", show: (n) => <Answer number={n} /> },
  { id: "policies", show: (n) => <Policies number={n} /> },
  { id: "people", show: (n) => <People number={n} /> },
  { id: "map", show: (n) => <MapSection number={n} /> },
  { id: "holders", show: (n) => <Holders number={n} /> },
  { id: "stories", show: (n) => <Stories number={n} /> },
  { id: "possible", show: (n) => <Possible number={n} /> },
  { id: "tests", show: (n) => <Tests number={n} /> },
  { id: "switches", show: (n) => <SwitchesSection number={n} /> },
  { id: "unknowns", show: (n) => <Unknowns number={n} /> },
  { id: "assumptions", show: (n) => <Assumptions number={n} /> },
  { id: "articles", show: (n) => <Articles number={n} /> },
  { id: "limits", show: (n) => <Limits number={n} /> },
  { id: "reproduce", show: (n) => <Reproduce number={n} /> },
];

/** Everything stands open on paper, and as it was afterwards. */
function useOpenInPrint(): void {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const open = () => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
      for (const details of opened) details.open = true;
    };
    const close = () => {
      for (const details of opened) details.open = false;
      opened = [];
    };
    addEventListener("beforeprint", open);
    addEventListener("afterprint", close);
    return () => {
      removeEventListener("beforeprint", open);
      removeEventListener("afterprint", close);
    };
  }, []);
}

function CopyLink(): JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(location.href).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 2000);
      },
      () => setCopied(false),
    );
  };
  return (
    <button type="button" onClick={copy}>
      {copied ? strings.linkCopied : strings.copyLink}
    </button>
  );
}

function Contents({ shown }: { shown: SectionId[] }): JSX.Element {
  return (
    <nav class="contents" aria-label={strings.contents}>
      <details open={matchMedia("(min-width: 75rem)").matches}>
        <summary>{strings.contents}</summary>
        <ol>
          {shown.map((id) => (
            <li key={id}>
              <a href={`#${id}`}>{strings.sections[id]}</a>
            </li>
          ))}
        </ol>
        <div class="tools">
          <CopyLink />
          <button type="button" onClick={() => print()}>
            {strings.print}
          </button>
        </div>
      </details>
    </nav>
  );
}

function Ways(): JSX.Element {
  const ways = [
    { href: "#answer", name: strings.ways.question, text: strings.ways.questionText },
    { href: "#stories", name: strings.ways.story, text: strings.ways.storyText },
    { href: "#articles", name: strings.ways.article, text: strings.ways.articleText },
    { href: "#policies", name: strings.ways.interval, text: strings.ways.intervalText },
  ];
  return (
    <nav class="ways" aria-label={strings.ways.title}>
      <ul>
        {ways.map((way) => (
          <li key={way.name}>
            <a href={way.href}>{way.name}</a>
            <span>{way.text}</span>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function Page({ report }: { report: OnwardReport }): JSX.Element {
  useOpenInPrint();
  const shown = parts.filter(({ id }) => id !== "switches" || report.switches !== null);
  return (
    <Report.Provider value={report}>
      <a class="skip" href="#answer">
        {strings.skip}
      </a>
      <div class="page">
        <header class="head">
          <p class="kicker">
            {strings.brand} · {strings.reportOf}
          </p>
          <h1>
            <T>{report.title}</T>
          </h1>
          <p class="notice notice-head">{report.notice}</p>
          <Ways />
        </header>
        <Contents shown={shown.map(({ id }) => id)} />
        <main>
          {shown.map(({ id, show }, index) => (
            <div key={id}>{show(index + 1)}</div>
          ))}
        </main>
        <footer class="foot-line">
          <p class="notice">{report.notice}</p>
          <p>
            <a href="#answer">{strings.top}</a>
          </p>
        </footer>
      </div>
    </Report.Provider>
  );
}
