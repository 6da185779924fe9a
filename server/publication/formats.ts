/** The report in every format that it leaves the house in: what kind of file it is, and how it is written. */
import type { ComposedReport } from "../../shared/domain/report.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import type { Version } from "../../shared/domain/versions.ts";
import { documentFormats } from "../../shared/wire/document-formats.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import type { Talks } from "../http/pages/deps.ts";
import { issuedReading } from "../http/pages/issued.ts";
import { commentsAsCsv, positionsAsCsv } from "./csv.ts";
import { toHtml } from "./html.ts";
import { differencesAsJson, toJson } from "./json.ts";
import { toMarkdown, toRedlineMarkdown } from "./markdown.ts";
import type { Press } from "./press.ts";
import type { DocumentFormat } from "./press-worker.ts";
import type { Mode, Printable, Told } from "./printed-report.ts";
import { modes, print, printSections } from "./printed-report.ts";
import { toldInMarkdown } from "./told-markdown.ts";

/** What a file is made of, as one viewer sees it. */
export interface Exported extends Printable {
  readonly negotiation: Talks;
  readonly viewer: Viewer;
}

/** What writing needs besides. */
export interface Printers {
  readonly press: Press;
  readonly clock: { now(): EpochMs };
  readonly site: { readonly base: string };
}

interface Format {
  readonly type: string;
  readonly modes: readonly Mode[];
  readonly write: (exported: Exported, mode: Mode, printers: Printers) => string | Promise<Uint8Array>;
}

/** A report stays the same until something new is recorded, and so does what was made of it. */
const made = new WeakMap<ComposedReport, Map<string, Promise<Uint8Array>>>();

const typeOf = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  odt: "application/vnd.oasis.opendocument.text",
  xml: "application/akn+xml",
  html: "text/html",
} satisfies { readonly [F in DocumentFormat]: string };

/** Written by a library, in a thread of its own. */
const printed = (format: DocumentFormat): Format => ({
  type: typeOf[format],
  modes,
  write: (exported, mode, { press, clock, site }) => {
    const { report, against, only } = exported;
    const address = addressOf(exported, site);
    const key = [format, mode, only, against?.name, address].join(" ");
    const files = made.get(report) ?? new Map<string, Promise<Uint8Array>>();
    made.set(report, files);
    let file = files.get(key);
    if (!file) {
      file = press.write(format, print(exported, { mode, address, now: clock.now(), voice: voiceIn("en") }));
      files.set(key, file);
      file.catch(() => files.delete(key));
    }
    return file;
  },
});

const onlyClean: readonly Mode[] = ["clean"];

export const formats: Readonly<Record<string, Format>> = {
  // With the record as far as it may be seen, so that a kept file can be verified.
  json: {
    type: "application/json",
    modes: onlyClean,
    write: ({ negotiation, viewer, report, text, version, against, only }) =>
      toJson(report, only, {
        ...(version && { version: version.name }),
        ...(against && { against: against.name, differences: differencesAsJson(against, text, only) }),
        record: negotiation.frame(viewer, 0).events,
      }),
  },
  md: {
    type: "text/markdown",
    modes: onlyClean,
    write: ({ report, text, against, only }) =>
      against ? toRedlineMarkdown(report, against, text, only) : toMarkdown(report, only),
  },
  // Clean, it is the public page itself.
  html: {
    ...printed("html"),
    write: (exported, mode, printers) => {
      const { negotiation, viewer, version, against, only = null } = exported;
      return mode === "clean"
        ? toHtml(negotiation, viewer, { only, version, against })
        : printed("html").write(exported, mode, printers);
    },
  },
  pdf: printed("pdf"),
  docx: printed("docx"),
  odt: printed("odt"),
  // Akoma Ntoso.
  xml: printed("xml"),
  csv: {
    type: "text/csv",
    modes: ["clean", "compilation"],
    write: ({ report, only }, mode) => (mode === "clean" ? positionsAsCsv : commentsAsCsv)(report, only),
  },
};

/** Where the report is read. */
const addressOf = ({ negotiation, version }: Exported, { base }: Printers["site"]): string =>
  `${base}/n/${negotiation.row.slug}${version ? `/v/${version.name}` : ""}`;

interface DocumentAbout {
  readonly type: string;
  readonly write: (exported: Exported, told: Told, printers: Printers) => string | Promise<Uint8Array>;
}

/** The formats of status table, lineage table, letters, certificates and briefs. */
export const aboutFormats: Readonly<Record<string, DocumentAbout>> = Object.fromEntries(
  documentFormats.map((format) => [
    format,
    {
      type: format === "md" ? "text/markdown" : typeOf[format],
      write: (exported, told, { press, clock, site }) => {
        const how = { address: addressOf(exported, site), now: clock.now(), voice: voiceIn("en") };
        const document = printSections(exported, how, told);
        return format === "md" ? toldInMarkdown(document) : press.write(format, document);
      },
    } satisfies DocumentAbout,
  ]),
);

/** Both parts, compared with nothing: the report as this viewer reads it, or a version as it was issued. */
export function shown(negotiation: Talks, viewer: Viewer, version: Version | null = null): Exported {
  const plain = { negotiation, viewer, version, against: null, only: undefined };
  if (version) {
    const { report } = issuedReading(negotiation, version, viewer);
    return { ...plain, report, text: version };
  }
  const text = negotiation.textFor(viewer);
  const { numbers } = numbersToday(negotiation.record, text);
  return { ...plain, report: negotiation.report(viewer), text: { text, numbers, label: "Today" } };
}
