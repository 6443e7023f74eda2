// SPDX-License-Identifier: Apache-2.0
// Files that leave the page; each says inside what it is.
import chartStyle from "../chart.css?inline";

export type Cell = string | number | null;

export interface Table {
  columns: string[];
  rows: Cell[][];
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  // Why: a spreadsheet takes a text that begins so for a formula.
  const harmless = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180; the notice stands in a column of its own, so that every row carries it. */
export function csvOf(table: Table, notice: string): string {
  const line = (cells: Cell[]) => cells.map(csvCell).join(",");
  return `${[line([...table.columns, "notice"]), ...table.rows.map((row) => line([...row, notice]))].join("\r\n")}\r\n`;
}

/** A picture that stands for itself: its style, its caption and the notice are in it. */
export function svgOf(picture: SVGSVGElement, caption: string, notice: string): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const box = picture.viewBox.baseVal;
  const name = "http://www.w3.org/2000/svg";
  const foot = 44;
  copy.setAttribute("xmlns", name);
  copy.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height + foot}`);
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height + foot));
  for (const focusable of copy.querySelectorAll("[tabindex]")) focusable.removeAttribute("tabindex");
  const style = document.createElementNS(name, "style");
  style.textContent = chartStyle;
  const ground = document.createElementNS(name, "rect");
  for (const [key, value] of Object.entries({
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height + foot,
    fill: "#fff",
  }))
    ground.setAttribute(key, String(value));
  copy.prepend(style, ground);
  [caption, notice].forEach((words, line) => {
    const text = document.createElementNS(name, "text");
    text.setAttribute("x", String(box.x + 8));
    text.setAttribute("y", String(box.y + box.height + 18 + 17 * line));
    text.setAttribute("class", "foot");
    text.textContent = words;
    copy.append(text);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/** Hands a file to the reader. */
export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Only http and https lead out of the page. */
export function safeLink(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
