/**
 * Files that take a while to write. Who asks with a program waits for the answer; who asks with a browser is soon shown a page that says so,
 * looks again by itself, and hands the file over when it is there or says what went wrong (SPEC: PUB16). It needs no script.
 */
import { createElement } from "react";
import * as z from "zod";
import { mintId } from "../../../shared/domain/values.ts";
import { spelledSeat } from "../../../shared/wire/values.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { FileFailed, FileInWork } from "../pages/file-pages.tsx";
import { sendPage } from "../pages/trouble.tsx";
import type { HttpPorts } from "../ports.ts";
import { statusOf, Trouble } from "../problems.ts";
import type { FileKind, SeatInQuery } from "./files.ts";
import { readerOf, sendFile } from "./files.ts";

interface Order {
  readonly slug: string;
  /** Who asked: nobody else may fetch it. */
  readonly seat: string | undefined;
  readonly kind: FileKind;
  readonly file: Promise<Uint8Array>;
  readonly since: number;
  isSettled: boolean;
}

/** After this a person is told that it takes longer. */
const soonMs = 1_000;
const againSeconds = 2;
const keptMs = 600_000;
const mostKept = 50;

export class SlowFiles {
  readonly #ports: HttpPorts;
  readonly #orders = new Map<string, Order>();

  constructor(ports: HttpPorts) {
    this.#ports = ports;
  }

  async send(asked: Asked<unknown, SeatInQuery>, kind: FileKind, file: string | Promise<Uint8Array>): Promise<void> {
    if (typeof file === "string" || !isPerson(asked)) return sendFile(asked.response, kind, file);
    const order: Order = {
      slug: asked.params["slug"] ?? "",
      seat: asked.query.seat,
      kind,
      file,
      since: this.#ports.clock.now(),
      isSettled: false,
    };
    const settle = (): void => void (order.isSettled = true);
    await Promise.race([file.then(settle, settle), new Promise((later) => setTimeout(later, soonMs))]);
    if (order.isSettled) return this.#hand(asked, order);
    const seat = order.seat === undefined ? "" : `?seat=${order.seat}`;
    asked.response.set("Cache-Control", "private, no-store");
    asked.response.redirect(303, `/n/${order.slug}/files/${this.#keep(order)}${seat}`);
  }

  routes(): readonly Endpoint[] {
    return [
      endpoint(
        {
          method: "get",
          path: "/n/:slug/files/:file",
          summary:
            "A file that a browser asked for and that took long: a page while it is being written, then the file.",
          query: z.strictObject({ seat: spelledSeat.exactOptional() }),
          answer: "application/octet-stream",
          problems: ["not-found", "seat-not-held", "busy", "document-failed"],
        },
        async (asked) => {
          const { negotiation } = readerOf(this.#ports, asked);
          const order = this.#orders.get(asked.params["file"] ?? "");
          if (order?.slug !== negotiation.row.slug || order.seat !== asked.query.seat) throw new Trouble("not-found");
          if (order.isSettled) return this.#hand(asked, order);
          const seconds = Math.round((this.#ports.clock.now() - order.since) / 1_000);
          asked.response.set("Refresh", String(againSeconds));
          sendPage(
            asked.response,
            202,
            createElement(FileInWork, { slug: order.slug, name: order.kind.name, seconds }),
          );
        },
      ),
    ];
  }

  /** A person is told in words what went wrong with a file. */
  async #hand({ response, request }: Asked<unknown, unknown>, { slug, kind, file }: Order): Promise<void> {
    try {
      await sendFile(response, kind, file);
    } catch (trouble) {
      if (!(trouble instanceof Trouble) || !(trouble.code === "busy" || trouble.code === "document-failed"))
        throw trouble;
      const { code, message } = trouble;
      const { reference } = request;
      if (code === "document-failed") this.#ports.log.error({ err: trouble, reference }, "a document was not written");
      sendPage(response, statusOf(code), createElement(FileFailed, { slug, name: kind.name, why: message, reference }));
    }
  }

  #keep(order: Order): string {
    const id = mintId(this.#ports.random);
    this.#orders.set(id, order);
    setTimeout(() => this.#orders.delete(id), keptMs).unref();
    const [oldest] = this.#orders.keys();
    if (this.#orders.size > mostKept && oldest !== undefined) this.#orders.delete(oldest);
    return id;
  }
}

/** Browsers ask for pages, programs for whatever there is. */
const isPerson = ({ request }: Asked<unknown, unknown>): boolean => request.accepts(["json", "html"]) === "html";
