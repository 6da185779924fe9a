/** Alternatives of whole paragraphs: made of neighbours, taken apart, and one of them chosen (SPEC: ALT). */
import { useState } from "react";
import type { Destination } from "../../shared/domain/alternatives.ts";
import {
  alternativesIn,
  destinations,
  mayBeAlternatives,
  namedAlternatives,
  withPoints,
} from "../../shared/domain/alternatives.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { numberOf, signsToday } from "../../shared/messages/numbers.ts";
import { readable } from "../../shared/messages/signs.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Choice, TextField } from "../ui/field.tsx";
import { list, say, voice } from "../ui/voice.ts";
import styles from "./bracket-list.module.css";

type Doing = "choose" | "ungroup" | readonly ParagraphId[];

export function AlternativeActs({ paragraph }: { readonly paragraph: ComposedParagraph }) {
  const { record, text, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { id } = paragraph;
  const close = (): void => setDoing(null);
  const members = alternativesIn(text, record.alternatives).find((all) => all.some((block) => block.id === id)) ?? [];
  const others = members.filter((block) => block.id !== id);
  // What is agreed already has no alternative.
  const offers =
    paragraph.status === "agreed"
      ? []
      : offersFor(
          id,
          members.map((block) => block.id),
        );
  const named = (ids: readonly ParagraphId[]): string => list(ids.map((one) => numberOf(one, { record, text, voice })));
  const block = blocksById(text).get(id);
  if (record.adoption || others.length + offers.length === 0) return null;
  return (
    <section data-place="alternatives" aria-labelledby="alternatives" className={styles["brackets"]}>
      <h3 id="alternatives">{say("summary.alternatives.title")}</h3>
      <ul>
        {others.map((other) => (
          <li key={other.id}>
            <p className={styles["words"]}>
              {say("summary.alternatives.stands", {
                number: numberOf(other.id, { record, text, voice }),
                words: readable(other.content, signsToday({ record, text, voice })),
              })}
            </p>
          </li>
        ))}
      </ul>
      <div className={styles["acts"]}>
        {others.length > 0 && (
          <>
            <Button
              size="small"
              aria-haspopup="dialog"
              disabledReason={whyNot("choose-alternative", { paragraph: block })}
              onClick={() => setDoing("choose")}
            >
              {say("summary.alternatives.choose.name")}
            </Button>
            <Button
              size="small"
              tone="quiet"
              aria-haspopup="dialog"
              disabledReason={whyNot("ungroup-alternative")}
              onClick={() => setDoing("ungroup")}
            >
              {say("summary.alternatives.ungroup.name")}
            </Button>
          </>
        )}
        {offers.map((ids) => (
          <Button
            key={ids.join()}
            size="small"
            tone="quiet"
            aria-haspopup="dialog"
            disabledReason={whyNot("group-alternatives")}
            onClick={() => setDoing(ids)}
          >
            {say("summary.alternatives.group.next", { numbers: named(ids) })}
          </Button>
        ))}
      </div>
      {doing === "choose" && (
        <ChooseDialog paragraph={id} others={named(others.map((one) => one.id))} onClose={close} />
      )}
      {doing === "ungroup" && (
        <StateDialog
          name={say("summary.alternatives.ungroup.name")}
          explains={say("summary.alternatives.ungroup.explains")}
          command={{ kind: "ungroup-alternative", paragraph: id }}
          done={say("summary.alternatives.ungroup.done")}
          onClose={close}
        />
      )}
      {doing !== null && typeof doing === "object" && (
        <StateDialog
          name={say("summary.alternatives.group.next", { numbers: named(doing) })}
          explains={say("summary.alternatives.group.explains")}
          command={{ kind: "group-alternatives", paragraphs: doing }}
          done={say("summary.alternatives.group.done")}
          onClose={close}
        />
      )}
    </section>
  );

  /** Those that call themselves alternatives, or else this one with the next. */
  function offersFor(here: ParagraphId, grouped: readonly ParagraphId[]): readonly (readonly ParagraphId[])[] {
    const called = namedAlternatives(text).find((ids) => ids.includes(here));
    if (called && called.some((one) => !grouped.includes(one))) return [called];
    const last = grouped.at(-1) ?? here;
    const after = withPoints(text, last).at(-1);
    const next = after && text[text.indexOf(after) + 1];
    const ids = [...(grouped.length > 0 ? grouped : [here]), ...(next ? [next.id] : [])];
    return mayBeAlternatives(text, ids) && next ? [ids] : [];
  }
}

function ChooseDialog({
  paragraph,
  others,
  onClose,
}: {
  readonly paragraph: ParagraphId;
  readonly others: string;
  readonly onClose: () => void;
}) {
  const [to, setTo] = useState<Destination>("chair-summary");
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      name={say("summary.alternatives.choose.name")}
      explains={`${say("summary.alternatives.choose.explains")} ${others}.`}
      command={{ kind: "choose-alternative", paragraph, others: to, reason }}
      done={say("summary.alternatives.choose.done")}
      incomplete={reason.trim() === "" ? say("refusals.reason-needed") : null}
      onClose={onClose}
    >
      <Choice
        label={say("summary.alternatives.choose.others")}
        value={to}
        options={destinations.map((value) => ({ value, label: say(`summary.alternatives.choose.to.${value}`) }))}
        onChange={setTo}
      />
      <TextField
        label={say("summary.alternatives.choose.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
