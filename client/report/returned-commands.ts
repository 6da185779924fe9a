/** What of a returned file is chosen, as the statements it takes. */
import type { Command } from "../../shared/domain/commands.ts";
import type { Level } from "../../shared/domain/positions.ts";
import type { Returned } from "../../shared/domain/returned.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";

export type ReturnedProposal = Returned["proposals"][number];
export type ReturnedComment = Returned["comments"][number];

/** A comment is nothing of itself: its delegation says what it is. */
export const commentLevels = ["question", "concern", "reservation", "objection"] as const satisfies readonly Level[];
export type CommentIs = "leave-out" | "reason" | (typeof commentLevels)[number];

export interface Chosen {
  /** Places in `proposals`. */
  readonly proposals: ReadonlySet<number>;
  /** By the place in `comments`; those that are not named are left out. */
  readonly comments: ReadonlyMap<number, CommentIs>;
}

/** Not printed from this report. A program may have lost where a file is from; then its words say it. */
export const isAnothers = ({ origin, proposals, accounted }: Returned, slug: string): boolean =>
  origin ? origin.slug !== slug : proposals.length + accounted.paragraphs.unchanged === 0;

/** What is ticked when the file has just been read: of another report nothing, for all of it would be new here. */
export const firstChoice = (file: Returned, slug: string): Chosen => ({
  proposals: new Set(file.proposals.flatMap(({ isSure }, index) => (isSure && !isAnothers(file, slug) ? [index] : []))),
  comments: new Map(),
});

/** There is a proposal that is chosen, on the paragraph of this comment. */
export const hasProposal = (file: Returned, { proposals }: Chosen, comment: ReturnedComment): boolean =>
  file.proposals.some(({ paragraph }, index) => proposals.has(index) && paragraph === comment.paragraph);

export interface Statement {
  /** Names it among those of this file. */
  readonly id: string;
  readonly of: ReturnedProposal | ReturnedComment;
  readonly command: Command;
}

/** In the order of the file, proposals first. A comment that is a reason goes with the first proposal on its paragraph. */
export function statementsOf(file: Returned, chosen: Chosen, onBehalfOf: DelegationCode | null): readonly Statement[] {
  const heard = onBehalfOf === null ? {} : { onBehalfOf };
  const reasons = file.comments.filter((_, index) => chosen.comments.get(index) === "reason");
  const reasoned = new Set<string>();
  const proposals = file.proposals.flatMap((proposal, index): readonly Statement[] => {
    if (!chosen.proposals.has(index)) return [];
    const { change, paragraph, wording, content, to } = proposal;
    const given = reasoned.has(paragraph) ? [] : reasons.filter((comment) => comment.paragraph === paragraph);
    reasoned.add(paragraph);
    const reason = given.map(({ text }) => text).join("\n");
    const command: Command = {
      kind: "table-proposal",
      change,
      paragraph,
      wording,
      ...(content && { content }),
      ...(to && { to }),
      ...(reason !== "" && { reason }),
      ...heard,
    };
    return [{ id: `proposal ${index}`, of: proposal, command }];
  });
  const positions = file.comments.flatMap((comment, index): readonly Statement[] => {
    const level = commentLevels.find((one) => one === chosen.comments.get(index));
    const { paragraph, wording, text, span } = comment;
    if (!level || !paragraph || !wording) return [];
    const command: Command = {
      kind: "lodge-position",
      paragraph,
      wording,
      level,
      ...(text !== "" && { reason: text }),
      ...(span && { span }),
      ...heard,
    };
    return [{ id: `comment ${index}`, of: comment, command }];
  });
  return [...proposals, ...positions];
}
