/**
 * Key to frame and main-thread time per key, at 300 and 3,000 paragraphs with brackets and words concerned.
 * `npx tsx tests/bench/editor/run.ts` prints one JSON line per measurement.
 */
import { openPage } from "./browser.ts";

const { browser, page } = await openPage();
const quantile = (times: readonly number[], share: number): number =>
  Math.round(([...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0) * 10) / 10;

for (const paragraphs of [300, 3_000]) {
  const ready = await page.evaluate((n) => bench.setUp(n), paragraphs);
  await page.evaluate((i) => bench.caret(i, 20), Math.floor(paragraphs / 2));
  const toFrame: number[] = [];
  for (let key = 0; key < 60; key++) {
    await page.evaluate(() => bench.awaitKey());
    await page.keyboard.press("x");
    toFrame.push(await page.evaluate(() => bench.framed));
  }
  // A key as a transaction, with the layout it asks for: what it costs the main thread.
  const mainThread = await page.evaluate(() => {
    const times: number[] = [];
    for (let i = 0; i < 100; i++) {
      const { view } = bench.editor;
      const start = performance.now();
      view.dispatch(view.state.tr.insertText("y"));
      void document.body.offsetHeight;
      times.push(performance.now() - start);
    }
    return times;
  });
  const remote = await page.evaluate(() => Array.from({ length: 100 }, () => bench.remoteKey(7, "z")));
  console.log(
    JSON.stringify({
      paragraphs,
      readyMs: Math.round(ready),
      keyToFrameMs: { p50: quantile(toFrame, 0.5), p95: quantile(toFrame, 0.95) },
      mainThreadPerKeyMs: { p50: quantile(mainThread, 0.5), p95: quantile(mainThread, 0.95) },
      remoteKeyMs: { p50: quantile(remote, 0.5), p95: quantile(remote, 0.95) },
    }),
  );
}
await browser.close();
