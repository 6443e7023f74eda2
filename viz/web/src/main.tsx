// SPDX-License-Identifier: Apache-2.0
import { render } from "preact";
import type { OnwardReport } from "./generated/report";
import { follow } from "./logic/state";
import { strings } from "./strings";
import { Page } from "./ui/page";
import "./style.css";
import "./chart.css";

/** The document that stands in the page; nothing if there is none. */
function readReport(): OnwardReport | null {
  const text = document.getElementById("report")?.textContent ?? "";
  try {
    const report: unknown = JSON.parse(text);
    return typeof report === "object" && report !== null ? (report as OnwardReport) : null;
  } catch {
    return null;
  }
}

const report = readReport();
const root = document.getElementById("page");
if (root !== null && report === null) root.textContent = strings.noData;
if (root !== null && report !== null) {
  document.title = `${report.title} – ${strings.brand}`;
  render(<Page report={report} />, root);
  follow();
}
