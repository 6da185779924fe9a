/**
 * Where documents are written: threads of their own, started when a document is first asked for and let go when none was for a while, so
 * that a long report holds up nobody who types (SPEC: PUB10).
 */
import type { Worker } from "node:worker_threads";
import type { SeenEntry } from "../../shared/domain/entries.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { startWorker } from "../start-worker.ts";
import type { Archived, OpenableArchive } from "./archive.ts";
import type { DocumentFormat } from "./press-worker.ts";
import type { PrintedReport } from "./printed-report.ts";

/** A report as a document. */
interface Printing {
  readonly format: DocumentFormat;
  readonly report: PrintedReport;
}
/** A whole negotiation in one file, as one reader may see it. */
export type Packing =
  | { readonly format: "archive"; readonly archived: Archived }
  | { readonly format: "research"; readonly events: readonly SeenEntry[]; readonly viewer: Viewer };
/** An archive that somebody brings: everything that can be checked. */
interface Checking {
  readonly format: "check";
  readonly bytes: Uint8Array;
  /** Unpacked. */
  readonly mostBytes: number;
}
/** The reason of a refusal is for whoever brought it. */
export type Checked =
  | { readonly ok: true; readonly archive: OpenableArchive }
  | { readonly ok: false; readonly why: string };
export type Job = Printing | Packing | Checking;
export type JobDone = { readonly bytes: Uint8Array } | { readonly checked: Checked } | { readonly trouble: string };
type Done = Exclude<JobDone, { trouble: string }>;

/** What a thread is told when it starts. */
export interface PressSettings {
  /** Fonts for what ours do not draw: files and folders. */
  readonly fontPaths: readonly string[];
}

/** Too many wait already. */
export class PressBusy extends Error {}
/** The document could not be written; the reason is for the log. */
export class PressFailed extends Error {}

export interface PressLimits {
  readonly mostWaiting: number;
  /** For one document, from the moment that its writing begins. */
  readonly longestMs: number;
  readonly idleMs: number;
}
const usual: PressLimits = { mostWaiting: 20, longestMs: 60_000, idleMs: 60_000 };

export class Press {
  readonly #office: Bench;
  /** Apart: what sets a page keeps hundreds of megabytes until its thread ends. */
  readonly #pages: Bench;

  constructor(settings: PressSettings = { fontPaths: [] }, limits: Partial<PressLimits> = {}) {
    this.#office = new Bench(settings, { ...usual, ...limits });
    this.#pages = new Bench(settings, { ...usual, ...limits });
  }

  /** @throws PressBusy, PressFailed */
  write(format: DocumentFormat, report: PrintedReport): Promise<Uint8Array> {
    return (format === "pdf" ? this.#pages : this.#office).write({ format, report });
  }

  /** @throws PressBusy, PressFailed */
  pack(packing: Packing): Promise<Uint8Array> {
    return this.#office.write(packing);
  }

  /** @throws PressBusy, PressFailed */
  check(bytes: Uint8Array, mostBytes: number): Promise<Checked> {
    return this.#office.check({ format: "check", bytes, mostBytes });
  }

  async close(): Promise<void> {
    await Promise.all([this.#office.close(), this.#pages.close()]);
  }
}

interface Order {
  readonly job: Job;
  readonly resolve: (done: Done) => void;
  readonly reject: (trouble: Error) => void;
}

/** One thread, which does one job after the other. */
class Bench {
  readonly #settings: PressSettings;
  readonly #limits: PressLimits;
  #worker: Worker | null = null;
  /** The first is being written. */
  #orders: Order[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: PressSettings, limits: PressLimits) {
    this.#settings = settings;
    this.#limits = limits;
  }

  async write(job: Printing | Packing): Promise<Uint8Array> {
    const done = await this.#order(job);
    if (!("bytes" in done)) throw new Error(`a ${job.format} came back as something else`);
    return done.bytes;
  }

  async check(job: Checking): Promise<Checked> {
    const done = await this.#order(job);
    if (!("checked" in done)) throw new Error("a check came back as something else");
    return done.checked;
  }

  #order(job: Job): Promise<Done> {
    if (this.#orders.length >= this.#limits.mostWaiting)
      return Promise.reject(new PressBusy("too many documents are being written"));
    return new Promise((resolve, reject) => {
      this.#orders.push({ job, resolve, reject });
      if (this.#orders.length === 1) this.#next();
    });
  }

  async close(): Promise<void> {
    const orders = this.#orders;
    this.#orders = [];
    for (const { reject } of orders) reject(new PressFailed("the press is closed"));
    await this.#dismiss();
  }

  #next(): void {
    clearTimeout(this.#timer);
    const order = this.#orders[0];
    const { idleMs, longestMs } = this.#limits;
    if (!order) {
      this.#timer = setTimeout(() => void this.#dismiss(), idleMs).unref();
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.postMessage(order.job);
    const { format } = order.job;
    this.#timer = setTimeout(() => this.#fail(`a ${format} took longer than ${longestMs / 1_000} s`), longestMs);
  }

  #start(): Worker {
    const worker = startWorker("press-worker", new URL("./press-worker.ts", import.meta.url), {
      workerData: this.#settings,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    worker.unref();
    const mine =
      <T>(hear: (told: T) => void): ((told: T) => void) =>
      (told) => {
        if (this.#worker === worker) hear(told);
      };
    worker.on(
      "message",
      mine((done: JobDone) => {
        if ("trouble" in done) return this.#fail(done.trouble);
        this.#orders.shift()?.resolve(done);
        this.#next();
      }),
    );
    worker.on(
      "error",
      mine(({ message }: Error) => this.#fail(message)),
    );
    worker.on(
      "exit",
      mine(() => this.#fail("the thread ended")),
    );
    return worker;
  }

  /** Only the document that is being written is lost; those that wait are written by a new thread, which remembers nothing of this one. */
  #fail(why: string): void {
    void this.#dismiss();
    this.#orders.shift()?.reject(new PressFailed(why));
    this.#next();
  }

  async #dismiss(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
