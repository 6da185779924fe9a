/** One sign for each position and status, the same on desks and pages. A word always stands beside or behind it: none is told alone. */
import type { Level } from "../domain/positions.ts";
import type { ShownStatus } from "./status.ts";

export const levelGlyph: Readonly<Record<Level, string>> = {
  support: "+",
  accept: "✓",
  question: "?",
  concern: "!",
  reservation: "◐",
  "awaiting-instructions": "◔",
  objection: "✕",
};

export const statusGlyph: Readonly<Record<ShownStatus, string>> = {
  agreed: "●",
  contested: "✕",
  bracketed: "[]",
  reopened: "↺",
  open: "○",
};

export const proposalGlyph = "✎";
