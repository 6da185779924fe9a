/**
 * The door for files from outside (SPEC: REA): each is read in a process of its own, with so much memory and time and no more, so that no
 * file holds up anybody.
 */
import type { ChildProcess } from "node:child_process";
import type { Result } from "../../shared/domain/values.ts";
import { accept } from "../../shared/domain/values.ts";
import { startChild } from "../start-child.ts";
import type { Unreadable } from "./read-document.ts";
import type { Given, Read, ReadAs, Said } from "./reader-child.ts";
import type { Returned } from "../../shared/domain/returned.ts";
import type { Sent } from "./sent.ts";

/** Too many wait already. */
export class ReaderBusy extends Error {}
/** We could not read the file, and it is not the file's fault; the reason is for the log. */
export class ReaderFailed extends Error {}

export interface Refused {
  readonly code: Unreadable;
  /** For the log, and in the words of whoever knows the format. */
  readonly detail: string;
}

export interface ReaderLimits {
  readonly fileBytes: number;
  readonly heapMiB: number;
  readonly longestMs: number;
  /** Read at once, and waiting. */
  readonly atOnce: number;
  readonly waiting: number;
}

export const readerLimits: ReaderLimits = {
  fileBytes: 10 * 1024 * 1024,
  heapMiB: 768,
  longestMs: 10_000,
  atOnce: 1,
  waiting: 10,
};

export class Reader {
  readonly #limits: ReaderLimits;
  readonly #children = new Set<ChildProcess>();
  readonly #waiting: (() => void)[] = [];
  #reading = 0;

  constructor(limits: ReaderLimits = readerLimits) {
    this.#limits = limits;
  }

  /** @throws ReaderBusy, ReaderFailed */
  read(bytes: Uint8Array): Promise<Result<Read<"document">, Refused>>;
  read<As extends ReadAs>(bytes: Uint8Array, as: As): Promise<Result<Read<As>, Refused>>;
  read(bytes: Uint8Array, as: ReadAs = "document"): Promise<Result<Read<ReadAs>, Refused>> {
    return this.#take({ bytes, as }) as Promise<Result<Read<ReadAs>, Refused>>;
  }

  /** What a returned file asks for. @throws ReaderBusy, ReaderFailed */
  readReturned(bytes: Uint8Array, sent: Sent): Promise<Result<Returned, Refused>> {
    return this.#take({ bytes, sent }) as Promise<Result<Returned, Refused>>;
  }

  close(): void {
    for (const child of this.#children) child.kill("SIGKILL");
  }

  async #take(given: Given): Promise<Result<Read<ReadAs> | Returned, Refused>> {
    const { bytes } = given;
    const { fileBytes, atOnce, waiting } = this.#limits;
    if (bytes.length > fileBytes) return refused("file-too-large", `more than ${fileBytes} bytes`);
    if (this.#reading >= atOnce) {
      if (this.#waiting.length >= waiting) throw new ReaderBusy("too many files are being read");
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#reading++;
    try {
      return await this.#ask(given);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#reading--;
    }
  }

  #ask(given: Given): Promise<Result<Read<ReadAs> | Returned, Refused>> {
    const { heapMiB, longestMs } = this.#limits;
    return new Promise((resolve, reject) => {
      const child = startChild("reader-child", new URL("./reader-child.ts", import.meta.url), heapMiB);
      this.#children.add(child);
      let isLate = false;
      const late = setTimeout(() => {
        isLate = true;
        child.kill("SIGKILL");
      }, longestMs);
      let said: Said | null = null;
      child.once("message", (message) => (said = message as Said));
      child.once("error", (error) => reject(new ReaderFailed(error.message)));
      child.once("close", (code, signal) => {
        clearTimeout(late);
        this.#children.delete(child);
        if (said === null && isLate) resolve(refused("file-too-slow", `not read within ${longestMs} ms`));
        // How Node ends when its memory does.
        else if (said === null && (signal === "SIGABRT" || code === 134))
          resolve(refused("file-too-large", `not read within ${heapMiB} MiB`));
        else if (said === null) reject(new ReaderFailed(`the process that reads files ended with ${signal ?? code}`));
        else if ("read" in said) resolve(accept(said.read));
        else if ("refused" in said) resolve(refused(said.refused, said.detail));
        else reject(new ReaderFailed(said.trouble));
      });
      child.send(given);
    });
  }
}

const refused = (code: Unreadable, detail: string): { ok: false; refusal: Refused } => ({
  ok: false,
  refusal: { code, detail },
});
