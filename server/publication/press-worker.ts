/** The thread in which documents are written and archives packed and checked: libraries for documents are large, and a long report takes seconds of work. */
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { Language, Voice } from "../../shared/messages/say.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import type { Job, JobDone, PressSettings } from "./press.ts";
import type { PrintedReport } from "./printed-report.ts";

type Write = (report: PrintedReport, voice: Voice) => Promise<Uint8Array>;

/** What a format needs is loaded with the first document in it, once. */
const once = (load: () => Promise<Write>): (() => Promise<Write>) => {
  let writer: Promise<Write> | undefined;
  return () => (writer ??= load());
};

const writers = {
  docx: once(async () => (await import("./docx.ts")).toDocx),
  odt: once(async () => (await import("./odt.ts")).toOdt),
  xml: once(async () => (await import("./akn.ts")).toAkn),
  html: once(async () => (await import("./printed-html.tsx")).toPrintedHtml),
  pdf: once(async () => {
    const typesetter = await (await import("./pdf.ts")).Typesetter.start((workerData as PressSettings).fontPaths);
    return (report, voice) => typesetter.toPdf(report, voice);
  }),
} satisfies Readonly<Record<string, () => Promise<Write>>>;
export type DocumentFormat = keyof typeof writers;

// On Linux a thread has a priority of its own: whoever types goes first.
if (process.platform === "linux") setPriority(10);

parentPort?.on("message", (job: Job) => {
  done(job).then(say, (trouble: unknown) =>
    say({ trouble: trouble instanceof Error ? trouble.message : String(trouble) }),
  );
});

async function done(job: Job): Promise<JobDone> {
  switch (job.format) {
    case "archive":
      return { bytes: await (await import("./archive.ts")).writeArchive(job.archived, voiceIn("en")) };
    case "research": {
      const { tablesOf, writeResearch } = await import("./research.ts");
      return { bytes: await writeResearch(tablesOf(job.events, job.viewer)) };
    }
    case "check": {
      const { BadArchive, openable, readArchive } = await import("./archive.ts");
      try {
        return { checked: { ok: true, archive: openable(readArchive(job.bytes, job.mostBytes)) } };
      } catch (trouble) {
        if (trouble instanceof BadArchive) return { checked: { ok: false, why: trouble.message } };
        throw trouble;
      }
    }
    default: {
      const write = await writers[job.format]();
      return { bytes: await write(job.report, voiceIn(job.report.language as Language)) };
    }
  }
}

const say = (done: JobDone): void => parentPort?.postMessage(done);
