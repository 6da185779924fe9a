/**
 * Adopting the report: what stands in the way, paragraph by paragraph, with every way out of it, and what the adoption will be called.
 * Each way out opens its act here, and leads back to the list when it is done; what is done in the text leads there.
 */
import { useState } from "react";
import { agreedWith, isRecordable } from "../../shared/domain/acts/adoption.ts";
import { dissociating } from "../../shared/domain/adoption.ts";
import { isBracketed } from "../../shared/domain/brackets.ts";
import type { Blocker, BlockerKind, ComposedParagraph } from "../../shared/domain/report.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId, PositionId, ProposalId } from "../../shared/domain/values.ts";
import { sayRuns } from "../../shared/messages/agreed.ts";
import { sayBlockers } from "../../shared/messages/blockers.ts";
import { sayParagraphs, sayScope } from "../../shared/messages/silence.ts";
import { capital, sayDeclined, sayWho } from "../../shared/messages/tell.ts";
import { signsToday } from "../../shared/messages/numbers.ts";
import { readable } from "../../shared/messages/signs.ts";
import { paragraphIn, useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { Tick } from "../report/tick.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { list, say, voice } from "../ui/voice.ts";
import styles from "./adopt-dialog.module.css";
import { AskDialog } from "./ask-dialog.tsx";
import { CirculateDialog } from "./circulate-dialog.tsx";
import { NotTakenUp } from "./dispose-dialogs.tsx";
import { GavelDialog, ReopenDialog } from "./gavel-dialogs.tsx";
import { MergeDialog, mergeable } from "./merge-dialog.tsx";
import type { Rewrite } from "./reporting.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { PackageDialog } from "./package-list.tsx";
import type { PanelPlace } from "./paragraph-panel.tsx";
import type { Doable } from "./remedy-act.tsx";
import { RemedyAct } from "./remedy-act.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { CancelDialog } from "./silence-acts.tsx";
import { TypedWarnings } from "./typed-references.tsx";

const exits = [
  "gavel",
  "brackets",
  "choose",
  "answer",
  "merge",
  "refuse",
  "amend",
  "ask",
  "trade",
  "dissociate",
  "reopen",
  "carry",
  "move",
  "delete",
] as const;
type Exit = (typeof exits)[number];

/** The ways that a chair has out of each kind. */
const waysOut = {
  objection: ["amend", "ask", "trade", "dissociate", "carry", "move", "delete"],
  placement: ["move", "ask", "trade", "dissociate"],
  "reopening-asked": ["reopen", "ask", "trade", "dissociate"],
  "words-removed": ["ask", "dissociate"],
  brackets: ["brackets", "amend", "carry", "move", "delete"],
  alternatives: ["choose"],
  reopened: ["gavel", "amend", "carry", "move", "delete"],
  proposal: ["answer", "merge"],
} as const satisfies { readonly [K in BlockerKind]: readonly Exit[] };

/** Ways out that are taken in the text, or in the panel beside it. */
const places: { readonly [E in Exit]?: "text" | PanelPlace } = {
  amend: "text",
  brackets: "brackets",
  choose: "alternatives",
  answer: "proposals",
};

interface Group {
  readonly id: ParagraphId;
  /** Null when it was removed. */
  readonly paragraph: ComposedParagraph | null;
  readonly blockers: readonly Blocker[];
}

interface Taken {
  readonly exit: Exit;
  /** As it was when the way was chosen. */
  readonly group: Group;
}

interface Props extends Pick<Doable, "onUse"> {
  readonly rewrite: Rewrite;
  /** Takes a paragraph out of the draft; null where it cannot be written. */
  readonly onRemove: ((paragraph: ComposedParagraph) => void) | null;
  /** Goes to the paragraph: to its words, or to that place of its panel. */
  readonly onShow: (paragraph: ParagraphId, place: "text" | PanelPlace) => void;
  readonly onClose: () => void;
}

export function AdoptDialog({ rewrite, onUse, onRemove, onShow, onClose }: Props) {
  const { report, text, record, whyNot } = useNegotiation();
  const [note, setNote] = useState("");
  /** As many objections as the chair said it would adopt over. */
  const [over, setOver] = useState<number | null>(null);
  const [taken, setTaken] = useState<Taken | "circulate" | "silence" | null>(null);
  const back = (): void => setTaken(null);
  const { blockers } = report;
  const silence = report.silences.find(({ ended }) => ended === null);

  if (taken === "circulate") return <CirculateDialog onClose={back} />;
  if (taken === "silence" && silence) return <CancelDialog procedure={silence.id} onClose={back} />;
  if (typeof taken === "object" && taken) return <ExitDialog {...taken} {...{ rewrite, onRemove }} onClose={back} />;

  const groups = groupsOf(blockers, (id) => paragraphIn(report, id));
  const unsettled = blockers.some((blocker) => !isRecordable(blocker));
  const maintained = new Map(blockers.flatMap((one) => (one.position ? [[one.position, one] as const] : [])));
  const withoutConsensus = !unsettled && maintained.size > 0;
  const isDraft = text.some((block) => !record.text.includes(block)) && !sameAsCirculated(text, record.text);
  const outcome =
    unsettled || silence || isDraft
      ? say("silence.adopt.blocked")
      : withoutConsensus
        ? say("silence.adopt.maintained", {
            count: maintained.size,
            who: list([...new Set([...maintained.values()].map(({ by }) => sayWho(by, voice)))]),
          })
        : say("silence.adopt.consensus");
  const agreed = new Set(agreedWith(record).map(({ paragraph }) => paragraph));
  const inBrackets = report.parts.chairSummary.filter(
    ({ kind, content }) => kind === "paragraph" && isBracketed(content),
  );
  const unsettledPackages = report.packages.filter(
    ({ releasedAt, withdrawn, state }) =>
      releasedAt !== null && withdrawn === null && (state === "open" || state === "broken"),
  );
  const take = (exit: Exit, group: Group): void => {
    const place = places[exit];
    if (place && group.paragraph) {
      onClose();
      onShow(group.id, place);
    } else setTaken({ exit, group });
  };
  const whyNotTake = (exit: Exit, { id }: Group): string | null => {
    const paragraph = blocksById(text).get(id);
    switch (exit) {
      case "amend":
        return whyNot("write-text");
      case "delete":
        return onRemove ? whyNot("write-text") : say("desk.draft.notYours");
      case "move":
      case "carry":
        return whyNot("move-paragraph", { paragraph });
      case "gavel":
        return whyNot("gavel", { paragraph });
      case "reopen":
        return whyNot("reopen", { paragraph });
      case "trade":
        return whyNot("prepare-package");
      case "ask":
      case "dissociate":
        return whyNot("ask-author");
      default:
        return null;
    }
  };
  return (
    <StateDialog
      wide
      name={say("silence.adopt.name")}
      tone={withoutConsensus ? "plain" : "primary"}
      explains={outcome}
      command={{ kind: "adopt", ...(note.trim() !== "" && { note: note.trim() }) }}
      done={say("silence.adopt.done")}
      incomplete={
        silence
          ? say("refusals.under-silence")
          : unsettled
            ? say("refusals.not-settled")
            : isDraft
              ? say("silence.adopt.draft")
              : withoutConsensus && over !== maintained.size
                ? say("silence.adopt.overNeeded")
                : null
      }
      onClose={onClose}
    >
      {(groups.length > 0 || isDraft || silence) && (
        <ul className={styles["groups"]} aria-label={say("silence.adopt.blockers")}>
          {silence && (
            <li className={styles["group"]}>
              <p>{say("silence.running", { scope: sayScope(silence, { record, text, voice }) })}</p>
              <div className={styles["exits"]}>
                <Button
                  size="small"
                  aria-haspopup="dialog"
                  disabledReason={whyNot("cancel-silence")}
                  onClick={() => setTaken("silence")}
                >
                  {say("silence.cancel.name")}
                </Button>
              </div>
            </li>
          )}
          {isDraft && (
            <li className={styles["group"]}>
              <p>{say("silence.adopt.draft")}</p>
              <div className={styles["exits"]}>
                <Button
                  size="small"
                  aria-haspopup="dialog"
                  disabledReason={whyNot("circulate")}
                  onClick={() => setTaken("circulate")}
                >
                  {say("desk.circulate.name")}
                </Button>
              </div>
            </li>
          )}
          {groups.map((group) => (
            <li key={group.id} className={styles["group"]} aria-labelledby={`group-${group.id}`}>
              <p>
                <strong id={`group-${group.id}`}>{capital(sayParagraphs([group.id], { record, text, voice }))}</strong>{" "}
                {capital(sayBlockers(group.blockers, voice))}
              </p>
              {group.paragraph?.positions.map((position) => {
                const { asked, declined } = position;
                const said = asked
                  ? say(`desk.position.asked.${asked.whether}`)
                  : declined && sayDeclined(declined, voice);
                return said && <p key={position.id}>{`${sayWho(position.by, voice)}: ${said}`}</p>;
              })}
              {group.paragraph && (
                <p className={styles["words"]} dir="auto">
                  {readable(group.paragraph.content, signsToday({ record, text, voice }))}
                </p>
              )}
              <div className={styles["exits"]} role="group" aria-label={say("silence.adopt.exits")}>
                {group.paragraph && onUse && (
                  <Asked
                    {...group}
                    paragraph={group.paragraph}
                    onUse={(...chosen) => {
                      onClose();
                      onUse(...chosen);
                    }}
                    onMove={() => take("move", group)}
                  />
                )}
                {waysOutOf(group).map((exit) => (
                  <Button
                    key={exit}
                    size="small"
                    aria-haspopup={places[exit] && group.paragraph ? undefined : "dialog"}
                    disabledReason={whyNotTake(exit, group)}
                    onClick={() => take(exit, group)}
                  >
                    {say(`silence.adopt.exit.${exit}`)}
                  </Button>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
      {dissociating(record).map(({ by, states, paragraph }) => (
        <p key={`${by} ${paragraph}`}>
          {say("silence.adopt.dissociates", {
            who: list(states.map((code) => record.delegations.get(code)?.name ?? code)) || say("record.someone"),
            count: states.length,
            scope: sayParagraphs([paragraph], { record, text, voice }),
          })}
        </p>
      ))}
      {/* What open brackets and alternatives come to is not known before they are settled. */}
      {!unsettled && agreed.size > 0 && (
        <p>
          {say("silence.adopt.agrees", {
            count: agreed.size,
            numbers: sayRuns(report.parts.consensus.filter(isRated), ({ id }) => agreed.has(id), voice),
          })}
        </p>
      )}
      {inBrackets.length > 0 && (
        <p>
          <span aria-hidden>⚠</span>{" "}
          {say("silence.adopt.inBrackets", {
            count: inBrackets.length,
            numbers: list(inBrackets.map(({ number }) => number)),
          })}
        </p>
      )}
      {unsettledPackages.length > 0 && (
        <p>
          <span aria-hidden>⚠</span>{" "}
          {say("silence.adopt.packages", {
            count: unsettledPackages.length,
            titles: list(unsettledPackages.map(({ title }) => title)),
          })}
        </p>
      )}
      <TypedWarnings />
      {withoutConsensus && !silence && !isDraft && (
        <Tick
          label={say("silence.adopt.over", { count: maintained.size })}
          value={over === maintained.size}
          onChange={(value) => setOver(value ? maintained.size : null)}
        />
      )}
      <TextField label={say("silence.adopt.note")} value={note} onChange={(event) => setNote(event.target.value)} />
    </StateDialog>
  );
}

const isRated = ({ status }: ComposedParagraph): boolean => status !== null;

/** In the order in which their first blocker is listed. */
function groupsOf(blockers: readonly Blocker[], paragraphOf: (id: ParagraphId) => ComposedParagraph | null): Group[] {
  const found = new Map<ParagraphId, Blocker[]>();
  for (const blocker of blockers) found.set(blocker.paragraph, [...(found.get(blocker.paragraph) ?? []), blocker]);
  return [...found].map(([id, ones]) => ({ id, paragraph: paragraphOf(id), blockers: ones }));
}

/** Of all that stands there, each once, the mildest first; of a removed paragraph those that need no words. */
function waysOutOf({ paragraph, blockers }: Group): readonly Exit[] {
  if (!paragraph) {
    const kinds = new Set(blockers.map(({ why }) => why));
    return exits.filter((exit) => (exit === "refuse" ? kinds.has("proposal") : asksAuthor(exit) && kinds.size > 0));
  }
  const offered = new Set<Exit>(blockers.flatMap(({ why }) => waysOut[why]));
  if (mergeable(paragraph).length < 2) offered.delete("merge");
  if (paragraph.part !== "consensus") for (const exit of ["carry", "delete"] as const) offered.delete(exit);
  return exits.filter((exit) => offered.has(exit));
}

const asksAuthor = (exit: Exit): boolean => exit === "ask" || exit === "dissociate";

/** What the objections themselves ask for, where it can be done in one click. */
function Asked({ paragraph, blockers, ...acts }: Group & Doable & { readonly paragraph: ComposedParagraph }) {
  const theirs = new Set(blockers.map(({ position }) => position));
  return paragraph.positions
    .filter(({ id, remedy }) => theirs.has(id) && remedy)
    .map((position) => <RemedyAct key={position.id} inList paragraph={paragraph} position={position} {...acts} />);
}

function ExitDialog({
  exit,
  group: { id, paragraph, blockers },
  rewrite,
  onRemove,
  onClose,
}: Taken & Pick<Props, "rewrite" | "onRemove" | "onClose">) {
  const objections = blockers.filter((one): one is Blocker & { readonly position: PositionId } => !!one.position);
  const proposal = blockers.find((one): one is Blocker & { readonly proposal: ProposalId } => !!one.proposal);
  switch (exit) {
    case "ask":
    case "dissociate":
      return <AskDialog whether={exit === "ask" ? "met" : "dissociation"} {...{ objections, onClose }} />;
    case "trade":
      return <PackageDialog offer={null} paragraphs={[id]} onClose={onClose} />;
    case "refuse":
      return proposal ? <NotTakenUp proposal={{ id: proposal.proposal }} onClose={onClose} /> : null;
    case "gavel":
      return paragraph && <GavelDialog paragraph={paragraph} onClose={onClose} />;
    case "reopen":
      return paragraph && <ReopenDialog paragraph={paragraph} onClose={onClose} />;
    case "merge":
      return paragraph && <MergeDialog paragraph={paragraph} onClose={onClose} />;
    case "move":
      return paragraph && <MoveDialog {...{ paragraph, rewrite, onClose }} />;
    case "carry":
      return paragraph && <MoveDialog {...{ paragraph, rewrite, onClose }} reason={say("desk.move.carried")} />;
    case "delete":
      return paragraph && onRemove && <RemoveDialog {...{ paragraph, onRemove, onClose }} />;
    default:
      // Taken in the text.
      return null;
  }
}

const sameAsCirculated = (a: readonly object[], b: readonly object[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
