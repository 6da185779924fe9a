/** The small values everything else is made of, each with the one door through which a string becomes one. */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A paragraph or heading for its whole life: 22 characters of base 62 (128 random bits), minted once, never reused. */
export type ParagraphId = Branded<string, "ParagraphId">;
export type PositionId = Branded<string, "PositionId">;
export type ProposalId = Branded<string, "ProposalId">;
/** A private drafting room; never named outside of it. */
export type DraftingId = Branded<string, "DraftingId">;
/** ISO 3166 alpha-3 for states; for others a code the chair's team gives: 2 to 12 capital letters, digits or hyphens. */
export type DelegationCode = Branded<string, "DelegationCode">;
/** A group of delegations: a name from the roster's regional groups, or 22 characters minted when the chair's team made it. */
export type GroupId = Branded<string, "GroupId">;
/** A package that the chair offers. */
export type PackageId = Branded<string, "PackageId">;
export type PersonId = Branded<string, "PersonId">;
/** Hex SHA-256 of a canonical wording (see `wording.ts`). */
export type WordingHash = Branded<string, "WordingHash">;
/** A silence procedure; one break of it; a statement after adoption. */
export type SilenceId = Branded<string, "SilenceId">;
export type SilenceBreakId = Branded<string, "SilenceBreakId">;
/** A request that the chair's summary be corrected in fact. */
export type CorrectionRequestId = Branded<string, "CorrectionRequestId">;
export type StatementId = Branded<string, "StatementId">;
/** A bridging text that was put back to the proposers. */
export type BridgingId = Branded<string, "BridgingId">;
/** Milliseconds since 1970, by the clock of the server that owns the negotiation. */
export type EpochMs = Branded<number, "EpochMs">;

/** Text all states agreed, or text under the chair's own responsibility. */
export type Part = "consensus" | "chair-summary";
export type BlockKind = "heading" | "paragraph";

export const parts: readonly Part[] = ["consensus", "chair-summary"];

/** What agrees words: the gavel, a silence that was not broken on them, or the adoption of the report they stand in. */
export const agreements = ["gavel", "silence", "adoption"] as const;
export type Agreement = (typeof agreements)[number];

const door =
  <T extends string>(shape: RegExp) =>
  (value: unknown): T | null =>
    typeof value === "string" && shape.test(value) ? (value as T) : null;

export const parseParagraphId = door<ParagraphId>(/^[0-9A-Za-z]{22}$/);
export const parseDelegationCode = door<DelegationCode>(/^[A-Z][A-Z0-9-]{1,11}$/);
export const parseWordingHash = door<WordingHash>(/^[0-9a-f]{64}$/);
export const epochMs = (ms: number): EpochMs => ms as EpochMs;

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * An identifier of 22 base-62 characters from random bytes. Bytes of 248 and above are skipped, so that no character is likelier.
 * @param randomBytes given a count, that many bytes of good randomness
 */
export function mintId(randomBytes: (count: number) => Uint8Array): string {
  let id = "";
  while (id.length < 22) {
    for (const byte of randomBytes(32)) {
      if (byte < 248 && id.length < 22) id += alphabet[byte % 62];
    }
  }
  return id;
}

/** What a pure function answers when the user can meet the trouble: a value or a refusal, never an exception. */
export type Result<Value, Trouble> = { ok: true; value: Value } | { ok: false; refusal: Trouble };
export const accept = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });
