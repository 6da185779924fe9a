/**
 * Where documents are written: a thread of its own, started when a document is first asked for and let go when none was for a while, so
 * that a long report holds up nobody who types.
 */
import type { Worker } from "node:worker_threads";
import { startWorker } from "../start-worker.ts";
import type { DocumentFormat } from "./press-worker.ts";
import type { PrintedReport } from "./printed-report.ts";

export interface Job {
  readonly id: number;
  readonly format: DocumentFormat;
  readonly report: PrintedReport;
}
export type JobDone = { readonly id: number } & ({ readonly bytes: Uint8Array } | { readonly trouble: string });

/** Too many wait already. */
export class PressBusy extends Error {}
/** The document could not be written; the reason is for the log. */
export class PressFailed extends Error {}

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (trouble: Error) => void;
}

const mostWaiting = 20;
const idleMs = 60_000;
const longestMs = 120_000;

export class Press {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #jobs = 0;
  #idle: NodeJS.Timeout | null = null;

  /** @throws PressBusy, PressFailed */
  write(format: DocumentFormat, report: PrintedReport): Promise<Uint8Array> {
    if (this.#waiting.size >= mostWaiting) return Promise.reject(new PressBusy("too many documents are being written"));
    const id = ++this.#jobs;
    if (this.#idle) clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, format, report } satisfies Job);
    return new Promise<Uint8Array>((resolve, reject) => {
      // A document that takes so long will not come; those behind it get a new thread when they ask again.
      const late = setTimeout(() => this.#lose(`a ${format} took longer than ${longestMs / 1_000} s`), longestMs);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(late);
          this.#waiting.delete(id);
          settle(value);
          if (this.#waiting.size === 0) this.#idle = setTimeout(() => void this.close(), idleMs).unref();
        };
      this.#waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
    });
  }

  async close(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#lose("the press is closed");
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = startWorker("press-worker", new URL("./press-worker.ts", import.meta.url));
    worker.unref();
    worker.on("message", (done: JobDone) => {
      const asked = this.#waiting.get(done.id);
      if ("bytes" in done) asked?.resolve(done.bytes);
      else asked?.reject(new PressFailed(done.trouble));
    });
    const lost = (why: string): void => {
      if (this.#worker === worker) this.#lose(why);
    };
    worker.on("error", ({ message }) => lost(`the thread that writes documents failed: ${message}`));
    worker.on("exit", () => lost("the thread that writes documents ended"));
    return worker;
  }

  #lose(why: string): void {
    const worker = this.#worker;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new PressFailed(why));
    void worker?.terminate();
  }
}
