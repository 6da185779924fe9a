/** What changed, paragraph by paragraph, as redlines: before circulating, since the last circulation, since the last visit. */
import { useMemo, useState } from "react";
import type { BlockChange } from "../../shared/domain/redline.ts";
import { numberText } from "../../shared/domain/numbering.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Select } from "../ui/field.tsx";
import { moment, say } from "../ui/voice.ts";
import styles from "./changes.module.css";
import { Redline } from "./redline.tsx";
import { changesSince } from "./visit.ts";

interface ListProps {
  readonly changes: readonly BlockChange[];
  /** The text as it is now, for its numbers. */
  readonly text: Text;
  readonly onShow?: ((paragraph: ParagraphId) => void) | undefined;
}

export function ChangeList({ changes, text, onShow }: ListProps) {
  const numbers = numberText(text);
  return (
    <ol className={styles["changes"]}>
      {changes.map(({ id, before, after, kinds }) => {
        const block = after ?? before!;
        const number = numbers.get(id);
        return (
          <li key={id} className={styles["change"]}>
            <p className={styles["head"]}>
              <strong>
                {block.kind === "heading"
                  ? say("desk.heading")
                  : number
                    ? say("words.paragraph", { number })
                    : say("desk.changes.removedParagraph")}
              </strong>
              <span>{kinds.map((kind) => changeName(kind, block.part)).join(" · ")}</span>
              {onShow && after && (
                <Button size="small" tone="quiet" onClick={() => onShow(id)}>
                  {say("desk.showMe")}
                </Button>
              )}
            </p>
            <Redline
              from={before ? canonicalText(before.content) : ""}
              to={after ? canonicalText(after.content) : ""}
            />
          </li>
        );
      })}
    </ol>
  );
}

const changeName = (kind: BlockChange["kinds"][number], part: "consensus" | "chair-summary"): string =>
  kind === "part"
    ? say("desk.changes.kinds.part", { part: say(`words.part.${part}`) })
    : say(`desk.changes.kinds.${kind}`);

interface DialogProps {
  readonly onClose: () => void;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function ChangesDialog({ onClose, onShow }: DialogProps) {
  const { record, entries, text } = useNegotiation();
  const bases = record.circulations.slice(0, -1).toReversed();
  const [seq, setSeq] = useState(String(bases[0]?.seq ?? record.seq));
  const changes = useMemo(() => changesSince(entries, Number(seq), text), [entries, seq, text]);
  return (
    <Dialog title={say("desk.changes.title")} wide onClose={onClose}>
      <div className={styles["dialog"]}>
        {bases.length > 0 && (
          <Select
            label={say("desk.changes.since")}
            value={seq}
            options={bases.map((base) => ({ value: String(base.seq), label: moment(base.at) }))}
            onChange={setSeq}
          />
        )}
        {changes.length === 0 ? (
          <p>{say("desk.changes.none")}</p>
        ) : (
          <ChangeList
            changes={changes}
            text={text}
            onShow={(paragraph) => {
              onClose();
              onShow(paragraph);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}
