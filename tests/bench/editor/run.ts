/**
 * Our editor beside others with the same text, each in a page of its own of one headless Chromium: real keys, and what they cost the main
 * thread as the browser itself accounts for it. Ours carries three objections a paragraph, the statuses and 40 proposals, the others nothing.
 * `--peer` when y-prosemirror is installed; `--quick` without the largest text. A table, then one JSON line per measurement.
 */
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { filesOf } from "../../../server/http/shell.ts";
import { quantile } from "../server/sheet.ts";
import type { Bundle } from "./browser.ts";
import { bundleOf, launch, openTab } from "./browser.ts";
import type { Arrival } from "./navigation.ts";
import { ourArrival, peersArrival } from "./navigation.ts";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, peer: { type: "boolean", default: false } },
});
const keys = values.quick ? 30 : 60;

type Kind = "ours" | "contenteditable" | "prosemirror" | "y-prosemirror";
interface Peer {
  prepare(kind: string, texts: readonly string[]): void;
  open(kind: string, texts: readonly string[]): void;
  caret(index: number): void;
  typeElsewhere(index: number, keys: number): void;
  takeAll(): void;
}
declare global {
  // oxlint-disable-next-line no-var -- the only way to declare a global
  var peer: Peer;
}

interface Figures {
  readonly paragraphs: number;
  readonly editor: Kind;
  readonly openMs: number;
  readonly openThreadMs: number;
  /** Of the main thread, in all that a key sets off. */
  readonly keyMs: number;
  readonly keyToFrameP95Ms: number;
  readonly remoteKeyMs: number | null;
}

async function measure(browser: Browser, bundle: Bundle, editor: Kind, paragraphs: number): Promise<Figures> {
  const page = await openTab(browser, bundle);
  const spent = await mainThread(page);
  const texts = Array.from(
    { length: paragraphs },
    (_, i) =>
      `[Reaffirming][Recalling] the outcome of the conference [and recalling all previous resolutions on the matter], in particular paragraph ${i}`,
  );
  await page.evaluate(([kind, all]) => (kind === "ours" ? bench.prepare(all.length) : peer.prepare(kind, all)), [
    editor,
    texts,
  ] as const);
  const blank = await spent();
  const openMs = await page.evaluate(
    async ([kind, all]) => {
      const start = performance.now();
      if (kind === "ours") bench.open(40);
      else peer.open(kind, all);
      // The frame after this one begins when this one has been painted.
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      return performance.now() - start;
    },
    [editor, texts] as const,
  );
  const openThreadMs = (await spent()) - blank;
  const middle = Math.floor(paragraphs / 2);
  await page.evaluate(([kind, index]) => (kind === "ours" ? bench.caret(index, 20) : peer.caret(index)), [
    editor,
    middle,
  ] as const);
  const toFrame: number[] = [];
  await press(page, 5, []);
  const before = await spent();
  await press(page, keys, toFrame);
  const keyMs = ((await spent()) - before) / keys;
  let remoteKeyMs: number | null = null;
  if (editor === "ours" || editor === "y-prosemirror") {
    await page.evaluate(([kind, index]) => (kind === "ours" ? bench : peer).typeElsewhere(index, 50), [
      editor,
      middle + 3,
    ] as const);
    const idle = await spent();
    await page.evaluate((kind) => (kind === "ours" ? bench : peer).takeAll(), editor);
    remoteKeyMs = ((await spent()) - idle) / 50;
  }
  await page.close();
  return { paragraphs, editor, openMs, openThreadMs, keyMs, keyToFrameP95Ms: quantile(toFrame, 0.95), remoteKeyMs };
}

async function press(page: Page, count: number, times: number[]): Promise<void> {
  for (let key = 0; key < count; key++) {
    await page.evaluate(() => {
      Object.assign(globalThis, {
        shown: new Promise<number>((resolve) => {
          document.addEventListener(
            "keydown",
            () => {
              const pressed = performance.now();
              requestAnimationFrame(() => {
                void document.body.offsetHeight;
                resolve(performance.now() - pressed);
              });
            },
            { once: true, capture: true },
          );
        }),
      });
    });
    await page.keyboard.press("x");
    times.push(await page.evaluate(() => (globalThis as unknown as { shown: Promise<number> }).shown));
  }
}

/** Answers how much processor time the main thread has taken so far; the machine's other work does not count. */
async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN) * 1_000;
  };
}

const browser = await launch();
const our = await bundleOf("page.ts");
const their = values.peer ? await bundleOf("../peers/page.mjs") : null;
const kinds: readonly Kind[] = their ? ["contenteditable", "prosemirror", "y-prosemirror", "ours"] : ["ours"];
const all: Figures[] = [];
for (const paragraphs of values.quick ? [300, 2_000] : [300, 2_000, 8_000]) {
  for (const kind of kinds) {
    try {
      const figures = await measure(browser, (kind === "ours" ? our : their) ?? our, kind, paragraphs);
      console.error(JSON.stringify(figures));
      all.push(figures);
    } catch (trouble) {
      // The other rows stand.
      console.error(`${kind} at ${paragraphs} paragraphs:`, trouble);
      process.exitCode = 1;
    }
  }
}
const arrivals = new Map<Kind, Arrival>();
async function arrive(kind: Kind, from: () => Promise<Arrival>): Promise<void> {
  try {
    arrivals.set(kind, await from());
    console.error(kind, JSON.stringify(arrivals.get(kind)));
  } catch (trouble) {
    console.error(`${kind}, navigation:`, trouble);
    process.exitCode = 1;
  }
}
const arriving = values.quick ? 3 : 7;
if (their) {
  const page = await bundleOf("../peers/shared-page.mjs");
  await arrive("y-prosemirror", () => peersArrival(browser, mainThread, arriving, page));
}
await arrive("ours", () => ourArrival(browser, mainThread, arriving));
await browser.close();

const rounded = (value: number | null): string => (value === null ? "" : value.toPrecision(3));
console.log(
  "\n| paragraphs | editor | open until painted, ms | main thread of that, ms | main thread per key, ms | key to frame p95, ms | a remote key, ms |",
);
console.log("| ---: | --- | ---: | ---: | ---: | ---: | ---: |");
for (const { paragraphs, editor, openMs, openThreadMs, keyMs, keyToFrameP95Ms, remoteKeyMs } of all) {
  console.log(
    `| ${[paragraphs, editor, ...[openMs, openThreadMs, keyMs, keyToFrameP95Ms, remoteKeyMs].map(rounded)].join(" | ")} |`,
  );
}
console.log("\n| navigation, 300 paragraphs | to editable, ms | main thread of that, ms |\n| --- | ---: | ---: |");
for (const [kind, { editableMs, threadMs }] of arrivals)
  console.log(`| ${kind} | ${rounded(editableMs)} | ${rounded(threadMs)} |`);
const of = (editor: Kind, paragraphs: number): Figures | undefined =>
  all.find((one) => one.editor === editor && one.paragraphs === paragraphs);
console.log("\n| goal | reached | met |\n| --- | ---: | --- |");
function goal(says: string, atMost: number, ours: number | null | undefined, over: number | undefined = 1): void {
  const reached = ours === null || ours === undefined ? null : ours / over;
  console.log(
    `| ${says} | ${rounded(reached)} | ${reached === null || Number.isNaN(reached) ? "not measured" : reached <= atMost ? "yes" : "**no**"} |`,
  );
}
goal(
  "a key in 2,000 paragraphs, × bare contenteditable: ≤ 0.6",
  0.6,
  of("ours", 2_000)?.keyMs,
  of("contenteditable", 2_000)?.keyMs ?? NaN,
);
goal(
  "a key in 8,000 paragraphs, × bare contenteditable: ≤ 0.3",
  0.3,
  of("ours", 8_000)?.keyMs,
  of("contenteditable", 8_000)?.keyMs ?? NaN,
);
goal(
  "opening 2,000 paragraphs, main thread, × y-prosemirror: ≤ 0.6",
  0.6,
  of("ours", 2_000)?.openThreadMs,
  of("y-prosemirror", 2_000)?.openThreadMs ?? NaN,
);
goal("key to frame p95, 300 paragraphs: ≤ 16.7 ms", 16.7, of("ours", 300)?.keyToFrameP95Ms);
goal(
  "main thread per key, 300 paragraphs, × a bare ProseMirror: ≤ 1.5",
  1.5,
  of("ours", 300)?.keyMs,
  of("prosemirror", 300)?.keyMs ?? NaN,
);
goal("a remote key in another paragraph, main thread: ≤ 1 ms", 1, of("ours", 300)?.remoteKeyMs);
goal(
  "navigation to editable, 300 paragraphs, × y-prosemirror: ≤ 0.8",
  0.8,
  arrivals.get("ours")?.editableMs,
  arrivals.get("y-prosemirror")?.editableMs ?? NaN,
);
const built = fileURLToPath(new URL("../../../dist/client", import.meta.url));
/** Null where nothing is built. */
const kilobytes = (...parts: readonly string[]): number | null =>
  filesOf(built)("index.html", ...parts).reduce((sum, file) => sum + statSync(`${built}/${file}.br`).size, 0) / 1_000 ||
  null;
goal("the chair's desk, brotli: ≤ 350 kB", 350, kilobytes("chair/chair-desk.tsx", "live/live-text.ts"));
goal("a delegation's desk, brotli: ≤ 350 kB", 350, kilobytes("delegation/delegation-desk.tsx"));
console.log();
for (const figures of all) console.log(JSON.stringify(figures));
for (const [editor, arrival] of arrivals) console.log(JSON.stringify({ navigation: editor, ...arrival }));
