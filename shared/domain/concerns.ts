/**
 * What of the report concerns one delegation now, and what is expected of it (SPEC: REP): its objections and whether they were heard,
 * support that lapsed because the words changed, and what the chair's team recorded for it. A pure function, for desk and light page alike.
 */
import { stateOf } from "./conditions.ts";
import { authorOf } from "./groups.ts";
import type { Position } from "./positions.ts";
import { holderOn } from "./pseudonyms.ts";
import type { Record } from "./record.ts";
import { blocksIn, gavelOn, isBlocking, isOrphan, objectionsTo, positionsOn } from "./status.ts";
import type { Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { DelegationCode, ParagraphId } from "./values.ts";
import { contains, wordsOf } from "./words.ts";
import { textNamed, wordingOf } from "./wording.ts";

export type ConcernKind =
  /** Recorded from the floor: did you say so? */
  | "to-confirm"
  /** The chair asks whether the objection is met. */
  | "asked-met"
  /** The chair asks whether it would do to dissociate oneself from the paragraph once the text is adopted. */
  | "asked-dissociation"
  /** The words that would lift the objection are in: met? */
  | "words-in"
  /** The objection was to earlier words, and lapsed with a silence that passed: for its author to know. */
  | "lapsed"
  /** All that the objection hangs on elsewhere is so now: met? */
  | "conditions-met"
  /** Something that the position hangs on elsewhere no longer holds. */
  | "condition-broken"
  /** The words objected to were removed from the text: met? */
  | "words-removed"
  /** The words changed after the objection: keep, change or withdraw? */
  | "changed-after-objection"
  | "changed-after-support"
  | "object-alone"
  | "object-with-others"
  /** Agreed words on which it stands were corrected editorially (COR4). */
  | "words-corrected"
  /** The objection rests while its paragraph stands in the other part. */
  | "suspended";

/** Nothing is asked by these: it is as the delegation left it, or for it to know. */
const calm = ["object-alone", "object-with-others", "suspended", "lapsed"] as const satisfies readonly ConcernKind[];
export type AskingKind = Exclude<ConcernKind, (typeof calm)[number]>;
const isCalm: ReadonlySet<ConcernKind> = new Set(calm);
export const asksForAnswer = (kind: ConcernKind): kind is AskingKind => !isCalm.has(kind);

export interface Concern {
  readonly kind: ConcernKind;
  readonly paragraph: ParagraphId;
  readonly position: Position;
  /** Other delegations that object there. */
  readonly others: number;
}

/** What asks for an answer first, then in the order of the text. One concern a position. */
export function concernsOf(record: Record, text: Text, code: DelegationCode): readonly Concern[] {
  const concerns: Concern[] = [];
  const here = blocksById(text);
  for (const position of record.positions.values()) {
    if (authorOf(record, position) !== code || !isBlocking(position)) continue;
    if (!isOrphan(position) && position.on.some((id) => here.has(id))) continue;
    const kind = askedOf(position) ?? "words-removed";
    concerns.push({ kind, paragraph: position.paragraph, position, others: 0 });
  }
  for (const position of record.positions.values()) {
    if (position.by !== code || position.standing !== "lapsed") continue;
    // Told until the delegation has said something else there.
    const said = position.on.some((id) =>
      positionsOn(record, id).some(({ by, seq }) => by === code && seq > position.seq),
    );
    if (!said) concerns.push({ kind: "lapsed", paragraph: position.on[0] ?? position.paragraph, position, others: 0 });
  }
  const told = new Set<Position>(concerns.map(({ position }) => position));
  for (const block of text) {
    for (const position of positionsOn(record, block.id)) {
      if (authorOf(record, position) !== code || told.has(position)) continue;
      const others = new Set(
        objectionsTo(record, block)
          .map((other) => holderOn(other, block.id, other.holder))
          .filter((holder) => holder !== holderOn(position, block.id, position.holder)),
      ).size;
      const kind = concernOf(record, text, position, block, others);
      if (!kind) continue;
      told.add(position);
      concerns.push({ kind, paragraph: block.id, position, others });
    }
  }
  return concerns.toSorted((a, b) => urgency.indexOf(a.kind) - urgency.indexOf(b.kind));
}

const urgency: readonly ConcernKind[] = [
  "to-confirm",
  "asked-met",
  "asked-dissociation",
  "words-in",
  "conditions-met",
  "words-removed",
  "condition-broken",
  "changed-after-objection",
  "lapsed",
  "object-alone",
  "object-with-others",
  "words-corrected",
  "changed-after-support",
  "suspended",
];

function concernOf(
  record: Record,
  text: Text,
  position: Position,
  block: Text[number],
  others: number,
): ConcernKind | null {
  const concern = concernAbout(record, position, block, others);
  const elsewhere = concernElsewhere(record, text, position);
  if (elsewhere && (concern === null || weighsLess.has(concern))) return elsewhere;
  if (concern) return concern;
  const issued = record.versions.at(-1)?.seq ?? 0;
  const isTold = record.corrections.some(
    ({ paragraph, seq, contested }) =>
      paragraph === block.id && !contested && seq > position.seq && seq > issued && gavelOn(record, paragraph) !== null,
  );
  return isTold ? "words-corrected" : null;
}

/** What answers itself is told before what is only so. */
const weighsLess: ReadonlySet<ConcernKind> = new Set(["object-alone", "object-with-others", "changed-after-objection"]);

/** CON3: conditions end nothing; that they are met, or broken, is told to the author. */
function concernElsewhere(record: Record, text: Text, position: Position): ConcernKind | null {
  const states = position.conditions.map((condition) => stateOf(condition, record, text));
  if (states.includes("broken")) return "condition-broken";
  const isMet = states.length > 0 && states.every((state) => state === "met");
  return isMet && position.level === "objection" && position.remedy === null ? "conditions-met" : null;
}

function concernAbout(record: Record, position: Position, block: Text[number], others: number): ConcernKind | null {
  const { hash, text } = wordingOf(block.content);
  const changed = position.wording !== hash;
  if (!position.confirmed || position.endingHeard !== null) return "to-confirm";
  const asked = askedOf(position);
  if (asked) return asked;
  if (position.level === "support" || position.level === "accept") {
    // Words that are agreed now were agreed with this delegation's silence at the least; the change is told all the same.
    return changed && !gavelOn(record, block.id) ? "changed-after-support" : null;
  }
  if (position.level !== "objection") return null;
  if (!blocksIn(position, block.part)) return "suspended";
  if (changed && position.placement === null) {
    return remedyIsIn(record, position, text) ? "words-in" : "changed-after-objection";
  }
  // What a group objects to is listed with what groups state.
  if (position.group !== null) return null;
  return others === 0 ? "object-alone" : "object-with-others";
}

const askedOf = ({ asked }: Position): ConcernKind | null => asked && `asked-${asked.whether}`;

/** Whether today's words do what the objection asked for: hold the words asked, or no longer hold those to be deleted. */
export function remedyIsIn(record: Record, position: Position, text: string): boolean {
  const { remedy, span } = position;
  if (!remedy) return false;
  const today = wordsOf(text);
  if (remedy.kind === "delete") return span !== null && !contains(today, wordsOf(span.quote));
  if (remedy.text === undefined) return false;
  const asked = wordsOf(remedy.text);
  return contains(today, asked) && !contains(wordsOf(textNamed(record, position.wording)), asked);
}
