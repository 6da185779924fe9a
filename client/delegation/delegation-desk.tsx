/** A delegation's desk: what concerns it, what it has stated, and the text on which it states more. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { awaitedOf } from "../../shared/domain/awaited.ts";
import { concernsOf } from "../../shared/domain/concerns.ts";
import type { Level } from "../../shared/domain/positions.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { paragraphIn, useNegotiation } from "../live/use-negotiation.ts";
import { sayHowMany } from "../../shared/messages/awaited.ts";
import { paths } from "../paths.ts";
import { Annex } from "../proposals/annex.tsx";
import { BridgingList } from "../proposals/bridging-card.tsx";
import { ProposalList } from "../proposals/proposal-list.tsx";
import type { BegunProposal } from "../proposals/propose-dialog.tsx";
import { FileLinks } from "../report/file-links.tsx";
import { FeedKey } from "../report/feed-key.tsx";
import { ReportFiles } from "../report/report-files.tsx";
import { AdoptionNotice } from "../report/adoption-notice.tsx";
import { showParagraph } from "../report/show-paragraph.ts";
import { standSentence } from "../report/overview-sentence.ts";
import { ReportText } from "../report/report-text.tsx";
import type { SelectedWords } from "../report/selected-words.ts";
import { selectedWords } from "../report/selected-words.ts";
import { SilenceNotices } from "../report/silence-notice.tsx";
import { useVisit } from "../report/visit.ts";
import { Button } from "../ui/button.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { say, voice } from "../ui/voice.ts";
import { AwaitedList } from "./awaited-list.tsx";
import { BridgingActions } from "./bridging-actions.tsx";
import styles from "./delegation-desk.module.css";
import { GroupStatements } from "./group-statements.tsx";
import { subjectOf } from "./drafting-subject.ts";
import { MyDraftings } from "./my-draftings.tsx";
import { MyPositions } from "./my-positions.tsx";
import { MyProposals } from "./my-proposals.tsx";
import { Offers } from "./offers.tsx";
import { OthersPositions } from "./others-positions.tsx";
import { ParagraphActions } from "./paragraph-actions.tsx";
import { RequestActions, WithdrawRequest } from "./request-actions.tsx";
import { ProposalActions } from "./proposal-actions.tsx";
import { ReturnFile } from "./return-file.tsx";
import { ReflectedOwn } from "./reflected-own.tsx";
import { OwnPapers, Sprung } from "./own-papers.tsx";
import { useDraftings } from "./use-draftings.ts";
import { usePapers } from "./use-papers.ts";
import { SilenceActs } from "./silence-acts.tsx";

const ProposeDialog = onDemand(async () => (await import("../proposals/propose-dialog.tsx")).ProposeDialog);
const PositionDialog = onDemand(async () => (await import("./position-dialog.tsx")).PositionDialog);
const OpenDraftingDialog = onDemand(async () => (await import("./open-drafting-dialog.tsx")).OpenDraftingDialog);
const StatementDialog = onDemand(async () => (await import("../report/statement-dialog.tsx")).StatementDialog);
const CommentsDialog = onDemand(async () => (await import("../report/comments-dialog.tsx")).CommentsDialog);
const ChangesDialog = onDemand(async () => (await import("../report/changes.tsx")).ChangesDialog);

interface Stating {
  readonly paragraph: ComposedParagraph;
  readonly level: Level;
  readonly words: SelectedWords | null;
}

export function DelegationDesk() {
  const negotiation = useNegotiation();
  const { slug, spelledSeat, seat, record, text, report } = negotiation;
  const code = delegationOf(seat);
  const [current, setCurrent] = useState<ParagraphId | null>(null);
  const [stating, setStating] = useState<Stating | null>(null);
  const [proposing, setProposing] = useState<ComposedParagraph | null>(null);
  const [isStating, setIsStating] = useState(false);
  const [isCommenting, setIsCommenting] = useState(false);
  const [showChanges, setShowChanges] = useState(false);
  const selected = useSelectedWords();
  const papers = usePapers();
  const draftings = useDraftings();
  const [begun, setBegun] = useState<BegunProposal | null>(null);
  const [draftingOpen, setDraftingOpen] = useState<string | null>(null);
  const visit = useVisit(negotiation, draftings.all);
  const concerns = useMemo(() => (code ? concernsOf(record, text, code) : []), [record, text, code]);

  const awaited = useMemo(
    () => (code ? awaitedOf({ record, text }, code, draftings.all) : []),
    [record, text, code, draftings.all],
  );

  const go = useCallback((paragraph: ParagraphId | undefined) => {
    if (!paragraph) return;
    setCurrent(paragraph);
    showParagraph(paragraph);
  }, []);
  const states = useCallback(
    (paragraph: ComposedParagraph, level: Level) =>
      setStating({ paragraph, level, words: selected?.paragraph === paragraph.id ? selected : null }),
    [selected],
  );

  const below = useCallback(
    (paragraph: ComposedParagraph) => (
      <>
        <OthersPositions paragraph={paragraph} code={code} />
        {code && (
          <>
            <ParagraphActions
              paragraph={paragraph}
              code={code}
              words={selected?.paragraph === paragraph.id ? selected : null}
              onState={states}
              onPropose={setProposing}
            />
            <BridgingList paragraph={paragraph} actions={(bridging) => <BridgingActions bridging={bridging} />} />
            <RequestActions paragraph={paragraph} code={code} />
            <ProposalList
              paragraph={paragraph}
              code={code}
              actions={(proposal) => <ProposalActions proposal={proposal} paragraph={paragraph.id} code={code} />}
            />
          </>
        )}
      </>
    ),
    [code, selected, states],
  );

  const open = [...new Set([...awaited, ...concerns].flatMap(({ paragraph }) => paragraph ?? []))];
  const all = [...report.parts.consensus, ...report.parts.chairSummary].filter(({ kind }) => kind === "paragraph");
  const step = (among: readonly ParagraphId[], by: 1 | -1): void => {
    const at = current === null ? -1 : among.indexOf(current);
    go(among[at < 0 ? (by === 1 ? 0 : among.length - 1) : (at + by + among.length) % among.length]);
  };
  useShortcuts([
    { keys: "F8", label: say("desk.shortcuts.nextConcern"), act: () => step(open, 1) },
    { keys: "Shift+F8", label: say("desk.shortcuts.previousConcern"), act: () => step(open, -1) },
    {
      keys: "Alt+PageDown",
      label: say("desk.shortcuts.nextParagraph"),
      act: () =>
        step(
          all.map(({ id }) => id),
          1,
        ),
    },
    {
      keys: "Alt+PageUp",
      label: say("desk.shortcuts.previousParagraph"),
      act: () =>
        step(
          all.map(({ id }) => id),
          -1,
        ),
    },
    {
      keys: "Ctrl+Alt+M",
      label: say("desk.shortcuts.object"),
      act: () => {
        const paragraph = paragraphIn(report, selected?.paragraph ?? current);
        if (paragraph && code) states(paragraph, "objection");
      },
    },
    {
      keys: "Ctrl+Shift+E",
      label: say("proposals.propose.name"),
      act: () => {
        const paragraph = paragraphIn(report, selected?.paragraph ?? current);
        if (paragraph && code) setProposing(paragraph);
      },
    },
  ]);

  return (
    <div className={styles["desk"]}>
      <aside className={styles["beside"]} id="beside" data-pane aria-label={say("desk.delegation.beside")}>
        {code && (
          <AdoptionNotice>
            <Button
              aria-haspopup="dialog"
              disabledReason={negotiation.whyNot("make-statement")}
              onClick={() => setIsStating(true)}
            >
              {say("silence.statement.name")}
            </Button>
          </AdoptionNotice>
        )}
        <SilenceNotices acts={(silence) => code && <SilenceActs silence={silence} code={code} />} />
        <Sprung papers={papers} />
        {code && <AwaitedList awaited={awaited} concerns={concerns} rooms={draftings.all} onShow={go} />}
        {text.length > 0 && <p className={styles["stand"]}>{standSentence(report)}</p>}
        {visit.unseen > 0 || visit.since !== null || record.circulations.length > 1 ? (
          <Button onClick={() => setShowChanges(true)} aria-haspopup="dialog">
            {visit.since !== null && visit.unseen === 0
              ? say("desk.changes.button.none")
              : say(`desk.changes.button.${visit.reach}`, { count: visit.unseen })}
          </Button>
        ) : null}
        <Offers onShow={go} />
        {code && (
          <MyDraftings draftings={draftings} code={code} openId={draftingOpen} onOpen={setDraftingOpen} onShow={go} />
        )}
        {code && <GroupStatements code={code} onShow={go} />}
        {code && <MyPositions code={code} onShow={go} />}
        {code && <MyProposals code={code} onShow={go} />}
        {code && <ReturnFile />}
        {code && (
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={negotiation.whyNot("lodge-position")}
            onClick={() => setIsCommenting(true)}
          >
            {say("desk.comments.name")}
          </Button>
        )}
        {code && <ReflectedOwn code={code} />}
        {code && <OwnPapers papers={papers} current={current} onShow={go} />}
        {code && (
          <p className={styles["light"]}>
            <FileLinks title={say("publication.brief.link")} name="brief" />
          </p>
        )}
        <ReportFiles />
        {seat.role !== "observer" && <FeedKey />}
        <p className={styles["light"]}>
          <a href={paths.lightPage(slug, spelledSeat)}>{say("desk.links.light")}</a>
        </p>
      </aside>
      <main className={styles["main"]} id="text" data-pane aria-label={say("desk.text")}>
        {text.length === 0 ? (
          <p className={styles["empty"]}>{say("desk.delegation.nothingCirculated")}</p>
        ) : (
          <ReportText
            report={report}
            current={current}
            onCurrent={setCurrent}
            below={below}
            annex={
              <Annex
                annex={report.annex}
                actions={(request) => code && <WithdrawRequest request={request} code={code} />}
              />
            }
          />
        )}
      </main>
      <nav className={styles["bar"]} aria-label={say("desk.delegation.bar")}>
        <a href={current === null ? "#text" : `#para-${current}`}>{say("desk.text")}</a>
        <a href="#beside" data-awaited={awaited.length > 0 || undefined}>
          {awaited.length > 0 ? sayHowMany(awaited.length, voice) : say("desk.delegation.beside")}
        </a>
      </nav>
      {proposing && code && (
        <ProposeDialog
          paragraph={{ ...proposing, isAgreed: proposing.status === "agreed" }}
          author={code}
          onTogether={
            draftings.mayDecide
              ? (filled) => {
                  setProposing(null);
                  setBegun(filled);
                }
              : null
          }
          onClose={() => setProposing(null)}
        />
      )}
      {begun && code && (
        <OpenDraftingDialog
          begun={begun}
          subject={subjectOf(begun, record, text)}
          code={code}
          draftings={draftings}
          onClose={() => setBegun(null)}
          onOpen={(id) => {
            setBegun(null);
            setDraftingOpen(id);
          }}
        />
      )}
      {stating && code && <PositionDialog {...stating} papers={papers} onClose={() => setStating(null)} />}
      {isStating && code && <StatementDialog code={code} onClose={() => setIsStating(false)} />}
      {isCommenting && <CommentsDialog onClose={() => setIsCommenting(false)} />}
      {showChanges && <ChangesDialog visit={visit} onClose={() => setShowChanges(false)} onShow={go} />}
    </div>
  );
}

/** What is selected in the text; kept while a button or dialog that acts on it has the focus. */
function useSelectedWords(): SelectedWords | null {
  const { report } = useNegotiation();
  const [selected, setSelected] = useState<SelectedWords | null>(null);
  useEffect(() => {
    const onChange = (): void => {
      const selection = getSelection();
      const words = selectedWords(selection, report);
      if (words) setSelected(words);
      else if (selection?.isCollapsed && selection.anchorNode?.parentElement?.closest("[data-words]"))
        setSelected(null);
    };
    document.addEventListener("selectionchange", onChange);
    return () => document.removeEventListener("selectionchange", onChange);
  }, [report]);
  return selected;
}
