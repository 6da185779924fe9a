/**
 * What must be so, kept beside the server by whoever plays: the text, what was stated and asked for, and what follows by the rules as
 * they are told to people (SPEC: POS, GRP, STA, REP). It shares no line with the house that it is held against.
 */
import type { Level } from "../../../shared/domain/positions.ts";
import type { Fate } from "../../../shared/domain/proposals.ts";
import type { ComposedParagraph, ComposedReport } from "../../../shared/domain/report.ts";
import type { DelegationCode, GroupId, ParagraphId, Part } from "../../../shared/domain/values.ts";

interface Paper {
  words: string;
  part: Part;
  /** The words that the gavel, or a silence, made agreed. */
  agreed: string | null;
  reopened: boolean;
}

export interface Stated {
  readonly id: string;
  readonly by: DelegationCode;
  readonly level: Level;
  readonly paragraph: ParagraphId;
  readonly words: string;
  /** Where its words are now; nowhere when they were removed. */
  on: readonly ParagraphId[];
  /** For a group: the members at that time. */
  readonly behind?: ReadonlySet<DelegationCode>;
  readonly group?: GroupId;
  readonly aligned: Set<DelegationCode>;
  /** Stated while names were public. */
  readonly isPublic: boolean;
  ended: boolean;
}

interface Asked {
  readonly by: DelegationCode;
  readonly paragraph: ParagraphId;
  /** Who joined it. */
  readonly sponsors: Set<DelegationCode>;
  fate: Fate | null;
}

const strictness: readonly Level[] = [
  "support",
  "accept",
  "question",
  "concern",
  "reservation",
  "awaiting-instructions",
  "objection",
];
const stricter = (a: Stated, b: Stated): Stated => (strictness.indexOf(b.level) > strictness.indexOf(a.level) ? b : a);

export class Ledger {
  /** In the order of the text. */
  order: ParagraphId[] = [];
  readonly papers = new Map<ParagraphId, Paper>();
  readonly stated = new Map<string, Stated>();
  readonly asked = new Map<string, Asked>();
  /** From everything that groups state on a paragraph. */
  readonly departed = new Map<ParagraphId, Set<DelegationCode>>();
  /** Alternatives of which none is chosen. */
  readonly unchosen = new Set<ParagraphId>();
  /** Whether the names of those who speak now are public. */
  isPublic = false;

  paper(id: ParagraphId): Paper {
    const paper = this.papers.get(id);
    if (!paper) throw new Error(`${id} is not in the text`);
    return paper;
  }

  put(id: ParagraphId, words: string, after: ParagraphId | null, part: Part = "consensus"): void {
    this.papers.set(id, { words, part, agreed: null, reopened: false });
    this.order.splice(after === null ? this.order.length : this.order.indexOf(after) + 1, 0, id);
  }

  remove(id: ParagraphId): void {
    this.order = this.order.filter((one) => one !== id);
  }

  state(stated: Omit<Stated, "aligned" | "ended" | "on" | "isPublic">): void {
    // Whoever speaks for a group has said with which of its groups it goes.
    const aligned = new Set(stated.behind ? [stated.by] : []);
    this.stated.set(stated.id, { ...stated, on: [stated.paragraph], aligned, isPublic: this.isPublic, ended: false });
  }

  ask(id: string, by: DelegationCode, paragraph: ParagraphId): void {
    this.asked.set(id, { by, paragraph, sponsors: new Set(), fate: null });
  }

  sponsor(id: string, by: DelegationCode): void {
    this.asked.get(id)!.sponsors.add(by);
  }

  /** @throws when it has one already: everyone gets one answer */
  answer(id: string, fate: Fate): void {
    const asked = this.asked.get(id);
    if (!asked || asked.fate) throw new Error(`${id} has a fate: ${asked?.fate}`);
    asked.fate = fate;
  }

  standingOn(id: ParagraphId): readonly Stated[] {
    return [...this.stated.values()].filter(({ on, ended }) => !ended && on.includes(id));
  }

  objectionsTo(id: ParagraphId): readonly Stated[] {
    return this.paper(id).part === "consensus" ? this.standingOn(id).filter(({ level }) => level === "objection") : [];
  }

  status(id: ParagraphId): string | null {
    const { part, words, agreed, reopened } = this.paper(id);
    if (part !== "consensus") return null;
    if (agreed === words && !reopened) return "agreed";
    if (this.objectionsTo(id).length > 0 || words.includes("[")) return "contested";
    return reopened ? "reopened" : "open";
  }

  /** How many delegations stand how, each counted once: by itself, else through what it aligned with, else through its groups. */
  counts(id: ParagraphId): Record<string, number> {
    const { words } = this.paper(id);
    const own = new Map<DelegationCode, Stated>();
    const aligned = new Map<DelegationCode, Stated>();
    const through = new Map<DelegationCode, Stated>();
    const keep = (among: Map<DelegationCode, Stated>, who: DelegationCode, stated: Stated): void => {
      const other = among.get(who);
      among.set(who, other ? stricter(other, stated) : stated);
    };
    for (const stated of this.standingOn(id)) {
      const agrees = stated.level === "support" || stated.level === "accept";
      if (agrees && stated.words !== words) continue;
      if (!stated.behind) {
        keep(own, stated.by, stated);
        continue;
      }
      const still = (who: DelegationCode): boolean => !this.departed.get(id)?.has(who);
      for (const who of stated.aligned) if (still(who)) keep(aligned, who, stated);
      for (const who of stated.behind) if (still(who) && !stated.aligned.has(who)) keep(through, who, stated);
    }
    const counts = Object.fromEntries(strictness.map((level) => [level, 0]));
    for (const { level } of new Map([...through, ...aligned, ...own]).values()) counts[level]! += 1;
    return counts;
  }

  /** What stands between here and adoption, one line each. */
  blockers(): string[] {
    const lines: string[] = [];
    for (const id of this.order) {
      const { part, words, agreed, reopened } = this.paper(id);
      const isAgreed = agreed === words && !reopened;
      for (const objection of this.objectionsTo(id))
        lines.push(`${id} ${isAgreed ? "reopening-asked" : "objection"} ${objection.id}`);
      if (part === "consensus" && !isAgreed && words.includes("[")) lines.push(`${id} brackets`);
      if (this.unchosen.has(id)) lines.push(`${id} alternatives`);
      if (part === "consensus" && !isAgreed && reopened) lines.push(`${id} reopened`);
    }
    for (const { id, level, paragraph, on, ended } of this.stated.values())
      if (!ended && level === "objection" && on.length === 0) lines.push(`${paragraph} words-removed ${id}`);
    for (const [id, { paragraph, fate }] of this.asked) if (!fate) lines.push(`${paragraph} proposal ${id}`);
    return lines.toSorted();
  }

  /** The two parts as they are read, each in order. */
  reading(part: Part): readonly { readonly id: ParagraphId; readonly text: string; readonly status: string | null }[] {
    return this.order
      .filter((id) => this.paper(id).part === part)
      .map((id) => ({ id, text: this.paper(id).words, status: this.status(id) }));
  }
}

// ---------- what the server says, in the same shape ----------

export const paragraphsOf = ({ parts }: ComposedReport): readonly ComposedParagraph[] =>
  [...parts.consensus, ...parts.chairSummary].filter(({ kind }) => kind === "paragraph");

export const readingOf = (paragraphs: readonly ComposedParagraph[]) =>
  paragraphs.filter(({ kind }) => kind === "paragraph").map(({ id, text, status }) => ({ id, text, status }));

export const blockersOf = ({ blockers }: ComposedReport): string[] =>
  blockers
    .map(({ paragraph, why, position, proposal }) => [paragraph, why, position ?? proposal].filter(Boolean).join(" "))
    .toSorted();
