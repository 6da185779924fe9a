/** What this delegation keeps for itself: notes, instructions, fallback wording, drafts for the head, and words it wants to be told of. */
import { useState } from "react";
import type { Paper } from "../../shared/domain/papers.ts";
import { isSprung, paragraphOf, writtenKinds } from "../../shared/domain/papers.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { mintId } from "../../shared/domain/values.ts";
import { levelGlyph } from "../../shared/messages/glyphs.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { PlaceButton } from "../report/place-button.tsx";
import { receiptSentence } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { Select, TextBox } from "../ui/field.tsx";
import { useToast } from "../ui/toasts.tsx";
import { moment, say, voice } from "../ui/voice.ts";
import styles from "./own-papers.module.css";
import type { Papers } from "./use-papers.ts";

interface Props {
  readonly papers: Papers;
  /** The paragraph that a new paper is on, unless another is chosen. */
  readonly current: ParagraphId | null;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function OwnPapers({ papers, current, onShow }: Props) {
  const { text } = useNegotiation();
  const [adding, setAdding] = useState(false);
  const order = [...blocksById(text).keys()];
  const sorted = papers.all.toSorted((a, b) => order.indexOf(paragraphOf(a)) - order.indexOf(paragraphOf(b)));
  return (
    <section className={styles["papers"]} aria-labelledby="own-papers">
      <h2 id="own-papers">{say("desk.papers.title")}</h2>
      <p className={styles["private"]}>{say("desk.papers.private")}</p>
      <ul className={styles["list"]}>
        {sorted.map((paper) => (
          <PaperItem key={paper.id} paper={paper} papers={papers} onShow={onShow} />
        ))}
      </ul>
      {papers.mayWrite && text.length > 0 && (
        <div>
          <Button size="small" aria-haspopup="dialog" onClick={() => setAdding(true)}>
            {say("desk.papers.add.name")}
          </Button>
        </div>
      )}
      {adding && <PaperDialog papers={papers} current={current} onClose={() => setAdding(false)} />}
    </section>
  );
}

/** Words that this delegation wanted kept and the circulated text has lost. */
export function Sprung({ papers: { sprung } }: Pick<Props, "papers">) {
  if (sprung.length === 0) return null;
  return (
    <ul className={styles["sprung"]} aria-label={say("desk.papers.title")}>
      {sprung.map(({ paper, sentence }) => (
        <li key={paper.id}>{sentence}</li>
      ))}
    </ul>
  );
}

function PaperItem({
  paper,
  papers,
  onShow,
}: {
  readonly paper: Paper;
  readonly papers: Papers;
  readonly onShow: Props["onShow"];
}) {
  const { record, text } = useNegotiation();
  const toast = useToast();
  const [releasing, setReleasing] = useState(false);
  const paragraph = paragraphOf(paper);
  const release = async (): Promise<void> => {
    const answer = await papers.release(paper.id);
    setReleasing(false);
    if (answer) toast({ sentence: receiptSentence(say("desk.papers.release.done"), answer) });
  };
  return (
    <li className={styles["paper"]} data-kind={paper.kind} data-sprung={isSprung(paper, record) || undefined}>
      <p className={styles["head"]}>
        <PlaceButton paragraph={blocksById(text).has(paragraph) ? paragraph : null} onShow={onShow} />
        <strong>{say(`desk.papers.kinds.${paper.kind}`)}</strong>
        <small>{say("desk.papers.written", { who: paper.by, when: moment(paper.at) })}</small>
      </p>
      {paper.kind === "draft" ? (
        <p>
          <span aria-hidden>{levelGlyph[paper.position.level]}</span> {say(`words.level.${paper.position.level}`)}
          {[paper.position.remedy?.text, paper.position.reason].filter(Boolean).map((words) => (
            <q key={words}>{words}</q>
          ))}
        </p>
      ) : (
        <p dir="auto">{paper.text}</p>
      )}
      {paper.kind === "draft" && !papers.mayRelease && <small>{say("desk.papers.waits")}</small>}
      {papers.mayWrite && (
        <div className={styles["acts"]}>
          {paper.kind === "draft" && papers.mayRelease && (
            <Button size="small" tone="primary" aria-haspopup="dialog" onClick={() => setReleasing(true)}>
              {say("desk.papers.release.name")}
            </Button>
          )}
          <Button size="small" tone="quiet" onClick={() => void papers.drop(paper.id)}>
            {say("desk.papers.remove")}
          </Button>
        </div>
      )}
      {releasing && (
        <Dialog title={say("desk.papers.release.name")} onClose={() => setReleasing(false)}>
          <DialogForm
            onSubmit={() => void release()}
            footer={
              <>
                <Button onClick={() => setReleasing(false)}>{say("desk.cancel")}</Button>
                <Button submits tone="primary">
                  {say("desk.papers.release.name")}
                </Button>
              </>
            }
          >
            <p>{say("desk.papers.release.explains")}</p>
          </DialogForm>
        </Dialog>
      )}
    </li>
  );
}

/** 22 letters and digits of this browser's chance. */
export const newPaperId = (): string => mintId((count) => crypto.getRandomValues(new Uint8Array(count)));

function PaperDialog({
  papers,
  current,
  onClose,
}: {
  readonly papers: Papers;
  readonly current: ParagraphId | null;
  readonly onClose: () => void;
}) {
  const { text, record } = useNegotiation();
  const { numbers } = numbersToday(record, text);
  const paragraphs = text.filter(({ id }) => numbers.has(id));
  const [paragraph, setParagraph] = useState(current && numbers.has(current) ? current : paragraphs[0]?.id);
  const [kind, setKind] = useState<(typeof writtenKinds)[number]>("note");
  const [words, setWords] = useState("");
  const [id] = useState(newPaperId);
  const typed = words.trim();
  const missing =
    kind === "tripwire" &&
    typed !== "" &&
    paragraph !== undefined &&
    isSprung({ id, kind, paragraph, text: typed }, record);
  const save = async (): Promise<void> => {
    if (typed === "" || missing || paragraph === undefined) return;
    if (await papers.keep({ id, kind, paragraph, text: typed })) onClose();
  };
  return (
    <Dialog title={say("desk.papers.add.name")} onClose={onClose}>
      <DialogForm
        onSubmit={() => void save()}
        footer={
          <>
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone="primary" disabledReason={typed === "" ? say("desk.papers.text") : null}>
              {say("desk.papers.add.name")}
            </Button>
          </>
        }
      >
        <p>{say("desk.papers.private")}</p>
        <Select
          label={say("desk.papers.kind")}
          value={kind}
          options={writtenKinds.map((value) => ({ value, label: say(`desk.papers.kinds.${value}`) }))}
          onChange={setKind}
        />
        {paragraph !== undefined && (
          <Select
            label={say("desk.papers.paragraph")}
            value={paragraph}
            options={paragraphs.map((block) => ({
              value: block.id,
              label: say("words.paragraph", { number: numberOf(block.id, { record, text, voice }) }),
            }))}
            onChange={setParagraph}
          />
        )}
        <TextBox
          label={say("desk.papers.text")}
          help={kind === "tripwire" ? say("desk.papers.tripwireHelp") : undefined}
          error={missing ? say("desk.papers.notThere") : null}
          value={words}
          autoFocus
          maxLength={4_000}
          dir="auto"
          onChange={(event) => setWords(event.target.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
