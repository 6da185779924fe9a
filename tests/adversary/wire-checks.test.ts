/** Ours keeps what a server of shared text owes those in its room; `stock.ts` puts the same questions to a stock server. */
import { expect, test } from "vitest";
import { person } from "../support/test-peer.ts";
import { roomId, socketServer } from "../support/socket-server.ts";
import { wireChecks } from "./wire-checks.ts";

/** Each comes more often than a person would. */
const limits = { connectsBurst: 1e9, socketsPerAccount: 1e6 };

test.each(wireChecks.map(({ id, asks, check }) => ({ id, asks, check })))("[$id] $asks", async ({ check }) => {
  const server = await socketServer({ limits });
  try {
    const kept = await check({
      port: server.port,
      path: (who, room = roomId) => `/sync/${room}?as=${who}`,
      clientId: (who) => server.room.issueClientId(person(who)),
      isAlive: () => true,
      memory: () => process.memoryUsage().rss,
    });
    expect(kept).toBeNull();
  } finally {
    await server.close();
  }
});
