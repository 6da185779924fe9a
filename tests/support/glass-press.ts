/**
 * A press that hands out, in the place of a file, all that it was given to make it of. A file is made of that alone, in a thread that knows
 * nothing else: what is not in it is in no part of the file, packed, drawn or hidden.
 */
import type { DocumentFormat } from "../../server/publication/press-worker.ts";
import type { Packing } from "../../server/publication/press.ts";
import { Press } from "../../server/publication/press.ts";
import type { PrintedReport } from "../../server/publication/printed-report.ts";

export class GlassPress extends Press {
  override write(format: DocumentFormat, report: PrintedReport): Promise<Uint8Array> {
    return Promise.resolve(Buffer.from(JSON.stringify({ format, report })));
  }

  override pack(packing: Packing): Promise<Uint8Array> {
    return Promise.resolve(Buffer.from(JSON.stringify(packing)));
  }
}
