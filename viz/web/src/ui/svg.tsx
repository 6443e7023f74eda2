// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren, JSX } from "preact";

/** Words in lines of so many letters; what is too long for the last line is cut, a long word too. */
export function linesOf(text: string, letters: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const long of text.split(/\s+/)) {
    const word = [...long].length > letters ? `${[...long].slice(0, letters - 1).join("")}…` : long;
    if (line !== "" && [...line].length + 1 + [...word].length > letters) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
    if (lines.length === most) break;
  }
  if (lines.length < most) lines.push(line);
  else lines[most - 1] = `${[...(lines[most - 1] ?? "")].slice(0, letters - 1).join("")}…`;
  return lines;
}

/** A label in lines, around the height `y`. */
export function Lines(props: {
  text: string;
  x: number;
  y: number;
  letters: number;
  most?: number;
  class?: string;
}): JSX.Element {
  const lines = linesOf(props.text, props.letters, props.most ?? 2);
  const top = props.y + 4.5 - ((lines.length - 1) * 15) / 2;
  return (
    <text class={props.class ?? "label"}>
      {lines.map((line, index) => (
        <tspan key={index} x={props.x} y={top + 15 * index}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** A picture with a name for those who do not see it. */
export function Chart(props: {
  width: number;
  height: number;
  left?: number;
  top?: number;
  label: string;
  class?: string;
  children: ComponentChildren;
  group?: boolean;
}): JSX.Element {
  const box = `${props.left ?? 0} ${props.top ?? 0} ${props.width} ${props.height}`;
  return (
    <svg
      class={`chart ${props.class ?? ""}`}
      viewBox={box}
      role={props.group ? "group" : "img"}
      aria-label={props.label}
    >
      {props.children}
    </svg>
  );
}

/** From a range of numbers to a range of places. */
export function linear(from: number, to: number, start: number, end: number): (value: number) => number {
  const span = to - from;
  return (value) => (span === 0 ? (start + end) / 2 : start + ((value - from) / span) * (end - start));
}
