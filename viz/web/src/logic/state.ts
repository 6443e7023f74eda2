// SPDX-License-Identifier: Apache-2.0
// What a reader has chosen stands in the address after `#`, so that a view is a link, from a file too.
import { type Signal, signal } from "@preact/signals";

/** Everything that a reader can choose; what is left out is as it was at first. */
export interface View {
  section: string;
  measure: string;
  group: string;
  policy: string;
  node: string;
  step: string;
  story: string;
  sort: string;
  clauses: string;
}

export const first: View = {
  section: "",
  measure: "",
  group: "",
  policy: "",
  node: "",
  step: "",
  story: "",
  sort: "",
  clauses: "",
};

/** `#map?policy=proposal&step=3`: nothing that is not known is taken over. */
export function viewOf(hash: string): View {
  const text = hash.replace(/^#/, "");
  const at = text.indexOf("?");
  const view: View = { ...first, section: decode(at < 0 ? text : text.slice(0, at)) };
  if (at < 0) return view;
  for (const [key, value] of new URLSearchParams(text.slice(at + 1)))
    if (key !== "section" && Object.hasOwn(first, key)) view[key as keyof View] = value;
  return view;
}

export function hashOf(view: View): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(view))
    if (key !== "section" && value !== "") query.set(key, String(value));
  const tail = query.toString();
  return `#${encodeURIComponent(view.section)}${tail === "" ? "" : `?${tail}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

export const view: Signal<View> = signal({ ...first });

/** Changes what is chosen, and the address with it, without moving the page. */
export function choose(change: Partial<View>): void {
  view.value = { ...view.value, ...change };
  history.replaceState(null, "", hashOf(view.value));
}

/** Follows the address from now on. */
export function follow(): void {
  const read = () => {
    view.value = viewOf(location.hash);
    const section = view.value.section;
    if (section !== "") document.getElementById(section)?.scrollIntoView();
  };
  addEventListener("hashchange", read);
  read();
}
