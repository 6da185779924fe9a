/** Our editor alone in a page, in the browser that is asked for (`BROWSER=firefox`, `BROWSER=webkit`), and whatever that page asks for elsewhere. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bundleOf, openPage } from "../bench/editor/browser.ts";
import { WebKit } from "./webkit.ts";

export interface EditorPage {
  /** Runs it in the page. */
  evaluate<Argument, Answer>(run: (argument: Argument) => Answer, argument: Argument): Promise<Awaited<Answer>>;
  /** Addresses; none of them is answered. */
  readonly fetched: readonly string[];
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export async function openEditorPage(): Promise<EditorPage> {
  if (process.env["BROWSER"] === "webkit") return inWebKit();
  const { browser, page, errors } = await openPage();
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.context().route("**", (route) => route.abort());
  return {
    evaluate: (run, argument) => page.evaluate(run as never, argument as never),
    fetched,
    errors,
    close: () => browser.close(),
  };
}

/** Its driver tells no requests: whatever it wants from elsewhere it is made to ask for here. */
async function inWebKit(): Promise<EditorPage> {
  const fetched: string[] = [];
  const errors: string[] = [];
  const { scripts, styles } = await bundleOf("page.ts");
  const html = `<!doctype html><meta charset=utf-8><link rel=icon href=data:,><style>${styles.join("\n")}</style><body><script>
    onerror = (message) => void fetch("/trouble", { method: "POST", body: message });
  </script><script src=/script></script></body>`;
  const server = createServer((asked, response) => {
    if (asked.url === "/") response.writeHead(200, { "content-type": "text/html" }).end(html);
    else if (asked.url === "/script")
      response.writeHead(200, { "content-type": "text/javascript" }).end(scripts.join());
    else if (asked.url === "/trouble") asked.on("data", (message) => errors.push(String(message)));
    else {
      fetched.push(asked.url ?? "");
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const here = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const webkit = await WebKit.open(here);
  await webkit.goto(`http://${here}/`);
  return {
    evaluate: (run, argument) => webkit.evaluate(run, argument),
    fetched,
    errors,
    async close() {
      await webkit.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
