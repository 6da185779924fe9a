/**
 * Who was told what, against what is there in the end: a word or a position that was acknowledged is there exactly once, in its order, and
 * nothing is there that nobody wrote. The one checker of all fault tests.
 */
import type { SeenEntry } from "../../shared/domain/entries.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";

/** Someone who writes one word after the other into a paragraph that nobody else touches. */
export interface Writer {
  readonly paragraph: ParagraphId;
  readonly typed: readonly string[];
  /** How many of the first words the server has called durable. */
  readonly durable: number;
}

export class History {
  readonly #writers: Writer[] = [];
  readonly #lodged: string[] = [];

  watch<W extends Writer>(writer: W): W {
    this.#writers.push(writer);
    return writer;
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
