/** From what an objection asks for to the act, in one click: its words into the draft, or the move it asks for. */
import { remedyIsIn } from "../../shared/domain/concerns.ts";
import type { Remedy } from "../../shared/domain/positions.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import type { Record } from "../../shared/domain/record.ts";
import { blocksById, flatText } from "../../shared/domain/text.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../ui/voice.ts";
import type { WordChange } from "../../shared/domain/remedies.ts";
import { changesFor, contentAfter, earlierWords } from "../report/their-words.ts";
import { WouldBreak } from "./would-break.tsx";
import styles from "./remedy-act.module.css";

export interface Doable {
  readonly onMove: (paragraph: ComposedParagraph) => void;
  /** Puts words into the draft; null where it cannot be written. */
  readonly onUse: ((paragraph: ComposedParagraph, changes: readonly WordChange[], by: SeenPosition) => void) | null;
}

interface Props extends Doable {
  readonly paragraph: ComposedParagraph;
  readonly position: SeenPosition;
  /** In the list of who stands where, beside which the position's own card may stand with the same act: two names for two buttons. */
  readonly inList?: true;
}

export function RemedyAct({ paragraph, position, onMove, onUse, inList }: Props) {
  const { record, text, whyNot } = useNegotiation();
  const block = blocksById(text).get(paragraph.id);
  const writes = onUse && whyNot("write-text") === null && paragraph.status !== "agreed";
  const changes = writes ? changesFor(position, paragraph, earlierWords(record, paragraph.id, position)) : null;
  if (isIn(record, position, paragraph.id, text)) {
    const circulated = isIn(record, position, paragraph.id, record.text);
    return <p className={styles["done"]}>{say(circulated ? "desk.use.asked" : "desk.use.inDraft")}</p>;
  }
  const moves = position.remedy?.kind === "move-to-chair-summary" && paragraph.part === "consensus";
  return (
    <>
      {changes && onUse && (
        <Button size="small" tone="primary" onClick={() => onUse(paragraph, changes, position)}>
          {say(`desk.use.${deedOf(position.remedy, inList)}`)}
        </Button>
      )}
      {moves && (
        <Button size="small" onClick={() => onMove(paragraph)}>
          {say("desk.use.move")}
        </Button>
      )}
      {block && changes && (
        <WouldBreak paragraph={block.id} after={{ ...block, content: contentAfter(paragraph.content, changes) }} />
      )}
      {block && moves && <WouldBreak paragraph={block.id} after={{ ...block, part: "chair-summary" }} />}
    </>
  );
}

/** Once their words are in, what is left is their answer. */
function isIn(record: Record, { id }: SeenPosition, paragraph: ParagraphId, text: Text): boolean {
  const [position, block] = [record.positions.get(id), blocksById(text).get(paragraph)];
  return position !== undefined && block !== undefined && remedyIsIn(record, position, flatText(block.content));
}

/** Words that are asked for are used; for everything else the button says what it will do. */
const deedOf = (remedy: Remedy | undefined, inList = false) =>
  remedy?.kind === "delete" || remedy?.kind === "bracket" || remedy?.kind === "revert"
    ? remedy.kind
    : inList
      ? "fromList"
      : "name";
