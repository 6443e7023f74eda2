// SPDX-License-Identifier: Apache-2.0
// Opens reports in a real browser: node browser.mjs CHROMIUM REPORT.html...
// What each report must hold is read from the document inside it, not from the page's own code.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [chromiumPath, ...files] = process.argv.slice(2);
let failures = 0;
let checks = 0;

function check(good, what) {
  ++checks;
  if (good) return;
  ++failures;
  console.log(`FAILED  ${what}`);
}

function documentOf(html) {
  const text = /<script type="application\/json" id="report">([\s\S]*?)<\/script>/.exec(html)?.[1];
  return JSON.parse(text);
}

/** A page of its own without a network; what it asks for and complains of is noted. */
async function open(browser, file, options = {}, hash = "") {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  await context.setOffline(true);
  const page = await context.newPage();
  const trouble = [];
  page.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()),
  );
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on(
    "request",
    (request) => /^(file|data|blob):/.test(request.url()) || trouble.push(`asked for ${request.url()}`),
  );
  await page.goto(pathToFileURL(file).href + hash);
  await page.waitForSelector("main section");
  return { context, page, trouble };
}

const openAll = (page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

function sizes(file, html, document) {
  const empty = html.replace(/(id="report">)[\s\S]*?(<\/script>)/, "$1$2");
  const bytes = gzipSync(empty, { level: 9 }).length;
  check(bytes <= 60 * 1024, `${file}: without its data ${bytes} bytes in gzip, more than 60 kB`);
  check(html.length < 5e6, `${file}: ${html.length} bytes, more than 5 MB`);
  check(
    /default-src 'none'/.test(html) && !/unsafe/.test(html.slice(0, 2000)),
    `${file}: its policy is not strict`,
  );
  console.log(
    `${file}: ${html.length} bytes, ${bytes} in gzip without data, ${JSON.stringify(document).length} of data`,
  );
}

async function sectionsOpen(page, file, document) {
  const links = await page
    .locator("nav.contents ol a")
    .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  check(links.length === (document.switches === null ? 13 : 14), `${file}: ${links.length} sections`);
  for (const link of links) {
    const section = page.locator(link);
    check((await section.count()) === 1, `${file}: ${link} is not there`);
    await page.locator(`nav.contents a[href="${link}"]`).click();
    await page.waitForTimeout(30);
    check(await section.locator("h2").isVisible(), `${file}: ${link} shows nothing`);
    check((await page.evaluate(() => location.hash)) === link, `${file}: ${link} is not in the address`);
  }
  await openAll(page);
  const closed = await page.evaluate(() =>
    [...document.querySelectorAll("details")]
      .filter((d) => d.getBoundingClientRect().height < 20)
      .map((d) => d.textContent?.slice(0, 40)),
  );
  check(closed.length === 0, `${file}: nothing behind ${closed.join(" | ")}`);
}

/** A number as the page writes it. */
const numberOf = (text) =>
  text === "none" || text === "no difference" ? 0 : Number(text.replaceAll(",", "").replace("−", "-"));

/** Whether a text is a number rounded to the digits that it shows: no less than two of them. */
function isRounded(text, value) {
  if (text === "none" || text === "0") return Math.abs(value) < 1e-9;
  const decimals = text.split(".")[1]?.length ?? 0;
  const digits = text.replace(/[^\d]/g, "").replace(/^0+/, "").length;
  return Math.abs(numberOf(text) - value) <= 0.5001 * 10 ** -decimals && digits >= 2;
}

function factorOf(unit) {
  if (unit.includes("a million")) return 1e6;
  return unit.includes("1,000") ? 1000 : 1;
}

async function numbersEqual(page, file, document) {
  let compared = 0;
  for (const { name } of document.measures) {
    const row = page.locator(`[id="row-${name}"]`);
    const unit = await row.locator("th .under").first().innerText();
    for (const [p, policy] of document.results.policies.entries()) {
      const cell = row.locator("td").nth(p);
      const figure = policy.measures[name];
      const shown = await cell.locator(".value").innerText();
      const wanted = figure.mean * factorOf(unit);
      check(isRounded(shown, wanted), `${file}: ${name} under ${policy.id} shows ${shown}, is ${wanted}`);
      ++compared;
      if (figure.low !== null) {
        const ends = (await cell.locator(":scope > .under").first().innerText()).split(" to ");
        const wantedEnds = [figure.low, figure.high].map((end) => end * factorOf(unit));
        check(
          ends.length === 2 && ends.every((end, i) => isRounded(end, wantedEnds[i])),
          `${file}: the interval of ${name} under ${policy.id} shows ${ends}, is ${wantedEnds}`,
        );
      }
    }
  }
  check(
    compared === document.measures.length * document.results.policies.length,
    `${file}: not all figures are there`,
  );
  for (const difference of document.results.differences) {
    const at = document.results.policies.findIndex(({ id }) => id === difference.policy);
    const told = await page
      .locator(".answer")
      .nth(at - 1)
      .locator("[data-measure]")
      .evaluateAll((all) => all.map((one) => [one.dataset.measure, one.dataset.verdict]));
    check(
      JSON.stringify(told.map(([name]) => name)) === JSON.stringify(document.headline),
      `${file}: the headline is not whole, or out of order`,
    );
    for (const [name, verdict] of told) {
      const { mean, low, high } = difference.measures[name];
      const wanted =
        low !== null && low > 0
          ? "more"
          : high !== null && high < 0
            ? "less"
            : mean === 0
              ? "same"
              : "not-shown";
      check(
        verdict === wanted,
        `${file}: ${name} under ${difference.policy} is told as ${verdict}, is ${wanted}`,
      );
    }
  }
}

async function replayMoves(page, file, document) {
  const when = page.locator("output.when");
  const play = page.locator(".player .play");
  await page.locator(".player select").selectOption("fast");
  await play.click();
  const seen = new Set();
  for (let i = 0; i < 40 && seen.size < 4; ++i) {
    seen.add(await when.innerText());
    await page.waitForTimeout(120);
  }
  check(seen.size >= 4, `${file}: the replay does not move: ${[...seen]}`);
  await play.click();
  const still = await when.innerText();
  await page.waitForTimeout(700);
  check((await when.innerText()) === still, `${file}: the replay cannot be stopped`);
  for (const step of [0, 5, document.map.steps - 1]) {
    await page.evaluate((to) => {
      location.hash = `#map?step=${to}`;
    }, step);
    await page.waitForTimeout(150);
    const policy = Math.min(1, document.results.policies.length - 1);
    const wanted = document.map.flows.filter((flow) => (flow.by[policy]?.steps[step] ?? 0) > 0).length;
    const drawn = await page.locator("#figure-4 svg.map path.flow").count();
    check(drawn === wanted, `${file}: in step ${step} ${drawn} flows are drawn, there are ${wanted}`);
  }
  await page.getByRole("button", { name: "One step back" }).click();
  check(
    (await when.innerText()).startsWith(`Step ${document.map.steps - 1} `),
    `${file}: one step back does not lead there`,
  );
  await page.getByRole("button", { name: "Show the whole time" }).click();
  const all = document.map.flows.filter(
    (flow) => flow.by[0] !== null || flow.by[Math.min(1, flow.by.length - 1)] !== null,
  ).length;
  check(
    (await page.locator("#figure-4 svg.map path.flow").count()) === all,
    `${file}: not all flows are drawn`,
  );
}

/** Tab leads to everything that can be used, and Enter uses it. */
async function keyboardReaches(page, file) {
  await openAll(page);
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  const wanted = await page.evaluate(() => {
    const all = [
      ...document.querySelectorAll("a[href], button, select, input, summary, [tabindex='0']"),
    ].filter(
      (one) => !one.disabled && one.getClientRects().length > 0 && !(one.type === "radio" && !one.checked),
    );
    for (const [index, one] of all.entries()) one.dataset.stop = String(index);
    return all.length;
  });
  const reached = new Set();
  for (let i = 0; i < wanted + 20 && reached.size < wanted; ++i) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => document.activeElement?.dataset?.stop ?? "");
    if (stop !== "") reached.add(stop);
  }
  check(reached.size === wanted, `${file}: the keyboard reaches ${reached.size} of ${wanted}`);
  const node = page.locator("#figure-4 .node-at").first();
  await node.focus();
  await page.keyboard.press("Enter");
  check(
    (await node.getAttribute("aria-pressed")) === "true",
    `${file}: Enter does not choose an institution`,
  );
  await page.keyboard.press(" ");
  check(
    (await node.getAttribute("aria-pressed")) === "false",
    `${file}: Space does not leave an institution`,
  );
}

async function files_(page, file, document) {
  for (const kind of ["CSV", "SVG"]) {
    const buttons = page.getByRole("button", { name: new RegExp(`^Download figure \\d+ as ${kind}$`) });
    const count = await buttons.count();
    check(count >= 5, `${file}: only ${count} figures as ${kind}`);
    for (let i = 0; i < count; ++i) {
      const [download] = await Promise.all([page.waitForEvent("download"), buttons.nth(i).click()]);
      const text = readFileSync(await download.path(), "utf8");
      check(
        text.includes(document.notice),
        `${file}: ${download.suggestedFilename()} does not say what it is`,
      );
      if (kind !== "SVG") continue;
      // Why elsewhere: the page's own policy bars styles, those of a picture too.
      const elsewhere = await page.context().newPage();
      const good = await elsewhere.evaluate(
        (svg) => new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("parsererror") === null,
        text,
      );
      await elsewhere.close();
      check(good, `${file}: ${download.suggestedFilename()} is no picture`);
    }
  }
}

async function axeFindsNothing(page, file, how) {
  await openAll(page);
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  for (const { id, nodes, help } of found.violations)
    check(
      false,
      `${file}, ${how}: axe ${id} (${help}) ${nodes.length}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary?.slice(0, 300)}`,
    );
  check(found.passes.length > 15, `${file}, ${how}: axe looked at next to nothing`);
}

async function noOverflow(page, file, width) {
  const over = await page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const inScroll = (one) => one.parentElement?.closest(".scroll, .commands, svg") !== null;
    return [...document.querySelectorAll("main *, header *, nav *")]
      .filter(
        (one) =>
          one.getBoundingClientRect().right > wide + 1 &&
          !inScroll(one) &&
          one.getClientRects().length > 0 &&
          !one.closest(".unseen, .skip"),
      )
      .slice(0, 3)
      .map((one) => `${one.tagName}.${one.className}`);
  });
  const scroll = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  check(
    over.length === 0 && scroll <= 0,
    `${file}: at ${width} px something is cut off: ${over.join(", ")} (${scroll})`,
  );
}

async function printsWhole(page, file, document) {
  await page.emulateMedia({ media: "print" });
  const pdf = await page.pdf({ tagged: true, preferCSSPageSize: true });
  const text = pdf.toString("latin1");
  check(text.startsWith("%PDF") && text.includes("/StructTreeRoot"), `${file}: the print is not tagged`);
  check((text.match(/\/Type\s*\/Page\b/g) ?? []).length >= 5, `${file}: the print has next to no pages`);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const closed = await page.evaluate(() => document.querySelectorAll("details:not([open])").length);
  check(closed === 0, `${file}: ${closed} parts stay closed in print`);
  const frames = await page
    .locator(".frames svg")
    .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 20).length);
  const busy = document.map.flows.some((flow) =>
    flow.by.some((traffic) => traffic?.steps.some((count) => count > 0)),
  );
  check(!busy || frames >= 2, `${file}: the print has ${frames} key frames`);
  await axeFindsNothing(page, file, "print");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: null });
}

async function isFast(browser, file) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; ++i) {
    const { context, page } = await open(browser, file);
    best = Math.min(
      best,
      await page.evaluate(() => performance.getEntriesByType("navigation")[0].domInteractive),
    );
    await context.close();
  }
  console.log(`${basename(file)}: can be used after ${best.toFixed(0)} ms`);
  check(best < 1000, `${basename(file)}: can be used only after ${best} ms`);
}

/** Nothing from the scenario runs, and all of it is shown as text. */
async function nothingRuns(page, file) {
  const found = await page.evaluate(() => ({
    ran: window.ran,
    images: document.querySelectorAll("main img, main iframe, main object, main b.evil").length,
    scripts: document.scripts.length,
    links: [...document.querySelectorAll("a[href]")]
      .map((a) => a.getAttribute("href"))
      .filter((href) => !/^(#|https?:)/.test(href)),
  }));
  check(found.ran === undefined, `${file}: something of the scenario ran`);
  check(found.images === 0 && found.scripts === 2, `${file}: markup of the scenario became elements`);
  check(found.links.length === 0, `${file}: links lead to ${found.links}`);
}

/** The same report with 10,000 characters wherever the scenario has its say. */
function lengthened(path) {
  const html = readFileSync(path, "utf8");
  const document = documentOf(html);
  const long = (text) => text + " long".repeat(1000) + "x".repeat(5000);
  document.title = long(document.title);
  document.question = long(document.question);
  for (const list of [
    document.measures,
    document.nodes,
    document.categories,
    document.groups,
    document.policies,
  ])
    for (const one of list) one.label = long(one.label);
  for (const one of document.assumptions) one.source = long(one.source);
  for (const story of document.stories) {
    story.name = long(story.name);
    story.about = long(story.about);
    for (const life of story.lives)
      for (const event of life) for (const rule of event.rules ?? []) rule.citation = long(rule.citation);
  }
  const text = JSON.stringify(document)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026");
  const to = path.replace(/\.html$/, "-long.html");
  writeFileSync(
    to,
    html.replace(/(id="report">)[\s\S]*?(<\/script>)/, (_, before, after) => before + text + after),
  );
  return to;
}

for (const path of [...files]) if (basename(path).includes("hostile")) files.push(lengthened(path));
const browser = await chromium.launch({ executablePath: chromiumPath });
for (const path of files) {
  const file = basename(path);
  const html = readFileSync(path, "utf8");
  const document = documentOf(html);
  const hostile = file.includes("hostile");
  sizes(file, html, document);
  await isFast(browser, path);
  for (const colorScheme of ["light", "dark"]) {
    const { context, page, trouble } = await open(browser, path, { colorScheme });
    if (colorScheme === "light") {
      await sectionsOpen(page, file, document);
      await numbersEqual(page, file, document);
      await replayMoves(page, file, document);
      if (document.nodes.length < 40) await keyboardReaches(page, file);
      await files_(page, file, document);
    }
    await axeFindsNothing(page, file, colorScheme);
    if (colorScheme === "light") await printsWhole(page, file, document);
    if (hostile) await nothingRuns(page, file);
    check(trouble.length === 0, `${file}, ${colorScheme}: ${trouble.slice(0, 3).join(" | ")}`);
    await context.close();
  }
  for (const width of [1280, 390, 320]) {
    const { context, page } = await open(browser, path, { viewport: { width, height: 800 } });
    await openAll(page);
    await noOverflow(page, file, width);
    await context.close();
  }
  const last = document.results.policies[document.results.policies.length - 1];
  const { context, page } = await open(
    browser,
    path,
    {},
    `#map?policy=${encodeURIComponent(last.id)}&step=2`,
  );
  check(
    (await page.locator("#map select").first().inputValue()) === last.id,
    `${file}: a link does not lead to its view`,
  );
  check(
    (await page.locator("output.when").innerText()).startsWith("Step 3 "),
    `${file}: a link does not lead to its step`,
  );
  await context.close();
}
await browser.close();
console.log(`${checks} checks, ${failures} failed`);
process.exit(failures === 0 && checks > 50 ? 0 : 1);
