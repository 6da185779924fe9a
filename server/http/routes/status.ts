/** What machines ask of the server: is it alive, can it work, what does it count, which release is it. */
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { Trouble } from "../problems.ts";
import { isLoopback } from "../rate-limits.ts";
import type { HttpPorts } from "../ports.ts";

export function statusRoutes({ store, metrics, memory, version }: HttpPorts): readonly Endpoint[] {
  return [
    endpoint(
      {
        method: "get",
        path: "/healthz",
        summary: "Is the process alive?",
        answer: z.strictObject({ status: z.literal("alive") }),
      },
      () => ({ status: "alive" }),
    ),
    endpoint(
      {
        method: "get",
        path: "/readyz",
        summary:
          "Can it record, and take in more: is the database migrated and writable, is there memory? 503 when not.",
        answer: z.strictObject({ status: z.enum(["ready", "read-only", "full"]), schema: z.int() }),
      },
      async ({ response }) => {
        const [writable, schema] = await Promise.all([store.writable(), store.schemaVersion()]);
        const status = !writable ? "read-only" : memory.isFull ? "full" : "ready";
        if (status !== "ready") response.status(503);
        return { status, schema };
      },
    ),
    endpoint(
      {
        method: "get",
        path: "/metrics",
        summary: "Counts, in the text format of Prometheus. For this machine only.",
        answer: "text/plain",
      },
      async ({ request, response }) => {
        // What is asked, and when, is nobody else's business (DIS4).
        if (!isLoopback(request.ip ?? "")) throw new Trouble("not-allowed");
        response.set("Content-Type", metrics.registry.contentType).send(await metrics.registry.metrics());
      },
    ),
    endpoint(
      {
        method: "get",
        path: "/version",
        summary: "The release.",
        answer: z.strictObject({ name: z.literal("rapporteur"), version: z.string() }),
      },
      () => ({ name: "rapporteur", version }),
    ),
  ];
}
