/**
 * The browser in which the tests of pages run: Chromium, or by hand Firefox as it is installed (`BROWSER=firefox`), by WebDriver BiDi.
 * A run without it fails and says what to install.
 */
import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { firefox } from "playwright-core";
import { openChromium } from "./chromium.ts";

const firefoxPath = process.env["FIREFOX_PATH"] ?? "/usr/bin/firefox-esr";

export async function openBrowser(): Promise<Browser> {
  if (process.env["BROWSER"] !== "firefox") return openChromium();
  if (!existsSync(firefoxPath)) {
    throw new Error(
      `There is no Firefox at ${firefoxPath}. Install it (Debian: apt-get install firefox-esr) or set FIREFOX_PATH.`,
    );
  }
  forgiveEmulation();
  // A stock browser, not one made for this driver.
  const browser = await firefox.launch({ channel: "moz-firefox", executablePath: firefoxPath });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    await context.addInitScript(typesAsPeopleDo);
    return context;
  };
  return browser;
}

/** The driver would set a field's value behind React's back. */
const typesAsPeopleDo = `Object.defineProperty(globalThis, "__pw_bidiInsertText", {
  get: () => (text) => void document.execCommand("insertText", false, text),
  set: () => undefined,
})`;

interface Message {
  readonly id?: number;
  readonly type?: string;
  readonly error?: string;
  readonly message?: string;
}
interface Transport {
  onmessage?: (message: Message) => void;
}
interface BidiFirefox {
  connectToTransport(transport: Transport, options: unknown): Promise<unknown>;
}

/**
 * What Firefox does not know yet of emulation (media, for one) is taken as done: the driver asks for it with each page, wanted or not, and has
 * no way around it. The package's version is pinned exactly.
 */
function forgiveEmulation(): void {
  const inside = firefox as unknown as { _connection: { toImpl(type: unknown): { _bidiFirefox: BidiFirefox } } };
  // oxlint-disable-next-line no-underscore-dangle -- there is no public way to what it speaks with the browser
  const { _bidiFirefox: type } = inside._connection.toImpl(firefox);
  const connect = type.connectToTransport.bind(type);
  const forgive = (message: Message): Message =>
    message.error === "unknown command" && message.message?.startsWith("emulation.")
      ? Object.assign({ type: "success", result: {} }, message.id !== undefined && { id: message.id })
      : message;
  type.connectToTransport = (transport, options) => {
    let hear: Transport["onmessage"];
    Object.defineProperty(transport, "onmessage", {
      get: () => (message: Message) => hear?.(forgive(message)),
      set: (listener: Transport["onmessage"]) => {
        hear = listener;
      },
    });
    return connect(transport, options);
  };
}
