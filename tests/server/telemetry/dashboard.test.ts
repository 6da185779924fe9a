/** The dashboard shows numbers that the server has, and all that are its own. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makeMetrics } from "../../../server/telemetry/metrics.ts";

interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
}

test("every number on the dashboard is counted, and every number that the server counts by itself is on it", async () => {
  const metrics = makeMetrics();
  for (const name of [
    "sockets",
    "negotiations",
    "texts_awake",
    "texts_read_only",
    "last_backup_timestamp_seconds",
  ] as const) {
    metrics.watch(name, () => 0);
  }
  const counted = (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name);
  const file = new URL("../../../docs/grafana-dashboard.json", import.meta.url);
  const { panels } = JSON.parse(readFileSync(file, "utf8")) as Dashboard;
  const shown = new Set(
    panels
      .flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/\b(rapporteur|nodejs|process)_\w+/g) ?? []))
      .map((name) => name.replace(/_(bucket|count|sum)$/, "")),
  );
  expect([...shown].filter((name) => !counted.includes(name))).toEqual([]);
  expect(counted.filter((name) => name.startsWith("rapporteur_") && !shown.has(name))).toEqual([]);
});
