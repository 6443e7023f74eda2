// SPDX-License-Identifier: Apache-2.0
// Makes the types of the page's document from its schema, so that page and program share one form.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const schemas = resolve(process.env.ONWARD_SCHEMAS ?? join(here, "../../../scenarios/schema"));
const types = await compileFromFile(join(schemas, "report.schema.json"), {
  cwd: schemas,
  bannerComment: "// Generated from scenarios/schema/report.schema.json. Do not edit.",
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
  unreachableDefinitions: false,
});
const to = join(here, "../src/generated");
mkdirSync(to, { recursive: true });
writeFileSync(join(to, "report.ts"), types);
