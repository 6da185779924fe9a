/** What can be asked for, as it comes from outside: `commandCodec` gives a `Command` or says what is wrong with it. */
import * as z from "zod";
import { destinations, labelSchemes } from "../domain/alternatives.ts";
import { statementForms } from "../domain/adoption.ts";
import { bridgingAnswers } from "../domain/bridging.ts";
import { languages } from "../domain/languages.ts";
import type { Command, CommandKind } from "../domain/commands.ts";
import { questions } from "../domain/positions.ts";
import { changes, fatesOfTheChair } from "../domain/proposals.ts";
import { coverHows } from "../domain/versions.ts";
import { lineInput, textInput } from "./text-input.ts";
import {
  bridgingId,
  condition,
  content,
  correctionRequestId,
  delegation,
  delegationCode,
  disclosure,
  disclosurePreset,
  ground,
  groupId,
  groupKind,
  level,
  method,
  moment,
  packageId,
  paragraphCondition,
  paragraphId,
  part,
  personId,
  positionId,
  proposalId,
  remedy,
  seat,
  silenceHours,
  silenceId,
  span,
  timeZone,
  topic,
  versionName,
  wordingHash,
} from "./values.ts";

type CommandOf<K extends CommandKind> = Extract<Command, { readonly kind: K }>;
type FieldsOf<K extends CommandKind> = {
  readonly [F in Exclude<keyof CommandOf<K>, "kind">]-?: z.ZodType<CommandOf<K>[F]>;
};

/** The codec of one kind. A field that the type has and the codec lacks does not compile. */
const kind = <K extends CommandKind, F extends FieldsOf<K>>(name: K, fields: F) =>
  z.strictObject({ kind: z.literal(name), ...fields });

const reason = textInput(4_000);
const paragraphIds = z.array(paragraphId).min(1).max(1_000);
const codes = z.array(delegationCode).max(500);
/** Longer ones than a paragraph can be are refused in words by the domain. */
const words = textInput(40_000);
/** Words made of several proposals, taken up at once or put back to the proposers first. */
const bridgingText = {
  paragraph: paragraphId,
  wording: wordingHash,
  content: content.exactOptional(),
  text: words.exactOptional(),
  proposals: z.array(proposalId).min(1).max(1_000),
  reason: reason.exactOptional(),
};
const cover = {
  paragraph: paragraphId,
  reason,
  how: z.enum(coverHows).exactOptional(),
  wording: wordingHash.exactOptional(),
};

export const lodgePosition = kind("lodge-position", {
  paragraph: paragraphId,
  wording: wordingHash,
  level,
  placement: z.boolean().exactOptional(),
  ground: ground.exactOptional(),
  reason: reason.exactOptional(),
  remedy: remedy.exactOptional(),
  condition: reason.exactOptional(),
  conditions: z.array(condition).max(20).exactOptional(),
  span: span.exactOptional(),
  disclosure: disclosure.exactOptional(),
  replaces: positionId.exactOptional(),
  onBehalfOf: delegationCode.exactOptional(),
  onBehalfOfGroup: groupId.exactOptional(),
});

export const commandCodec = z.discriminatedUnion("kind", [
  lodgePosition,
  kind("withdraw-position", {
    position: positionId,
    dissociates: z.boolean().exactOptional().describe("Instead of objecting it dissociates itself after the adoption"),
  }),
  kind("confirm-position", { position: positionId, ending: z.enum(["withdrawn", "met"]).nullable().exactOptional() }),
  kind("reaffirm-position", { position: positionId, wording: wordingHash, reason: reason.exactOptional() }),
  kind("confirm-met", { position: positionId, wording: wordingHash.exactOptional() }),
  kind("ask-author", { position: positionId, whether: z.enum(questions), note: reason.exactOptional() }),
  kind("circulate", { note: textInput(1_000).exactOptional() }),
  kind("gavel", { paragraph: paragraphId, wording: wordingHash }),
  kind("reopen", { paragraph: paragraphId, reason }),
  kind("move-paragraph", { paragraph: paragraphId, to: part, reason: reason.exactOptional() }),
  kind("lift-bracket", {
    paragraph: paragraphId,
    wording: wordingHash,
    at: z.int().min(0),
    how: z.enum(["keep", "drop", "choose"]),
    reason: reason.exactOptional(),
  }),
  kind("issue-version", {
    label: lineInput(60).exactOptional(),
    symbol: lineInput(100).exactOptional(),
    date: z.iso.date().exactOptional(),
    note: textInput(4_000).exactOptional(),
    covers: z.array(z.strictObject(cover)).max(5_000).exactOptional(),
  }),
  kind("cover-change", cover),
  kind("editorial-correction", { paragraph: paragraphId, wording: wordingHash, text: textInput(50_000), reason }),
  kind("contest-correction", {
    paragraph: paragraphId,
    reason: reason.exactOptional(),
    disclosure: disclosure.exactOptional(),
    onBehalfOf: delegationCode.exactOptional(),
  }),
  kind("restore", { version: versionName, paragraph: paragraphId.exactOptional(), reason }),
  kind("group-alternatives", { paragraphs: z.array(paragraphId).min(2).max(30) }),
  kind("ungroup-alternative", { paragraph: paragraphId }),
  kind("choose-alternative", { paragraph: paragraphId, others: z.enum(destinations), reason }),
  kind("set-label-scheme", { scheme: z.enum(labelSchemes) }),
  kind("set-disclaimer", { text: textInput(2_000) }),
  kind("tie-quantifier", {
    paragraph: paragraphId,
    wording: wordingHash,
    from: z.int().min(0),
    delegations: codes,
  }),
  kind("request-correction", {
    paragraph: paragraphId,
    wording: wordingHash,
    text: reason,
    span: span.exactOptional(),
    disclosure: disclosure.exactOptional(),
    onBehalfOf: delegationCode.exactOptional(),
  }),
  kind("answer-correction", {
    request: correctionRequestId,
    corrected: z.boolean(),
    reason: reason.exactOptional(),
    text: words.exactOptional(),
    wording: wordingHash.exactOptional(),
  }),
  kind("withdraw-correction-request", { request: correctionRequestId }),
  kind("set-disclosure", {
    preset: disclosurePreset,
    phase: lineInput(80).exactOptional(),
    from: moment.exactOptional(),
  }),
  kind("set-method", { method }),
  kind("set-title", { title: lineInput(300) }),
  kind("set-language", { language: z.enum(languages).describe("What the text is written in") }),
  kind("set-agenda", { topics: z.array(topic).max(100) }),
  kind("add-delegation", { delegation }),
  kind("change-delegation", { delegation }),
  kind("remove-delegation", { delegation: delegationCode }),
  kind("invite", { seat }),
  kind("revoke-seat", { seat, person: personId }),
  kind("announce-silence", {
    scope: z.union([z.literal("whole"), paragraphIds]),
    deadline: moment,
    zone: timeZone,
    lapses: z.boolean().exactOptional(),
    adopts: z.boolean().exactOptional(),
    note: textInput(1_000).exactOptional(),
  }),
  kind("extend-silence", { procedure: silenceId, deadline: moment, reason: reason.exactOptional() }),
  kind("cancel-silence", { procedure: silenceId, reason }),
  kind("break-silence", {
    procedure: silenceId,
    paragraphs: paragraphIds.exactOptional(),
    reason: reason.exactOptional(),
    onBehalfOf: delegationCode.exactOptional(),
    onBehalfOfGroup: groupId.exactOptional(),
    alsoFor: z.array(delegationCode).max(200).exactOptional(),
  }),
  kind("set-silence-minimum", { hours: silenceHours }),
  kind("adopt", { note: textInput(1_000).exactOptional() }),
  kind("make-statement", {
    form: z.enum(statementForms),
    paragraphs: paragraphIds.exactOptional(),
    text: textInput(20_000),
    onBehalfOf: delegationCode.exactOptional(),
  }),
  kind("create-group", { name: lineInput(120), of: groupKind, invite: codes }),
  kind("change-group", {
    group: groupId,
    name: lineInput(120).exactOptional(),
    invite: codes.exactOptional(),
    remove: codes.exactOptional(),
  }),
  kind("dissolve-group", { group: groupId }),
  kind("name-speaker", { group: groupId, speaker: delegationCode.nullable() }),
  kind("join-group", { group: groupId }),
  kind("leave-group", { group: groupId }),
  kind("align", { position: positionId, adds: reason.exactOptional(), onBehalfOf: delegationCode.exactOptional() }),
  kind("depart", {
    paragraph: paragraphId,
    reason: reason.exactOptional(),
    onBehalfOf: delegationCode.exactOptional(),
  }),
  kind("prepare-package", {
    package: packageId.exactOptional(),
    title: lineInput(120),
    paragraphs: paragraphIds,
    conditions: z.array(paragraphCondition).max(200).exactOptional(),
  }),
  kind("release-package", { package: packageId }),
  kind("withdraw-package", { package: packageId, reason: reason.exactOptional() }),
  kind("table-proposal", {
    change: z.enum(changes).exactOptional(),
    paragraph: paragraphId,
    wording: wordingHash,
    content: content.exactOptional(),
    text: words.exactOptional(),
    to: part.exactOptional(),
    reason: reason.exactOptional(),
    invited: z.array(delegationCode).max(500).exactOptional(),
    disclosure: disclosure.exactOptional(),
    onBehalfOf: delegationCode.exactOptional(),
    onBehalfOfGroup: groupId.exactOptional(),
  }),
  kind("amend-proposal", {
    proposal: proposalId,
    wording: wordingHash,
    content: content.exactOptional(),
    text: words.exactOptional(),
    reason: reason.exactOptional(),
  }),
  kind("cosponsor", {
    proposal: proposalId,
    leave: z.boolean().exactOptional(),
    onBehalfOf: delegationCode.exactOptional(),
  }),
  kind("confirm-proposal", { proposal: proposalId }),
  kind("withdraw-proposal", { proposal: proposalId }),
  kind("merge-proposals", bridgingText),
  kind("dispose-proposal", {
    proposal: proposalId,
    fate: z.enum(fatesOfTheChair),
    reason: reason.exactOptional(),
    hunks: z.array(z.int().min(0).max(10_000)).max(10_000).exactOptional(),
    content: content.exactOptional(),
    text: words.exactOptional(),
    wording: wordingHash.exactOptional(),
    into: proposalId.exactOptional(),
  }),
  kind("put-bridging", bridgingText),
  kind("answer-bridging", {
    bridging: bridgingId,
    answer: z.enum(bridgingAnswers),
    reason: reason.exactOptional(),
    onBehalfOf: delegationCode.exactOptional(),
  }),
  kind("take-up-bridging", { bridging: bridgingId, reason: reason.exactOptional() }),
  kind("withdraw-bridging", { bridging: bridgingId, reason: reason.exactOptional() }),
]) satisfies z.ZodType<Command>;

/** Every kind there is: one that the codec lacks does not compile. */
export const commandKinds: readonly CommandKind[] = commandCodec.options.map((option) => option.shape.kind.value);
type Coded = z.infer<typeof commandCodec>["kind"];
true satisfies Exclude<CommandKind, Coded> extends never ? true : never;

/** Body of `POST …/commands`. */
export const commandBody = z.strictObject({ command: commandCodec });
