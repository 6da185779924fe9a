/** A press that writes each document once: the same words in the same format are the same file, whoever asks for it. */
import { createHash } from "node:crypto";
import { serialize } from "node:v8";
import type { DocumentFormat } from "../../server/publication/press-worker.ts";
import { Press } from "../../server/publication/press.ts";
import type { PrintedReport } from "../../server/publication/printed-report.ts";

export class KeptPress extends Press {
  readonly #files = new Map<string, Promise<Uint8Array>>();

  override write(format: DocumentFormat, report: PrintedReport): Promise<Uint8Array> {
    const key = createHash("sha256").update(serialize({ format, report })).digest("hex");
    let file = this.#files.get(key);
    if (!file) this.#files.set(key, (file = super.write(format, report)));
    return file;
  }
}
