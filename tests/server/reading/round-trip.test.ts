/**
 * What is changed in a file of ours comes back as just that (SPEC: RET): random edits, as Word writes them, and in LibreOffice itself where
 * it is at hand (`LIBREOFFICE=soffice`; `ROUNDS` seeds from `SEED` on).
 */
import { describe, expect, test } from "vitest";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import type { ReadDocument, ReadPiece, Tracked } from "../../../server/reading/read-document.ts";
import { readFile } from "../../../server/reading/read-file.ts";
import { readingLimits } from "../../../server/reading/reading-limits.ts";
import type { Saved } from "../../support/libreoffice.ts";
import { AtLibreOffice, libreOffice, saved } from "../../support/libreoffice.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { idOf } from "../../support/negotiations.ts";
import { chance } from "../../support/random.ts";
import type { Edits } from "../../support/random-edits.ts";
import { besides, edit, everywhere, someTalks } from "../../support/random-edits.ts";
import { asked, downloaded, downloadedOdt, uploaded } from "../../support/returning-files.ts";
import { WordProcessor } from "../../support/word-processor.ts";

/** Every change in the file, counted by itself. */
function changesIn(document: ReadDocument, by: string): number {
  const isOf = ({ inserted, deleted }: Tracked): boolean => inserted?.by === by || deleted?.by === by;
  const inPieces = (pieces: readonly ReadPiece[]): number => pieces.filter((piece) => isOf(piece)).length;
  return document.paragraphs.reduce((sum, { pieces, end }) => sum + inPieces(pieces) + Number(isOf(end)), 0);
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const plain = (text: string): string => text.replaceAll(/\{[^}]*\}/g, "").replaceAll(/<[^>]*>/g, "1");

describe.each([
  { isTracking: true, mode: "clean" },
  { isTracking: false, mode: "clean" },
  { isTracking: true, mode: "review" },
  { isTracking: false, mode: "review" },
] as const)("[RET1] [RET9] tracking $isTracking, in $mode", ({ isTracking, mode }) => {
  const seeds = process.env["SEED"]
    ? [Number(process.env["SEED"])]
    : Array.from({ length: 25 }, (_, index) => index + 1);
  test.each(seeds)("seed %i: exactly the edits made come back, and all is accounted for", async (seed) => {
    const by = chance(seed);
    const talks = someTalks(by);
    const file = new WordProcessor(await downloaded(talks, mode), { isTracking });
    const { expected, comments } = edit(file, by, mode === "clean" ? everywhere : besides);
    const bytes = file.save();
    const returned = uploaded(talks, bytes);
    expect(
      new Map(asked(returned).map(([change, id, text]) => [`${change} ${id}`, plain(text)])),
      `seed ${seed}`,
    ).toEqual(expected);
    expect(
      returned.comments.map(({ paragraph }) => paragraph).filter((id): id is ParagraphId => id !== null),
    ).toHaveLength(comments);
    const document = readFile(bytes, readingLimits);
    expect(sum(returned.accounted.paragraphs)).toBe(document.paragraphs.length);
    expect(sum(returned.accounted.tracked)).toBe(changesIn(document, "Jane Doe"));
    expect(returned.untabled).toEqual([]);
  });
});

const first = Number(process.env["SEED"] ?? 1);
const rounds = Number(process.env["ROUNDS"] ?? 25);

interface Round {
  readonly seed: number;
  readonly talks: ANegotiation;
  readonly hands: AtLibreOffice;
  readonly edits: Edits;
}

interface Way {
  readonly isTracking: boolean;
  readonly mode: "clean" | "review";
}

async function inLibreOffice(seed: number, kind: Saved, { isTracking, mode }: Way): Promise<Round> {
  const by = chance(seed);
  const talks = someTalks(by);
  const docx = await downloaded(talks, mode);
  const file = new WordProcessor(docx);
  const bytes = kind === "docx" ? docx : await downloadedOdt(talks, mode);
  const words = new Map(everywhere.map((index) => [idOf(index), file.wordsOf(idOf(index))]));
  const hands = new AtLibreOffice({ bytes, kind, isTracking }, words);
  return { seed, talks, hands, edits: edit(hands, by, mode === "clean" ? everywhere : besides) };
}

/** As Word writes it, and LibreOffice only opened and saved. */
async function inWord(seed: number, way: Way): Promise<Round> {
  const by = chance(seed);
  const talks = someTalks(by);
  const file = new WordProcessor(await downloaded(talks, way.mode), way);
  const edits = edit(file, by, way.mode === "clean" ? everywhere : besides);
  const hands = new AtLibreOffice({ bytes: file.save(), kind: "docx", isTracking: false }, new Map());
  return { seed, talks, hands, edits };
}

interface Back {
  readonly seed: number;
  readonly asked: ReadonlyMap<string, string>;
  readonly comments: number;
  readonly untabled: readonly string[];
  readonly unsure: number;
}

function backFrom({ talks, seed }: Round, file: Uint8Array): Back {
  const returned = uploaded(talks, file);
  return {
    seed,
    asked: new Map(asked(returned).map(([change, id, text]) => [`${change} ${id}`, plain(text)])),
    comments: returned.comments.filter(({ paragraph }) => paragraph !== null).length,
    untabled: returned.untabled.map(({ why }) => why),
    unsure: returned.proposals.filter(({ isSure }) => !isSure).length,
  };
}

function expectedOf({ edits: { expected, comments }, seed }: Round, isTracking: boolean): Back {
  const deletions = [...expected.keys()].filter((key) => key.startsWith("delete")).length;
  return { seed, asked: expected, comments, untabled: [], unsure: isTracking ? 0 : deletions };
}

if (libreOffice !== null) {
  const program = libreOffice;
  const seeds = Array.from({ length: rounds }, (_, index) => first + index);
  const ways: readonly Way[] = [
    { isTracking: true, mode: "clean" },
    { isTracking: false, mode: "clean" },
    { isTracking: true, mode: "review" },
    { isTracking: false, mode: "review" },
  ];

  async function hold(those: readonly Promise<Round>[], as: Saved, isTracking: boolean): Promise<void> {
    const all = await Promise.all(those);
    const files = await saved(
      program,
      all.map(({ hands }) => hands),
      as,
    );
    expect(all.map((one, index) => backFrom(one, files[index]!))).toEqual(
      all.map((one) => expectedOf(one, isTracking)),
    );
  }

  describe.each([
    { kind: "docx", as: "docx" },
    { kind: "odt", as: "odt" },
    { kind: "docx", as: "odt" },
    { kind: "odt", as: "docx" },
  ] as const)("[RET1] [RET5] given as $kind, changed in LibreOffice and saved as $as", ({ kind, as }) => {
    test.each(ways)(
      "in $mode, tracking $isTracking: exactly the edits made come back",
      (way) =>
        hold(
          seeds.map((seed) => inLibreOffice(seed, kind, way)),
          as,
          way.isTracking,
        ),
      600_000,
    );
  });

  describe.each(["docx", "odt"] as const)("[RET1] [RET5] changed in Word, and saved by LibreOffice as %s", (as) => {
    test.each(ways)(
      "in $mode, tracking $isTracking: exactly the edits made come back",
      (way) =>
        hold(
          seeds.map((seed) => inWord(seed, way)),
          as,
          way.isTracking,
        ),
      600_000,
    );
  });
}
