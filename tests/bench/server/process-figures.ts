/** What the operating system says of a process. Linux only: nothing else is asked the same of every server. */
import { readdirSync, readFileSync } from "node:fs";

/** Processor time of all its threads so far, in milliseconds. */
export function cpuMs(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // The thread ended meanwhile.
    }
  }
  return nanoseconds / 1e6;
}

/** Memory that is its own and in use, in KiB. */
export function memoryKiB(pid: number): number {
  const found = /^Pss_Anon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  return Number(found?.[1] ?? NaN);
}

/** The machine's load over the last minute. */
export const load = (): number => Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]);
