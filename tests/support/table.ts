/**
 * A negotiating table for tests of the rules: a record and a text, without disk, network or hashes.
 * Every act checks the laws that hold for all: what `decide` gives out `evolve` takes in, two batches fold like one, and a refusal changes nothing.
 */
import type { Command } from "../../shared/domain/commands.ts";
import type { Draft, Negotiation } from "../../shared/domain/acts/acting.ts";
import { takeSeat } from "../../shared/domain/acts/roster.ts";
import { openNegotiation } from "../../shared/domain/acts/settings.ts";
import { decide } from "../../shared/domain/decide.ts";
import type { DisclosurePreset, Entry, Method } from "../../shared/domain/entries.ts";
import type { Position } from "../../shared/domain/positions.ts";
import type { Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { RefusalCode } from "../../shared/domain/refusals.ts";
import type { Actor, Delegation, DelegationKind } from "../../shared/domain/roster.ts";
import { parseSeat } from "../../shared/domain/roster.ts";
import type { Status } from "../../shared/domain/status.ts";
import { statusOf } from "../../shared/domain/status.ts";
import type { Block, Text } from "../../shared/domain/text.ts";
import { blocksById, editText, flatText } from "../../shared/domain/text.ts";
import type {
  DelegationCode,
  EpochMs,
  ParagraphId,
  Part,
  PersonId,
  PositionId,
  WordingHash,
} from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";

/** A paragraph id of 22 characters that can be read in a failure: `p("a")`. */
export const idOf = (name: string): ParagraphId => name.padEnd(22, "0") as ParagraphId;

export function paragraph(name: string, words: string, more: Partial<Block> = {}): Block {
  return {
    id: idOf(name),
    kind: "paragraph",
    level: 0,
    part: "consensus",
    content: [{ t: "text", text: words }],
    ...more,
  };
}

export const heading = (name: string, words: string): Block => paragraph(name, words, { kind: "heading" });

/** An actor by seat: `actor("chair")`, `actor("delegation:XAA")`. */
export function actor(seat: string): Actor {
  const parsed = parseSeat(seat);
  if (!parsed) throw new Error(`no seat ${seat}`);
  return { person: seat.replaceAll(/[^0-9A-Za-z]/g, "").padEnd(22, "0") as PersonId, name: seat, seat: parsed };
}

interface Setting {
  readonly disclosure?: DisclosurePreset;
  readonly method?: Method;
  readonly delegations?: { readonly [code: string]: DelegationKind };
}

export class Table {
  record: Record = emptyRecord;
  text: Text;
  now = 1_000_000 as EpochMs;
  readonly entries: Entry[] = [];
  minted = 0;

  constructor(text: Text, { disclosure = "delegations", method = "chair-pen", delegations }: Setting = {}) {
    this.text = text;
    const kinds = delegations ?? {
      XAA: "member-state",
      XBB: "member-state",
      XCC: "member-state",
      XOB: "observer-state",
    };
    const settings = { title: "Report", method, disclosure, silenceMinimumHours: 72 };
    const roster = Object.entries(kinds).map(([code, kind]): Delegation => ({
      code: code as DelegationCode,
      name: code,
      kind,
      regionalGroup: "none",
    }));
    this.append(openNegotiation("report", settings, roster, actor("chair"), this.now));
  }

  /** A second table at the same point, for playing on in another way. */
  fork(): Table {
    const fork = Object.create(Table.prototype) as Table;
    return Object.assign(fork, this, { entries: [...this.entries] });
  }

  get negotiation(): Negotiation {
    return { record: this.record, text: this.text };
  }

  /** The act, which must stand. Answers the id of what it made. */
  do(seat: string, command: Command): string {
    const answer = decide(this.negotiation, command, actor(seat), this.tick(), () => this.mint());
    if (!answer.ok) throw new Error(`${command.kind} by ${seat} was refused: ${JSON.stringify(answer.refusal)}`);
    this.text = editText(this.text, answer.value.edits ?? []);
    this.append(answer.value.drafts);
    return answer.value.id ?? "";
  }

  takeSeat(seat: string): void {
    this.append([takeSeat(actor(seat), this.tick())]);
  }

  /** The code with which the act is refused, or null when it would stand. Changes nothing. */
  refusal(seat: string, command: Command): RefusalCode | null {
    const answer = decide(this.negotiation, command, actor(seat), this.now, () => "0".repeat(22));
    return answer.ok ? null : answer.refusal.code;
  }

  circulate(): void {
    this.do("chair", { kind: "circulate" });
  }

  /** The chair's team rewrites a paragraph. */
  retype(name: string, words: string): void {
    this.text = this.text.map((block) =>
      block.id === idOf(name) ? { ...block, content: [{ t: "text", text: words }] } : block,
    );
  }

  block(name: string): Block {
    const block = blocksById(this.text).get(idOf(name));
    if (!block) throw new Error(`no paragraph ${name}`);
    return block;
  }

  wording(name: string): WordingHash {
    return wordingOf(this.block(name).content).hash;
  }

  object(code: string, name: string, quote?: string): PositionId {
    const words = flatText(this.block(name).content);
    const from = quote === undefined ? -1 : words.indexOf(quote);
    return this.do(`delegation:${code}`, {
      kind: "lodge-position",
      paragraph: idOf(name),
      wording: this.wording(name),
      level: "objection",
      ...(quote !== undefined && { span: { from, to: from + quote.length, quote } }),
    }) as PositionId;
  }

  support(code: string, name: string): PositionId {
    const [paragraph, wording] = [idOf(name), this.wording(name)];
    return this.do(`delegation:${code}`, {
      kind: "lodge-position",
      paragraph,
      wording,
      level: "support",
    }) as PositionId;
  }

  gavel(name: string): void {
    this.do("chair", { kind: "gavel", paragraph: idOf(name), wording: this.wording(name) });
  }

  mayGavel(name: string): RefusalCode | null {
    return this.refusal("chair", { kind: "gavel", paragraph: idOf(name), wording: this.wording(name) });
  }

  move(name: string, to: Part): void {
    this.do("chair", { kind: "move-paragraph", paragraph: idOf(name), to, reason: "no consensus at this stage" });
  }

  status(name: string): Status {
    return statusOf(this.record, this.block(name));
  }

  position(id: PositionId): Position {
    const position = this.record.positions.get(id);
    if (!position) throw new Error(`no position ${id}`);
    return position;
  }

  append(drafts: readonly Draft[]): void {
    const entries = drafts.map((draft, index): Entry => {
      const seq = this.record.seq + 1 + index;
      return { ...draft, v: 1, seq, prev: String(seq - 1), hash: String(seq), salts: noSalts };
    });
    this.record = evolve(this.record, entries);
    this.entries.push(...entries);
  }

  private tick(): EpochMs {
    return (this.now = (this.now + 1_000) as EpochMs);
  }

  private mint(): string {
    return `m${++this.minted}x`.padEnd(22, "0");
  }
}

const noSalts = { at: "", who: "", person: "", what: "", why: "" };
