/** The record told in sentences, one for each entry as far as its viewer may know it: "Freedonia objected to paragraph 12". */
import type { Language } from "../domain/languages.ts";
import { placedToday, sayNumber, signsToday } from "./numbers.ts";
import type { AnnexEntry } from "../domain/annex.ts";
import type { Tally } from "../domain/burn-down.ts";
import type { Stamp, What, Why } from "../domain/entries.ts";
import { groupIn } from "../domain/groups.ts";
import type { Position, Remedy } from "../domain/positions.ts";
import type { Fact, Phase, Record } from "../domain/record.ts";
import type { Named, Stance } from "../domain/report.ts";
import type { Seat } from "../domain/roster.ts";
import { isTeam } from "../domain/roster.ts";
import { brokenParagraphs } from "../domain/silence.ts";
import type { SeenRequest } from "../domain/summary.ts";
import type { SeenRecord } from "../domain/seen-record.ts";
import type { Text } from "../domain/text.ts";
import { blocksById } from "../domain/text.ts";
import { proposalOf } from "../domain/proposals.ts";
import type { Block, Inline } from "../domain/text.ts";
import type {
  DelegationCode,
  GroupId,
  ParagraphId,
  PositionId,
  ProposalId,
  SilenceId,
  WordingHash,
} from "../domain/values.ts";
import { wordingOf } from "../domain/wording.ts";
import type { Voice } from "./say.ts";
import { readable, readableQuote } from "./signs.ts";
import { sayLeft } from "./silence.ts";
import { deadlineIn } from "./times.ts";

/** The name of a paragraph inside a sentence: what a page makes a link of. */
export interface Mention {
  readonly paragraph: ParagraphId;
  readonly words: string;
}
export type Piece = string | Mention;

/**
 * What it takes to name a paragraph.
 * @param text the text that its reader has before them: numbers are those of today, not of the day of the entry
 */
export interface Naming {
  readonly record: Record;
  readonly text: Text;
  readonly voice: Voice;
}

/** What sentences need to know besides the entry. Those who acted are named from the record, so it is the reader's own. */
export interface Telling extends Naming {
  readonly record: SeenRecord;
}

/** Where nothing is a link. */
export const flatPieces = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === "string" ? piece : piece.words)).join("");

/** The sentence of an entry, without a full stop. */
export function tell(fact: Fact, telling: Telling): readonly Piece[] {
  const { record, voice } = telling;
  const { say, pieces } = voice;
  const { what } = fact;
  const who = nameOfStamp(fact.who, telling);
  const paragraph = (id: ParagraphId): Mention => mention(id, telling);
  const group = (id: GroupId): string => nameOfGroup(id, telling);
  switch (what.kind) {
    case "position-lodged": {
      const on = paragraph(what.paragraph);
      const sentence: readonly Piece[] =
        what.placement && what.level === "objection"
          ? pieces("record.lodgedPlacement", { who, paragraph: on, part: say(`words.thePart.${what.placement}`) })
          : pieces(`record.lodged.${what.level}`, { who, paragraph: on });
      return what.confirmed ? sentence : [...sentence, ` (${say("record.lodgedFloor")})`];
    }
    case "position-confirmed":
      return flat(pieces("record.confirmed", { who, position: about(what.position, telling) }));
    case "position-withdrawn":
      return flat(
        pieces(what.dissociates ? "record.withdrewToDissociate" : "record.withdrew", {
          who,
          position: about(what.position, telling),
        }),
      );
    case "position-met":
      return flat(pieces("record.met", { who, position: about(what.position, telling) }));
    case "position-asked":
      return flat(pieces(`record.asked.${what.whether}`, { who, position: about(what.position, telling) }));
    case "position-reaffirmed":
      return flat(pieces("record.reaffirmed", { who, position: about(what.position, telling) }));
    case "position-ending-heard": {
      const team = fact.who ? nameOfSeat(fact.who.seat, telling) : say("record.team.secretariat");
      const key = what.ending === "met" ? "record.heardMet" : "record.heardWithdrawn";
      return flat(pieces(key, { who: team, position: about(what.position, telling) }));
    }
    case "position-followed": {
      const position = about(what.position, telling);
      if (what.on.length === 0) return flat(pieces("record.followedNowhere", { position }));
      const places = what.on.flatMap((id, index): Piece[] => (index === 0 ? [paragraph(id)] : [", ", paragraph(id)]));
      return flat(pieces(what.strayed ? "record.followedAstray" : "record.followed", { position, places }));
    }
    case "proposal-tabled": {
      const about = { who, paragraph: paragraph(what.paragraph) };
      const sentence: readonly Piece[] =
        what.change === "move"
          ? pieces("record.proposed.move", { ...about, part: say(`words.thePart.${what.to ?? "consensus"}`) })
          : pieces(`record.proposed.${what.change}`, about);
      return [
        ...sentence,
        ...(what.supersedes ? [` (${say("record.proposedAmends")})`] : []),
        ...(what.confirmed ? [] : [` (${say("record.lodgedFloor")})`]),
      ];
    }
    case "proposal-confirmed":
      return flat(pieces("record.proposalConfirmed", { who, proposal: proposed(what, telling) }));
    case "proposal-cosponsored":
      return [
        ...flat(pieces("record.cosponsored", { who, proposal: proposed(what, telling) })),
        ...(what.heard ? [` (${say("record.lodgedFloor")})`] : []),
      ];
    case "proposal-cosponsor-left":
      return flat(pieces("record.cosponsorLeft", { who, proposal: proposed(what, telling) }));
    case "proposal-withdrawn":
      return flat(pieces("record.proposalWithdrawn", { who, proposal: proposed(what, telling) }));
    case "proposal-disposed":
      return flat(pieces(`record.disposed.${what.fate}`, { who, proposal: proposed(what, telling) }));
    case "bridging-put":
      return pieces(fact.who && !isTeam(fact.who.seat) ? "record.bridgingHandedOn" : "record.bridgingPut", {
        who,
        paragraph: paragraph(what.paragraph),
      });
    case "bridging-answered":
      return [
        ...flat(pieces(`record.bridgingAnswered.${what.answer}`, { who, paragraph: paragraph(what.paragraph) })),
        ...(what.heard ? [` (${say("record.lodgedFloor")})`] : []),
      ];
    case "bridging-ended":
      return pieces(`record.bridgingEnded.${what.how}`, { who, paragraph: paragraph(what.paragraph) });
    case "paragraph-gavelled":
      return pieces("record.gavelled", { who, paragraph: paragraph(what.paragraph) });
    case "paragraph-reopened":
      return pieces("record.reopened", { who, paragraph: paragraph(what.paragraph) });
    case "paragraph-moved":
      return pieces("record.moved", {
        who,
        paragraph: paragraph(what.paragraph),
        part: say(`words.thePart.${what.to}`),
      });
    case "bracket-lifted":
      return pieces(`record.lifted.${what.how}`, {
        who,
        paragraph: paragraph(what.paragraph),
        words: readable(what.words),
      });
    case "position-lapsed":
      return flat(pieces("record.lapsed", { position: about(what.position, telling) }));
    case "silence-announced": {
      const scope = what.whole
        ? [say("record.silenceWhole")]
        : enumerated(
            what.paragraphs.map((one) => one.paragraph),
            telling,
          );
      const deadline = deadlineIn(what.deadline, what.zone, voice.language);
      return [
        ...flat(pieces("record.silenceAnnounced", { who, scope, deadline })),
        ...(what.adopts ? [`; ${say("record.silenceAdopts")}`] : []),
        ...(what.lapses ? [`; ${say("record.silenceLapses")}`] : []),
      ];
    }
    case "silence-extended": {
      const zone = record.silences.get(what.silence)?.zone ?? "UTC";
      const deadline = deadlineIn(what.deadline, zone, voice.language);
      if (!what.outage) return [say("record.silenceExtended", { who, deadline })];
      const { from, to, clock } = what.outage;
      if (clock) return [say("record.silenceClock", { seconds: sayLeft(to - from, voice), deadline })];
      const count = Math.max(1, Math.round((to - from) / 60_000));
      return [say("record.silenceOutage", { minutes: say("record.minutes", { count }), deadline })];
    }
    case "silence-cancelled":
      return [say("record.silenceCancelled", { who })];
    case "silence-broken": {
      const scope = scopeOf(what.silence, what.paragraphs, telling);
      const sentence = flat(pieces(what.inTime ? "record.silenceBroken" : "record.silenceBrokenLate", { who, scope }));
      return what.confirmed ? sentence : [...sentence, ` (${say("record.lodgedFloor")})`];
    }
    case "silence-closed": {
      if (what.passed.length === 0) return [say("record.silenceFell")];
      const silence = record.silences.get(what.silence);
      const held = silence !== undefined && brokenParagraphs(silence).size === 0;
      const passed = what.passed.map((one) => one.paragraph);
      // Of the whole, what had been agreed before does not pass once more.
      const scope = held && silence.whole ? [say("record.silenceWhole")] : enumerated(passed, telling);
      return flat(pieces(held ? "record.silenceHeld" : "record.silenceHeldInPart", { scope }));
    }
    case "adopted":
      if (what.silence) return [say("record.adoptedBySilence")];
      return [say(what.byConsensus ? "record.adoptedByConsensus" : "record.adopted", { who })];
    case "statement-made": {
      const scope = what.paragraphs.length === 0 ? [say("record.theReport")] : enumerated(what.paragraphs, telling);
      const sentence = flat(pieces(`record.statement.${what.form}`, { who, scope }));
      return what.confirmed ? sentence : [...sentence, ` (${say("record.lodgedFloor")})`];
    }
    case "circulated": {
      if (what.auto) return [say("record.circulatedAuto")];
      const first = record.circulations[0]?.seq === fact.seq;
      return [say(first ? "record.circulatedFirst" : "record.circulated", { who })];
    }
    case "version-issued":
      return [say("record.issued", { who, version: what.symbol ? `${what.label} (${what.symbol})` : what.label })];
    case "change-covered":
      return pieces("record.covered", { who, paragraph: paragraph(what.paragraph) });
    case "paragraph-corrected":
      return pieces("record.corrected", { who, paragraph: paragraph(what.paragraph) });
    case "correction-contested":
      return pieces("record.correctionContested", { who, paragraph: paragraph(what.paragraph) });
    case "alternatives-grouped":
      return flat(pieces("record.alternativesGrouped", { who, paragraphs: enumerated(what.paragraphs, telling) }));
    case "alternative-ungrouped":
      return pieces("record.alternativeUngrouped", { who, paragraph: paragraph(what.paragraph) });
    case "alternative-chosen":
      return pieces(`record.alternativeChosen.${what.to}`, { who, paragraph: paragraph(what.paragraph) });
    case "quantifier-tied": {
      const about = { who, words: what.words, paragraph: paragraph(what.paragraph) };
      const names = voice.list(what.delegations.map((code) => nameOf(code, record)));
      return names === "" ? pieces("record.tiedToNobody", about) : pieces("record.tied", { ...about, names });
    }
    case "correction-requested": {
      const sentence: readonly Piece[] = pieces("record.correctionRequested", {
        who,
        paragraph: paragraph(what.paragraph),
      });
      return what.confirmed ? sentence : [...sentence, ` (${say("record.lodgedFloor")})`];
    }
    case "correction-answered":
      return pieces(what.corrected ? "record.correctionMade" : "record.correctionRefused", {
        who,
        paragraph: paragraph(what.paragraph),
      });
    case "correction-request-withdrawn":
      return pieces("record.correctionWithdrawn", { who, paragraph: paragraph(what.paragraph) });
    case "text-restored": {
      const version = record.versions.find(({ name }) => name === what.version)?.label ?? what.version;
      const [first] = what.paragraphs;
      return what.whole || !first
        ? [say("record.restoredWhole", { who, version })]
        : pieces("record.restored", { who, version, paragraph: paragraph(first) });
    }
    case "negotiation-opened":
      return [say("record.opened", { who, title: what.settings.title })];
    case "settings-changed":
      return [saySettings(what, fact, telling)];
    case "data-restored":
      return [say("record.dataRestored", { moment: deadlineIn(what.from, "UTC", voice.language) })];
    case "agenda-set":
      return [say("record.agenda", { who })];
    case "delegation-entered":
      return [say("record.delegationEntered", { who, delegation: what.delegation.name })];
    case "delegation-changed":
      return [say("record.delegationChanged", { who, delegation: what.delegation.name })];
    case "delegation-removed":
      return [say("record.delegationRemoved", { who, delegation: nameOf(what.delegation, record) })];
    case "seat-invited":
      return [say("record.seatInvited", { who, seat: nameOfSeat(what.seat, telling) })];
    case "seat-taken":
      return [say("record.seatTaken", { name: what.name, seat: nameOfSeat(what.seat, telling) })];
    case "seat-revoked":
      return [say("record.seatRevoked", { who, seat: nameOfSeat(what.seat, telling) })];
    case "group-made":
      return [say("record.groupMade", { who, group: capital(what.name) })];
    case "group-renamed":
      return [say("record.groupRenamed", { who, group: capital(what.name) })];
    case "group-invited":
      return [
        say("record.groupInvited", { who, delegation: nameOf(what.delegation, record), group: group(what.group) }),
      ];
    case "group-joined":
      return [say("record.groupJoined", { who: nameOf(what.delegation, record), group: group(what.group) })];
    case "group-left":
      return [
        fact.who && isTeam(fact.who.seat)
          ? say("record.groupRemoved", { who, delegation: nameOf(what.delegation, record), group: group(what.group) })
          : say("record.groupLeft", { who: nameOf(what.delegation, record), group: group(what.group) }),
      ];
    case "group-speaker-named":
      return [
        what.speaker
          ? say("record.groupSpeaker", { who, delegation: nameOf(what.speaker, record), group: group(what.group) })
          : say("record.groupNoSpeaker", { who, group: group(what.group) }),
      ];
    case "group-dissolved":
      return [say("record.groupDissolved", { who, group: group(what.group) })];
    case "alignment-stated": {
      const position = record.positions.get(what.position);
      const whose = nameOfAuthor(position?.by ?? null, position?.group ?? null, telling);
      return [
        ...flat(pieces("record.aligned", { who, whose, position: about(what.position, telling) })),
        ...(what.heard ? [` (${say("record.lodgedFloor")})`] : []),
      ];
    }
    case "package-prepared":
      return [say("record.packagePrepared", { who, title: what.title })];
    case "package-released": {
      const scope = enumerated(what.paragraphs, telling);
      return flat(pieces("record.packageReleased", { who, title: what.title, scope }));
    }
    case "package-withdrawn": {
      const offer = record.packages.get(what.id);
      return [say("record.packageWithdrawn", { who, title: offer?.title ?? say("record.aPackage") })];
    }
    case "departure-stated":
      return [
        ...flat(pieces("record.departed", { who, paragraph: paragraph(what.paragraph) })),
        ...(what.heard ? [` (${say("record.lodgedFloor")})`] : []),
      ];
  }
}

/** The reason or the note that an entry gives to all who may know of it. */
export function reasonIn(what: What): string | null {
  if ("reason" in what && what.reason) return what.reason;
  return "note" in what && what.note ? what.note : null;
}

/** "paragraph 3, paragraph 4, paragraph 7" */
const enumerated = (paragraphs: readonly ParagraphId[], telling: Naming): readonly Piece[] =>
  paragraphs.flatMap((id, index): Piece[] => [...(index === 0 ? [] : [", "]), mention(id, telling)]);

/** All that a procedure runs on is said in a few words, not paragraph by paragraph. */
function scopeOf(id: SilenceId, paragraphs: readonly ParagraphId[], telling: Telling): readonly Piece[] {
  const silence = telling.record.silences.get(id);
  return silence?.whole && paragraphs.length === silence.paragraphs.length
    ? [telling.voice.say("record.silenceWhole")]
    : enumerated(paragraphs, telling);
}

/** Words by their name; undefined where this reader has never had them. */
export function wordsNamed(
  wording: WordingHash,
  paragraph: ParagraphId,
  { text, record }: Pick<Naming, "record" | "text">,
): readonly Inline[] | undefined {
  // Of the same words the notes of this very paragraph are numbered.
  for (const one of [text, record.text]) {
    const content = blocksById(one).get(paragraph)?.content;
    if (content && wordingOf(content).hash === wording) return content;
  }
  return record.words.get(wording);
}

/** What was given as the reason of an entry, a line each; empty where there is none or where it is hidden. */
export const tellWhy = ({ what, why }: Pick<Fact, "what" | "why">, telling: Naming): readonly string[] => {
  const on = "paragraph" in what && "wording" in what && what.wording;
  return why ? tellGiven(why, telling, on ? wordsNamed(on, what.paragraph, telling) : undefined) : [];
};

/** @param on the words that it was given on, where they are known */
export function tellGiven(why: Why, telling: Naming, on: readonly Inline[] | undefined): readonly string[] {
  const { record, voice } = telling;
  const { say, list } = voice;
  const signs = signsToday(telling);
  return [
    ...(why.span ? [say("record.wordsConcerned", { words: readableQuote(why.span, on, signs) })] : []),
    ...(why.used?.some((words) => words !== "")
      ? [
          say("record.wordsUsed", {
            words: why.used.flatMap((words) => (words === "" ? [] : readable(words))).join("” “"),
          }),
        ]
      : []),
    ...(why.content ? [say("record.proposedWords", { words: readable(why.content, signs) })] : []),
    ...(why.reason ? [say("record.reason", { reason: why.reason })] : []),
    ...(why.remedy ? [say("record.remedy", { remedy: sayRemedy(why.remedy, say) })] : []),
    ...(why.ground ? [say("record.ground", { ground: say(`words.ground.${why.ground}`) })] : []),
    ...(why.alsoFor
      ? [say("record.silenceAlsoFor", { names: list(why.alsoFor.map((code) => nameOf(code, record))) })]
      : []),
    ...(why.condition ? [say("record.condition", { condition: why.condition })] : []),
  ];
}

/** "Replace them with: “…”", or the author's own words when that is all there is. */
export function sayRemedy({ kind, text }: Remedy, say: Voice["say"]): string {
  if (kind === "other" && text) return `“${text}”`;
  return text ? `${say(`words.remedy.${kind}`)}: “${text}”` : say(`words.remedy.${kind}`);
}

/** Over what was proposed on one paragraph: "On paragraph 3". */
export function sayAnnexed({ number, part }: Pick<AnnexEntry, "number" | "part">, { say }: Pick<Voice, "say">): string {
  if (number === null) return say("summary.annex.onRemoved");
  if (number === "") return say("summary.annex.onHeading");
  return say("summary.annex.on", { number: sayNumber({ number, part }, { say }) });
}

/** What is open in one section of one text: "4", "4 + 1 alt."; "–" for a section that did not exist. */
export const sayTally = (tally: Tally | null, { say }: Pick<Voice, "say">): string =>
  tally === null
    ? "–"
    : tally.alternatives === 0
      ? String(tally.brackets)
      : say("desk.overview.brackets.both", { brackets: tally.brackets, alternatives: tally.alternatives });

/** A seat as people say it: "Chair", "Lunari", "Lunari (Adviser)". */
export function nameOfSeat(seat: Seat, { record, voice: { say } }: Pick<Naming, "record" | "voice">): string {
  const role = say(`words.role.${seat.role}`);
  if (!("delegation" in seat)) return role;
  const name = nameOf(seat.delegation, record);
  return seat.role === "delegation" ? name : say("record.seatOf", { name, role });
}

/** "paragraph 12", "the heading “Threats”"; for what is gone, that it is gone. */
export function mention(id: ParagraphId, naming: Naming): Mention {
  const { text, record, voice } = naming;
  const { say } = voice;
  const heading = ({ content }: Pick<Block, "content">): Mention => ({
    paragraph: id,
    words: say("record.heading", { words: readable(content, signsToday(naming)) }),
  });
  const block = blocksById(text).get(id);
  if (!block) {
    const was = record.removed.get(id);
    if (was?.kind === "heading") return heading(was);
    return { paragraph: id, words: say("record.paragraphGone") };
  }
  const placed = placedToday(id, record, text);
  if (!placed) return heading(block);
  return { paragraph: id, words: say("record.paragraph", { number: sayNumber(placed, { say }) }) };
}

export function nameOfStamp(who: Stamp | null, telling: Telling): string {
  const { voice } = telling;
  if (!who) return voice.say("record.someone");
  const speaker = who.onBehalfOf ?? ("delegation" in who.seat ? who.seat.delegation : null);
  if (speaker) return nameOfAuthor(speaker, who.onBehalfOfGroup ?? null, telling);
  const { role } = who.seat;
  return isTeam(who.seat) ? voice.say(`record.team.${role as "chair"}`) : voice.say(`words.role.${role}`);
}

/** "Halvern", "Halvern on behalf of the Coastal States", "A delegation". */
function nameOfAuthor(by: DelegationCode | null, group: GroupId | null, telling: Telling): string {
  const { say } = telling.voice;
  if (by === null) return say("record.someone");
  const who = nameOf(by, telling.record);
  return group === null ? who : say("words.onBehalf", { who, group: nameOfGroup(group, telling) });
}

/** Who stated something, as it is shown beside it. */
export const sayNamed = ({ name, group }: Named, { say }: Pick<Voice, "say">): string =>
  group ? say("words.onBehalf", { who: name, group: group.name }) : name;

/** The same, or "A delegation" where its name may not be known. */
export const sayWho = (by: Named | undefined, voice: Pick<Voice, "say">): string =>
  by ? sayNamed(by, voice) : voice.say("record.someone");

/** "Asked whether a dissociation would do instead: no. It is our red line." */
export function sayDeclined(
  { whether, reason }: NonNullable<Position["declined"]>,
  { say }: Pick<Voice, "say">,
): string {
  const answer = say(`desk.position.declined.${whether}`);
  return reason === null ? answer : say("desk.position.declined.because", { answer, reason });
}

/** "Objection", "Objection (on behalf of the Coastal States)". */
export function sayStance({ level, position, throughGroup }: Stance, { say }: Pick<Voice, "say">): string {
  const words = say(`words.level.${level}`);
  return throughGroup ? say("words.throughGroup", { level: words, group: position.by?.group?.name ?? "" }) : words;
}

const nameOfGroup = (id: GroupId, { record, voice }: Telling): string =>
  groupIn(record, id)?.name ?? voice.say("words.someGroup");

/** The name of a group is written as it is said inside a sentence. */
export const capital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** A rule of disclosure that is set, announced or begins is named; of other rules it is said that they changed. */
function saySettings(what: Extract<What, { kind: "settings-changed" }>, fact: Fact, telling: Telling): string {
  const { record, voice } = telling;
  const who = nameOfStamp(fact.who, telling);
  const { disclosure, phase: name = null } = what.settings;
  if (what.begins) return voice.say("record.phaseBegan", { rule: sayRule({ disclosure, name }, voice) });
  const phase = record.phases.find(({ seq }) => seq === fact.seq);
  if (!phase) return voice.say("record.settings", { who });
  const rule = sayRule(phase, voice);
  if (phase.from <= fact.at) return voice.say("record.phaseSet", { who, rule });
  const when = deadlineIn(phase.from, "America/New_York", voice.language);
  return voice.say("record.phaseAnnounced", { who, when, rule });
}

/** "Second reading: among delegations" */
export function sayRule({ name, disclosure }: Pick<Phase, "name" | "disclosure">, { say }: Voice): string {
  const rule = say(`words.rule.${disclosure}`);
  return name === null ? rule : say("words.phase", { name, rule });
}

/** "Lunari asks for a correction of fact: … Not answered yet." */
export function sayRequest({ by, says, answer }: SeenRequest, { say }: Voice): string {
  const asks = by ? say("summary.request.asks", { who: by.name }) : say("summary.request.asksHidden");
  return [
    says === undefined ? `${asks}.` : `${asks}: ${says}`,
    say(answer ? `summary.request.answered.${answer.how}` : "summary.request.waiting"),
    ...(answer?.outstanding ? [say("summary.request.outstanding")] : []),
    ...(answer?.reason === undefined ? [] : [say("summary.request.because", { reason: answer.reason })]),
  ].join(" ");
}

const nameOf = (code: DelegationCode, record: Record): string => record.delegations.get(code)?.name ?? code;

/** "objection to paragraph 12" */
function about(id: PositionId, telling: Telling): readonly Piece[] {
  const position = telling.record.positions.get(id);
  if (!position) throw new Error(`tell: position ${id} was never lodged`);
  return telling.voice.pieces(`record.position.${position.level}`, {
    paragraph: mention(position.on[0] ?? position.paragraph, telling),
  });
}

/** "the proposal of Lunari on paragraph 12" */
function proposed(
  { proposal: id, paragraph }: { readonly proposal: ProposalId; readonly paragraph: ParagraphId },
  telling: Telling,
): readonly Piece[] {
  const { record, voice } = telling;
  const by = proposalOf(record, id)?.by;
  return voice.pieces("record.proposal", {
    who: by ? nameOf(by, record) : voice.say("record.aDelegation"),
    paragraph: mention(paragraph, telling),
  });
}

const flat = (pieces: readonly (Piece | readonly Piece[])[]): readonly Piece[] => pieces.flat();

/** "Original: French" */
export const sayOriginal = (language: Language, { say }: Voice): string =>
  say("publication.original", { language: say(`publication.languages.${language}`) });
