/** Codecs of the small values and of what is built from them. Each gives exactly the type of `shared/domain`, or an issue. */
import * as z from "zod";
import type { Condition, ParagraphCondition } from "../domain/conditions.ts";
import type { DisclosurePreset, Method, Topic } from "../domain/entries.ts";
import { groupKinds } from "../domain/groups.ts";
import type { Disclosure, Remedy, Span } from "../domain/positions.ts";
import { audiences, grounds, levels, remedyKinds } from "../domain/positions.ts";
import type { Inline } from "../domain/text.ts";
import type { Delegation, DelegationKind, RegionalGroup, Seat } from "../domain/roster.ts";
import { parseSeat } from "../domain/roster.ts";
import type {
  BridgingId,
  CorrectionRequestId,
  DraftingId,
  DelegationCode,
  EpochMs,
  GroupId,
  PackageId,
  ParagraphId,
  Part,
  PersonId,
  PositionId,
  ProposalId,
  SilenceId,
  WordingHash,
} from "../domain/values.ts";
import { isTimeZone } from "../domain/zoned-time.ts";
import { lineInput, textInput } from "./text-input.ts";

const shaped = <T extends string>(shape: RegExp, what: string) =>
  z.string().regex(shape, `must be ${what}`) as unknown as z.ZodType<T, string>;

export const paragraphId = shaped<ParagraphId>(/^[0-9A-Za-z]{22}$/, "the id of a paragraph");
export const positionId = shaped<PositionId>(/^[0-9A-Za-z]{22}$/, "the id of a position");
export const proposalId = shaped<ProposalId>(/^[0-9A-Za-z]{22}$/, "the id of a proposal");
export const bridgingId = shaped<BridgingId>(/^[0-9A-Za-z]{22}$/, "the id of a bridging text");
export const draftingId = shaped<DraftingId>(/^[0-9A-Za-z]{22}$/, "the id of a drafting room");
export const packageId = shaped<PackageId>(/^[0-9A-Za-z]{22}$/, "the id of a package");
export const personId = shaped<PersonId>(/^[0-9A-Za-z]{22}$/, "the id of a person");
export const delegationCode = shaped<DelegationCode>(
  /^[A-Z][A-Z0-9-]{1,11}$/,
  "a code of 2 to 12 capital letters, digits or hyphens, for example XAA",
);
export const correctionRequestId = shaped<CorrectionRequestId>(/^[0-9A-Za-z]{22}$/, "the id of a request");
export const silenceId = shaped<SilenceId>(/^[0-9A-Za-z]{22}$/, "the id of a silence procedure");
export const wordingHash = shaped<WordingHash>(/^[0-9a-f]{64}$/, "the hash of a wording: 64 hexadecimal digits");
/** A moment as a whole number of milliseconds since 1970, UTC; the year 9999 is far enough. */
export const moment = z.int().min(0).max(253_402_300_799_999) as unknown as z.ZodType<EpochMs, number>;
/** How long a silence procedure is at least. */
export const silenceHours = z.int().min(0).max(720);
/** A time zone by its IANA name that this machine knows. */
export const timeZone = z.string().max(60).refine(isTimeZone, "must be a time zone, for example America/New_York");
export const groupId = shaped<GroupId>(/^[0-9A-Za-z-]{1,40}$/, "the id of a group");
/** Names a negotiation in addresses. */
export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, "must be 1 to 60 small letters, digits and hyphens");
/** Names a version in addresses. */
export const versionName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "must be the name of a version in addresses, for example rev-1");
export const roomId = shaped<string>(/^[0-9A-Za-z]{22}$/, "the name of a room");
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7E]{1,200}$/, "must be 1 to 200 visible ASCII characters, best a random UUID");

/** Seats are strings at the edge: `delegation:XAA`. */
export const spelledSeat = z
  .string()
  .regex(
    /^(?:chair|secretariat|facilitator|observer|(?:delegation|adviser|reader):[A-Z][A-Z0-9-]{1,11}|stakeholder:[A-Za-z0-9-]{1,40})$/,
    "must be a seat: chair, secretariat, facilitator, observer, delegation:CODE, adviser:CODE, reader:CODE or stakeholder:ID",
  );
export const seat = spelledSeat.transform((spelled, context) => {
  const parsed = parseSeat(spelled);
  if (parsed) return parsed;
  context.addIssue({ code: "custom", message: "must be a seat" });
  return z.NEVER;
}) satisfies z.ZodType<Seat>;

export const part = z.enum(["consensus", "chair-summary"]) satisfies z.ZodType<Part>;
export const level = z.enum(levels);
export const ground = z.enum(grounds);
export const method = z.enum(["chair-pen", "on-screen"]) satisfies z.ZodType<Method>;
export const disclosurePreset = z.enum(["closed", "delegations", "open"]) satisfies z.ZodType<DisclosurePreset>;
const audience = z.enum(audiences);

export const remedy = z.strictObject({
  kind: z.enum(remedyKinds),
  text: textInput(4_000).exactOptional(),
}) satisfies z.ZodType<Remedy>;

const kept = textInput(4_000).min(1);
/** That another paragraph is a certain way. */
export const paragraphCondition = z.discriminatedUnion("is", [
  z.strictObject({
    is: z.literal("stays"),
    paragraph: paragraphId,
    words: kept.exactOptional(),
    wording: wordingHash.exactOptional(),
    part: part.exactOptional(),
  }),
  z.strictObject({ is: z.literal("agreed"), paragraph: paragraphId }),
  z.strictObject({ is: z.literal("loses"), paragraph: paragraphId, words: kept }),
]) satisfies z.ZodType<ParagraphCondition>;
/** What a position hangs on elsewhere. */
export const condition = z.discriminatedUnion("is", [
  ...paragraphCondition.options,
  z.strictObject({ is: z.literal("stands"), package: packageId }),
]) satisfies z.ZodType<Condition>;

const offset = z.int().min(0).max(1_000_000);
export const span = z.strictObject({
  from: offset,
  to: offset,
  quote: textInput(20_000),
}) satisfies z.ZodType<Span>;

export const disclosure = z.strictObject({
  existence: audience,
  name: audience,
  reason: audience,
}) satisfies z.ZodType<Disclosure>;

export const topic = z.strictObject({
  id: z.string().regex(/^[0-9A-Za-z-]{1,40}$/, "must be 1 to 40 letters, digits and hyphens"),
  title: lineInput(200),
}) satisfies z.ZodType<Topic>;

export const delegationKind = z.enum([
  "member-state",
  "observer-state",
  "regional-organisation",
  "un-entity",
]) satisfies z.ZodType<DelegationKind>;
export const regionalGroup = z.enum([
  "african",
  "asia-pacific",
  "eastern-european",
  "latin-american-caribbean",
  "western-european-others",
  "none",
]) satisfies z.ZodType<RegionalGroup>;

/** The kinds that the chair's team makes. */
export const groupKind = z.enum(groupKinds);
const footnoteId = z.string().regex(/^[0-9A-Za-z_-]{1,40}$/, "must be 1 to 40 letters, digits, hyphens or underscores");
const mark = z.enum(["strong", "em", "underline"]);
/** Words as they come from outside: text with marks, footnotes, references. */
export const content = z
  .array(
    z.discriminatedUnion("t", [
      z.strictObject({ t: z.literal("text"), text: textInput(40_000), marks: z.array(mark).max(3).exactOptional() }),
      z.strictObject({ t: z.literal("footnote"), id: footnoteId, text: textInput(20_000) }),
      z.strictObject({ t: z.literal("ref"), to: paragraphId }),
    ]),
  )
  .max(2_000) satisfies z.ZodType<readonly Inline[]>;

export const delegation = z.strictObject({
  code: delegationCode,
  name: lineInput(120),
  kind: delegationKind,
  regionalGroup,
}) satisfies z.ZodType<Delegation>;
