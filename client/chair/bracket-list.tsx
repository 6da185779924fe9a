/** The brackets of a paragraph, as they nest, each to be lifted: its words kept, dropped, or chosen among alternatives. */
import { useMemo, useState } from "react";
import type { Bracket } from "../../shared/domain/brackets.ts";
import { bracketsOf, withNotes } from "../../shared/domain/brackets.ts";
import type { Lift } from "../../shared/domain/lifting.ts";
import { consentTo, liftBracket, waysToLift } from "../../shared/domain/lifting.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { Block } from "../../shared/domain/text.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { useReadableQuote } from "../report/use-readable.ts";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { list, say, voice } from "../ui/voice.ts";
import styles from "./bracket-list.module.css";
import { WouldBreak } from "./would-break.tsx";

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly block: Block;
}

interface Lifting {
  /** Where it opened, and with what words, when the form was opened: the draft may be written on meanwhile. */
  readonly at: number;
  readonly words: string;
  readonly how: Lift;
}

/** The same bracket in today's words: of those with its words the nearest. */
function bracketToday(text: string, { at, words }: Pick<Lifting, "at" | "words">): Bracket | null {
  const same = bracketsOf(text).all.filter(({ from, to }) => text.slice(from, to) === words);
  return same.toSorted((a, b) => Math.abs(a.from - at) - Math.abs(b.from - at))[0] ?? null;
}

export function BracketList({ paragraph, block }: Props) {
  const { whyNot } = useNegotiation();
  const readQuote = useReadableQuote();
  const [lifting, setLifting] = useState<Lifting | null>(null);
  const brackets = useMemo(() => bracketsOf(paragraph.text).all, [paragraph.text]);
  const { opens } = useMemo(() => bracketsOf(withNotes(block.content)), [block.content]);
  if (opens === 0) return null;
  const disabledReason = whyNot("lift-bracket", { paragraph: block });
  return (
    <section data-place="brackets" aria-labelledby="brackets" className={styles["brackets"]}>
      <h3 id="brackets">{say("desk.brackets.title", { count: opens })}</h3>
      <ul>
        {brackets.map((bracket) => (
          <li key={bracket.from} data-depth={Math.min(bracket.depth, 4)}>
            <p className={styles["words"]} id={`bracket-${bracket.from}`}>
              {readQuote({ ...bracket, quote: paragraph.text.slice(bracket.from, bracket.to) }, paragraph.content)}
            </p>
            <div className={styles["acts"]}>
              <p className={styles["facts"]}>{factsOf(bracket).join(" · ")}</p>
              {waysToLift(bracket).map((how) => (
                <Button
                  key={how}
                  size="small"
                  tone="quiet"
                  aria-haspopup="dialog"
                  aria-describedby={`bracket-${bracket.from}`}
                  disabledReason={disabledReason}
                  onClick={() =>
                    setLifting({ at: bracket.from, words: paragraph.text.slice(bracket.from, bracket.to), how })
                  }
                >
                  {say(`desk.brackets.${how}.name`)}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {opens > brackets.length && <p className={styles["facts"]}>{say("desk.brackets.inFootnote")}</p>}
      {lifting && <LiftDialog paragraph={paragraph} block={block} {...lifting} onClose={() => setLifting(null)} />}
    </section>
  );
}

function factsOf({ alternative, attribution, closed, holds }: Bracket): string[] {
  return [
    ...(alternative === null ? [] : [say("desk.brackets.alternative", { number: alternative })]),
    ...(attribution === null ? [] : [attribution]),
    ...(holds === "words" ? [] : [say(`desk.brackets.holds.${holds}`)]),
    ...(closed ? [] : [say("desk.brackets.unclosed")]),
  ];
}

const whys = ["objects", "speaks", "asked"] as const;

function LiftDialog({ paragraph, block, at, words, how, onClose }: Props & Lifting & { readonly onClose: () => void }) {
  const { record } = useNegotiation();
  const [reason, setReason] = useState("");
  const from = bracketToday(paragraph.text, { at, words })?.from ?? null;
  const after = from === null ? null : liftBracket(block.content, from, how);
  const consents = from === null ? [] : consentTo(record, block, from, how);
  const names = (wanted: (typeof whys)[number]): string =>
    list(consents.filter(({ why }) => why === wanted).map(({ by }) => record.delegations.get(by)?.name ?? by));
  return (
    <StateDialog
      name={say(`desk.brackets.${how}.name`)}
      explains={say(`desk.brackets.${how}.explains`)}
      command={{
        kind: "lift-bracket",
        paragraph: paragraph.id,
        wording: paragraph.wording,
        at: from ?? at,
        how,
        ...(reason.trim() !== "" && { reason }),
      }}
      done={say("desk.brackets.done", { number: sayNumber(paragraph, voice) })}
      incomplete={after === null ? say("refusals.bracket-unknown") : null}
      onClose={onClose}
    >
      {after && <Redline from={paragraph.content} to={after} />}
      {whys.map(
        (why) =>
          names(why) !== "" && (
            <p key={why} className={styles["consent"]} data-why={why}>
              {say(`desk.brackets.consent.${why}`, { names: names(why) })}
            </p>
          ),
      )}
      {after && <WouldBreak paragraph={block.id} after={{ ...block, content: after }} />}
      {consents.length === 0 && <p className={styles["facts"]}>{say("desk.brackets.consent.nobody")}</p>}
      <TextBox label={say("desk.brackets.reason")} value={reason} onChange={(event) => setReason(event.target.value)} />
    </StateDialog>
  );
}
