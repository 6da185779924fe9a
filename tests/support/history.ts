/**
 * Who was told what, against what is there in the end: a word or a position that was acknowledged is there exactly once, in its order, and
 * nothing is there that nobody wrote. The one checker of all fault tests.
 */
import type { SeenEntry } from "../../shared/domain/entries.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { Receipt } from "../../shared/wire/api.ts";

/** Someone who writes one word after the other into a paragraph that nobody else touches. */
export interface Writer {
  readonly paragraph: ParagraphId;
  readonly typed: readonly string[];
  /** How many of the first words the server has called durable. */
  readonly durable: number;
}

/** Words of one session of a simulated typist, with the clock of their client after each. */
export class Words implements Writer {
  readonly paragraph: ParagraphId;
  readonly typed: string[] = [];
  durable = 0;
  readonly #clocks: number[] = [];

  constructor(paragraph: ParagraphId) {
    this.paragraph = paragraph;
  }

  type(word: string, clock: number): void {
    this.typed.push(word);
    this.#clocks.push(clock);
  }

  /** Everything up to this clock was called saved. */
  save(clock: number): void {
    while ((this.#clocks[this.durable] ?? Infinity) <= clock) this.durable++;
  }
}

/** Tokens strewn by one session into text that others write too, and struck again by the same. */
export class Strewn {
  readonly #page: string;
  readonly #tokens = new Map<string, { put: number; struck: number }>();
  #saved = -1;

  constructor(page: string) {
    this.#page = page;
  }

  /** One that nobody has used. */
  token(): string {
    return `<${this.#page}${this.#tokens.size}>`;
  }

  get standing(): readonly string[] {
    return [...this.#tokens].flatMap(([token, { struck }]) => (struck === Infinity ? [token] : []));
  }

  put(token: string, clock: number): void {
    this.#tokens.set(token, { put: clock, struck: Infinity });
  }

  strike(token: string, clock: number): void {
    this.#tokens.get(token)!.struck = clock;
  }

  save(clock: number): void {
    this.#saved = Math.max(this.#saved, clock);
  }

  asOf(): Strewn {
    const copy = new Strewn(this.#page);
    for (const [token, at] of this.#tokens) copy.#tokens.set(token, { ...at });
    copy.#saved = this.#saved;
    return copy;
  }

  violations(text: string): string[] {
    return [...this.#tokens].flatMap(([token, { put, struck }]) => {
      const times = text.split(token).length - 1;
      if (times > 1) return [`${token} stands ${times} times`];
      // Struck, but not called saved: it may stand or not.
      if (put <= this.#saved && struck === Infinity && times === 0) return [`${token} was saved and is gone`];
      if (struck <= this.#saved && times === 1) return [`${token} was struck, which was saved, and stands`];
      return [];
    });
  }
}

export class History {
  readonly #writers: Writer[] = [];
  readonly #strewn: Strewn[] = [];
  readonly #lodged: string[] = [];
  /** Words of a statement that nobody else uses, and the receipt of it once it has come. */
  readonly #said = new Map<string, Pick<Receipt, "seq" | "hash"> | null>();

  watch<W extends Writer>(writer: W): W {
    this.#writers.push(writer);
    return writer;
  }

  strew(strewn: Strewn): Strewn {
    this.#strewn.push(strewn);
    return strewn;
  }

  /** A statement that was asked for, maybe more than once: it may be made once. */
  says(words: string): void {
    this.#said.set(words, null);
  }

  answered(words: string, receipt: Pick<Receipt, "seq" | "hash">): void {
    this.#said.set(words, receipt);
  }

  /** What is known now, for the day on which the data go back to this moment. */
  asOf(): History {
    const copy = new History();
    for (const { paragraph, typed, durable } of this.#writers) copy.#writers.push({ paragraph, typed, durable });
    for (const strewn of this.#strewn) copy.#strewn.push(strewn.asOf());
    copy.#lodged.push(...this.#lodged);
    for (const [words, receipt] of this.#said) copy.#said.set(words, receipt);
    return copy;
  }

  /** A position whose receipt has come. */
  lodged(id: string): void {
    this.#lodged.push(id);
  }

  get words(): number {
    return this.#writers.reduce((sum, { durable }) => sum + durable, 0);
  }

  get positions(): number {
    return this.#lodged.length;
  }

  /** What is wrong, in words; nothing when all is well. */
  violations(report: ComposedReport, events: readonly SeenEntry[]): string[] {
    const texts = new Map(report.parts.consensus.map(({ id, text }) => [id, text]));
    const wrong = this.#writers.flatMap((writer) => violationOf(writer, texts.get(writer.paragraph) ?? ""));
    const recorded = events.flatMap((entry) =>
      "what" in entry && entry.what.kind === "position-lodged" ? [entry.what.id as string] : [],
    );
    const twice = recorded.filter((id, index) => recorded.indexOf(id) !== index);
    const lost = this.#lodged.filter((id) => !recorded.includes(id));
    const whole = [...report.parts.consensus, ...report.parts.chairSummary].map(({ text }) => text).join("\n");
    wrong.push(...this.#strewn.flatMap((strewn) => strewn.violations(whole)));
    const entries = events.map((entry) => [JSON.stringify(entry), "what" in entry && entry.what.kind] as const);
    for (const [words, receipt] of this.#said) {
      // One act may be several entries, each of another kind.
      const kinds = entries.flatMap(([entry, kind]) => (entry.includes(words) ? [kind] : []));
      if (new Set(kinds).size < kinds.length) wrong.push(`${words} was stated twice: ${kinds.join(", ")}`);
      if (receipt && events[receipt.seq - 1]?.hash !== receipt.hash) {
        wrong.push(`${words} has a receipt of entry ${receipt.seq}, which is not there`);
      }
    }
    return [...wrong, ...twice.map((id) => `position ${id} twice`), ...lost.map((id) => `position ${id} lost`)];
  }
}

function violationOf({ paragraph, typed, durable }: Writer, text: string): string[] {
  // Some words, in order, from the first one on: none twice, none missing in between.
  let there = 0;
  for (let rest = text; rest !== ""; there++) {
    const word = typed[there];
    if (word === undefined || !rest.startsWith(word)) return [`${paragraph}: after ${there} words stands "${rest}"`];
    rest = rest.slice(word.length);
  }
  return there < durable ? [`${paragraph}: ${durable} words were acknowledged, ${there} are there`] : [];
}
