/** What the server counts, for Prometheus: how fast it answers, what is asked, how many are here. Never who, never what was said. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export interface Metrics {
  readonly registry: Registry;
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
  readonly decided: (outcome: "accepted" | "refused") => void;
  /** One commit to the disk, or the attempt. */
  readonly committed: (seconds: number, outcome: "kept" | "refused") => void;
  /** Asked when the numbers are read. */
  readonly watch: (name: keyof typeof watched, count: () => number) => void;
}

const watched = {
  sockets: "Open websockets.",
  negotiations: "Negotiations served.",
  texts_awake: "Texts that are open in memory; the others are kept as bytes.",
  texts_read_only: "Texts that cannot be written now, because the disk refused.",
  memory_full: "1 while new lines, texts and files are refused because memory is full.",
  last_backup_timestamp_seconds: "When the last backup was made; 0 when none is known of.",
};

export function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Of ten milliseconds, as it is unless told, a server at rest spends most of its time on being asked how late it is.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 });
  const requests = new Histogram({
    name: "rapporteur_http_request_seconds",
    help: "Time to answer a request.",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const commands = new Counter({
    name: "rapporteur_commands_total",
    // Not by kind: who polls it must not learn when a position is taken in a closed negotiation.
    help: "Commands by outcome: accepted or refused.",
    labelNames: ["outcome"] as const,
    registers,
  });
  const commits = new Histogram({
    name: "rapporteur_commit_seconds",
    help: "Time until words and entries are on disk, or are refused by it.",
    labelNames: ["outcome"] as const,
    buckets: [0.002, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  return {
    registry,
    answered: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    decided: (outcome) => commands.inc({ outcome }),
    committed: (seconds, outcome) => commits.observe({ outcome }, seconds),
    watch: (name, count) => {
      const gauge: Gauge = new Gauge({
        name: `rapporteur_${name}`,
        help: watched[name],
        registers: [],
        collect: () => gauge.set(count()),
      });
      registry.registerMetric(gauge);
    },
  };
}
