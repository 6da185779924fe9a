/** How much of a file is read, with reasons. */
import type { ArchiveLimits } from "./archive.ts";
import type { DocumentLimits } from "./assembling.ts";
import type { XmlLimits } from "./xml.ts";

export type ReadingLimits = ArchiveLimits & XmlLimits & DocumentLimits;

export const readingLimits: ReadingLimits = {
  inflatedBytes: 50 * 1024 * 1024,
  entries: 2_000,
  ratio: 100,
  ratioFromBytes: 1024 * 1024,
  // A report of 2,000 paragraphs, tracked on every line, has some 400,000.
  tags: 800_000,
  depth: 200,
  // As `importLimits`.
  paragraphs: 5_000,
  characters: 2_000_000,
  pieces: 100_000,
  comments: 20_000,
};
