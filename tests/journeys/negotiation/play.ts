/**
 * The negotiation played: what each delegation says and asks for in a round, what the chair makes of it, and what the ledger must hold
 * then. A round is planned from what was circulated and then acted by everybody at once, so that it comes out the same in any order.
 */
import type { Link } from "../../../shared/domain/chain.ts";
import { verifySeen } from "../../../shared/domain/chain.ts";
import type { Level } from "../../../shared/domain/positions.ts";
import type { PutBridging } from "../../../shared/domain/bridging.ts";
import type { Condition } from "../../../shared/domain/conditions.ts";
import type { Fate, TableProposal } from "../../../shared/domain/proposals.ts";
import type { CoverHow } from "../../../shared/domain/versions.ts";
import type {
  BridgingId,
  DelegationCode,
  GroupId,
  ParagraphId,
  PositionId,
  ProposalId,
  WordingHash,
} from "../../../shared/domain/values.ts";
import type { Clause, Leaning, Question, Scene } from "./cast.ts";
import { answers, questions, scenes, states, wordsOf } from "./cast.ts";
import { grievance, Interests, levelFor, remedyOf } from "./interests.ts";
import type { Stated } from "./ledger.ts";
import { blockersOf, Ledger, paragraphsOf, readingOf } from "./ledger.ts";
import type { Pen } from "../../support/pen.ts";
import type { Seat, Venue } from "./seat.ts";

/** A paragraph with its questions, and how the draft answers them. */
export interface Sheet {
  readonly clause: Clause;
  readonly id: ParagraphId;
  readonly is: { [Q in Question]: Leaning };
  /** A question that stands in brackets, with its alternatives. */
  open: { readonly question: Question; readonly between: readonly [Leaning, Leaning] } | null;
  /** What the chair added on its own. */
  tail: string;
}

export interface Group {
  readonly id: GroupId;
  readonly members: readonly number[];
  speaker: number;
}

interface Asking {
  readonly state: number;
  readonly sheet: Sheet;
  readonly question: Question;
  readonly wants: Leaning;
}

const code = (state: number): DelegationCode => states[state]!.code;

export class Play {
  readonly venue: Venue;
  readonly chair: Seat;
  readonly secretariat: Seat;
  readonly delegations: readonly Seat[];
  readonly anyone: Seat;
  readonly interests: Interests;
  readonly ledger = new Ledger();
  readonly sheets: readonly Sheet[];
  readonly scene: { [S in Scene]: ParagraphId };
  groups: readonly Group[] = [];
  pen: Pen;
  /** What was asked for and awaits the chair. */
  readonly pending = new Map<ProposalId, Asking>();
  /** Proposals of which the draft holds words, by the act that took them up. */
  readonly used = new Set<ProposalId>();
  /** What must hold once the next version is out. */
  afterwards: () => Promise<void> = async () => undefined;
  #bridged = 0;
  readonly #wordings = new Map<ParagraphId, WordingHash>();
  readonly #read = new Map<Seat, { readonly last: Link | null; readonly ids: Set<string> }>();

  constructor(
    table: Pick<Play, "venue" | "chair" | "secretariat" | "delegations" | "anyone" | "pen">,
    clauses: readonly Clause[],
    interests: Interests,
    ids: readonly ParagraphId[],
  ) {
    this.venue = table.venue;
    this.chair = table.chair;
    this.secretariat = table.secretariat;
    this.delegations = table.delegations;
    this.anyone = table.anyone;
    this.pen = table.pen;
    this.interests = interests;
    this.sheets = clauses.map((clause, index) => ({
      clause,
      id: ids[index]!,
      is: { ...clause.first },
      open: null,
      tail: "",
    }));
    const named = Object.keys(scenes) as Scene[];
    this.scene = Object.fromEntries(named.map((name, index) => [name, ids[clauses.length + index]!])) as Play["scene"];
    for (const sheet of this.sheets) this.ledger.put(sheet.id, this.words(sheet), null);
    for (const name of named) this.ledger.put(this.scene[name], scenes[name], null);
  }

  /** The words of a paragraph as the draft has them, or as somebody would have them. */
  words({ clause, is, open, tail }: Sheet, instead: Partial<Sheet["is"]> = {}): string {
    const said = wordsOf({ ...is, ...instead });
    const bracketed = open && {
      [open.question]: open.between.map((answer) => `[${answers[open.question][answer]}]`).join(""),
    };
    return clause.say({ ...said, ...bracketed }) + tail;
  }

  // ---------- positions ----------

  async lodge(
    state: number,
    paragraph: ParagraphId,
    level: Level,
    more: { quote?: string; remedy?: string; group?: Group; replaces?: string; conditions?: readonly Condition[] } = {},
  ): Promise<string> {
    const { quote, remedy, group, replaces, conditions } = more;
    const { words } = this.ledger.paper(paragraph);
    const from = quote === undefined ? -1 : words.indexOf(quote);
    const { id } = await this.delegations[state]!.do({
      kind: "lodge-position",
      paragraph,
      wording: this.wording(paragraph),
      level,
      reason: `${states[state]!.name} on these words: ${level}.`,
      ...(quote !== undefined && from >= 0 && { span: { from, to: from + quote.length, quote } }),
      ...(remedy !== undefined && { remedy: { kind: "replace", text: remedy } }),
      ...(group && { onBehalfOfGroup: group.id }),
      ...(conditions && { conditions }),
      ...(replaces !== undefined && { replaces: replaces as PositionId }),
    });
    const behind = group && new Set(group.members.map(code));
    this.ledger.state({
      id: id!,
      by: code(state),
      level,
      paragraph,
      words,
      ...(group && behind && { group: group.id, behind }),
    });
    if (replaces !== undefined) this.ledger.stated.get(replaces)!.ended = true;
    return id!;
  }

  async end(id: string, how: "withdraw-position" | "confirm-met"): Promise<void> {
    const stated = this.ledger.stated.get(id)!;
    await this.delegations[this.authorOf(stated)]!.do({ kind: how, position: id as PositionId });
    stated.ended = true;
  }

  /** What a delegation has stated, for itself or for a group it speaks for, and not ended. */
  standingOf(state: number): readonly Stated[] {
    return [...this.ledger.stated.values()].filter((stated) => !stated.ended && this.authorOf(stated) === state);
  }

  /** Who may end a position today: whoever stated it, or now speaks for the group. */
  authorOf({ by, group }: Pick<Stated, "by" | "group">): number {
    return this.groups.find(({ id }) => id === group)?.speaker ?? states.findIndex((state) => state.code === by);
  }

  seatOf = (by: DelegationCode): Seat => this.delegations[states.findIndex((state) => state.code === by)]!;

  /** Those who have their answer, or one they can live with, say so before they read on. */
  async settle(): Promise<number> {
    const ended = this.sheets.flatMap(({ id, clause, is }) =>
      this.ledger.objectionsTo(id).flatMap((objection) => {
        const wanted = this.interests.wants(
          states.findIndex((one) => one.code === objection.by),
          clause,
        );
        const { distance } = grievance(is, wanted);
        return distance < 2
          ? [{ id: objection.id, how: distance === 0 ? "confirm-met" : "withdraw-position" } as const]
          : [];
      }),
    );
    await Promise.all(ended.map(({ id, how }) => this.end(id, how)));
    return ended.length;
  }

  /** Each delegation speaks of so many paragraphs that it has not spoken of, and objects to two of them at most. */
  async speak(quota: number): Promise<void> {
    await this.everyState(async (state) => {
      let objections = 0;
      const picked: (() => Promise<unknown>)[] = [];
      for (const clause of this.interests.agenda(
        state,
        this.sheets.map((sheet) => sheet.clause),
      )) {
        const sheet = this.sheets[clause.index]!;
        if (picked.length === quota || !this.isFree(state, sheet)) continue;
        const wanted = this.interests.wants(state, clause);
        const { question, distance } = grievance(sheet.is, wanted);
        if (distance === 2 && ++objections > 2) continue;
        const level = levelFor(distance, state, clause);
        const more = level === "objection" && {
          quote: answers[question][sheet.is[question]],
          remedy: remedyOf(question, wanted),
        };
        picked.push(() => this.lodge(state, sheet.id, level, more || {}));
      }
      if (picked.length < quota) throw new Error(`${code(state)} has only ${picked.length} things to say`);
      return picked;
    });
  }

  /** Where a delegation can state something anew: not agreed, nothing in brackets, and neither it nor a group it speaks for has spoken. */
  private isFree(state: number, { id, open }: Sheet): boolean {
    if (open || this.ledger.paper(id).part !== "consensus" || this.ledger.status(id) === "agreed") return false;
    return !this.ledger.standingOn(id).some(({ by }) => by === code(state));
  }

  /**
   * Each group states something on paragraphs that concern its speaker; one of its members departs from it, and somebody else goes along
   * with it and adds a word.
   */
  async speakAsGroups(quotas: readonly number[]): Promise<void> {
    const taken = new Set<ParagraphId>();
    for (const [index, group] of this.groups.entries()) {
      const free = this.interests
        .agenda(
          group.speaker,
          this.sheets.map((sheet) => sheet.clause),
        )
        .map((clause) => this.sheets[clause.index]!)
        .filter((sheet) => this.isFree(group.speaker, sheet) && !taken.has(sheet.id))
        // Who has departed from what groups state there does not speak for one.
        .filter(({ id }) => !this.ledger.departed.get(id)?.has(code(group.speaker)));
      for (const sheet of free.slice(0, quotas[index])) {
        taken.add(sheet.id);
        const wanted = this.interests.wants(group.speaker, sheet.clause);
        const { distance } = grievance(sheet.is, wanted);
        const position = await this.lodge(group.speaker, sheet.id, levelFor(distance, group.speaker, sheet.clause), {
          group,
        });
        await this.divide(group, sheet.id, position);
      }
    }
  }

  private async divide(group: Group, paragraph: ParagraphId, position: string): Promise<void> {
    const speakers = new Set(this.groups.map(({ speaker }) => speaker));
    const isSilent = (state: number): boolean =>
      !speakers.has(state) &&
      !this.ledger.standingOn(paragraph).some((one) => one.by === code(state) || one.aligned.has(code(state)));
    const departed = this.ledger.departed.get(paragraph) ?? new Set();
    this.ledger.departed.set(paragraph, departed);
    const leaver = group.members.find((state) => isSilent(state) && !departed.has(code(state)));
    if (leaver !== undefined) {
      await this.delegations[leaver]!.do({ kind: "depart", paragraph, reason: "We read this otherwise." });
      departed.add(code(leaver));
    }
    const friend = states.findIndex(
      (_, state) => isSilent(state) && !group.members.includes(state) && !departed.has(code(state)),
    );
    await this.align(friend, position);
  }

  /** To align ends a departure. */
  async align(state: number, position: string): Promise<void> {
    await this.delegations[state]!.do({ kind: "align", position: position as PositionId, adds: "And soon." });
    const stated = this.ledger.stated.get(position)!;
    stated.aligned.add(code(state));
    this.ledger.departed.get(stated.paragraph)?.delete(code(state));
  }

  // ---------- proposals ----------

  propose(state: number, paragraph: ParagraphId, text: string, invited: readonly number[] = []): Promise<ProposalId> {
    return this.tabled(state, paragraph, { text, ...(invited.length > 0 && { invited: invited.map(code) }) });
  }

  async tabled(
    state: number,
    paragraph: ParagraphId,
    what: Pick<TableProposal, "change" | "text" | "to" | "invited">,
  ): Promise<ProposalId> {
    const { id } = await this.delegations[state]!.do({
      kind: "table-proposal",
      paragraph,
      wording: this.wording(paragraph),
      reason: `${states[state]!.name} would rather have it so.`,
      ...what,
    });
    this.ledger.ask(id!, code(state), paragraph);
    return id as ProposalId;
  }

  /** Each asks for the answer it misses most, once for a paragraph, and the first of those who want the same joins in. */
  async proposeAll(quotas: readonly number[]): Promise<void> {
    await this.everyState(async (state) => {
      const wishes = this.interests
        .agenda(
          state,
          this.sheets.map((sheet) => sheet.clause),
        )
        .flatMap((clause): Asking[] => {
          const sheet = this.sheets[clause.index]!;
          const wanted = this.interests.wants(state, clause);
          const { question, distance } = grievance(sheet.is, wanted);
          const asked = [...this.ledger.asked.values()].some(
            ({ by, paragraph }) => by === code(state) && paragraph === sheet.id,
          );
          const isOpen =
            !sheet.open &&
            this.ledger.paper(sheet.id).part === "consensus" &&
            this.ledger.status(sheet.id) !== "agreed";
          return distance > 0 && !asked && isOpen ? [{ state, sheet, question, wants: wanted[question] }] : [];
        });
      const quota = quotas[state]!;
      if (wishes.length < quota) throw new Error(`${code(state)} has only ${wishes.length} things to ask for`);
      return wishes.slice(0, quota).map((asking) => () => this.ask(asking));
    });
  }

  private async ask(asking: Asking): Promise<void> {
    const { state, sheet, question, wants } = asking;
    const friends = states.flatMap((_, other) =>
      other !== state &&
      this.interests.cares(other, sheet.clause) &&
      this.interests.wants(other, sheet.clause)[question] === wants
        ? [other]
        : [],
    );
    const invited = friends.slice(0, 2);
    const id = await this.propose(state, sheet.id, this.words(sheet, { [question]: wants }), invited);
    this.pending.set(id, asking);
    if (invited[0] === undefined) return;
    await this.delegations[invited[0]]!.do({ kind: "cosponsor", proposal: id });
    this.ledger.sponsor(id, code(invited[0]));
  }

  /**
   * The chair answers everything that was asked for: what most can live with is taken up, of several such questions at once a bridging text
   * is made, some alternatives are put side by side, and the rest is declined with a reason, or kept in the chair's summary.
   */
  async answerAll({ brackets }: { brackets: boolean }): Promise<void> {
    let declined = 0;
    const decline = async (id: ProposalId): Promise<void> => {
      if (++declined % 8 === 0) await this.intoSummary(id);
      else await this.dispose(id, "not-taken-up", { reason: "Not what most delegations can live with at this stage." });
    };
    for (const sheet of this.sheets) {
      const asked = [...this.pending].filter(([, asking]) => asking.sheet === sheet);
      for (const [id] of asked) this.pending.delete(id);
      const on = (question: Question) => asked.filter(([, asking]) => asking.question === question);
      const [opening] = brackets && sheet.clause.index % 9 === 4 ? asked : [];
      if (opening) {
        const [id, { question, wants }] = opening;
        sheet.open = { question, between: [sheet.is[question], wants] };
        await this.dispose(id, "bracketed", {}, sheet);
        for (const [other] of asked.slice(1)) await decline(other);
        continue;
      }
      const landing = (question: Question): Leaning => this.interests.landing(sheet.clause, question);
      const winners = questions
        .flatMap((question) =>
          landing(question) === sheet.is[question]
            ? []
            : [on(question).filter(([, { wants }]) => wants === landing(question))],
        )
        .filter((all) => all.length > 0);
      const first = winners.map(([one]) => one!);
      for (const [, { question, wants }] of first) sheet.is[question] = wants;
      if (first.length > 1)
        await this.merge(
          sheet,
          first.map(([id]) => id),
        );
      for (const [id] of winners.flat())
        if (!this.ledger.asked.get(id)!.fate) await this.dispose(id, "taken-up", {}, sheet);
      for (const [id] of asked) if (!this.ledger.asked.get(id)!.fate) await decline(id);
    }
  }

  async dispose(
    proposal: ProposalId,
    fate: Exclude<Fate, "withdrawn">,
    more: { reason?: string; hunks?: readonly number[]; into?: ProposalId } = {},
    sheet?: Sheet,
  ): Promise<string | undefined> {
    const { id } = await this.chair.do({ kind: "dispose-proposal", proposal, fate, ...more });
    this.ledger.answer(proposal, fate);
    if (sheet) this.rewrite(sheet, proposal);
    return id;
  }

  /** A bridging text: put back to those who asked, or written at once. */
  private async merge(sheet: Sheet, proposals: readonly ProposalId[]): Promise<void> {
    const made = {
      paragraph: sheet.id,
      wording: await this.draftWording(sheet.id),
      proposals,
      text: this.words(sheet),
    };
    const nth = this.#bridged++;
    if (nth % 3 === 2) await this.chair.do({ kind: "merge-proposals", ...made });
    else await this.putBack(made, nth === 0);
    this.rewrite(sheet, ...proposals);
    for (const id of proposals) this.ledger.answer(id, "merged");
  }

  /** Everybody who asked for what it is made of answers, and nobody else knows of it; the first one is taken back and put again. */
  private async putBack(made: Omit<PutBridging, "kind">, twice: boolean): Promise<void> {
    const put = async (): Promise<BridgingId> =>
      (await this.chair.do({ kind: "put-bridging", ...made })).id as BridgingId;
    if (twice) await this.chair.do({ kind: "withdraw-bridging", bridging: await put(), reason: "A word is missing." });
    const bridging = await put();
    const sponsors = new Set(
      made.proposals.flatMap((id) => {
        const { by, sponsors: others } = this.ledger.asked.get(id)!;
        return [by, ...others];
      }),
    );
    const answers = ["accept", "not-yet", "objection"] as const;
    const said = [...sponsors].map((by, index) => ({ by, answer: answers[index % 3]! }));
    for (const { by, answer } of said)
      await this.seatOf(by).do({ kind: "answer-bridging", bridging, answer, reason: `${by}: ${answer}.` });
    const stranger = states.findIndex((state) => !sponsors.has(state.code));
    const refusal = await this.delegations[stranger]!.refused({ kind: "answer-bridging", bridging, answer: "accept" });
    if (!refusal.startsWith("403 not-asked")) throw new Error(refusal);
    const seen = async (seat: Seat) =>
      paragraphsOf(await seat.report())
        .flatMap((paragraph) => paragraph.bridging)
        .filter(({ id }) => id === bridging)
        .flatMap(({ asked }) => asked.map(({ by, answer }) => `${by.code} ${answer}`).toSorted());
    const told = [this.chair, this.seatOf(said[0]!.by), this.delegations[stranger]!, this.anyone].map(seen);
    const all = said.map(({ by, answer }) => `${by} ${answer}`).toSorted();
    const should = [all, [`${said[0]!.by} ${said[0]!.answer}`], [], []];
    if (JSON.stringify(await Promise.all(told)) !== JSON.stringify(should))
      throw new Error(
        `bridging text ${bridging}: ${JSON.stringify(await Promise.all(told))}, not ${JSON.stringify(should)}`,
      );
    await this.chair.do({ kind: "take-up-bridging", bridging });
  }

  /** The ledger's words are the sheet's again. Where they were so already, the proposals have added nothing. */
  private rewrite(sheet: Sheet, ...proposals: readonly ProposalId[]): void {
    const paper = this.ledger.paper(sheet.id);
    const words = this.words(sheet);
    if (paper.words === words) return;
    paper.words = words;
    for (const id of proposals) this.used.add(id);
  }

  private async intoSummary(proposal: ProposalId): Promise<void> {
    const { by } = this.ledger.asked.get(proposal)!;
    const words = `One delegation would have preferred other words there; it was ${states.find((one) => one.code === by)!.name}.`;
    const { id } = await this.chair.do({ kind: "dispose-proposal", proposal, fate: "in-chair-summary", text: words });
    this.ledger.answer(proposal, "in-chair-summary");
    this.used.add(proposal);
    const last =
      this.ledger.order.findLast((one) => this.ledger.paper(one).part === "chair-summary") ?? this.ledger.order.at(-1)!;
    this.ledger.put(id as ParagraphId, words, last, "chair-summary");
  }

  // ---------- the chair ----------

  /** Of alternatives in brackets, the one that most can live with stays. */
  async liftAll(): Promise<number> {
    const bracketed = this.sheets.filter(({ open }) => open !== null);
    for (const sheet of bracketed) {
      const { question, between } = sheet.open!;
      const landing = this.interests.landing(sheet.clause, question);
      const kept = between.find((answer) => answer === landing) ?? between[0];
      const at = this.words(sheet).indexOf(`[${answers[question][kept]}]`);
      const wording = await this.draftWording(sheet.id);
      await this.chair.do({
        kind: "lift-bracket",
        paragraph: sheet.id,
        wording,
        at,
        how: "choose",
        reason: "Heard in the room.",
      });
      sheet.open = null;
      sheet.is[question] = kept;
      this.ledger.paper(sheet.id).words = this.words(sheet);
    }
    return bracketed.length;
  }

  /** Issues a version, which must be refused while something is not covered. @returns the words of that refusal, if there was one */
  async issue(
    label: string,
    covers: readonly { paragraph: ParagraphId; reason: string; how?: CoverHow }[] = [],
  ): Promise<string | null> {
    const refusal = covers.length > 0 ? await this.chair.refused({ kind: "issue-version", label }) : null;
    await this.chair.do({ kind: "issue-version", label, covers });
    await this.takeNote();
    await this.afterwards();
    this.afterwards = async () => undefined;
    return refusal;
  }

  /** Reads what was circulated: the names of the words that positions and proposals are bound to. */
  async takeNote(): Promise<void> {
    for (const { id, wording } of paragraphsOf(await this.anyone.report())) this.#wordings.set(id, wording);
  }

  wording(id: ParagraphId): WordingHash {
    const wording = this.#wordings.get(id);
    if (!wording) throw new Error(`${id} was never circulated`);
    return wording;
  }

  private async draftWording(id: ParagraphId): Promise<WordingHash> {
    return paragraphsOf(await this.chair.report()).find((one) => one.id === id)!.wording;
  }

  async gavel(id: ParagraphId): Promise<void> {
    await this.chair.do({ kind: "gavel", paragraph: id, wording: this.wording(id) });
    this.agree(id);
  }

  agree(id: ParagraphId): void {
    const paper = this.ledger.paper(id);
    Object.assign(paper, { agreed: paper.words, reopened: false });
  }

  async move(id: ParagraphId, reason: string): Promise<void> {
    await this.chair.do({ kind: "move-paragraph", paragraph: id, to: "chair-summary", reason });
    this.ledger.paper(id).part = "chair-summary";
  }

  /** Everybody at once, each one thing after the other. */
  private async everyState(plan: (state: number) => Promise<readonly (() => Promise<unknown>)[]>): Promise<void> {
    const plans = await Promise.all(states.map((_, state) => plan(state)));
    await Promise.all(
      plans.map(async (acts) => {
        for (const act of acts) await act();
      }),
    );
  }

  // ---------- what must be so ----------

  /**
   * The positions and proposals that a viewer has been told of, by reading on in the record where they stopped reading.
   * @throws when what is told does not follow from what was told before
   */
  private async recordOf(viewer: Seat): Promise<ReadonlySet<string>> {
    const read = this.#read.get(viewer) ?? { last: null, ids: new Set<string>() };
    const { events } = await viewer.events(read.last?.seq);
    const verdict = verifySeen(events, read.last);
    if (!verdict.ok) throw new Error(`the record of ${viewer.name} does not hold at ${verdict.seq}: ${verdict.why}`);
    for (const entry of events)
      if ("what" in entry && (entry.what.kind === "position-lodged" || entry.what.kind === "proposal-tabled"))
        read.ids.add(entry.what.id);
    this.#read.set(viewer, { ...read, last: verdict.last });
    return read.ids;
  }

  /** What is not as the ledger says, for the chair, for two delegations and for everyone; nothing when all is well. */
  async differences(): Promise<readonly unknown[]> {
    const wrong: unknown[] = [];
    const hold = (what: string, is: unknown, should: unknown): void => {
      if (JSON.stringify(is) !== JSON.stringify(should)) wrong.push({ what, is, should });
    };
    for (const viewer of [this.chair, this.delegations[3]!, this.delegations[20]!, this.anyone]) {
      const report = await viewer.report();
      const about = (what: string): string => `${what}, for ${viewer.name}`;
      for (const [part, paragraphs] of [
        ["consensus", report.parts.consensus],
        ["chair-summary", report.parts.chairSummary],
      ] as const) {
        const [is, should] = [readingOf(paragraphs), this.ledger.reading(part)];
        hold(about(`how many in ${part}`), is.length, should.length);
        for (const [index, paragraph] of should.entries()) hold(about(part), is[index], paragraph);
      }
      for (const { id, counts } of paragraphsOf(report))
        hold(about(`counts on ${id}`), sorted(counts), sorted(this.ledger.counts(id)));
      hold(about("blockers"), blockersOf(report), this.ledger.blockers());
      const fates = new Map(
        paragraphsOf(report).flatMap(({ proposals }) =>
          proposals.map(({ id, fate }) => [id as string, fate?.kind ?? null]),
        ),
      );
      for (const [id, { fate, paragraph }] of this.ledger.asked)
        if (this.ledger.order.includes(paragraph)) hold(about(`fate of ${id}`), fates.get(id), fate);
      const known = await this.recordOf(viewer);
      for (const id of [...this.ledger.stated.keys(), ...this.ledger.asked.keys()])
        if (!known.has(id)) wrong.push({ what: about("not on record"), id });
    }
    return wrong;
  }
}

const sorted = (counts: object | null): string =>
  Object.entries(counts ?? {})
    .map(([level, count]) => `${level} ${count}`)
    .toSorted()
    .join(", ");
