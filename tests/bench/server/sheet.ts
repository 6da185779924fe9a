/** What was measured: a line of JSON each, and one table in which every figure stands beside the limit of its own run. */
import { load } from "./process-figures.ts";
import type { ServerKind } from "./servers.ts";
import { names } from "./servers.ts";

export interface Measurement {
  readonly work: string;
  readonly figure: string;
  readonly unit: string;
  readonly server: ServerKind;
  readonly value: number;
  readonly load: number;
}

export interface Goal {
  readonly says: string;
  /** Null: could not be measured in this run. */
  readonly reached: number | null;
  readonly atMost: number;
}

export class Sheet {
  readonly measurements: Measurement[] = [];
  readonly goals: Goal[] = [];
  /** By the reason. */
  readonly failures = new Map<string, string[]>();

  add(work: string, server: ServerKind, figures: Readonly<Record<string, number>>): void {
    for (const [named, value] of Object.entries(figures)) {
      const [figure = named, unit = ""] = named.split(", ");
      this.measurements.push({ work, figure, unit, server, value: rounded(value), load: load() });
    }
    const said = Object.entries(figures).map(([name, value]) => `${name} ${rounded(value)}`);
    console.error(`  ${names[server].padEnd(34)} ${said.join("  ")}`);
  }

  fail(work: string, server: ServerKind, why: string): void {
    const [reason = why] = why.split("\n");
    this.failures.set(reason, [...(this.failures.get(reason) ?? []), `${work} (${names[server]})`]);
    console.error(`  ${names[server].padEnd(34)} failed: ${why}`);
  }

  of(work: string, figure: string, server: ServerKind): number | null {
    return (
      this.measurements.find((one) => one.work === work && one.figure === figure && one.server === server)?.value ??
      null
    );
  }

  /** Holds ours, divided by what it is compared with, against a goal. */
  goal(says: string, atMost: number, ours: number | null, over: number | null = 1): void {
    this.goals.push({ says, atMost, reached: ours === null || over === null || over === 0 ? null : ours / over });
  }

  print(): void {
    console.log("\n| work | figure | server | value | × the limit |\n| --- | --- | --- | ---: | ---: |");
    let before = "";
    for (const { work, figure, unit, server, value } of this.measurements.toSorted(inRows(this.measurements))) {
      const row = `${work} | ${figure}`;
      const limit = this.of(work, figure, "limit");
      const ratio = limit === null || limit === 0 ? "" : `${rounded(value / limit)}`;
      console.log(`| ${row === before ? " | " : row} | ${names[server]} | ${value} ${unit} | ${ratio} |`);
      before = row;
    }
    for (const [reason, works] of this.failures) console.log(`\nFailed, ${reason}: ${works.join("; ")}.`);
    console.log("\n| goal | reached | met |\n| --- | ---: | --- |");
    for (const { says, atMost, reached } of this.goals) {
      const met = reached === null ? "not measured" : reached <= atMost ? "yes" : "**no**";
      console.log(`| ${says} | ${reached === null ? "" : rounded(reached)} | ${met} |`);
    }
    console.log();
    for (const one of this.measurements) console.log(JSON.stringify(one));
  }
}

/** In the order in which works, and figures within a work, were first measured. */
function inRows(all: readonly Measurement[]): (a: Measurement, b: Measurement) => number {
  const rows = [...new Set(all.map(({ work, figure }) => `${work} ${figure}`))];
  const place = new Map(rows.map((row, index) => [row, index]));
  return (a, b) => (place.get(`${a.work} ${a.figure}`) ?? 0) - (place.get(`${b.work} ${b.figure}`) ?? 0);
}

const rounded = (value: number): number => Number(value.toPrecision(3));

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
