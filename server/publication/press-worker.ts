/** The thread in which documents are written: libraries for documents are large, and a long report takes seconds of work. */
import { parentPort } from "node:worker_threads";
import { voiceIn } from "../../shared/messages/say.ts";
import type { Language } from "../../shared/messages/say.ts";
import { toAkn } from "./akn.ts";
import { toDocx } from "./docx.ts";
import { toOdt } from "./odt.ts";
import { toPrintedHtml } from "./printed-html.tsx";
import type { PrintedReport } from "./printed-report.ts";
import type { Job, JobDone } from "./press.ts";

const writers = { docx: toDocx, odt: toOdt, xml: toAkn, html: toPrintedHtml } satisfies {
  readonly [format: string]: (report: PrintedReport, voice: ReturnType<typeof voiceIn>) => Promise<Uint8Array>;
};
export type DocumentFormat = keyof typeof writers;

parentPort?.on("message", ({ id, format, report }: Job) => {
  writers[format](report, voiceIn(report.language as Language)).then(
    (bytes) => say({ id, bytes }),
    (trouble: unknown) => say({ id, trouble: trouble instanceof Error ? trouble.message : String(trouble) }),
  );
});

const say = (done: JobDone): void => parentPort?.postMessage(done);
