/** The thread that writes documents (SPEC: PUB10). */
import { afterEach, expect, test } from "vitest";
import { readArchive } from "../../../server/publication/archive.ts";
import { Press, PressBusy, PressFailed } from "../../../server/publication/press.ts";
import type { PrintedReport } from "../../../server/publication/printed-report.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { bigReport } from "../../support/big-report.ts";
import { aNegotiation } from "../../support/negotiations.ts";
import { httpServer, program } from "../../support/http-server.ts";
import { p99, Typist } from "../../support/typist.ts";
import { readOdt } from "../../support/read-odt.ts";
import { readPdf } from "../../support/read-pdf.ts";
import { readDocx } from "../../support/read-docx.ts";

const press = new Press();
afterEach(() => press.close());

const report = (paragraphs = 1): PrintedReport => ({
  title: "Draft report",
  slug: "talks",
  symbol: null,
  label: "Draft",
  imprint: ["5 November 2026"],
  date: "2026-11-05",
  status: "Not adopted",
  adopted: null,
  asOf: "As circulated",
  address: "https://drafting.example.org/n/talks",
  language: "en",
  original: "en",
  direction: "ltr",
  mode: "clean",
  comparison: null,
  parts: [
    {
      id: "consensus",
      title: "Part one",
      standing: "",
      blocks: Array.from({ length: paragraphs }, (_, index) => ({
        anchor: `para_${index}`,
        kind: "paragraph",
        level: 0,
        number: `${index + 1}.`,
        alternativeTo: null,
        aside: null,
        direction: "ltr",
        pieces: [{ t: "text", text: "States should cooperate." }],
        remarks: [],
        proposals: [],
      })),
    },
  ],
  annex: [],
  statements: [],
  sections: [],
  seq: 1,
});

test("[PUB10] while a long document is written, this thread goes on", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await press.write("docx", report());
  turns = 0;
  const began = performance.now();
  await press.write("docx", report(3_000));
  const took = performance.now() - began;
  clearInterval(timer);
  // A thread that writes it itself would have no turn at all.
  expect(turns).toBeGreaterThan(took / 5 / 10);
});

test("[PUB10] when too many wait, the next is asked to come back; those that wait get theirs", async () => {
  const waiting = Array.from({ length: 20 }, () => press.write("docx", report()));
  await expect(press.write("docx", report())).rejects.toThrow(PressBusy);
  for (const bytes of await Promise.all(waiting)) expect(readDocx(bytes).paragraphs.length).toBeGreaterThan(5);
  await expect(press.write("docx", report())).resolves.toBeInstanceOf(Uint8Array);
});

test("every format is written in that thread, pages too", async () => {
  const html = Buffer.from(await press.write("html", report())).toString();
  expect(html).toMatch(/^<!doctype html>.*States should cooperate\./s);
  expect(Buffer.from(await press.write("xml", report())).toString()).toContain("States should cooperate.");
});

test("a document that cannot be written fails alone, and a thread that is gone is started again", async () => {
  const broken = { ...report(), parts: null } as unknown as PrintedReport;
  await expect(press.write("docx", broken)).rejects.toThrow(PressFailed);
  await press.write("docx", report());
  const lost = press.write("docx", report(2_000));
  const ended = expect(lost).rejects.toThrow(PressFailed);
  await press.close();
  await ended;
  await expect(press.write("docx", report())).resolves.toBeInstanceOf(Uint8Array);
});

test("[PUB10] a document that takes too long is given up; those behind it have their own time", async () => {
  // Too short for the thread to start.
  const hasty = new Press({ fontPaths: [] }, { longestMs: 50 });
  const told: string[] = [];
  const tell = (document: Promise<unknown>): Promise<unknown> =>
    document.catch((trouble: unknown) => told.push((trouble as PressFailed).message));
  try {
    const first = tell(hasty.write("pdf", report()));
    const second = tell(hasty.write("pdf", report()));
    await first;
    expect(told).toEqual(["a pdf took longer than 0.05 s"]);
    await second;
    expect(told.length).toBe(2);
  } finally {
    await hasty.close();
  }
});

test("[PUB10] a PDF that needs too much memory fails alone; the one behind it is written", async () => {
  const [part] = report().parts;
  const [block] = part!.blocks;
  const endless = { ...block!, pieces: [{ t: "text", text: "word ".repeat(1_000_000) } as const] };
  const lost = press.write("pdf", { ...report(), parts: [{ ...part!, blocks: [endless] }] });
  const behind = press.write("pdf", report());
  await expect(lost).rejects.toThrow("needs more than 512 MiB");
  expect(readPdf(await behind).pages.length).toBe(1);
});

test.each([
  ["docx", "wordprocessingml", readDocx],
  ["odt", "opendocument.text", readOdt],
] as const)(
  "the report is there as %s in three modes, and a format that knows no mode says so",
  async (format, type, read) => {
    const server = await httpServer();
    try {
      for (const mode of ["clean", "review", "compilation"]) {
        const answer = await fetch(`${server.base}/n/talks.${format}?mode=${mode}`);
        expect(answer.status).toBe(200);
        expect(answer.headers.get("content-type")).toContain(type);
        expect(answer.headers.get("content-disposition")).toContain(`talks.${format}`);
        const { paragraphs } = read(new Uint8Array(await answer.arrayBuffer()));
        expect(paragraphs.filter(({ anchor }) => anchor?.startsWith("para_")).length).toBe(3);
      }
      expect((await fetch(`${server.base}/n/talks.md?mode=review`)).status).toBe(422);
    } finally {
      await server.close();
    }
  },
);

test("the report is there as PDF in three modes, and so are the tables about it", async () => {
  const server = await httpServer();
  try {
    for (const file of ["talks.pdf", "talks.pdf?mode=review", "talks.pdf?mode=compilation", "talks/status.pdf"]) {
      const answer = await fetch(`${server.base}/n/${file}`);
      expect(answer.headers.get("content-type")).toBe("application/pdf");
      const { pages } = readPdf(new Uint8Array(await answer.arrayBuffer()));
      expect(pages[0]?.words).toContain("States should aaaa.");
    }
  } finally {
    await server.close();
  }
});

/** How long it takes until what is typed is on disk, before and while the press works. @returns what it made */
async function typedBeside<Made>(work: () => Promise<Made>): Promise<Made> {
  const server = await httpServer();
  const chair = program(server, await server.token("chair"));
  const room = server.talks.textRoom.id;
  const { clientId } = (await (await chair.post("/api/v1/client-ids", { room })).json()) as { clientId: number };
  const typist = new Typist(server.base, room, clientId, "t", chair.headers.authorization.replace("Bearer ", ""));
  try {
    await typist.begin(20);
    while (typist.waits.length < 150) await new Promise((next) => setTimeout(next, 20));
    const before = p99(typist.waits.splice(0));
    const made = await work();
    const beside = p99(typist.waits.splice(0));
    if (process.env["FIGURES"]) console.log({ before, beside });
    // Ten times the figure, for machines that have much else to do.
    expect(beside).toBeLessThan(10 * Math.max(before, 50));
    return made;
  } finally {
    typist.stop();
    await server.close();
  }
}

test("[PUB10] while ten PDFs of a long report are written, what is typed is on disk as soon as before", async () => {
  await typedBeside(() =>
    Promise.all(Array.from({ length: 10 }, (_, index) => press.write("pdf", report(100 + index)))),
  );
});

test("[PUB10] while archives are packed, what is typed is on disk as soon as before", async () => {
  const talks = aNegotiation(...bigReport(100));
  const { events } = talks.frame(thePublic, 0);
  const archived = { events, report: talks.report(thePublic), draft: talks.text, release: "1", reader: "public" };
  const [first, second] = await typedBeside(() =>
    Promise.all([press.pack({ format: "archive", archived }), press.pack({ format: "archive", archived })]),
  );
  expect(readArchive(first).record.seq).toBe(talks.record.seq);
  expect(second).toEqual(first);
});
