/**
 * The chain of the record (SPEC: CHN): each entry's hash covers its number, the hash before, and a salted commitment to each section.
 * So a viewer from whom sections or whole entries are hidden can still check that nothing was changed, left out or put in.
 *
 *   commitment = SHA-256 of the canonical JSON [salt, value]
 *   hash       = SHA-256 of the canonical JSON {v: 1, seq, prev, and for each section its commitment}
 */
import { canonicalJson, sha256Hex } from "./canonical-json.ts";
import type { Entry, Hidden, Section, SeenEntry } from "./entries.ts";
import { sections } from "./entries.ts";

/** A place in the chain: an entry's number and hash. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

/** What the first entry follows. */
export const beginning: Link = { seq: 0, hash: "0".repeat(64) };

export type EntryDraft = Pick<Entry, "seq" | "prev" | Section>;

/** @param salts 16 random bytes in hex per section, never used before: without them a short reason could be guessed from its commitment */
export function sealEntry(draft: EntryDraft, salts: Entry["salts"]): Entry {
  const commitments = sections.map((section) => [section, commitment(salts[section], draft[section])] as const);
  return { v: 1, ...draft, hash: hashOf(draft, Object.fromEntries(commitments)), salts };
}

const commitment = (salt: string, value: unknown): string => sha256Hex(canonicalJson([salt, value]));

const hashOf = (
  { seq, prev }: Pick<Entry, "seq" | "prev">,
  commitments: { readonly [section: string]: string },
): string => sha256Hex(canonicalJson({ ...commitments, v: 1, seq, prev }));

/** The entry with sections hidden behind their commitments. `at` and `what` are always shown: to hide them, `seal`. */
export function redact(entry: Entry, visible: ReadonlySet<Section>): SeenEntry {
  const { v, seq, prev, hash, at, what } = entry;
  const salts: { [section in Section]?: string } = {};
  for (const section of sections) {
    if (visible.has(section) || section === "at" || section === "what") salts[section] = entry.salts[section];
  }
  const shown = <S extends Section>(section: S): Entry[S] | Hidden =>
    salts[section] === undefined ? { hidden: commitment(entry.salts[section], entry[section]) } : entry[section];
  return { v, seq, prev, hash, at, what, who: shown("who"), person: shown("person"), why: shown("why"), salts };
}

/** That there is an entry, and nothing else. */
export const seal = ({ seq, prev, hash }: Entry): SeenEntry => ({ seq, prev, hash, sealed: true });

export type Verdict =
  | { readonly ok: true; readonly last: Link }
  /** `seq`: where an entry with this number should stand. */
  | { readonly ok: false; readonly seq: number; readonly why: "number" | "link" | "contents" };

/**
 * Whether the entries follow each other and `after`, and each one shown is what its hash says.
 * The hash of a sealed entry is checked by the entry that follows it; a last sealed one is not (CHN5).
 * @param after the last entry checked before; null from the beginning
 */
export function verifySeen(entries: readonly SeenEntry[], after: Link | null): Verdict {
  let last = after ?? beginning;
  for (const entry of entries) {
    const seq = last.seq + 1;
    if (entry.seq !== seq) return { ok: false, seq, why: "number" };
    if (entry.prev !== last.hash) return { ok: false, seq, why: "link" };
    if (!("sealed" in entry) && recomputed(entry) !== entry.hash) return { ok: false, seq, why: "contents" };
    last = { seq, hash: entry.hash };
  }
  return { ok: true, last };
}

/** The hash by what is shown; null when something that is neither shown nor hidden is missing. */
function recomputed(entry: Exclude<SeenEntry, { sealed: true }>): string | null {
  try {
    if (entry.v !== 1) return null;
    const commitments: { [section: string]: string } = {};
    for (const section of sections) {
      const salt = entry.salts[section];
      const value: unknown = entry[section];
      commitments[section] = salt === undefined ? (value as Hidden).hidden : commitment(salt, value);
    }
    return hashOf(entry, commitments);
  } catch {
    return null; // what has no canonical form was never hashed
  }
}
