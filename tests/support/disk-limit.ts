/** Takes the disk away from a process and gives it back (Linux, util-linux): no file of it can grow beyond so many bytes. */
import { spawnSync } from "node:child_process";

export function limitFileSize(pid: number, bytes: number | "unlimited"): void {
  const done = spawnSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`prlimit: ${done.error?.message ?? done.stderr}`);
}
