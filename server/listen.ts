/** Opens the port, or says clearly why it cannot be opened. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { BadConfig, badVariable } from "./config.ts";
import type { Config } from "./config.ts";

/** How far from the usual port to look for a free one. */
const tries = 20;

/**
 * Listens at the configured port; when nobody chose it and it is taken, at the next free one.
 * @returns the port
 * @throws BadConfig when PORT or HOST cannot be had
 */
export async function listen(server: Server, { host, port }: Pick<Config, "host" | "port">): Promise<number> {
  const last = port.isGiven ? port.number : port.number + tries;
  for (let next = port.number; ; next += 1) {
    try {
      server.listen(next, host);
      await once(server, "listening");
      return (server.address() as AddressInfo).port;
    } catch (trouble) {
      if (next < last && (trouble as NodeJS.ErrnoException).code === "EADDRINUSE") continue;
      throw refusal(trouble as NodeJS.ErrnoException, host, next);
    }
  }
}

function refusal(trouble: NodeJS.ErrnoException, host: string, port: number): Error {
  const bad = (name: string, reason: string, example: string) => new BadConfig(badVariable(name, reason, example));
  switch (trouble.code) {
    case "EADDRINUSE":
      return bad(
        "PORT",
        `${port} at ${host} is taken by another program; stop that one or choose another`,
        `${port + 1}`,
      );
    case "EACCES":
      return bad("PORT", `${port} may not be opened by this user; put a proxy in front of one from 1024 on`, "3000");
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return bad("HOST", `${host} is no address of this machine`, "127.0.0.1");
    default:
      return trouble;
  }
}
