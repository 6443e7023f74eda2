// SPDX-License-Identifier: Apache-2.0
// Gives the built page a policy that lets exactly its own script and style run, and nothing be fetched;
// fails if the page is larger than it may be.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const most_gzip = 60 * 1024;
const file = new URL("../dist/index.html", import.meta.url);
let page = readFileSync(file, "utf8");

/** The hashes of the contents of all elements of a kind, as a policy names them. */
const hashes = (pattern) =>
  [...page.matchAll(pattern)].map(
    ([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );

const scripts = hashes(/<script type="module"[^>]*>([\s\S]*?)<\/script>/g);
const styles = hashes(/<style[^>]*>([\s\S]*?)<\/style>/g);
if (scripts.length !== 1 || styles.length !== 1)
  throw new Error(`one script and one style expected, found ${scripts.length} and ${styles.length}`);
const policy = [
  "default-src 'none'",
  `script-src ${scripts.join(" ")}`,
  `style-src ${styles.join(" ")}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
page = page.replace(
  '<meta charset="utf-8" />',
  () => `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
);
const bytes = gzipSync(page, { level: 9 }).length;
if (bytes > most_gzip) throw new Error(`the page has ${bytes} bytes in gzip, more than ${most_gzip}`);
writeFileSync(file, page);
console.log(`page: ${bytes} bytes in gzip`);
