// @vitest-environment node
/** What only a browser shows: real keys, real layout, an input method (of Chromium, by its own protocol: with `BROWSER=firefox` those two fail). */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openPage } from "../../bench/editor/browser.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  ({ browser, page, errors } = await openPage());
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page.evaluate(() => bench.setUp(12));
});
afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
});

const lines = (): Promise<string[]> => page.evaluate(() => bench.lines());
const caret = (index: number, offset: number): Promise<void> =>
  page.evaluate(([i, o]) => bench.caret(i ?? 0, o ?? 0), [index, offset]);
/** The text, the view and the page say the same of a paragraph. */
async function agreeOn(index: number): Promise<string> {
  const [text, view, drawn] = await page.evaluate((i) => bench.three(i), index);
  expect(view).toBe(text);
  expect(drawn).toBe(text);
  return text;
}

test("[BIN1] keys pressed are in the text, in the view and on the page", async () => {
  await caret(3, 0);
  await page.keyboard.type("Hello ");
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  expect(await agreeOn(3)).toMatch(/^Hello \[Reaffirming\].* 3!$/);
});

test("Enter, Backspace, Delete and arrows go over the gutter as if it were not there", async () => {
  const before = await lines();
  await caret(3, 13);
  await page.keyboard.press("Enter");
  await page.keyboard.type("New ");
  expect(await agreeOn(4)).toMatch(/^New \[Recalling\]/);
  for (let i = 0; i < 4; i++) await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  expect(await lines()).toEqual(before);
  await caret(3, 0);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("<");
  expect(await agreeOn(2)).toMatch(/ 2<$/);
  await page.keyboard.press("Delete");
  expect(await agreeOn(2)).toMatch(/ 2<\[Reaffirming\]/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.type(">");
  expect((await lines()).filter((line) => line.includes(">"))).toHaveLength(1);
});

test("a selection over several paragraphs is replaced by what is typed, and undo brings them back", async () => {
  const before = await lines();
  await caret(3, 5);
  await page.keyboard.down("Shift");
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.up("Shift");
  // The browser tells the editor of a selection a moment after the key.
  await page.waitForFunction(() => {
    const { $from, $to } = bench.editor.view.state.selection;
    return $from.parent !== $to.parent;
  });
  await page.keyboard.type("X");
  expect((await lines()).length).toBeLessThan(before.length);
  await agreeOn(3);
  for (let i = 0; i < 2; i++) await page.keyboard.press("Control+z");
  expect(await lines()).toEqual(before);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Backspace");
  expect((await lines()).join("")).toBe("");
  await page.keyboard.type("Anew");
  expect((await lines()).join("")).toBe("Anew");
});

test("the caret stays where it was while the focus is elsewhere, and comes back with it at once", async () => {
  await caret(3, 5);
  // At once, as when a dialog closes under quick hands: without a moment in which the browser could tell of a selection.
  const [away, back] = await page.evaluate(() => {
    const { dom } = bench.editor.view;
    dom.blur();
    getSelection()?.removeAllRanges();
    const away = document.activeElement === dom;
    dom.focus();
    return [away, getSelection()?.anchorNode?.parentElement?.closest(".block") === dom.querySelectorAll(".block")[3]];
  });
  expect([away, back]).toEqual([false, true]);
  await page.keyboard.type("<>");
  expect(await agreeOn(3)).toMatch(/^\[Reaf<>firming\]/);
});

test("a click into a text without focus puts the caret where it points, and keys take it on from there, however far", async () => {
  await page.evaluate(() => bench.setUp(60));
  await page.locator(".block-words").nth(2).click();
  await page.keyboard.press("End");
  await page.keyboard.type("#");
  expect((await lines()).findIndex((line) => line.includes("#"))).toBe(2);
  const caretAt = (): Promise<readonly [head: number, isOnScreen: boolean, isEmpty: boolean]> =>
    page.evaluate(() => {
      const { view } = bench.editor;
      const { head, empty } = view.state.selection;
      const { top } = view.coordsAtPos(head);
      return [head, top >= 0 && top < innerHeight, empty];
    });
  const end = await page.evaluate(() => bench.editor.view.state.doc.content.size - 1);
  await page.keyboard.press("Control+End");
  await expect.poll(caretAt).toEqual([end, true, true]);
  await page.keyboard.press("Shift+Control+Home");
  await expect.poll(caretAt).toEqual([1, true, false]);
  await page.keyboard.press("Control+Home");
  await expect.poll(caretAt).toEqual([1, true, true]);
});

test("a block that has just come takes the next key, before any frame has shown it", async () => {
  for (let round = 0; round < 20; round++) {
    await page.evaluate(() => bench.setUp(12));
    await caret(3, 5);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("Anew");
    expect((await lines()).join(""), `round ${round}`).toBe("Anew");
  }
});

test("[PAS1] HTML on the clipboard is pasted clean, and paragraphs copied here get new ids", async () => {
  await caret(3, 0);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/html", "<h2>Pasted</h2><ul><li>one<script>1</script></li><li><b>two</b></li></ul>");
    const event = new Event("paste", { bubbles: true, cancelable: true });
    bench.editor.view.dom.dispatchEvent(Object.defineProperty(event, "clipboardData", { value: data }));
  });
  expect((await lines()).slice(3, 5)).toEqual(["Pasted", "one"]);
  expect(
    new Set(await page.$$eval(".block", (all) => all.map((each) => (each as HTMLElement).dataset["id"]))).size,
  ).toBe((await lines()).length);
});

test("[BIN8] an input method composes while others type in the same paragraph, and no letter is wrong", async () => {
  await caret(5, 20);
  const cdp = await page.context().newCDPSession(page);
  const compose = (text: string): Promise<unknown> =>
    cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  const before = (await lines())[5] ?? "";
  await compose("n");
  await compose("ni");
  await page.evaluate(() => bench.remoteKey(5, "REMOTE "));
  await compose("nih");
  await page.evaluate(() => bench.remoteKey(7, "R2 "));
  await compose("nihao");
  await cdp.send("Input.insertText", { text: "你好" });
  await expect.poll(async () => (await lines())[5], { timeout: 10_000 }).toContain("REMOTE");
  expect(await agreeOn(5)).toBe(`${before.slice(0, 3)}REMOTE ${before.slice(3, 20)}你好${before.slice(20)}`);
  expect(await agreeOn(7)).toContain("R2 ");
});

test("[BIN7] an input method begins an empty report, and its letters are not disturbed", async () => {
  await page.evaluate(() => bench.setUp(0));
  await page.click('[role="textbox"]');
  const cdp = await page.context().newCDPSession(page);
  for (const text of ["n", "ni"]) {
    await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await cdp.send("Input.insertText", { text: "你" });
  expect(await agreeOn(0)).toBe("你");
  expect(await lines()).toHaveLength(1);
});

test("brackets and words concerned are drawn where one looks and not elsewhere, and everywhere on paper", async () => {
  await page.evaluate(() => bench.setUp(1000));
  const drawnIn = (index: number): Promise<number> =>
    page.evaluate((i) => document.querySelectorAll(".block")[i]?.querySelectorAll(".bracket").length ?? 0, index);
  await expect.poll(() => drawnIn(0), { timeout: 10_000 }).toBe(6);
  expect(await drawnIn(900)).toBe(0);
  await caret(900, 5);
  await expect.poll(() => drawnIn(900), { timeout: 10_000 }).toBe(6);
  await expect.poll(() => drawnIn(0), { timeout: 10_000 }).toBe(0);
  await page.keyboard.type("[");
  expect(await drawnIn(900)).toBe(7);
  const drawnAfter = (event: string): Promise<number> =>
    page.evaluate((name) => {
      dispatchEvent(new Event(name));
      return document.querySelectorAll(".bracket").length;
    }, event);
  expect(await drawnAfter("beforeprint")).toBe(6_001);
  expect(await drawnAfter("afterprint")).toBeLessThan(600);
});

test("what others type moves neither the caret nor the paragraph on the screen", async () => {
  await page.evaluate(() => bench.setUp(300));
  await caret(200, 10);
  await page.keyboard.type("a");
  const height = (): Promise<number> =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const { view } = bench.editor;
          const top = (): number => view.coordsAtPos(view.state.selection.head).top;
          // Two frames, so that what comes on the screen has been laid out.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(top())));
        }),
    );
  const before = await height();
  await page.evaluate(() => {
    for (let i = 0; i < 5; i++) bench.remoteKey(200, "far ");
    for (let i = 100; i < 150; i++) bench.remoteKey(i, "far away ".repeat(20));
  });
  expect(Math.abs((await height()) - before)).toBeLessThan(30);
  await page.keyboard.type("b");
  expect(await agreeOn(200)).toMatch(/affirmiabng/);
  expect(await page.evaluate(() => innerHeight)).toBeGreaterThan(await height());
});
