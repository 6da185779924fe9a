/** Whose a change in a returned file is (SPEC: RET): made in it by the delegation, printed into it by us, or the chair's since a version. */
import type { EpochMs } from "../../shared/domain/values.ts";
import type { Author, ReadPiece, Tracked } from "./read-document.ts";
import type { Sent } from "./sent.ts";

export type Whose = "theirs" | "ours" | "chair";

export class Authority {
  readonly #sent: Pick<Sent, "names" | "seconds" | "chair">;
  readonly #minutes: ReadonlySet<number>;

  constructor(sent: Pick<Sent, "names" | "seconds" | "chair">) {
    this.#sent = sent;
    this.#minutes = new Set([...sent.seconds].map((second) => Math.floor(second / 60)));
  }

  of({ by, at }: Author): Whose {
    const { names, chair } = this.#sent;
    if (by === chair) return "chair";
    return at !== null && this.#isKnown(at) && names.some((name) => by.includes(name)) ? "ours" : "theirs";
  }

  /** Word keeps when something was done to the minute, and saves what it read from a file so too. */
  #isKnown(at: EpochMs): boolean {
    return at % 60_000 === 0 ? this.#minutes.has(at / 60_000) : this.#sent.seconds.has(Math.floor(at / 1_000));
  }

  /** The delegation did something to it. */
  isTouched({ inserted, deleted }: Tracked): boolean {
    return [inserted, deleted].some((author) => author && this.of(author) === "theirs");
  }

  /** It is to be seen when what the delegation did holds, and what others propose does not. */
  stands({ inserted, deleted }: Tracked): boolean {
    return !(inserted && this.of(inserted) === "ours") && !(deleted && this.of(deleted) !== "ours");
  }

  /** It is another's proposal, whole. */
  isProposed({ inserted }: Tracked): boolean {
    return inserted !== undefined && this.of(inserted) === "ours";
  }

  /** It left the text since the version that the file compares with. */
  isGone({ deleted }: Tracked): boolean {
    return deleted !== undefined && this.of(deleted) === "chair";
  }

  /** Who made the delegation's changes. */
  authors(marks: readonly Tracked[]): readonly string[] {
    const all = marks.flatMap(({ inserted, deleted }) => [inserted, deleted]);
    return [...new Set(all.flatMap((author) => (author && this.of(author) === "theirs" ? [author.by] : [])))];
  }

  standing(pieces: readonly ReadPiece[]): readonly ReadPiece[] {
    return pieces.filter((piece) => this.stands(piece));
  }
}
