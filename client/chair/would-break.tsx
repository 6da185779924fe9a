/** Said before an act: whose condition on the paragraph would not hold any more (SPEC: CON7). It holds nothing up. */
import type { Block } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { wouldBreak } from "../../shared/domain/would-break.ts";
import { sayCondition } from "../../shared/messages/conditions.ts";
import { sayNamed } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./bracket-list.module.css";

interface Props {
  readonly paragraph: ParagraphId;
  /** As it would be; null: removed. */
  readonly after: Block | null;
}

export function WouldBreak({ paragraph, after }: Props) {
  const { record, report, text } = useNegotiation();
  return wouldBreak(record, report, text, paragraph, after).map(({ by, condition }, index) => {
    const said = { condition: sayCondition(condition, { record, text, voice }) };
    return (
      <p key={index} className={styles["consent"]} data-why="objects">
        {by
          ? say("packages.wouldBreak", { ...said, who: sayNamed(by, voice) })
          : say("packages.wouldBreakUnnamed", said)}
      </p>
    );
  });
}
