/** The report is adopted, and what States then state on it (SPEC: ADO). Deciding is in `acts/adoption.ts`. */
import { bearersOf, hasLeft } from "./pseudonyms.ts";
import type { Record } from "./record.ts";
import type { Wording } from "./silence.ts";
import { blocksById } from "./text.ts";
import type { DelegationCode, EpochMs, ParagraphId, SilenceId, StatementId } from "./values.ts";

/** What a State puts on record beside a text that it did not stop. */
export const statementForms = ["explanation-of-position", "reservation", "dissociation"] as const;
export type StatementForm = (typeof statementForms)[number];

export type AdoptionCommand =
  | { readonly kind: "adopt"; readonly note?: string }
  | {
      readonly kind: "make-statement";
      readonly form: StatementForm;
      /** Those it is about; without them the report as a whole. */
      readonly paragraphs?: readonly ParagraphId[];
      readonly text: string;
      /** The chair's team records what this delegation said from the floor. */
      readonly onBehalfOf?: DelegationCode;
    };

export type AdoptionWhat =
  | {
      readonly kind: "adopted";
      /** Nothing stood in the way. Otherwise the objections that stand are recorded with it. */
      readonly byConsensus: boolean;
      /** Paragraphs that nobody objected to and no gavel fell on before. */
      readonly agreed: readonly Wording[];
      /** The silence procedure that was not broken. */
      readonly silence?: SilenceId;
      readonly note?: string;
    }
  | {
      readonly kind: "statement-made";
      readonly id: StatementId;
      readonly form: StatementForm;
      readonly paragraphs: readonly ParagraphId[];
      readonly text: string;
      readonly confirmed: boolean;
    };

export interface Dissociating {
  /** Who said so; null where the viewer may not know. */
  readonly by: DelegationCode | null;
  /** Who will, as far as it may be known: of a group each State for which it was said (POS15). */
  readonly states: readonly DelegationCode[];
  readonly paragraph: ParagraphId;
}

/** Who lets the report be adopted and will dissociate itself from which paragraph of it (POS14). */
export const dissociating = (record: Record): readonly Dissociating[] =>
  [...record.positions.values()].flatMap((position) => {
    const { by, behind, dissociates, on, paragraph: first } = position;
    const paragraph = on[0] ?? first;
    if (!dissociates || !blocksById(record.text).has(paragraph)) return [];
    const { codes } = bearersOf(record, position);
    const members = (behind ?? []).flatMap(({ holder }) =>
      hasLeft(record, position, paragraph, holder) ? [] : (codes.get(holder) ?? []),
    );
    return [{ by, states: members.length === 0 && by ? [by] : members, paragraph }];
  });

export interface Adoption {
  readonly seq: number;
  readonly at: EpochMs;
  readonly byConsensus: boolean;
  readonly silence: SilenceId | null;
  readonly note: string | null;
}

export interface Statement {
  readonly id: StatementId;
  readonly seq: number;
  readonly at: EpochMs;
  readonly by: DelegationCode;
  readonly form: StatementForm;
  readonly paragraphs: readonly ParagraphId[];
  readonly text: string;
  /** False for what the chair's team recorded from the floor. */
  readonly confirmed: boolean;
}
