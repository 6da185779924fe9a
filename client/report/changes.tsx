/** What changed: for the delegation itself, what else others did, and the words, paragraph by paragraph, as redlines. */
import type { ReactNode } from "react";
import { useEffect, useMemo, useState } from "react";
import type { BlockChange } from "../../shared/domain/redline.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { ChangedFor } from "../../shared/domain/changed-for.ts";
import { sumAwaited, tellChanged } from "../../shared/messages/changed.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { reasonIn, tell } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Select } from "../ui/field.tsx";
import { moment, say, voice } from "../ui/voice.ts";
import styles from "./changes.module.css";
import { Redline } from "./redline.tsx";
import { Sentence } from "./sentence.tsx";
import type { Visit } from "./visit.ts";
import { changedSince } from "./visit.ts";

interface ListProps {
  readonly changes: readonly BlockChange[];
  /** The text as it is now, for its numbers. */
  readonly text: Text;
  /** As it was. */
  readonly before?: Text;
  readonly onShow?: ((paragraph: ParagraphId) => void) | undefined;
  /** What is said or asked of each change. */
  readonly below?: (paragraph: ParagraphId) => ReactNode;
}

export function ChangeList({ changes, text, before: was, onShow, below }: ListProps) {
  const { record } = useNegotiation();
  const { numbers } = numbersToday(record, text);
  const earlier = was && numbersToday(record, was).numbers;
  return (
    <ol className={styles["changes"]}>
      {changes.map(({ id, before, after, kinds }) => {
        const block = after ?? before!;
        // What is gone had a number while it stood.
        const number = numbers.get(id) ?? earlier?.get(id);
        return (
          <li key={id} className={styles["change"]}>
            <p className={styles["head"]}>
              <strong>
                {block.kind === "heading"
                  ? say("desk.heading")
                  : number
                    ? say("words.paragraph", { number: sayNumber({ number, part: block.part }, voice) })
                    : say(after ? "desk.changes.comesBack" : "desk.changes.removedParagraph")}
              </strong>
              <span>{kinds.map((kind) => changeName(kind, block.part)).join(" · ")}</span>
              {onShow && after && (
                <Button size="small" tone="quiet" onClick={() => onShow(id)}>
                  {say("desk.showMe")}
                </Button>
              )}
            </p>
            <Redline from={before?.content ?? ""} to={after?.content ?? ""} before={was} />
            {below?.(id)}
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
  readonly visit: Visit;
  readonly onClose: () => void;
  readonly onShow: (paragraph: ParagraphId) => void;
}

/** What is the delegation's own comes first, then what else others did that was not seen, then the words: since then or since any circulation. */
export function ChangesDialog({ visit, onClose, onShow }: DialogProps) {
  const negotiation = useNegotiation();
  const { record, text } = negotiation;
  // As it was when the dialog was opened: what is shown is seen, and must not vanish by that.
  const [{ since, from, reach, news, kept, markSeen, ...unseen }] = useState(visit);
  useEffect(() => {
    markSeen();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it is opened
  }, []);
  const bases = record.circulations.slice(0, -1).toReversed();
  const notSeen = { value: unread, label: say("desk.changes.notSeen") };
  const options = [
    ...(since === null ? [] : [notSeen]),
    ...bases.map(({ seq, at }) => {
      const version = record.versions.find((one) => one.seq === seq);
      return { value: String(seq), label: version ? `${version.label}, ${moment(at)}` : moment(at) };
    }),
  ];
  const unseenSince = bases.find(({ seq }) => seq <= from) ?? bases.at(-1);
  const latest = since === null && unseenSince ? String(unseenSince.seq) : unread;
  const [base, setBase] = useState(latest);
  const { changed, changes } = useMemo(
    () => (base === unread ? unseen : changedSince(negotiation, Number(base), unseen.rooms)),
    [base, unseen, negotiation],
  );
  const show = (paragraph: ParagraphId): void => {
    onClose();
    onShow(paragraph);
  };
  return (
    <Dialog title={say("desk.changes.title")} wide onClose={onClose}>
      <div className={styles["dialog"]}>
        {options.length > 0 && (
          <Select label={say("desk.changes.since")} value={base} options={options} onChange={setBase} />
        )}
        {changed && <ForMe changed={changed} onShow={show} />}
        {base === latest && news.length > 0 && (
          <section className={styles["news"]} aria-labelledby="news">
            <h3 id="news">{say(`desk.changes.news.${reach}`)}</h3>
            <ol aria-labelledby="news">
              {news.toReversed().map((fact) => (
                <li key={fact.seq}>
                  <Sentence pieces={tell(fact, { record, text, voice })} onShow={show} />
                  <small>{moment(fact.at)}</small>
                  {reasonIn(fact.what) && <q>{reasonIn(fact.what)}</q>}
                </li>
              ))}
            </ol>
          </section>
        )}
        <section className={styles["words"]} aria-labelledby="words-changed">
          <h3 id="words-changed">{say("desk.changes.words")}</h3>
          {changes.length === 0 ? (
            <p>{say("desk.changes.none")}</p>
          ) : (
            <ChangeList changes={changes} text={text} onShow={show} />
          )}
        </section>
        <p className={styles["kept"]}>{say(`desk.changes.kept.${kept}`)}</p>
      </div>
    </Dialog>
  );
}

/** What is about this delegation: what the negotiation came to, its proposals, agreed words, brackets near what it stated, and how much waits for its answer. */
function ForMe({
  changed,
  onShow,
}: {
  readonly changed: ChangedFor;
  readonly onShow: (paragraph: ParagraphId) => void;
}) {
  const { record, text } = useNegotiation();
  const told = tellChanged(changed, { record, text, voice });
  const awaited = sumAwaited(changed.awaited, voice);
  return (
    <section className={styles["news"]} aria-labelledby="for-me">
      <h3 id="for-me">{say("changed.title")}</h3>
      {told.length === 0 && <p>{say("changed.none")}</p>}
      <ol aria-labelledby="for-me">
        {told.map(({ key, at, pieces, reason, words }) => (
          <li key={key}>
            <span>
              <Sentence pieces={pieces} onShow={onShow} />
            </span>
            {at !== null && <small>{moment(at)}</small>}
            {reason && <q>{reason}</q>}
            {words && <Redline {...words} />}
          </li>
        ))}
      </ol>
      {awaited && <p>{awaited}</p>}
    </section>
  );
}

/** Not a number, as circulations have. */
const unread = "unread";
