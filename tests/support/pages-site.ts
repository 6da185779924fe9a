/** The pages on a port of their own, over a negotiation told in memory, for whoever the test says is asking. */
import express from "express";
import type { IncomingHttpHeaders } from "node:http";
import { get } from "node:http";
import type { AddressInfo } from "node:net";
import type { Held, LinkState, Talks } from "../../server/http/pages/index.ts";
import { pages } from "../../server/http/pages/index.ts";
import { seated } from "./negotiations.ts";

export interface Site {
  readonly base: string;
  stop(): Promise<void>;
}

export async function aSite(
  negotiations: readonly Talks[],
  how: {
    /** Seats of whoever asks, such as `delegation:XAA`, in every negotiation. */
    readonly seats?: readonly string[];
    readonly links?: Readonly<Record<string, LinkState>>;
    readonly fromHere?: boolean;
    readonly demo?: boolean;
    readonly mayOpen?: boolean;
  } = {},
): Promise<Site> {
  const { seats = [], links = {}, fromHere = true, demo = false, mayOpen = false } = how;
  const app = express();
  let minted = 0;
  const held: readonly Held[] = negotiations.flatMap(({ row: { slug } }) =>
    seats.map((seat) => ({ slug, actor: seated(seat) })),
  );
  pages(app, {
    house: {
      all: () => negotiations,
      bySlug: (slug) => negotiations.find(({ row }) => row.slug === slug) ?? null,
    },
    identify: async () => ({ seats: held, mayOpen }),
    mayState: () => true,
    fromHere: () => fromHere,
    linkState: async (token) => links[token] ?? { state: "unknown" },
    base: "https://drafting.example.org",
    mint: () => `key-${++minted}`,
    demo,
  });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((listening, failed) => server.once("listening", listening).once("error", failed));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

/** A request with just these headers, and the bytes as they came: `fetch` adds its own cache rules and unpacks what it gets. */
export function asBrowser(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }> {
  return new Promise((answered, failed) => {
    get(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        answered({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    }).on("error", failed);
  });
}
