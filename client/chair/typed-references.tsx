/**
 * Numbers of paragraphs that were typed as words (SPEC: TYR): those that name something else than they meant, or nothing, and the others,
 * each to be made a reference, which follows its paragraph.
 */
import type { ReactNode } from "react";
import { useId, useMemo } from "react";
import { numbersAfresh } from "../../shared/domain/held-numbers.ts";
import { whyLocked } from "../../shared/domain/status.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { TypedReference } from "../../shared/domain/typed-references.ts";
import { typedReferences } from "../../shared/domain/typed-references.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { markOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { say, voice } from "../ui/voice.ts";
import type { Referring } from "./draft.tsx";
import styles from "./typed-references.module.css";

/** Puts references into the draft; null where it cannot be written. */
export type Refer = ((references: readonly Referring[]) => void) | null;

interface Props {
  readonly onRefer: Refer;
  readonly onShow?: (paragraph: ParagraphId) => void;
}

const refer = (typed: TypedReference, target: ParagraphId): Referring => ({ ...typed, target });

/** Those of the draft. @param issuing by the numbers that the next version gives */
export function TypedReferences({ issuing = false, ...acts }: Props & { readonly issuing?: boolean }) {
  const { record, text } = useNegotiation();
  const title = useId();
  const all = useMemo(
    () => typedReferences(record, text, issuing ? numbersAfresh(record, text) : undefined),
    [record, text, issuing],
  );
  if (all.length === 0) return null;
  const sure = all.filter(
    ({ trouble, targets, paragraph }) => !trouble && targets.length === 1 && !whyLocked(record, paragraph),
  );
  const fine = all.filter(({ trouble }) => trouble === null);
  return (
    <section className={styles["typed"]} aria-labelledby={title}>
      <h2 id={title}>{say("versions.typed.title")}</h2>
      <p className={styles["explains"]}>{say("versions.typed.explains")}</p>
      <Rows typed={all.filter(({ trouble }) => trouble !== null)} text={text} issuing={issuing} {...acts} />
      {fine.length > 0 && (
        <details>
          <summary>{say("versions.typed.fine", { count: fine.length })}</summary>
          <Rows typed={fine} text={text} {...acts} />
        </details>
      )}
      {acts.onRefer && sure.length > 1 && (
        <Button size="small" onClick={() => acts.onRefer?.(sure.map((one) => refer(one, one.targets[0]!)))}>
          {say("versions.typed.makeAll", { count: sure.length })}
        </Button>
      )}
    </section>
  );
}

/** Those of the circulated text, before silence is announced on it or it is adopted: a warning, since only people know what was meant. */
export function TypedWarnings({ on = "whole" }: { readonly on?: "whole" | readonly ParagraphId[] }) {
  const { record } = useNegotiation();
  const all = useMemo(() => typedReferences(record, record.text), [record]);
  const troubled = all.filter(({ trouble, paragraph }) => trouble && (on === "whole" || on.includes(paragraph)));
  if (troubled.length === 0) return null;
  return (
    <div className={styles["typed"]} role="note">
      <p>{say("versions.typed.warning", { count: troubled.length })}</p>
      <Rows typed={troubled} text={record.text} onRefer={null} />
    </div>
  );
}

interface RowsProps extends Props {
  readonly typed: readonly TypedReference[];
  /** In which they stand. */
  readonly text: Text;
  readonly issuing?: boolean;
}

function Rows({ typed, text, issuing = false, onRefer, onShow }: RowsProps): ReactNode {
  const { record } = useNegotiation();
  const mark = (id: ParagraphId | null): string =>
    (id && markOf(id, { record, text, voice })) ?? say("versions.typed.removed");
  const sentenceOf = ({ words, trouble, names, meant }: TypedReference): string => {
    if (trouble !== "changed") return say(`versions.typed.says.${trouble ?? "fine"}`, { words, now: mark(names) });
    const says = names === null ? "lost" : issuing ? "issued" : "changed";
    return say(`versions.typed.says.${says}`, { words, was: mark(meant), now: mark(names) });
  };
  return (
    typed.length > 0 && (
      <ul className={styles["rows"]}>
        {typed.map((one) => {
          const locked = whyLocked(record, one.paragraph);
          return (
            <li key={`${one.paragraph} ${one.from}`} data-trouble={one.trouble}>
              {onShow ? (
                <Button size="small" tone="quiet" onClick={() => onShow(one.paragraph)}>
                  {mark(one.paragraph)}
                </Button>
              ) : (
                <b>{mark(one.paragraph)}</b>
              )}
              <span>{sentenceOf(one)}</span>
              {onRefer &&
                one.targets.map((target) => (
                  <Button
                    key={target}
                    size="small"
                    disabledReason={locked && say(`refusals.${locked}`)}
                    onClick={() => onRefer([refer(one, target)])}
                  >
                    {one.targets.length === 1
                      ? say("versions.typed.make")
                      : say("versions.typed.makeTo", { paragraph: mark(target) })}
                  </Button>
                ))}
            </li>
          );
        })}
      </ul>
    )
  );
}
