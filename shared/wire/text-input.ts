/**
 * Text from outside passes here: brought to one normal form (NFC), and free of characters that make it look other than it is
 * (security C4), so that what is read is what was sent and equal words are equal.
 */
import * as z from "zod";

/** Bidirectional overrides and isolates, and the zero-width space. Marks for direction (U+200E, U+200F) are needed and allowed. */
// oxlint-disable-next-line no-misleading-character-class
const deceptive = /[\u202A-\u202E\u2066-\u2069\u200B]/;
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

const codePoint = (found: string): string =>
  `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The character that must not be in it, spelled for people; null when there is none. */
export function forbiddenCharacter(text: string): string | null {
  const found = deceptive.exec(text) ?? control.exec(text);
  if (found) return codePoint(found[0]);
  return /\p{Surrogate}/u.test(text) ? "half of a surrogate pair" : null;
}

/** Words that may take several lines. @param max in UTF-16 units, after normalisation */
export const textInput = (max: number) =>
  z
    .string()
    .normalize("NFC")
    .max(max)
    .superRefine((text, context) => {
      const found = forbiddenCharacter(text);
      if (found !== null) context.addIssue({ code: "custom", message: `must not contain ${found}` });
    });

/** A name or a title: one line, not empty, without white space around it. */
export const lineInput = (max: number) =>
  textInput(max)
    .trim()
    .min(1)
    .regex(/^[^\n\r\t]*$/, "must be a single line");
