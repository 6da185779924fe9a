/** Everything this delegation has stated, in the order of the text, with what it can do about each. */
import { dissociating } from "../../shared/domain/adoption.ts";
import { authorOf } from "../../shared/domain/groups.ts";
import { seePosition } from "../../shared/domain/report.ts";
import { runningSilences } from "../../shared/domain/silence.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { PlaceButton } from "../report/place-button.tsx";
import { PositionCard } from "../report/position-card.tsx";
import { say } from "../ui/voice.ts";
import styles from "./my-positions.module.css";
import { PositionActions } from "./position-actions.tsx";

interface Props {
  readonly code: DelegationCode;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function MyPositions({ code, onShow }: Props) {
  const { record, text, viewer } = useNegotiation();
  const here = blocksById(text);
  const order = [...here.keys()];
  const mine = [...record.positions.values()]
    .filter((position) => authorOf(record, position) === code && position.standing === "standing")
    .map((position) => ({
      position,
      block: here.get(position.on.find((id) => here.has(id)) ?? position.paragraph) ?? null,
    }))
    .toSorted(
      (a, b) => order.indexOf(a.block?.id ?? a.position.paragraph) - order.indexOf(b.block?.id ?? b.position.paragraph),
    );
  // After the adoption it is among what awaits an answer.
  const promised = record.adoption ? [] : dissociating(record).filter(({ states }) => states.includes(code));
  return (
    <section className={styles["mine"]} aria-labelledby="my-positions">
      <h2 id="my-positions">{say("desk.mine.title")}</h2>
      {promised.map(({ paragraph }) => (
        <p key={paragraph}>
          <PlaceButton paragraph={paragraph} onShow={onShow} /> {say("desk.mine.dissociates")}
        </p>
      ))}
      {mine.length === 0 && promised.length === 0 && (
        <p className={styles["none"]}>
          {say(
            record.adoption
              ? "desk.mine.noneAdopted"
              : runningSilences(record).length > 0
                ? "desk.mine.noneUnderSilence"
                : "desk.mine.none",
          )}
        </p>
      )}
      <ul className={styles["list"]}>
        {mine.map(({ position, block }) => {
          const seen = seePosition(record, viewer, position, block ?? record.removed.get(position.paragraph)!);
          if (!seen) return null;
          return (
            <li key={position.id}>
              <PlaceButton paragraph={block?.id ?? null} onShow={onShow} />
              <PositionCard
                own
                position={seen}
                paragraph={{
                  content: block?.content ?? [],
                  text: block ? wordingOf(block.content).text : "",
                  part: block?.part ?? "consensus",
                }}
                record={record}
              >
                <PositionActions position={position} paragraph={block} />
              </PositionCard>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
