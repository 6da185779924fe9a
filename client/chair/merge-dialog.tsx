/** The merge desk: all wordings of one paragraph aligned, one chosen wherever they part, and the bridging text that comes of it with who gave what. */
import { useMemo, useState } from "react";
import type { Column, Row } from "../../shared/domain/alignment.ts";
import { alignWordings, wordsUsed } from "../../shared/domain/alignment.ts";
import { proposalOf } from "../../shared/domain/proposals.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { joinContent } from "../../shared/domain/text.ts";
import type { ProposalId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { nameOfProposer } from "../proposals/proposal-card.tsx";
import { WordsBox } from "../proposals/words-box.tsx";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { useReadable } from "../report/use-readable.ts";
import { Choice } from "../ui/field.tsx";
import { list, say } from "../ui/voice.ts";
import styles from "./dispose-dialogs.module.css";

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly onClose: () => void;
}

/** Those that can be laid side by side: other words for the paragraph, without a fate. */
export const mergeable = ({ proposals }: ComposedParagraph): readonly (SeenProposal & Row)[] =>
  proposals.flatMap((proposal) => (proposal.hunks ? [{ ...proposal, hunks: proposal.hunks }] : []));

export function MergeDialog({ paragraph, onClose }: Props) {
  const { record } = useNegotiation();
  const read = useReadable();
  const shown = (content: readonly Inline[]): string => read(content).trim() || say("proposals.merge.deleted");
  // As they were when it was opened: places must not slip under the chair's hand. Words typed meanwhile make the server refuse.
  const [{ today, rows }] = useState(() => ({ today: paragraph.content, rows: mergeable(paragraph) }));
  const columns = useMemo(() => alignWordings(today, rows), [today, rows]);
  const [chosen, setChosen] = useState<ReadonlyMap<number, number>>(new Map());
  const [edited, setEdited] = useState<readonly Inline[] | null>(null);
  const [then, setThen] = useState<"put-bridging" | "merge-proposals">("merge-proposals");
  const assembled = useMemo(
    () =>
      joinContent(columns.map(({ content, variants }, index) => variants[chosen.get(index) ?? -1]?.content ?? content)),
    [columns, chosen],
  );
  const result = edited ?? assembled;
  const nameOf = (id: ProposalId): string => nameOfProposer(rows.find((row) => row.id === id));
  const given = useMemo(
    () =>
      rows.map(({ id }) => {
        const proposal = proposalOf(record, id);
        return { id, used: proposal?.content ? wordsUsed(proposal.base, proposal.content, today, result) : [] };
      }),
    [rows, record, today, result],
  );
  const used = given.filter((one) => one.used.length > 0);
  return (
    <StateDialog
      name={say("proposals.merge.name")}
      explains={say("proposals.merge.explains")}
      wide
      command={{
        kind: then,
        paragraph: paragraph.id,
        wording: wordingOf(today).hash,
        content: result,
        proposals: used.map(({ id }) => id),
      }}
      done={say(then === "merge-proposals" ? "proposals.merge.done" : "proposals.merge.putDone")}
      incomplete={used.length === 0 ? say("proposals.merge.none") : null}
      onClose={onClose}
    >
      {columns.map(({ content, variants }, index) =>
        variants.length === 0 ? null : (
          <Choice
            key={index}
            inline
            label={say("proposals.merge.place", { number: placeOf(columns, index) })}
            value={String(chosen.get(index) ?? -1)}
            options={[
              { value: "-1", label: shown(content), help: say("proposals.merge.stands") },
              ...variants.map((variant, which) => ({
                value: String(which),
                label: shown(variant.content),
                help: list(variant.of.map(nameOf)),
              })),
            ]}
            onChange={(which) => {
              setChosen(new Map(chosen).set(index, Number(which)));
              setEdited(null);
            }}
          />
        ),
      )}
      <WordsBox
        key={[...chosen].join(";")}
        label={say("proposals.merge.result")}
        block={{ ...paragraph, content: assembled }}
        focus={false}
        onChange={setEdited}
      />
      <section className={styles["line"]} aria-label={say("proposals.dispose.becomes")}>
        <Redline from={today} to={result} />
      </section>
      <section aria-label={say("proposals.merge.from")}>
        <ul className={styles["given"]}>
          {given.map((one) => (
            <li key={one.id}>
              {one.used.length === 0
                ? say("proposals.merge.usesNothing", { who: nameOf(one.id) })
                : say("proposals.merge.uses", {
                    who: nameOf(one.id),
                    words: list(one.used.map((words) => (words ? `“${read(words)}”` : say("proposals.card.deletes")))),
                  })}
            </li>
          ))}
        </ul>
      </section>
      <Choice
        inline
        label={say("proposals.merge.next")}
        value={then}
        options={[
          { value: "merge-proposals", label: say("proposals.merge.atOnce") },
          { value: "put-bridging", label: say("proposals.merge.putBack"), help: say("proposals.merge.putBackHelp") },
        ]}
        onChange={setThen}
      />
    </StateDialog>
  );
}

/** Which of the places where the wordings part, from 1. */
const placeOf = (columns: readonly Column[], index: number): number =>
  columns.slice(0, index + 1).filter(({ variants }) => variants.length > 0).length;
