/**
 * Who may see what (SPEC: DIS). The one presenter of the record: frames, API, pages and exports all ask `present`, and everything
 * else they show is folded from what it lets through.
 */
import type { BridgingText } from "./bridging.ts";
import { bridgingOf, isAsked } from "./bridging.ts";
import { redact, seal } from "./chain.ts";
import type { DisclosurePreset, Entry, Section, SeenEntry } from "./entries.ts";
import { isPartyTo } from "./groups.ts";
import type { Audience, Disclosure, Level, Position } from "./positions.ts";
import { audiences } from "./positions.ts";
import type { Record } from "./record.ts";
import type { Named } from "./report.ts";
import type { Viewer } from "./roster.ts";
import { delegationOf, isTeam } from "./roster.ts";
import { isParty, proposalOf } from "./proposals.ts";
import type { DelegationCode, PositionId, ProposalId } from "./values.ts";

const presets: { readonly [P in DisclosurePreset]: Disclosure } = {
  closed: { existence: "delegations", name: "chair", reason: "chair" },
  delegations: { existence: "public", name: "delegations", reason: "delegations" },
  open: { existence: "public", name: "public", reason: "public" },
};

/** The rule that a preset is. */
export const rulesOf = (preset: DisclosurePreset): Disclosure => presets[preset];

/** Who may know at all that something is stated, by the rule of the negotiation. */
export const existenceOf = (preset: DisclosurePreset): Audience => presets[preset].existence;

/** Who may know why something is stated, by the rule of the negotiation. */
export const audienceOfReasons = (preset: DisclosurePreset): Audience => presets[preset].reason;

export const widerOf = (a: Audience, b: Audience): Audience => (audiences.indexOf(a) > audiences.indexOf(b) ? a : b);

/**
 * What a position discloses for good, decided when it is lodged: the negotiation's rule at that moment, widened by its owner (DIS2).
 * Neither a name nor a reason is ever known to more than may know of the position.
 */
export function disclosureFor(preset: DisclosurePreset, level: Level, chosen?: Disclosure): Disclosure {
  const rule = presets[preset];
  const name = chosen ? widerOf(rule.name, chosen.name) : rule.name;
  const reason = chosen ? widerOf(rule.reason, chosen.reason) : rule.reason;
  let existence = chosen ? widerOf(rule.existence, chosen.existence) : rule.existence;
  if (level === "objection") existence = widerOf(existence, "delegations"); // DIS3: what blocks is never hidden from those it blocks
  return { existence: widerOf(existence, widerOf(name, reason)), name, reason };
}

/** Whether a viewer belongs to an audience. */
export function isAmong(viewer: Viewer, audience: Audience): boolean {
  if (audience === "public" || viewer.kind === "team") return true;
  return audience === "delegations" && viewer.kind === "delegation";
}

/** The same key for viewers who see the same of everything: what is made for one of them can be kept for all. */
export const audienceKey = (viewer: Viewer): string =>
  viewer.kind === "delegation" ? `delegation:${viewer.code}` : viewer.kind === "stakeholder" ? "public" : viewer.kind;

/** Nothing about positions may be known to this viewer: only `agreed` and `open` are shown, no blockers, no counts (DIS6). */
export const knowsOfPositions = (record: Record, viewer: Viewer): boolean =>
  isAmong(viewer, presets[record.settings.disclosure].existence);

/**
 * The record with the positions that this viewer may know of: what is counted for them, and what their statuses follow from. Where the
 * rule was narrower before, what was stated under it stays unknown (DIS1). A delegation and the team know that every position exists.
 */
export function knownTo(record: Record, viewer: Viewer): Record {
  if (isAmong(viewer, "delegations")) return record;
  let known = publicly.get(record);
  if (!known) {
    const isPublic = ({ disclosure }: Position): boolean => disclosure.existence === "public";
    const hidesSome = [...record.positions.values()].some((position) => !isPublic(position));
    known = !hidesSome
      ? record
      : {
          ...record,
          positions: new Map([...record.positions].filter(([, position]) => isPublic(position))),
          standing: new Map([...record.standing].map(([id, here]) => [id, publicAmong(here, isPublic)])),
        };
    publicly.set(record, known);
  }
  return known;
}

const publicly = new WeakMap<Record, Record>();
const publicHere = new WeakMap<readonly Position[], readonly Position[]>();

/** The same list for the same list, so that a paragraph is composed again only when something was said about it. */
function publicAmong(here: readonly Position[], isPublic: (position: Position) => boolean): readonly Position[] {
  let known = publicHere.get(here);
  if (!known) publicHere.set(here, (known = here.every(isPublic) ? here : here.filter(isPublic)));
  return known;
}

const everything: ReadonlySet<Section> = new Set<Section>(["at", "who", "person", "what", "why"]);

/**
 * An entry as this viewer may see it: whole, with sections hidden behind their commitments, or sealed.
 * @param record any record that has folded the entry, or a later one: whose a position is and what it discloses never change
 */
export function present(entry: Entry, viewer: Viewer, record: Record): SeenEntry {
  const shown = sectionsShown(entry, viewer, record);
  return shown === null ? seal(entry) : redact(entry, shown);
}

function sectionsShown(entry: Entry, viewer: Viewer, record: Record): ReadonlySet<Section> | null {
  if (viewer.kind === "team") return everything;
  const { what } = entry;
  switch (what.kind) {
    case "position-lodged":
      return ofPosition(entry, what.id, viewer, record);
    case "position-confirmed":
    case "position-withdrawn":
    case "position-met":
    case "position-reaffirmed":
    case "position-ending-heard":
    case "position-followed":
    case "position-lapsed":
      return ofPosition(entry, what.position, viewer, record);
    case "position-asked": {
      // Between the chair and its author (POS14).
      const position = record.positions.get(what.position);
      if (!position) throw new Error(`present: position ${what.position} was never lodged`);
      return viewer.kind === "delegation" && isPartyTo(position, viewer.code) ? everything : null;
    }
    case "proposal-tabled":
      return ofProposal(entry, what.id, viewer, record);
    case "proposal-confirmed":
    case "proposal-cosponsored":
    case "proposal-cosponsor-left":
    case "proposal-withdrawn":
    case "proposal-disposed":
      return ofProposal(entry, what.proposal, viewer, record);
    case "bridging-put":
      return isPutTo(what, viewer, record) ? everything : null;
    case "bridging-ended":
      return isPutTo(bridgingOf(record, what.bridging), viewer, record) ? everything : null;
    case "bridging-answered":
      // To the chair's team alone: what one sponsor thinks of it is not for the others (MER5).
      return viewer.kind === "delegation" && delegationBehind(entry) === viewer.code ? everything : null;
    case "seat-invited":
    case "seat-taken":
    case "seat-revoked":
      // A seat is shown to the team and to the delegation it belongs to (ruling 6).
      return viewer.kind === "delegation" && "delegation" in what.seat && what.seat.delegation === viewer.code
        ? everything
        : null;
    case "correction-contested":
      return ofContest(entry, what.disclosure, viewer);
    case "change-covered":
      // The draft is the team's until a version states it; what is said in issuing one is said to everyone.
      return what.issued ? everything : null;
    case "version-issued":
    case "paragraph-corrected":
    case "text-restored":
      return everything;
    case "paragraph-moved":
    case "bracket-lifted":
    case "alternatives-grouped":
    case "alternative-ungrouped":
    case "alternative-chosen":
      return what.drafting ? null : everything;
    case "negotiation-opened":
    case "settings-changed":
    case "agenda-set":
    case "data-restored":
    case "delegation-entered":
    case "delegation-changed":
    case "delegation-removed":
    case "circulated":
    case "paragraph-gavelled":
    case "paragraph-reopened":
    case "adopted":
      return everything;
    case "statement-made":
      return disclosed(entry, delegationBehind(entry), presets.open, viewer);
    case "quantifier-tied":
      return isAmong(viewer, what.audience) ? everything : null;
    case "correction-requested":
      return disclosed(entry, delegationBehind(entry), what.disclosure, viewer);
    case "correction-answered":
    case "correction-request-withdrawn": {
      const request = record.summary.requests.find(({ id }) => id === what.request);
      if (!request) throw new Error(`present: correction ${what.request} was never requested`);
      const shown = disclosed(entry, request.by, request.disclosure, viewer);
      // Who answers acts in office: there is no name to hide.
      return shown && what.kind === "correction-answered" ? new Set([...shown, "who", "person"]) : shown;
    }
    case "silence-announced":
    case "silence-closed":
      return isAmong(viewer, what.audience) ? everything : null;
    case "silence-extended":
    case "silence-cancelled":
      return isAmong(viewer, record.silences.get(what.silence)?.audience ?? "chair") ? everything : null;
    case "silence-broken":
      // The announcement has the wider audience: who may know of a break knows of what was broken.
      return disclosed(entry, delegationBehind(entry), what.disclosure, viewer);
    case "group-invited":
      return viewer.kind === "delegation" && viewer.code === what.delegation ? everything : null;
    case "group-made":
    case "group-renamed":
    case "group-joined":
    case "group-left":
    case "group-speaker-named":
    case "group-dissolved":
      return isTeam(entry.who.seat) || isBySide(entry, viewer) ? everything : withoutPerson;
    case "alignment-stated": {
      // What a member adds is its own: the other members know of it what the position's rule says (GRP9).
      const position = record.positions.get(what.position);
      if (!position) throw new Error(`present: position ${what.position} was never lodged`);
      return disclosed(entry, delegationBehind(entry), position.disclosure, viewer);
    }
    case "package-prepared":
      return null;
    case "package-released":
      return isAmong(viewer, what.audience) ? everything : null;
    case "package-withdrawn":
      // One that was never released is the team's own to the end.
      return isAmong(viewer, record.packages.get(what.id)?.released?.audience ?? "chair") ? everything : null;
    case "departure-stated":
      return disclosed(entry, delegationBehind(entry), what.disclosure, viewer);
  }
}

const withoutPerson: ReadonlySet<Section> = new Set<Section>(["at", "who", "what", "why"]);

const isBySide = ({ who }: Entry, viewer: Viewer): boolean =>
  viewer.kind === "delegation" && delegationOf(who.seat) === viewer.code;

function ofPosition(entry: Entry, id: PositionId, viewer: Viewer, record: Record): ReadonlySet<Section> | null {
  const position = record.positions.get(id);
  if (!position) throw new Error(`present: position ${id} was never lodged`);
  const shown = ofAuthorOrMember(entry, position, viewer);
  // What the server found by itself has nobody to hide.
  const { kind } = entry.what;
  return shown && (kind === "position-followed" || kind === "position-lapsed")
    ? new Set([...shown, "who", "person"])
    : shown;
}

/** What is stated in their name the members of a group know whole, and of persons only their own (GRP9). */
function ofAuthorOrMember(entry: Entry, position: Position, viewer: Viewer): ReadonlySet<Section> | null {
  if (position.group === null) return disclosed(entry, position.by, position.disclosure, viewer);
  if (viewer.kind !== "delegation" || !isPartyTo(position, viewer.code))
    return disclosed(entry, null, position.disclosure, viewer);
  return isTeam(entry.who.seat) || isBySide(entry, viewer) ? everything : withoutPerson;
}

/** The delegation that an entry is of. */
export const delegationBehind = ({ who }: Pick<Entry, "who">): DelegationCode | null =>
  who.onBehalfOf ?? delegationOf(who.seat);

/** An act of a delegation, as far as what it discloses reaches this viewer. */
function disclosed(
  entry: Entry,
  by: DelegationCode | null,
  { existence, name, reason }: Disclosure,
  viewer: Viewer,
): ReadonlySet<Section> | null {
  if (viewer.kind === "delegation" && by === viewer.code) return everything;
  if (!isAmong(viewer, existence)) return null;
  const shown = new Set<Section>(["at", "what"]);
  if (isAmong(viewer, name)) shown.add("who");
  if (isAmong(viewer, reason)) shown.add("why");
  // The author is the delegation, not the person: a person is named to the own side only, the chair's team to all who see the act.
  if (isTeam(entry.who.seat) && isAmong(viewer, name)) shown.add("person");
  return shown;
}

/** DIS9: like a position, except that whom it was addressed to sees the words and who stands behind them. */
function ofProposal(entry: Entry, id: ProposalId, viewer: Viewer, record: Record): ReadonlySet<Section> | null {
  const proposal = proposalOf(record, id);
  if (!proposal) throw new Error(`present: proposal ${id} was never tabled`);
  const isOwn = viewer.kind === "delegation" && isParty(proposal, viewer.code);
  const { existence, name, reason } = proposal.disclosure;
  if (!isOwn && !isAmong(viewer, existence)) return null;
  const shown = new Set<Section>(["at", "what"]);
  const isByTeam = isTeam(entry.who.seat) && entry.who.onBehalfOf === undefined;
  const isTheirs = viewer.kind === "delegation" && delegationBehind(entry) === viewer.code;
  // Who disposes of a proposal acts in office: there is no name to hide.
  if (isOwn || isTheirs || isByTeam || isAmong(viewer, name)) shown.add("who");
  if (isOwn || isTheirs || isAmong(viewer, reason)) shown.add("why");
  if (isTheirs || isByTeam || (isTeam(entry.who.seat) && shown.has("who"))) shown.add("person");
  return shown;
}

/** MER4: bridging text is known to those it was put to. */
function isPutTo(text: Pick<BridgingText, "paragraph" | "asked"> | null, viewer: Viewer, record: Record): boolean {
  if (!text) throw new Error("present: a bridging text that was never put");
  return viewer.kind === "delegation" && isAsked(record, text, viewer.code);
}

/** That a correction was contested reopens its paragraph for everyone; who did it and why is disclosed like an objection. */
function ofContest(entry: Entry, { name, reason }: Disclosure, viewer: Viewer): ReadonlySet<Section> {
  const { seat, onBehalfOf } = entry.who;
  const author = onBehalfOf ?? ("delegation" in seat ? seat.delegation : null);
  if (viewer.kind === "delegation" && viewer.code === author) return everything;
  const shown = new Set<Section>(["at", "what"]);
  if (isAmong(viewer, name)) shown.add("who");
  if (isAmong(viewer, reason)) shown.add("why");
  return shown;
}

/** A delegation whose name may be told, with that name. */
export const named = ({ delegations }: Pick<Record, "delegations">, code: DelegationCode): Named => ({
  code,
  name: delegations.get(code)?.name ?? code,
});

/** A name of a delegation as far as this viewer may know it from a position. */
export const nameFor = (viewer: Viewer, by: DelegationCode | null, disclosure: Disclosure): DelegationCode | null =>
  by !== null && (isAmong(viewer, disclosure.name) || (viewer.kind === "delegation" && viewer.code === by)) ? by : null;
