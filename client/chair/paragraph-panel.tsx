/** Everything that stands on the paragraph the chair is at, and what the chair can do about it. */
import { useEffect, useRef, useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import { strictness } from "../../shared/domain/positions.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import { blocksById } from "../../shared/domain/text.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { shownStatus } from "../../shared/messages/status.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { BridgingList } from "../proposals/bridging-card.tsx";
import { ProposalList } from "../proposals/proposal-list.tsx";
import { ProposeDialog } from "../proposals/propose-dialog.tsx";
import { PartSign, StatusSign } from "../report/glyphs.tsx";
import { PositionCard } from "../report/position-card.tsx";
import { Redline } from "../report/redline.tsx";
import { Requests } from "../report/requests.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { sayWho } from "../../shared/messages/tell.ts";
import { say, voice } from "../ui/voice.ts";
import { AlternativeActs } from "./alternative-acts.tsx";
import { AnswerRequest } from "./answer-request.tsx";
import { BracketList } from "./bracket-list.tsx";
import { BridgingActions } from "./bridging-actions.tsx";
import { DisposeActions } from "./dispose-dialogs.tsx";
import { CorrectAction } from "./correct-action.tsx";
import { FloorDialog } from "./floor-dialog.tsx";
import { GavelDialog, ReopenDialog } from "./gavel-dialogs.tsx";
import { HeardOfGroup, HeardRequest } from "./heard-dialog.tsx";
import { QuantifierList } from "./quantifier-list.tsx";
import { MergeDialog, mergeable } from "./merge-dialog.tsx";
import styles from "./paragraph-panel.module.css";
import type { Doable } from "./remedy-act.tsx";
import { RemedyAct } from "./remedy-act.tsx";
import type { Rewrite } from "./reporting.tsx";
import { RestoreDialog, restorable } from "./restore-dialog.tsx";

interface Props extends Doable {
  readonly paragraph: ComposedParagraph;
  /** What it is opened for, if it is for something. */
  readonly place: PanelPlace | null;
  readonly rewrite: Rewrite;
}

/** What in the panel one may be led to. */
export type PanelPlace = "proposals" | "brackets" | "alternatives";

type Doing =
  | "gavel"
  | "reopen"
  | "floor"
  | "propose"
  | "merge"
  | "restore"
  | { readonly heard: "withdrawn" | "met"; readonly position: SeenPosition };

export function ParagraphPanel({ paragraph, place, rewrite, onMove, onUse }: Props) {
  const { slug, spelledSeat, record, text, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { id, part, status, positions, wording } = paragraph;
  const number = sayNumber(paragraph, voice);
  const shown = shownStatus(paragraph);
  const block = blocksById(text).get(id);
  const circulated = blocksById(record.text).get(id);
  const differs = circulated !== undefined && wordingOf(circulated.content).hash !== wording;
  const ranked = positions.toSorted((a, b) => strictness(b.level) - strictness(a.level) || a.at - b.at);
  const close = (): void => setDoing(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (place) panel.current?.querySelector<HTMLElement>(`[data-place="${place}"] button`)?.focus();
  }, [place]);
  return (
    <section ref={panel} className={styles["panel"]} aria-labelledby="paragraph-panel">
      <header className={styles["head"]}>
        <h2 id="paragraph-panel">{say("words.paragraph", { number })}</h2>
        {shown ? <StatusSign status={shown} /> : <PartSign part={part} />}
      </header>
      <div className={styles["acts"]}>
        {part === "consensus" && status !== "agreed" && (
          <Button
            tone="support"
            size="small"
            aria-haspopup="dialog"
            disabledReason={whyNot("gavel", { paragraph: block, wording })}
            onClick={() => setDoing("gavel")}
          >
            {say("desk.gavel.name")}
          </Button>
        )}
        {status === "agreed" && (
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={whyNot("reopen", { paragraph: block })}
            onClick={() => setDoing("reopen")}
          >
            {say("desk.reopen.name")}
          </Button>
        )}
        {status === "agreed" && block && <CorrectAction block={block} number={number} />}
        {status !== "agreed" && block && restorable(record.versions, id, block).length > 0 && (
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={whyNot("restore")}
            onClick={() => setDoing("restore")}
          >
            {say("versions.restore.name")}
          </Button>
        )}
        <Button
          size="small"
          aria-haspopup={circulated ? "dialog" : undefined}
          disabledReason={whyNot("move-paragraph", { paragraph: block })}
          onClick={() => onMove(paragraph)}
        >
          {say(part === "consensus" ? "desk.move.to.chair-summary" : "desk.move.to.consensus")}
        </Button>
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={circulated ? whyNot("lodge-position") : say("refusals.not-circulated")}
          onClick={() => setDoing("floor")}
        >
          {say("desk.floor.name")}
        </Button>
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={circulated ? whyNot("table-proposal") : say("refusals.not-circulated")}
          onClick={() => setDoing("propose")}
        >
          <span aria-hidden>✎</span>
          {say("proposals.propose.name")}
        </Button>
      </div>
      {differs && (
        <details className={styles["differs"]}>
          <summary>{say("desk.panel.differs")}</summary>
          <Redline from={circulated.content} to={paragraph.content} />
        </details>
      )}
      {circulated ? (
        <p className={styles["note"]}>
          <a href={paths.life(slug, id, spelledSeat)}>{say("lineage.link")}</a>
        </p>
      ) : (
        <p className={styles["note"]}>{say("desk.panel.new")}</p>
      )}
      <AlternativeActs paragraph={paragraph} />
      {block && <BracketList paragraph={paragraph} block={block} />}
      <QuantifierList paragraph={paragraph} />
      <Requests
        requests={paragraph.corrections}
        actions={(request) => <AnswerRequest request={request} paragraph={paragraph} />}
      />
      {part === "chair-summary" && circulated && paragraph.kind === "paragraph" && (
        <div className={styles["acts"]}>
          <HeardRequest id={id} number={number} wording={wordingOf(circulated.content).hash} />
        </div>
      )}
      {mergeable(paragraph).length > 1 && (
        <div className={styles["acts"]}>
          <Button
            size="small"
            tone="primary"
            aria-haspopup="dialog"
            disabledReason={whyNot("merge-proposals", { paragraph: block })}
            onClick={() => setDoing("merge")}
          >
            {say("proposals.merge.name")}
          </Button>
        </div>
      )}
      <BridgingList
        paragraph={paragraph}
        actions={(bridging) => <BridgingActions bridging={bridging} paragraph={paragraph} />}
      />
      <ProposalList
        paragraph={paragraph}
        code={null}
        actions={(proposal) => <DisposeActions {...{ proposal, paragraph, rewrite }} />}
      />
      {ranked.length === 0 ? (
        <p className={styles["note"]}>
          {say(paragraph.agreedBy ? `desk.panel.agreed.${paragraph.agreedBy}` : "desk.panel.nothing")}
        </p>
      ) : (
        ranked.map((position) => {
          return (
            <PositionCard key={position.id} position={position} paragraph={paragraph} record={record}>
              <HeardOfGroup position={position} />
              {position.level === "objection" && (
                <>
                  <RemedyAct paragraph={paragraph} position={position} onMove={onMove} onUse={onUse} />
                  <Button size="small" tone="quiet" onClick={() => setDoing({ heard: "withdrawn", position })}>
                    {say("desk.heard.withdrawn.name")}
                  </Button>
                  <Button size="small" tone="quiet" onClick={() => setDoing({ heard: "met", position })}>
                    {say("desk.heard.met.name")}
                  </Button>
                </>
              )}
            </PositionCard>
          );
        })
      )}
      {doing === "gavel" && <GavelDialog paragraph={paragraph} onClose={close} />}
      {doing === "restore" && <RestoreDialog paragraph={{ id, number }} onClose={close} />}
      {doing === "reopen" && <ReopenDialog paragraph={paragraph} onClose={close} />}
      {doing === "floor" && circulated && <FloorDialog paragraph={circulated} number={number} onClose={close} />}
      {doing === "merge" && <MergeDialog paragraph={paragraph} onClose={close} />}
      {doing === "propose" && circulated && (
        <ProposeDialog
          paragraph={{
            ...circulated,
            number: paragraph.number,
            wording: wordingOf(circulated.content).hash,
            isAgreed: status === "agreed",
          }}
          author={null}
          onClose={close}
        />
      )}
      {typeof doing === "object" && doing && "heard" in doing && (
        <StateDialog
          name={say(`desk.heard.${doing.heard}.name`)}
          explains={say("desk.heard.explains", {
            who: sayWho(doing.position.by, voice),
          })}
          command={heardCommand(doing)}
          done={say(`desk.heard.${doing.heard}.done`)}
          onClose={close}
        />
      )}
    </section>
  );
}

const heardCommand = ({ heard, position }: Extract<Doing, { heard: unknown }>): Command =>
  heard === "withdrawn"
    ? { kind: "withdraw-position", position: position.id }
    : { kind: "confirm-met", position: position.id };
