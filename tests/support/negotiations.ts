/**
 * A negotiation to test with, told as it happens:
 *
 *   const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
 *   talks.objects("XAA", 1, { reason: "Too soon." });
 *   talks.gavels(2);
 *
 * Every act goes through `decide` and is sealed into the record, so nothing here can be in a state that a real one cannot reach.
 * It has what the pages ask of a `LiveNegotiation`, without a room or a store.
 */
import { sealEntry } from "../../shared/domain/chain.ts";
import type { Command, LodgePosition } from "../../shared/domain/commands.ts";
import type { Draft } from "../../shared/domain/acts/acting.ts";
import { Acting } from "../../shared/domain/acts/acting.ts";
import { settle } from "../../shared/domain/acts/silence.ts";
import { takeSeat } from "../../shared/domain/acts/roster.ts";
import { openNegotiation } from "../../shared/domain/acts/settings.ts";
import { decide } from "../../shared/domain/decide.ts";
import { audienceKey, present } from "../../shared/domain/disclosure.ts";
import type { DeliveryRow } from "../../server/store/port.ts";
import type { Entry, RecordFrame, Settings } from "../../shared/domain/entries.ts";
import type { Level } from "../../shared/domain/positions.ts";
import type { Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { Refusal } from "../../shared/domain/refusals.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Actor, Delegation, Viewer } from "../../shared/domain/roster.ts";
import { parseSeat } from "../../shared/domain/roster.ts";
import { drainMs } from "../../shared/domain/silence.ts";
import type { Block, Inline, Text } from "../../shared/domain/text.ts";
import { editText } from "../../shared/domain/text.ts";
import type {
  DelegationCode,
  EpochMs,
  ParagraphId,
  Part,
  PersonId,
  PositionId,
  SilenceId,
} from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import type { Receipt, SeenDraftingRoom } from "../../shared/wire/api.ts";

/** 22 characters, the same for the same number: `idOf(7)` is paragraph 7 of every test. */
export const idOf = (index: number): ParagraphId => String(index).padStart(22, "0") as ParagraphId;

/** A block without its id, which it gets from its place. */
export type Sketch = Omit<Block, "id">;

const inline = (content: string | readonly Inline[]): readonly Inline[] =>
  typeof content === "string" ? [{ t: "text", text: content }] : content;

export const p = (content: string | readonly Inline[], level = 0, part: Part = "consensus"): Sketch => ({
  kind: "paragraph",
  level,
  part,
  content: inline(content),
});
/** Words with all that is not a plain letter: a reference, a mark and a footnote. */
export const markedWords = (to: ParagraphId, end: string): readonly Inline[] => [
  { t: "text", text: "As in " },
  { t: "ref", to },
  { t: "text", text: ", States " },
  { t: "text", text: "agree", marks: ["strong"] },
  { t: "footnote", id: "f1", text: "See A/75/816." },
  { t: "text", text: end },
];
/** A paragraph of the chair's summary. */
export const s = (content: string | readonly Inline[], level = 0): Sketch => p(content, level, "chair-summary");
export const h = (content: string, level = 0): Sketch => ({
  kind: "heading",
  level,
  part: "consensus",
  content: inline(content),
});

/** Fictional states, in the codes that ISO leaves to users. */
export const someStates: readonly Delegation[] = [
  { code: "XAA" as DelegationCode, name: "Freedonia", kind: "member-state", regionalGroup: "african" },
  { code: "XAB" as DelegationCode, name: "Sylvania", kind: "member-state", regionalGroup: "eastern-european" },
  { code: "XAC" as DelegationCode, name: "Osterlich", kind: "member-state", regionalGroup: "western-european-others" },
  { code: "XAD" as DelegationCode, name: "Lunari", kind: "member-state", regionalGroup: "asia-pacific" },
  { code: "XAE" as DelegationCode, name: "Calidora", kind: "member-state", regionalGroup: "latin-american-caribbean" },
  { code: "XAF" as DelegationCode, name: "Holy Quarter", kind: "observer-state", regionalGroup: "none" },
];

const settings: Settings = {
  title: "Draft report of the working group",
  method: "chair-pen",
  disclosure: "delegations",
  silenceMinimumHours: 72,
};

export class ANegotiation {
  readonly row = { slug: "working-group" };
  /** Private drafting rooms, as they are to be seen: in them nothing happens here. */
  readonly drafting: { rooms: SeenDraftingRoom[]; seenBy(): readonly SeenDraftingRoom[] } = {
    rooms: [],
    seenBy() {
      return this.rooms;
    },
  };
  record: Record = emptyRecord;
  readonly entries: Entry[] = [];
  text: Text;
  /** Each act happens a minute after the one before. */
  now: EpochMs = epochMs(Date.UTC(2026, 10, 5, 14, 0));
  #minted = 0;
  readonly #answers = new Map<string, { body: string; answer: Awaited<ReturnType<ANegotiation["submit"]>> }>();
  readonly #reports = new Map<string, { of: readonly [Record, Text]; report: ComposedReport }>();

  constructor(sketches: readonly Sketch[], changes: Partial<Settings>, delegations: readonly Delegation[]) {
    this.text = sketches.map((sketch, index) => ({ id: idOf(index + 1), ...sketch }));
    const opened = openNegotiation(this.row.slug, { ...settings, ...changes }, delegations, seated("chair"), this.now);
    this.#append(opened);
  }

  /** @returns what the act made; @throws with the refusal's code */
  does(seat: string, command: Command): string | undefined {
    const done = this.#decide(seated(seat), command);
    if (!done.ok) throw new Error(`refused: ${done.refusal.code}`);
    return done.id;
  }

  /** What `does` would be refused for, or null. */
  refuses(seat: string, command: Command): Refusal | null {
    const done = decide(this, command, seated(seat), this.now, () => "");
    return done.ok ? null : done.refusal;
  }

  circulates(note?: string): this {
    this.does("chair", { kind: "circulate", ...(note !== undefined && { note }) });
    return this;
  }

  /** The chair writes other words into a block; the number is its place at the beginning, from 1. */
  writes(index: number, content: string | readonly Inline[]): this {
    const id = idOf(index);
    this.text = this.text.map((block) => (block.id === id ? { ...block, content: inline(content) } : block));
    return this;
  }

  removes(index: number): this {
    this.text = this.text.filter(({ id }) => id !== idOf(index));
    return this;
  }

  gavels(index: number): this {
    this.does("chair", { kind: "gavel", paragraph: idOf(index), wording: this.wordingOf(index) });
    return this;
  }

  /** The deadline passes. */
  settles(procedure: SilenceId): this {
    const silence = this.record.silences.get(procedure)!;
    this.now = epochMs(silence.deadline + drainMs);
    this.#append(settle(this.record, silence, new Acting(seated("secretariat"), this.now)));
    return this;
  }

  reopens(index: number, reason: string): this {
    this.does("chair", { kind: "reopen", paragraph: idOf(index), reason });
    return this;
  }

  moves(index: number, to: Part, reason = "no consensus at this stage"): this {
    this.does("chair", { kind: "move-paragraph", paragraph: idOf(index), to, reason });
    return this;
  }

  objects(code: string, index: number, more: Partial<LodgePosition> = {}): PositionId {
    return this.lodges(code, index, "objection", more);
  }

  supports(code: string, index: number): PositionId {
    return this.lodges(code, index, "support");
  }

  reserves(code: string, index: number, reason?: string): PositionId {
    return this.lodges(code, index, "reservation", reason === undefined ? {} : { reason });
  }

  /** On the words in circulation. */
  lodges(code: string, index: number, level: Level, more: Partial<LodgePosition> = {}): PositionId {
    const paragraph = idOf(index);
    const wording = this.wordingOf(index);
    return this.does(`delegation:${code}`, {
      kind: "lodge-position",
      paragraph,
      wording,
      level,
      ...more,
    }) as PositionId;
  }

  withdraws(code: string, position: PositionId): this {
    this.does(`delegation:${code}`, { kind: "withdraw-position", position });
    return this;
  }

  takesSeat(seat: string): this {
    this.#append([takeSeat(seated(seat), this.now)]);
    return this;
  }

  /** The hash of the words in circulation, or of the draft where none are. */
  wordingOf(index: number) {
    const block = this.#block(index);
    return wordingOf(block.content).hash;
  }

  /** The words concerned, as a form quotes them. */
  spanOf(index: number, quote: string) {
    const from = canonicalText(this.#block(index).content).indexOf(quote);
    if (from < 0) throw new Error(`“${quote}” is not in block ${index}`);
    return { from, to: from + quote.length, quote };
  }

  // ---------- as the pages see it ----------

  textFor(viewer: Viewer): Text {
    return viewer.kind === "team" || this.record.settings.method === "on-screen" ? this.text : this.record.text;
  }

  report(viewer: Viewer): ComposedReport {
    const text = this.textFor(viewer);
    const cached = this.#reports.get(audienceKey(viewer));
    if (cached?.of[0] === this.record && cached.of[1] === text) return cached.report;
    const report = composeReport(this.record, text, viewer);
    this.#reports.set(audienceKey(viewer), { of: [this.record, text], report });
    return report;
  }

  /** For whoever asks who has opened the text since. */
  deliveries(): Promise<readonly DeliveryRow[]> {
    return Promise.resolve(this.openedBy.map((delegation) => ({ delegation, at: this.now }) as DeliveryRow));
  }
  /** Who opened a page, for whoever asks. */
  readonly openedBy: DelegationCode[] = [];
  opened(delegation: DelegationCode): void {
    this.openedBy.push(delegation);
  }

  frame(viewer: Viewer, after: number): RecordFrame {
    const events = this.entries.slice(after).map((entry) => present(entry, viewer, this.record));
    while (events.length > 0 && "sealed" in events.at(-1)!) events.pop();
    return { kind: "snapshot", after, upTo: events.at(-1)?.seq ?? after, events };
  }

  async submit(
    command: Command,
    actor: Actor,
    key: string,
  ): Promise<
    { ok: true; receipt: Receipt; id?: string } | { ok: false; refusal: Refusal } | { ok: false; mismatch: true }
  > {
    const body = JSON.stringify(command);
    const earlier = this.#answers.get(key);
    if (earlier) return earlier.body === body ? earlier.answer : { ok: false, mismatch: true };
    const before = this.entries.length;
    const done = this.#decide(actor, command);
    if (!done.ok) return done;
    const { seq, hash, at } = this.entries[before]!;
    const answer = {
      ok: true as const,
      receipt: { seq, hash, at: new Date(at).toISOString() },
      ...(done.id !== undefined && { id: done.id }),
    };
    this.#answers.set(key, { body, answer });
    return answer;
  }

  #decide(actor: Actor, command: Command) {
    const decided = decide(this, command, actor, this.now, () => `P${String(++this.#minted).padStart(21, "0")}`);
    if (!decided.ok) return decided;
    const { drafts, id, edits = [] } = decided.value;
    this.text = editText(this.text, edits);
    this.#append(drafts);
    return { ok: true as const, id };
  }

  #append(drafts: readonly Draft[]): void {
    for (const draft of drafts) {
      const seq = this.record.seq + 1;
      const salt = String(seq).padStart(32, "0");
      const salts = { at: salt, who: salt, person: salt, what: salt, why: salt };
      const entry = sealEntry({ seq, prev: this.record.head, ...draft }, salts);
      this.entries.push(entry);
      this.record = evolve(this.record, [entry]);
    }
    this.now = epochMs(this.now + 60_000);
  }

  #block(index: number): Block {
    const id = idOf(index);
    const block = [...this.record.text, ...this.text].find((candidate) => candidate.id === id);
    if (!block) throw new Error(`there is no block ${index}`);
    return block;
  }
}

/** Someone in that seat. */
export function seated(spelled: string): Actor {
  const seat = parseSeat(spelled);
  if (!seat) throw new Error(`${spelled} is no seat`);
  const person = spelled.replace(/[^A-Za-z0-9]/g, "").padEnd(22, "0") as PersonId;
  return { person, name: `Person of ${spelled}`, seat };
}

/** Opened and circulated once, by the delegations of `someStates`. */
export const aNegotiation = (...sketches: readonly Sketch[]): ANegotiation => aNegotiationWith({}, ...sketches);

/** The same with other settings, or delegations; `circulated: false` leaves it to the chair's team. */
export function aNegotiationWith(
  how: Partial<Settings> & { readonly delegations?: readonly Delegation[]; readonly circulated?: boolean },
  ...sketches: readonly Sketch[]
): ANegotiation {
  const { delegations = someStates, circulated = true, ...changes } = how;
  const talks = new ANegotiation(sketches, changes, delegations);
  return circulated ? talks.circulates() : talks;
}
