/**
 * A change that somebody asks for in free words, as the words it would make of a paragraph (SPEC: COM). Only what cannot be misread is
 * understood; everything else is for people to read.
 */
import type { Change } from "./proposals.ts";
import type { Part } from "./values.ts";
import { isHeld, share, wordsOf } from "./words.ts";

export interface UnderstoodChange {
  readonly change: Exclude<Change, "move">;
  /** Left out with `delete`. */
  readonly text?: string;
}

/** The share of common words, of both taken together, from which a sentence is the paragraph in other words. */
const wholeParagraph = 0.6;

/**
 * @param asked "Delete this paragraph", `Replace "shall" by "should"`, `Insert "all" after "States"`, `New paragraph after this one: "…"`, or the paragraph in
 *   other words
 * @param words the paragraph it is asked of, as canonical text
 * @returns null where it could mean more than one thing, or nothing
 */
export function understandChange(asked: string, words: string): UnderstoodChange | null {
  const said = asked.replace(/\s+/g, " ").trim();
  if (/^delete (?:(?:the|this)(?: whole| entire)? )?(?:paragraph|clause|all)\.?$/i.test(said)) {
    return { change: "delete" };
  }
  const added = new RegExp(
    `^(?:insert|add) (?:a )?new paragraph(?: after (?:this one|it))?:? ${quoted}\\.?$`,
    "i",
  ).exec(said);
  if (added) return { change: "insert-after", text: added[1]! };
  const instead = new RegExp(
    `^(?:replace|change) (?:the|this) (?:whole |entire )?paragraph (?:by|with|to):? ${quoted}$`,
    "i",
  ).exec(said);
  if (instead) return instead[1] === words ? null : { change: "replace", text: instead[1]! };
  const made = edited(said, words);
  if (made !== null) return made === words ? null : { change: "replace", text: made };
  const whole = new RegExp(`^${quoted}$`).exec(said)?.[1] ?? said;
  return whole !== words && isWholeParagraph(whole, words) ? { change: "replace", text: whole } : null;
}

/** A change in words that are understood again, but for a move. */
export function spellChange({ change, text = "", to }: Asked): string {
  if (change === "move") return `Move to the ${to === "consensus" ? "consensus text" : "chair's summary"}`;
  if (change === "delete") return "Delete this paragraph";
  return `${change === "replace" ? "Replace this paragraph by" : "Add a new paragraph after this one:"} “${text}”`;
}

interface Asked {
  readonly change: Change;
  readonly text?: string;
  readonly to?: Part | null;
}

const quoted = "[\"“”„«‹‘'] ?(.+?) ?[\"“”»›’']";

/** The paragraph after an edit that quotes words; null when it quotes none that stand in it exactly once. */
function edited(said: string, words: string): string | null {
  const form = (pattern: string): RegExpExecArray | null => new RegExp(`^${pattern}\\.?$`, "i").exec(said);
  const replaced = form(
    `(?:replace|change|substitute) (?:the words? )?${quoted} (?:by|with|to|into) (?:the words? )?${quoted}`,
  );
  if (replaced) return atOnce(words, replaced[1]!, () => replaced[2]!);
  const deleted = form(`(?:delete|remove|strike)(?: out)? (?:the words? )?${quoted}`);
  if (deleted)
    return (
      atOnce(words, deleted[1]!, () => "")
        ?.replace(/ {2,}/g, " ")
        .replace(/ (?=[,.;:])/g, "")
        .trim() ?? null
    );
  const inserted = form(`(?:insert|add) (?:the words? )?${quoted} (after|before) (?:the words? )?${quoted}`);
  if (!inserted) return null;
  const [, text = "", where, place = ""] = inserted;
  const glue = /^[,.;:)]/.test(text) ? "" : " ";
  return atOnce(words, place, (found) =>
    where!.toLowerCase() === "after" ? `${found}${glue}${text}` : `${text} ${found}`,
  );
}

/** Whole words alone: "the" is not found in "them". */
function atOnce(words: string, sought: string, by: (found: string) => string): string | null {
  const places: number[] = [];
  for (let at = words.indexOf(sought); at >= 0; at = words.indexOf(sought, at + 1)) {
    if (!isLetter(words[at - 1]) || !isLetter(sought[0])) {
      const end = at + sought.length;
      if (!isLetter(words[end]) || !isLetter(sought.at(-1))) places.push(at);
    }
  }
  const [at] = places;
  if (at === undefined || places.length > 1) return null;
  return words.slice(0, at) + by(sought) + words.slice(at + sought.length);
}

const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

function isWholeParagraph(asked: string, words: string): boolean {
  const [new_, old] = [wordsOf(asked), wordsOf(words)];
  if (new_.length === 0 || old.length === 0) return false;
  const atLeast = (wholeParagraph * (new_.length + old.length)) / (2 * new_.length);
  return (
    atLeast <= 1 &&
    isHeld(new_, old, atLeast) &&
    (2 * share(new_, old) * new_.length) / (new_.length + old.length) >= wholeParagraph
  );
}
