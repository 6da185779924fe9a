/**
 * WebKitGTK's own little browser, driven by its own WebDriver (Debian: `apt-get install webkit2gtk-driver`, and a screen, such as `xvfb-run`).
 * As much as the checks by hand need, no more: what people do, and what is on the page.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";

const driver = "WebKitWebDriver";
const port = 4_700 + (process.pid % 5_000);
const elementKey = "element-6066-11e4-a52e-4f735466cecf";

/** As WebDriver spells keys that have no letter. */
export const key = {
  Shift: "\uE008",
  Control: "\uE009",
  Escape: "\uE00C",
  End: "\uE010",
  Home: "\uE011",
  F6: "\uE036",
} as const;

export class WebKit {
  readonly #process: ChildProcess;
  #session = "";

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** @param proxy where everything that is not of this machine is asked for, as HOST:PORT */
  static async open(proxy?: string): Promise<WebKit> {
    const child = spawn(driver, [`--port=${port}`], { stdio: "inherit" });
    const failed = once(child, "error").then(([trouble]) => {
      throw new Error(`${driver}: not found. Debian: apt-get install webkit2gtk-driver`, { cause: trouble });
    });
    const webkit = new WebKit(child);
    await Promise.race([failed, webkit.#begin(proxy)]);
    return webkit;
  }

  async #begin(proxy?: string): Promise<void> {
    for (;;) {
      const ready = await this.#ask("GET", "/status").catch(() => null);
      if (ready) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const alwaysMatch = {
      timeouts: { script: 600_000, pageLoad: 60_000, implicit: 0 },
      ...(proxy !== undefined && { proxy: { proxyType: "manual", httpProxy: proxy, noProxy: ["127.0.0.1"] } }),
    };
    const { sessionId } = (await this.#ask("POST", "/session", { capabilities: { alwaysMatch } })) as {
      sessionId: string;
    };
    this.#session = `/session/${sessionId}`;
    await this.resize(1440, 900);
  }

  async close(): Promise<void> {
    await this.#ask("DELETE", this.#session).catch(() => undefined);
    this.#process.kill();
  }

  resize = async (width: number, height: number) =>
    void (await this.#do("POST", "/window/rect", { width, height, x: 0, y: 0 }));
  goto = async (url: string) => void (await this.#do("POST", "/url", { url }));

  /** Runs it in the page, where it knows nothing from around it. */
  async evaluate<Argument, Answer>(run: (argument: Argument) => Answer, argument: Argument): Promise<Awaited<Answer>> {
    const script = `const [argument, tell] = arguments; Promise.resolve((${String(run)})(JSON.parse(argument))).then(tell, (e) => tell({ trouble: String(e) }));`;
    const answer = (await this.#do("POST", "/execute/async", { script, args: [JSON.stringify(argument)] })) as object;
    if (answer !== null && typeof answer === "object" && "trouble" in answer) throw new Error(String(answer.trouble));
    return answer as Awaited<Answer>;
  }

  /** Waits for what this selector finds and shows, with these words in its name, and clicks it. */
  async click(selector: string, name = ""): Promise<void> {
    const element = await this.find(selector, name);
    // Its driver does not wait for a page that scrolls smoothly, and cannot click what is skipped until it is near.
    const script = 'arguments[0].scrollIntoView({ block: "center", behavior: "instant" });';
    await this.#do("POST", "/execute/sync", { script, args: [{ [elementKey]: element }] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await this.#do("POST", `/element/${element}/click`, {});
  }

  /** Waits for it. */
  async find(selector: string, name = "", waitMs = 15_000): Promise<string> {
    const until = Date.now() + waitMs;
    for (;;) {
      const args = [selector, name];
      const found = (await this.#do("POST", "/execute/sync", { script: finding, args })) as {
        [elementKey]: string;
      } | null;
      if (found) return found[elementKey];
      if (Date.now() > until) throw new Error(`WebKit does not show ${selector} “${name}”`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Each is pressed and let go; those of one array are held together. */
  async press(...pressed: readonly (string | readonly string[])[]): Promise<void> {
    const actions = pressed.flatMap((one) => {
      const together = typeof one === "string" ? [one] : one;
      return [
        ...together.map((value) => ({ type: "keyDown", value })),
        ...together.toReversed().map((value) => ({ type: "keyUp", value })),
      ];
    });
    await this.#do("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  type = (text: string) => this.press(...Array.from(text));

  async screenshot(path: string): Promise<void> {
    writeFileSync(path, Buffer.from((await this.#do("GET", "/screenshot")) as string, "base64"));
  }

  #do = (method: string, path: string, body?: object): Promise<unknown> =>
    this.#ask(method, this.#session + path, body);

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}

/** What somebody would take for its name: its label, or its words. */
const finding = `
  const [selector, name] = arguments;
  const nameOf = (e) => e.getAttribute("aria-label")
    || (e.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    || (e.labels?.[0] ?? e).textContent;
  return [...document.querySelectorAll(selector)].find((e) => e.getClientRects().length > 0 && nameOf(e).includes(name)) ?? null;
`;
