/** What each delegation makes of a text: how far each answer in it is from the one it came for, and what it says and asks for then. */
import type { Level } from "../../../shared/domain/positions.ts";
import type { Clause, Leaning, Question, Stand } from "./cast.ts";
import { answers, questions, sectionCount, states } from "./cast.ts";

/** A third is careful, a third in between, a third bold; section by section some are a step nearer to the middle or further from it. */
export class Interests {
  readonly #shifts: readonly (readonly number[])[];
  readonly #taste: readonly (readonly number[])[];

  constructor(random: () => number, clauses: number) {
    this.#shifts = states.map(() => Array.from({ length: sectionCount * 3 }, () => Math.floor(random() * 3) - 1));
    this.#taste = states.map(() => Array.from({ length: clauses }, () => random()));
  }

  /** Nobody has instructions on everything: each follows half of the sections. */
  cares(state: number, { section }: Clause): boolean {
    return (section + state) % sectionCount < sectionCount / 2;
  }

  wants(state: number, { section }: Clause): Stand {
    const camp = Math.floor(state / 2) % 3;
    const lean = (nth: number): Leaning =>
      Math.max(0, Math.min(2, camp + this.#shifts[state]![section * 3 + nth]!)) as Leaning;
    return { force: lean(0), manner: lean(1), rhythm: lean(2) };
  }

  /** In which order a delegation comes to speak of the paragraphs it cares for. */
  agenda(state: number, clauses: readonly Clause[]): readonly Clause[] {
    const taste = this.#taste[state]!;
    return clauses.filter((clause) => this.cares(state, clause)).toSorted((a, b) => taste[a.index]! - taste[b.index]!);
  }

  /** What most of those who care can live with. */
  landing(clause: Clause, question: Question): Leaning {
    const wanted = states.flatMap((_, state) =>
      this.cares(state, clause) ? [this.wants(state, clause)[question]] : [],
    );
    return wanted.toSorted((a, b) => a - b)[Math.floor(wanted.length / 2)]!;
  }
}

/** The question on which a text is furthest from what is wanted, and how far. */
export function grievance(is: Stand, wanted: Stand): { readonly question: Question; readonly distance: number } {
  const distances = questions.map((question) => ({ question, distance: Math.abs(is[question] - wanted[question]) }));
  return distances.toSorted((a, b) => b.distance - a.distance)[0]!;
}

const lesser: readonly Level[] = ["reservation", "concern", "question", "awaiting-instructions"];

/** Nothing amiss is supported, something that one could live with is spoken to, its opposite is objected to. */
export function levelFor(distance: number, state: number, { index }: Clause): Level {
  if (distance === 2) return "objection";
  if (distance === 1) return lesser[(state + index) % lesser.length]!;
  return (state + index) % 3 === 0 ? "accept" : "support";
}

/** The words that would lift an objection. */
export const remedyOf = (question: Question, wanted: Stand): string => answers[question][wanted[question]];
