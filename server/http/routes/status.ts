/** What machines ask of the server: is it alive, can it work, what does it count, which release is it. */
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";

export function statusRoutes({ store, metrics, version }: HttpPorts): readonly Endpoint[] {
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
        summary: "Can it record: is the database migrated and writable? 503 when not.",
        answer: z.strictObject({ status: z.enum(["ready", "read-only"]), schema: z.int() }),
      },
      async ({ response }) => {
        const [writable, schema] = await Promise.all([store.writable(), store.schemaVersion()]);
        if (!writable) response.status(503);
        return { status: writable ? "ready" : "read-only", schema };
      },
    ),
    endpoint(
      { method: "get", path: "/metrics", summary: "Counts, in the text format of Prometheus.", answer: "text/plain" },
      async ({ response }) => {
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
