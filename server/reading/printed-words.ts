/** Words between the report and a file: a reference is printed as a number and a footnote as a note, and what comes back has to become both again. */
import { hunksOf, withHunks } from "../../shared/domain/rebase.ts";
import type { PlacedHunk } from "../../shared/domain/rebase.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { embedCharacter, flatText, joinContent } from "../../shared/domain/text.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import type { Range } from "../../shared/domain/wording.ts";
import type { ReadPiece } from "./read-document.ts";
import type { Sent } from "./sent.ts";

/** @param pieces those that stand; @param newId for a footnote */
export function inlineFrom(
  pieces: readonly ReadPiece[],
  standing: (pieces: readonly ReadPiece[]) => readonly ReadPiece[],
  newId: () => string,
): readonly Inline[] {
  return trimmed(
    pieces.map((piece): Inline => {
      if (piece.t === "note") return { t: "footnote", id: newId(), text: wordsIn(standing(piece.pieces)).trim() };
      const text = piece.text;
      return { t: "text", text, ...(piece.marks && { marks: piece.marks }) };
    }),
  );
}

/** A note is one character. */
export const wordsIn = (pieces: readonly ReadPiece[]): string =>
  pieces.map((piece) => (piece.t === "text" ? piece.text : embedCharacter)).join("");

function trimmed(content: readonly Inline[]): readonly Inline[] {
  const joined = joinContent([content]).map((inline) =>
    inline.t === "text" ? { ...inline, text: inline.text.replace(/\s+/g, " ") } : inline,
  );
  const first = joined[0];
  if (first?.t === "text") joined[0] = { ...first, text: first.text.trimStart() };
  const last = joined.at(-1);
  if (last?.t === "text") joined[joined.length - 1] = { ...last, text: last.text.trimEnd() };
  return joined.filter((inline) => inline.t !== "text" || inline.text !== "");
}

/** As it stands in a file. */
export const asPrinted = (content: readonly Inline[], sent: Pick<Sent, "numbers" | "removed">): readonly Inline[] =>
  content.map((inline) =>
    inline.t === "ref" ? { t: "text", text: sent.numbers.get(inline.to) ?? sent.removed } : inline,
  );

interface PrintedRef extends Range {
  readonly shorter: number;
}

/**
 * What a file asks for in the place of `base`: what did not change keeps its references, notes and looks.
 * @returns `base` itself where no words changed
 */
export function askedFor(
  base: readonly Inline[],
  back: readonly Inline[],
  sent: Pick<Sent, "numbers" | "removed">,
): readonly Inline[] {
  const refs: PrintedRef[] = [];
  let at = 0;
  const printed = asPrinted(base, sent);
  for (const [index, inline] of printed.entries()) {
    const { length } = flatText([inline]);
    if (base[index]!.t === "ref") refs.push({ from: at, to: at + length, shorter: length - 1 });
    at += length;
  }
  if (saysTheSame(printed, back)) return base;
  const flat = flatText(printed);
  const plain = (from: number, to: number): Inline[] => (from < to ? [{ t: "text", text: flat.slice(from, to) }] : []);
  /** Where something printed stands in `base`. */
  const inBase = (place: number): number =>
    place - refs.filter(({ to }) => to <= place).reduce((sum, { shorter }) => sum + shorter, 0);
  const hunks = hunksOf(joinContent([printed]), back).flatMap((hunk): PlacedHunk[] => {
    let { from, to } = hunk;
    let { content } = hunk;
    for (const ref of refs) {
      if (ref.from < from && from < ref.to) {
        content = [...plain(ref.from, from), ...content];
        from = ref.from;
      }
      if (ref.from < to && to < ref.to) {
        content = [...content, ...plain(to, ref.to)];
        to = ref.to;
      }
      // The number of the paragraph it names is another one since the file was made.
      if (from === ref.from && to === ref.to && isRenumbered(flat.slice(from, to), flatText(content))) return [];
    }
    const place = { from: inBase(from), to: inBase(to) };
    return [{ ...place, content, place: { state: "clean", ...place } }];
  });
  const asked = trimmed(withHunks(base, hunks));
  return wordingOf(asked).hash === wordingOf(base).hash ? base : asked;
}

/** The same but for the number: "3 bis of the chair's summary". */
const isRenumbered = (was: string, is: string): boolean =>
  numberIn.test(is.trim()) && was.trim().replace(numberIn, "") === is.trim().replace(numberIn, "");
const numberIn = /^(?:\d+(?: (?!of )[a-z]+)?(?:\([a-z]+\))*|(?:\([a-z]+\))+)/;

/** Of an earlier wording only the text is known, with a sign for each note and reference. */
function saysTheSame(printed: readonly Inline[], back: readonly Inline[]): boolean {
  if (wordingOf(printed).hash === wordingOf(back).hash) return true;
  const was = printed.map((inline) => (inline.t === "text" ? inline.text : embedCharacter)).join("");
  if (printed.some(({ t }) => t !== "text") || !was.includes(embedCharacter)) return false;
  const pattern = was
    .replace(/\s+/g, " ")
    .trim()
    .split(embedCharacter)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^${pattern.join(`(?:${embedCharacter}|[^ ]{1,12}(?: bis| ter)?)`)}$`, "u").test(
    canonicalText(back),
  );
}
