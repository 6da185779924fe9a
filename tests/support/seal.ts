/** Real hashes and salts for entries that a test table made without them. */
import { sealEntry } from "../../shared/domain/chain.ts";
import type { Entry, Section } from "../../shared/domain/entries.ts";
import { sections } from "../../shared/domain/entries.ts";

export function sealAll(entries: readonly Entry[]): Entry[] {
  let prev = "0".repeat(64);
  return entries.map(({ at, who, person, what, why, seq }) => {
    const salts = Object.fromEntries(sections.map((section, i) => [section, `${seq}${i}`.padStart(32, "0")])) as {
      [S in Section]: string;
    };
    const entry = sealEntry({ seq, prev, at, who, person, what, why }, salts);
    prev = entry.hash;
    return entry;
  });
}
