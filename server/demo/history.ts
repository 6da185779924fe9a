/**
 * What happened in the demo until the visitor arrives: four days, told as a script that is played through the real rules (`build.ts`).
 * It ends on the Thursday at ten to five with 27 of 36 paragraphs agreed.
 */
import type { Command, LodgePosition } from "../../shared/domain/commands.ts";
import type { Level } from "../../shared/domain/positions.ts";
import type { Part, ParagraphId, PositionId, WordingHash } from "../../shared/domain/values.ts";
import type { Name, State } from "./cast.ts";
import { cast, names, states } from "./cast.ts";
import type { Moment } from "./meeting-day.ts";
import type { Edition, Key } from "./text.ts";

/** What the writer of a script can ask of the negotiation as it is when an act comes. */
export interface Scene {
  paragraph(key: Key): ParagraphId;
  /** Of the words circulated last. */
  wording(key: Key): WordingHash;
  words(key: Key): string;
  /** The strictest of the standing positions of this delegation on this paragraph. */
  position(state: State, key: Key): PositionId;
}

interface Act {
  readonly at: Moment;
  /** Seconds after `at`, for acts that follow each other closely. */
  readonly seconds: number;
  readonly by: Name;
  readonly does:
    | { readonly what: "writes"; readonly edition: Edition }
    | { readonly what: "takes-seat" }
    | { readonly what: "asks"; readonly command: (scene: Scene) => Command };
}

const asks = (at: Moment, by: Name, command: (scene: Scene) => Command, seconds = 0): Act => ({
  at,
  seconds,
  by,
  does: { what: "asks", command },
});

/** Heads of delegation: the first of the cast who holds that seat. */
const headOf = (state: State): Name => {
  const { code } = states[state];
  return names.find((name) => {
    const { seat } = cast[name];
    return "delegation" in seat && seat.delegation === code;
  }) as Name;
};

// ---------- what people do ----------

const circulates = (at: Moment, edition: Edition, note: string): Act[] => [
  { at, seconds: 0, by: "reyl", does: { what: "writes", edition } },
  asks(at, "hale", () => ({ kind: "circulate", note }), 30),
];

const gavels = (at: Moment, keys: readonly Key[]): Act[] =>
  keys.map((key, index) =>
    asks(
      at,
      "hale",
      (scene) => ({ kind: "gavel", paragraph: scene.paragraph(key), wording: scene.wording(key) }),
      index * 95,
    ),
  );

type Statement = Omit<LodgePosition, "kind" | "paragraph" | "wording" | "level" | "span" | "replaces"> & {
  /** The words concerned. */
  readonly words?: string;
  /** Takes the place of what the delegation said there before. */
  readonly instead?: boolean;
};

function lodge(scene: Scene, state: State, level: Level, key: Key, said: Statement): LodgePosition {
  const { words, instead, ...rest } = said;
  const from = words === undefined ? -1 : scene.words(key).indexOf(words);
  if (words !== undefined && from < 0) throw new Error(`"${words}" does not stand in "${key}"`);
  return {
    kind: "lodge-position",
    paragraph: scene.paragraph(key),
    wording: scene.wording(key),
    level,
    ...rest,
    ...(words !== undefined && { span: { from, to: from + words.length, quote: words } }),
    ...(instead && { replaces: scene.position(state, key) }),
  };
}

const says = (at: Moment, state: State, level: Level, key: Key, said: Statement = {}): Act =>
  asks(at, headOf(state), (scene) => lodge(scene, state, level, key, said));

/** One after the other, as flags go up. */
const support = (at: Moment, key: Key, supporters: readonly State[], accepting: readonly State[] = []): Act[] =>
  [...supporters, ...accepting].map((state, index) =>
    asks(
      at,
      headOf(state),
      (scene) => lodge(scene, state, index < supporters.length ? "support" : "accept", key, {}),
      index * 23 + 7,
    ),
  );

const withdraws = (at: Moment, state: State, key: Key): Act =>
  asks(at, headOf(state), (scene) => ({ kind: "withdraw-position", position: scene.position(state, key) }));

const isSatisfied = (at: Moment, state: State, key: Key): Act =>
  asks(at, headOf(state), (scene) => ({
    kind: "confirm-met",
    position: scene.position(state, key),
    wording: scene.wording(key),
  }));

const moves = (at: Moment, key: Key, to: Part, reason: string): Act =>
  asks(at, "hale", (scene) => ({ kind: "move-paragraph", paragraph: scene.paragraph(key), to, reason }));

const arrives = (at: Moment, name: Name, invitedBy: Name, seconds = 0): Act[] => [
  asks(at, invitedBy, () => ({ kind: "invite", seat: cast[name].seat }), seconds),
  { at, seconds: seconds + 240, by: name, does: { what: "takes-seat" } },
];

// ---------- the four days ----------

export const opens: Moment = "Mon 8:30";
/** Nothing in the history is later. */
export const ends: Moment = "Thu 16:51";

const lateInvited: readonly Name[] = ["hale", "kirre", "whitlock"];

export const history: readonly Act[] = [
  // Monday: the room fills, the zero draft goes round.
  { at: opens, seconds: 20, by: "hale", does: { what: "takes-seat" } },
  asks("Mon 8:35", "hale", () => ({
    kind: "set-agenda",
    topics: [
      { id: "threats", title: "Existing and potential threats" },
      { id: "international-law", title: "International law" },
      { id: "norms", title: "Norms, rules and principles of responsible State behaviour" },
      { id: "confidence-building", title: "Confidence-building measures" },
      { id: "capacity-building", title: "Capacity-building" },
      { id: "dialogue", title: "Regular institutional dialogue" },
    ],
  })),
  ...names
    .filter((name) => !lateInvited.includes(name))
    .flatMap((name, index) => arrives("Mon 8:40", name, "hale", index * 31)),
  ...circulates("Mon 10:00", "zero", "Zero draft"),
  says("Mon 15:20", "halvern", "objection", "voluntary-fund", {
    words: "financed from assessed contributions",
    ground: "mandate",
    reason: "The Working Group has no mandate to propose expenditure from the regular budget.",
    remedy: { kind: "replace", text: "financed from voluntary contributions" },
  }),
  says("Mon 16:05", "oshenara", "objection", "vulnerability-disclosure", {
    words: "require researchers to report to the competent authority before informing the supplier",
    ground: "substance",
    reason: "A weakness would stay open longer, and researchers would stop reporting.",
    remedy: { kind: "replace", text: "protect researchers who act in good faith" },
  }),

  // Tuesday: the first reading.
  ...arrives("Tue 8:50", "kirre", "tolui"),
  says("Tue 11:10", "halvern", "objection", "binding-instrument", {
    ground: "balance",
    reason: "Existing international law suffices; an instrument would take years and divide the room.",
    remedy: { kind: "move-to-chair-summary" },
  }),
  says("Tue 11:25", "brennfell", "objection", "binding-instrument", {
    words: "including possible mechanisms for its verification",
    ground: "substance",
    reason: "We see no means by which conduct in ICTs could be verified.",
    remedy: { kind: "delete" },
  }),

  // Wednesday: Rev.1, the second reading, the first gavels.
  ...arrives("Wed 9:00", "whitlock", "hale"),
  ...circulates("Wed 9:45", "rev1", "Rev.1"),
  isSatisfied("Wed 9:58", "oshenara", "vulnerability-disclosure"),
  ...support("Wed 10:04", "mandate", ["halvern", "rostavia", "kasimbe", "oshenara", "calidora"], ["quenlo"]),
  ...support("Wed 10:07", "common-interest", ["lunari", "tamborel", "velkany"], ["brennfell"]),
  ...support("Wed 10:10", "earlier-conclusions", ["halvern", "brennfell", "quenlo", "umbessa"]),
  ...support("Wed 10:13", "participation", ["calidora", "kasimbe", "brennfell"], ["rostavia"]),
  ...support("Wed 10:16", "small-states", ["lunari", "oshenara", "calidora", "umbessa", "kasimbe", "tamborel"]),
  says("Wed 10:30", "halvern", "reservation", "voluntary-fund", {
    words: "Half of the resources",
    ground: "balance",
    reason: "Our objection is met. We would have preferred not to fix a share, and do not stand in the way.",
    instead: true,
  }),
  ...support("Wed 10:34", "growing-threats", ["halvern", "velkany", "tamborel"]),
  ...support("Wed 10:37", "critical-infrastructure", ["brennfell", "calidora", "lunari", "kasimbe"], ["rostavia"]),
  ...support("Wed 10:41", "ransomware", ["halvern", "oshenara", "calidora", "umbessa", "velkany"]),
  ...support("Wed 10:45", "submarine-cables", ["lunari", "oshenara", "tamborel", "halvern"]),
  ...support("Wed 10:49", "artificial-intelligence", ["brennfell", "quenlo"], ["kasimbe", "calidora"]),
  ...support("Wed 11:02", "charter", [
    "rostavia",
    "quenlo",
    "halvern",
    "brennfell",
    "velkany",
    "lunari",
    "calidora",
    "umbessa",
  ]),
  ...support("Wed 11:08", "sovereignty", ["rostavia", "quenlo", "velkany", "kasimbe", "umbessa"], ["halvern"]),
  ...support("Wed 11:12", "attribution", ["rostavia", "quenlo", "tamborel"], ["brennfell"]),
  says("Wed 11:20", "rostavia", "objection", "humanitarian-law", {
    ground: "substance",
    reason:
      "To speak of the law of armed conflict is to treat ICTs as means of warfare, which the Working Group was established to prevent.",
    remedy: { kind: "move-to-chair-summary" },
  }),
  says("Wed 11:45", "quenlo", "objection", "humanitarian-law", {
    words: "including the principles of humanity, necessity, distinction and proportionality",
    ground: "balance",
    reason: "Which principles apply, and how, has not been discussed in this Working Group in any depth.",
    remedy: { kind: "delete" },
  }),
  says("Wed 11:52", "halvern", "support", "humanitarian-law", {
    reason: "Earlier consensus has said this much. We could not accept a report that says less.",
    condition: "It stays in the consensus text.",
  }),
  says("Wed 11:56", "brennfell", "support", "humanitarian-law", {
    reason: "The second sentence was added to meet the concern that the law could be read as an invitation.",
    condition: "It stays in the consensus text.",
  }),
  ...support("Wed 12:05", "national-views", ["halvern", "oshenara", "brennfell"], ["rostavia"]),
  says("Wed 14:10", "oshenara", "question", "intrusion-market", {
    words: "licensing, record-keeping and means of redress",
    reason: "Is licensing meant to cover tools that a Government develops for its own use?",
  }),
  ...support("Wed 14:20", "voluntary-norms", ["brennfell", "velkany", "calidora"], ["quenlo"]),
  ...support("Wed 14:26", "supply-chain", ["lunari", "tamborel", "umbessa"]),
  ...support("Wed 14:30", "response-teams", ["halvern", "brennfell", "calidora", "kasimbe"]),
  ...support("Wed 14:34", "vulnerability-disclosure", ["oshenara", "halvern", "brennfell"], ["velkany"]),
  ...support("Wed 15:02", "directory-use", ["tamborel", "kasimbe", "lunari", "brennfell"], ["quenlo"]),
  ...support("Wed 15:06", "message-template", ["oshenara", "velkany"], ["halvern"]),
  ...support("Wed 15:10", "regional-exchange", ["umbessa", "kasimbe", "calidora", "quenlo"]),
  ...gavels("Wed 16:00", [
    "mandate",
    "common-interest",
    "earlier-conclusions",
    "participation",
    "small-states",
    "growing-threats",
    "critical-infrastructure",
    "ransomware",
    "submarine-cables",
    "artificial-intelligence",
    "charter",
    "sovereignty",
    "national-views",
    "voluntary-norms",
    "supply-chain",
    "response-teams",
    "vulnerability-disclosure",
  ]),
  moves("Wed 17:40", "binding-instrument", "chair-summary", "No consensus at this stage."),

  // Thursday: Rev.2 in the morning, the small rooms, and what is left in the afternoon.
  ...circulates("Thu 9:30", "rev2", "Rev.2"),
  ...support("Thu 9:50", "voluntary-fund", ["kasimbe", "umbessa", "lunari", "tamborel", "oshenara"], ["rostavia"]),
  ...support("Thu 9:54", "women", ["halvern", "calidora", "umbessa", "lunari", "brennfell"]),
  ...support("Thu 9:58", "portal", ["oshenara", "tamborel", "quenlo"], ["kasimbe"]),
  says("Thu 10:15", "calidora", "objection", "future-mechanism", {
    words: "three substantive sessions a year",
    ground: "substance",
    reason: "A small mission cannot staff three sessions, and would be bound by what it could not attend.",
    remedy: { kind: "replace", text: "one substantive session a year" },
  }),
  ...support("Thu 10:22", "thematic-groups", ["calidora", "lunari", "halvern"], ["velkany"]),
  ...support("Thu 10:26", "review", ["rostavia", "brennfell", "velkany"], ["umbessa"]),
  says("Thu 10:50", "kasimbe", "objection", "capacity-principles", {
    words: "and their results made public",
    ground: "substance",
    reason: "A published evaluation tells the world where the recipient is weak.",
    remedy: { kind: "replace", text: "and their results made public only with the consent of the recipient" },
  }),
  says("Thu 11:05", "tamborel", "concern", "stakeholders", {
    words: "on a non-objection basis",
    reason: "Who objected, and why, should not remain unknown.",
  }),
  says("Thu 11:18", "brennfell", "concern", "humanitarian-organizations", {
    words: "[may endanger][has endangered]",
    reason: "The facts are established. We prefer “has endangered”.",
  }),
  says("Thu 11:30", "lunari", "objection", "points-of-contact", {
    words: "available at all hours",
    ground: "substance",
    reason: "Two persons cannot keep watch around the clock. We would be in breach on the first night.",
    remedy: { kind: "replace", text: "taking into account the different capacities of States" },
  }),
  ...support("Thu 11:34", "points-of-contact", ["halvern", "brennfell", "velkany", "oshenara"]),
  ...circulates("Thu 12:40", "noon", "Changes of Thursday morning in paragraphs 27, 31 and 33"),
  ...support("Thu 14:05", "recommendation", ["lunari", "kasimbe", "halvern", "calidora"], ["rostavia", "quenlo"]),
  ...gavels("Thu 14:30", [
    "attribution",
    "directory-use",
    "message-template",
    "regional-exchange",
    "voluntary-fund",
    "women",
    "portal",
    "thematic-groups",
    "review",
  ]),
  withdraws("Thu 15:10", "calidora", "future-mechanism"),
  ...support("Thu 15:14", "future-mechanism", ["calidora", "lunari", "brennfell"], ["kasimbe"]),
  ...gavels("Thu 15:22", ["future-mechanism"]),
  says("Thu 15:40", "velkany", "awaiting-instructions", "stakeholders", {
    reason: "We expect to hear from capital tonight on the second sentence.",
  }),
  ...support("Thu 15:46", "chairs-summary", ["calidora", "halvern"]),
  ...gavels("Thu 15:55", ["recommendation"]),
  asks("Thu 16:05", "hale", (scene) => ({
    kind: "reopen",
    paragraph: scene.paragraph("supply-chain"),
    reason: "Brennfell asked for a firmer verb, and no delegation opposed taking the paragraph up again.",
  })),
  ...circulates("Thu 16:20", "evening", "Paragraph 19, reopened: “should” becomes “shall”"),
  says("Thu 16:40", "velkany", "objection", "chairs-summary", {
    placement: true,
    ground: "procedure",
    reason: "An agreed sentence that sends the summary onward lends it a standing that we have not agreed to give it.",
    remedy: { kind: "move-to-chair-summary" },
  }),
  asks("Thu 16:50", "reyl", (scene) => ({
    ...lodge(scene, "umbessa", "reservation", "checklist", {
      words: "whether additional norms are needed",
      reason: "Taken down from the floor: pending the French version of the checklist.",
    }),
    onBehalfOf: states.umbessa.code,
  })),
];
