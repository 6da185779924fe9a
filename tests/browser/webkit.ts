/**
 * The desks of the demo in WebKitGTK, by hand: `xvfb-run -a node --import tsx tests/browser/webkit.ts http://127.0.0.1:3000 [FOLDER]`, where the
 * demo stands and where pictures go. Each step says what was seen; one that fails ends it.
 */
import { key, WebKit } from "../support/webkit.ts";

const [base = "http://127.0.0.1:3000", folder] = process.argv.slice(2);
const webkit = await WebKit.open();

async function step(name: string, run: () => Promise<unknown>): Promise<void> {
  const seen = await run();
  if (folder) await webkit.screenshot(`${folder}/webkit-${name.replaceAll(/\W+/g, "-")}.png`);
  console.log(`${name}: ${seen === undefined ? "yes" : JSON.stringify(seen)}`);
}

async function sitAs(name: string): Promise<void> {
  await webkit.goto(`${base}/demo`);
  await webkit.evaluate(() => [...document.forms].forEach((form) => (form.target = "")), null);
  await webkit.click("button", `Sit as ${name}`);
}

/** Waits until the page says so of itself. */
async function holds<Argument>(says: (argument: Argument) => unknown, argument: Argument): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await webkit.evaluate(says, argument)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never so: ${String(says)} ${JSON.stringify(argument)}`);
}

const reads = (words: string): Promise<void> =>
  holds((sought) => document.querySelector("[role=textbox]")?.textContent.includes(sought), words);

try {
  await step("the public page", () => webkit.goto(`${base}/n/last-thursday`));
  await step("the chair is let in, and the text is live", async () => {
    await sitAs("Chair");
    await webkit.find("[role=status]", "Saved on the server");
  });
  await step("typed where it was clicked, and saved", async () => {
    await webkit.click(".block[aria-label^='Paragraph 22,'] .block-words");
    await webkit.type(" TYPED");
    await reads("TYPED");
    await webkit.find("[role=status]", "Saved on the server");
  });
  await step("bold, undone with the words", async () => {
    await webkit.press([key.Shift, key.Home], [key.Control, "b"]);
    await holds(() => document.querySelector(".report-editor strong")?.textContent, null);
    await webkit.press([key.Control, "z"]);
    await holds(() => document.querySelector(".report-editor strong") === null, null);
  });
  await step("brackets are known", async () => {
    await webkit.press(key.End);
    await webkit.type(" [or not]");
    await holds(() => document.querySelector(".block[aria-label^='Paragraph 22,'] .bracket"), null);
  });
  await step("Ctrl+End goes to the last paragraph", async () => {
    await webkit.press([key.Control, key.End]);
    await holds(() => [...document.querySelectorAll(".block")].at(-1)!.contains(getSelection()!.anchorNode), null);
  });
  await step("a dialog takes the focus; after Escape it is on", async () => {
    await webkit.click("button", "Circulate");
    await webkit.find("[role=dialog]", "Circulate");
    await holds(() => document.activeElement?.closest("[role=dialog]"), null);
    await webkit.press(key.Escape);
    await holds(() => !document.querySelector("[role=dialog]"), null);
    return webkit.evaluate(() => document.activeElement?.textContent.slice(0, 40), null);
  });
  await step("F6 goes from pane to pane", async () => {
    await webkit.press(key.F6);
    await holds(() => document.activeElement?.hasAttribute("data-pane"), null);
  });
  await step("circulated", async () => {
    await webkit.click("button", "Circulate");
    await webkit.click("[role=dialog] button", "Circulate");
    await holds(() => document.body.textContent.includes("On the record as no."), null);
  });
  await step("the overview", async () => {
    await webkit.click("a", "Overview");
    await webkit.find("h1, h2", "Consensus overview");
  });
  await step("the record", () => webkit.click("a", "Record"));
  await step("a delegation reads what was circulated", async () => {
    await sitAs("Lunari");
    await holds(() => document.body.textContent.includes("TYPED"), null);
  });
  await step("words are selected, and objected to", async () => {
    await webkit.evaluate(() => {
      const words = document.querySelector("[role=group][aria-label^='Paragraph 22,'] [data-at]")!;
      words.scrollIntoView({ block: "center", behavior: "instant" });
      getSelection()!.setBaseAndExtent(words.firstChild!, 0, words.firstChild!, 6);
    }, null);
    await webkit.find("[aria-label^='Paragraph 22,'] *", "On “States”");
    await webkit.click("[aria-label^='Paragraph 22,'] button", "Object");
    await holds(() => document.activeElement?.tagName === "TEXTAREA", null);
    await webkit.type("Delegations");
    await webkit.click("[role=dialog] button", "Object");
    await holds(() => document.body.textContent.includes("On the record as no."), null);
  });
  await step("on a phone", () => webkit.resize(390, 844));
} finally {
  await webkit.close();
}
