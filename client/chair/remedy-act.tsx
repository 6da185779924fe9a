/** From what an objection asks for to the act, in one click: its words into the draft, or the move it asks for. */
import type { Remedy } from "../../shared/domain/positions.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../ui/voice.ts";
import type { WordChange } from "./their-words.ts";
import { changesFor } from "./their-words.ts";

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
  const { whyNot } = useNegotiation();
  const writes = onUse && whyNot("write-text") === null && paragraph.status !== "agreed";
  const changes = writes ? changesFor(position, paragraph) : null;
  return (
    <>
      {changes && onUse && (
        <Button size="small" tone="primary" onClick={() => onUse(paragraph, changes, position)}>
          {say(`desk.use.${deedOf(position.remedy, inList)}`)}
        </Button>
      )}
      {position.remedy?.kind === "move-to-chair-summary" && paragraph.part === "consensus" && (
        <Button size="small" onClick={() => onMove(paragraph)}>
          {say("desk.use.move")}
        </Button>
      )}
    </>
  );
}

/** Words that are asked for are used; for everything else the button says what it will do. */
const deedOf = (remedy: Remedy | undefined, inList = false) =>
  remedy?.kind === "delete" || remedy?.kind === "bracket" ? remedy.kind : inList ? "fromList" : "name";
