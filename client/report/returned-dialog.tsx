/**
 * What a returned file asks for: each proposal as a redline to tick, each comment to be given a name or left out, and all that is in the
 * file besides. What is chosen is tabled one by one, and what became of each is told.
 */
import { useState } from "react";
import type { Inline } from "../../shared/domain/text.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import type { Returned } from "../../shared/domain/returned.ts";
import type { Sent } from "../live/use-negotiation.ts";
import { readable } from "../../shared/messages/signs.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Redline } from "./redline.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { Select } from "../ui/field.tsx";
import { list, say, voice } from "../ui/voice.ts";
import type { Chosen, CommentIs, ReturnedComment, ReturnedProposal } from "./returned-commands.ts";
import { commentLevels, firstChoice, hasProposal, isAnothers, statementsOf } from "./returned-commands.ts";
import styles from "./returned-dialog.module.css";
import { useTabling } from "./use-tabling.ts";

interface Props {
  readonly file: Returned;
  /** Whose file it is, where the chair's team brings it; null: the seat's own delegation's. */
  readonly onBehalfOf: DelegationCode | null;
  readonly onClose: () => void;
}

export function ReturnedDialog({ file, onBehalfOf, onClose }: Props) {
  const { slug } = useNegotiation();
  const [chosen, setChosen] = useState<Chosen>(() => firstChoice(file, slug));
  const { results, isBusy, table } = useTabling();
  const statements = statementsOf(file, chosen, onBehalfOf);
  const proposals = statements.filter(({ command }) => command.kind === "table-proposal").length;
  const states = [...(results?.values() ?? [])].map(({ state }) => state);
  const decided = states.filter((state) => state !== "not-sent").length;
  const isOver = results !== null && !isBusy && decided === statements.length;
  const isEmpty = file.proposals.length + file.comments.length === 0;
  const submit = (): void => {
    if (isOver || isEmpty) onClose();
    else if (!isBusy && statements.length > 0) void table(statements);
  };
  const counted = { proposals, positions: statements.length - proposals };
  const kinds = (["proposals", "positions"] as const).filter((kind) => counted[kind] > 0);
  const said = list(kinds.map((kind) => say(`returned.${kind}`, { count: counted[kind] })));
  const name = results ? say("returned.again") : say("returned.table", { statements: said });
  return (
    <Dialog title={say("returned.name")} wide onClose={onClose}>
      <DialogForm
        onSubmit={submit}
        trouble={!isBusy && states.includes("not-sent") && say("desk.notSent")}
        footer={
          <>
            {isBusy && <span role="status">{say("returned.tabling", { at: decided + 1, of: statements.length })}</span>}
            {!isOver && !isEmpty && <Button onClick={onClose}>{say("desk.cancel")}</Button>}
            <Button
              submits
              tone="primary"
              busy={isBusy}
              disabledReason={statements.length === 0 && !isEmpty ? say("returned.chooseSome") : null}
            >
              {isOver || isEmpty ? say("returned.close") : name}
            </Button>
          </>
        }
      >
        {results ? (
          <Results statements={statements} results={results} />
        ) : (
          <>
            <p className={styles["sum"]}>{sumOf(file)}</p>
            {isAnothers(file, slug) && <p>{say("returned.anotherReport")}</p>}
            <p>{say(isEmpty ? "returned.nothing" : "returned.explains")}</p>
            <Proposals file={file} chosen={chosen} onChange={setChosen} />
            <Comments file={file} chosen={chosen} onChange={setChosen} />
            <Untabled file={file} />
          </>
        )}
      </DialogForm>
    </Dialog>
  );
}

const sumOf = ({ proposals, comments, accounted }: Returned): string =>
  [
    say("returned.sum", {
      proposals: say("returned.proposals", { count: proposals.length }),
      comments: say("returned.comments", { count: comments.length }),
      unchanged: say("returned.unchanged", { count: accounted.paragraphs.unchanged }),
    }),
    ...(accounted.paragraphs.anothers > 0 ? [say("returned.anothers", { count: accounted.paragraphs.anothers })] : []),
  ].join(" ");

interface ChoosingProps {
  readonly file: Returned;
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

function Proposals({ file, chosen, onChange }: ChoosingProps) {
  const { paragraphNamed, wordsOf } = useNames();
  const { record } = useNegotiation();
  if (file.proposals.length === 0) return null;
  const today = blocksById(record.text);
  const tick = (index: number, isTicked: boolean): void => {
    const proposals = new Set(chosen.proposals);
    if (isTicked) proposals.add(index);
    else proposals.delete(index);
    onChange({ ...chosen, proposals });
  };
  return (
    <section className={styles["section"]} aria-labelledby="returned-proposals">
      <h3 id="returned-proposals">{say("returned.headings.proposals")}</h3>
      <ul className={styles["list"]}>
        {file.proposals.map((proposal, index) => {
          const { paragraph, wording, base, content, how, by, isSure } = proposal;
          const block = today.get(paragraph);
          return (
            <li key={index} className={styles["item"]}>
              <label className={styles["check"]}>
                <input
                  type="checkbox"
                  checked={chosen.proposals.has(index)}
                  onChange={({ target }) => tick(index, target.checked)}
                />
                {say("returned.what", { paragraph: paragraphNamed(paragraph), what: whatOf(proposal) })}
              </label>
              {proposal.change === "replace" && content && <Redline from={wordsOf(base)} to={wordsOf(content)} />}
              {proposal.change === "insert-after" && content && <p className={styles["words"]}>{wordsOf(content)}</p>}
              {proposal.change === "delete" && <Redline from={wordsOf(base)} to="" />}
              {how !== "plain" && <small>{say(`returned.${how}`)}</small>}
              {!isSure && <small>{say("returned.unsure")}</small>}
              {block && wordingOf(block.content).hash !== wording && <small>{say("returned.earlier")}</small>}
              {by.length > 0 && <small>{say("returned.by", { who: list(by) })}</small>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Comments({ file, chosen, onChange }: ChoosingProps) {
  const { commentSaid } = useNames();
  if (file.comments.length === 0) return null;
  return (
    <section className={styles["section"]} aria-labelledby="returned-comments">
      <h3 id="returned-comments">{say("returned.headings.comments")}</h3>
      <ul className={styles["list"]}>
        {file.comments.map((comment, index) => {
          const options: CommentIs[] = [
            "leave-out",
            ...(hasProposal(file, chosen, comment) ? (["reason"] as const) : []),
            ...(comment.paragraph ? commentLevels : []),
          ];
          return (
            <li key={index} className={styles["item"]}>
              <p>{commentSaid(comment)}</p>
              {comment.span && <small>{say("returned.onWords", { words: readable(comment.span.quote) })}</small>}
              <Select
                label={say("returned.as")}
                value={chosen.comments.get(index) ?? "leave-out"}
                options={options.map((value) => ({
                  value,
                  label:
                    value === "leave-out" || value === "reason"
                      ? say(`returned.choices.${value}`)
                      : say(`words.level.${value}`),
                }))}
                onChange={(is) => onChange({ ...chosen, comments: new Map(chosen.comments).set(index, is) })}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Untabled({ file }: { readonly file: Returned }) {
  const { paragraphNamed } = useNames();
  const notices = Object.entries(file.notices) as [keyof Returned["notices"], number][];
  return (
    <>
      {file.untabled.length > 0 && (
        <section className={styles["section"]} aria-labelledby="returned-untabled">
          <h3 id="returned-untabled">{say("returned.headings.untabled")}</h3>
          <ul className={styles["list"]}>
            {file.untabled.map(({ why, paragraph, text }, index) => (
              <li key={index} className={styles["item"]}>
                <p>{say(`returned.whys.${why}`, { paragraph: paragraphNamed(paragraph) })}</p>
                {text !== "" && <p className={styles["words"]}>{text}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {notices.length > 0 && (
        <section className={styles["section"]} aria-labelledby="returned-notices">
          <h3 id="returned-notices">{say("returned.headings.notices")}</h3>
          <ul>
            {notices.map(([code, count]) => (
              <li key={code}>{say("returned.met", { what: say(`returned.notices.${code}`), count })}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Results({
  statements,
  results,
}: {
  readonly statements: ReturnType<typeof statementsOf>;
  readonly results: ReadonlyMap<string, Sent>;
}) {
  const { paragraphNamed, commentSaid } = useNames();
  const of = (state: Sent["state"]): number => [...results.values()].filter((sent) => sent.state === state).length;
  return (
    <section className={styles["section"]} aria-label={say("returned.results")}>
      <p className={styles["sum"]} role="status">
        {say("returned.done", { count: of("on-record") })}{" "}
        {of("refused") > 0 && say("returned.refused", { count: of("refused") })}
      </p>
      <ul className={styles["list"]}>
        {statements.map(({ id, of: what }) => {
          const sent = results.get(id);
          return (
            <li key={id} className={styles["item"]}>
              <p>
                {"change" in what
                  ? say("returned.what", { paragraph: paragraphNamed(what.paragraph), what: whatOf(what) })
                  : commentSaid(what)}
              </p>
              {sent && (
                <small className={styles[sent.state === "on-record" ? "taken" : "refused"]}>
                  {sent.state === "on-record" ? say("returned.taken") : sent.sentence}
                </small>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const whatOf = ({ change, to }: ReturnedProposal): string =>
  change === "move"
    ? say("returned.kinds.move", { part: say(`words.thePart.${to ?? "consensus"}`) })
    : say(`returned.kinds.${change}`);

/** As people speak of what the file is about. */
function useNames() {
  const { record, text } = useNegotiation();
  const blocks = blocksById(text);
  const numbered = (id: ParagraphId): string => numberOf(id, { record, text, voice });
  const paragraphNamed = (id: ParagraphId | null): string => {
    const number = id === null ? "" : numbered(id);
    const block = id === null ? undefined : blocks.get(id);
    if (number) return say("words.paragraph", { number });
    return block ? `“${wordsOf(block.content)}”` : say("returned.somewhere");
  };
  const wordsOf = (content: readonly Inline[]): string =>
    content
      .map((inline) => {
        if (inline.t === "text") return inline.text;
        return inline.t === "ref" ? numbered(inline.to) : ` [${inline.text}] `;
      })
      .join("")
      .trim();
  const commentSaid = ({ by, answers, paragraph, text: words }: ReturnedComment): string => {
    const said = { by, paragraph: paragraphNamed(paragraph), text: words };
    return answers === null ? say("returned.comment", said) : say("returned.answering", { ...said, whom: answers });
  };
  return { paragraphNamed, wordsOf, commentSaid };
}
