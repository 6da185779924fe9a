import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { PatientSocket } from "../../../client/live/patient-socket.ts";

test("[SAV9] a handshake that nobody answers is given up, and the close is one after which desks try again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const socket = new PatientSocket(`ws://127.0.0.1:${(silent.address() as AddressInfo).port}/sync/room`);
  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
  await once(silent, "connection");
  vi.advanceTimersByTime(14_000);
  expect(socket.readyState).toBe(socket.CONNECTING);
  vi.advanceTimersByTime(2_000);
  expect((await closed).code).toBe(1006);
});
