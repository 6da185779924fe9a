/**
 * The desk of the chair's team: the text as it is being written, and beside it what stands against the paragraph one is at.
 * Above both, in one sentence, how far the report is from consensus.
 */
import { useCallback, useMemo, useRef, useState } from "react";
import { differsFromCirculated } from "../../shared/domain/acts/text.ts";
import { changedBlocks } from "../../shared/domain/redline.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { markOf, sayNumber } from "../../shared/messages/numbers.ts";
import { paragraphIn, useNegotiation } from "../live/use-negotiation.ts";
import { AdoptionNotice } from "../report/adoption-notice.tsx";
import { closestStep, standSentence, whatItTakes } from "../report/overview-sentence.ts";
import { FeedKey } from "../report/feed-key.tsx";
import { groupLabel } from "../report/group-label.ts";
import { ReportFiles } from "../report/report-files.tsx";
import { SilenceNotices } from "../report/silence-notice.tsx";
import { StatementDialog } from "../report/statement-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { useToast } from "../ui/toasts.tsx";
import { sayWho } from "../../shared/messages/tell.ts";
import { say, voice } from "../ui/voice.ts";
import { AskedCorrections } from "./asked-corrections.tsx";
import { AdoptDialog } from "./adopt-dialog.tsx";
import { AnnounceDialog } from "./announce-dialog.tsx";
import styles from "./chair-desk.module.css";
import { CirculateDialog } from "./circulate-dialog.tsx";
import type { DraftHandle, Referring } from "./draft.tsx";
import { Draft } from "./draft.tsx";
import { IssueVersionDialog } from "./issue-version-dialog.tsx";
import { OutlineDrawer } from "./outline-drawer.tsx";
import { PackageList } from "./package-list.tsx";
import type { PanelPlace } from "./paragraph-panel.tsx";
import { ParagraphPanel } from "./paragraph-panel.tsx";
import { RosterDrawer } from "./roster-drawer.tsx";
import { SilenceActs } from "./silence-acts.tsx";
import { SettingsDrawer } from "./settings-drawer.tsx";
import { Steps } from "./steps.tsx";
import { SummaryDrawer } from "./summary-drawer.tsx";
import { TypedReferences } from "./typed-references.tsx";
import type { WordChange } from "../../shared/domain/remedies.ts";
import { useMoving } from "./use-moving.tsx";

const drawers = {
  outline: OutlineDrawer,
  roster: RosterDrawer,
  summary: SummaryDrawer,
  settings: SettingsDrawer,
} as const;
type DrawerName = keyof typeof drawers;

export function ChairDesk() {
  const { record, text, report, live, seat, whyNot } = useNegotiation();
  const [current, setCurrent] = useState<ParagraphId | null>(null);
  const [place, setPlace] = useState<{ readonly of: ParagraphId; readonly name: PanelPlace } | null>(null);
  /** Where there is no room for both, the text has it until this is asked for. */
  const [showsBeside, setShowsBeside] = useState(false);
  const [drawer, setDrawer] = useState<DrawerName | null>(null);
  const [circulating, setCirculating] = useState(false);
  const [issuing, setIssuing] = useState(false);
  const [closing, setClosing] = useState<"silence" | "adopt" | "statement" | null>(null);
  const draft = useRef<DraftHandle>(null);
  const toast = useToast();

  const go = useCallback((paragraph: ParagraphId) => {
    setCurrent(paragraph);
    setPlace(null);
    draft.current?.show(paragraph);
  }, []);

  const writes = live?.mayWrite ?? false;
  const use = useCallback(
    (paragraph: ComposedParagraph, changes: readonly WordChange[], by: SeenPosition) => {
      draft.current?.change(paragraph.id, changes);
      toast({
        sentence: say("desk.use.done", { who: sayWho(by.by, voice) }),
        actions: [{ label: say("desk.undo"), act: () => draft.current?.undo() }],
      });
    },
    [toast],
  );
  const rewrite = useCallback((paragraph: ParagraphId, words: string) => {
    draft.current?.rewrite(paragraph, words);
    return () => draft.current?.undo();
  }, []);
  const refer = useCallback(
    (references: readonly Referring[]) => {
      draft.current?.refer(references);
      toast({
        sentence: say("versions.typed.done", { count: references.length }),
        actions: [{ label: say("desk.undo"), act: () => draft.current?.undo() }],
      });
    },
    [toast],
  );
  const { move, dialog: moving } = useMoving(writes ? rewrite : null);
  const remove = useCallback(
    (paragraph: ComposedParagraph) => {
      const { id } = paragraph;
      draft.current?.remove(id);
      toast({
        about: id,
        sentence: say("desk.remove.done", { number: sayNumber(paragraph, voice) }),
        actions: [{ label: say("desk.undo"), act: () => draft.current?.undo() }],
      });
    },
    [toast],
  );

  const open = useMemo(() => {
    const blocked = new Set(report.blockers.map(({ paragraph }) => paragraph));
    return [...report.parts.consensus, ...report.parts.chairSummary].filter(
      ({ id, kind }) => kind === "paragraph" && blocked.has(id),
    );
  }, [report]);
  const step = (by: 1 | -1): void => {
    if (open.length === 0) return;
    const order = text.map(({ id }) => id);
    const here = current === null ? -1 : order.indexOf(current);
    const places = open.map(({ id }) => order.indexOf(id));
    const next =
      by === 1
        ? open[
            Math.max(
              0,
              places.findIndex((place) => place > here),
            )
          ]
        : open[places.findLastIndex((place) => place < here)];
    go((next ?? open[by === 1 ? 0 : open.length - 1])!.id);
  };
  const stepParagraph = (by: 1 | -1): void => {
    const paragraphs = text.filter(({ kind }) => kind === "paragraph");
    const at = paragraphs.findIndex(({ id }) => id === current);
    const next = paragraphs[Math.min(Math.max(at + by, 0), paragraphs.length - 1)];
    if (next) go(next.id);
  };
  useShortcuts([
    { keys: "F8", label: say("desk.shortcuts.nextOpen"), act: () => step(1) },
    { keys: "Shift+F8", label: say("desk.shortcuts.previousOpen"), act: () => step(-1) },
    { keys: "Alt+PageDown", label: say("desk.shortcuts.nextParagraph"), act: () => stepParagraph(1) },
    { keys: "Alt+PageUp", label: say("desk.shortcuts.previousParagraph"), act: () => stepParagraph(-1) },
  ]);

  const runs = seat.role === "chair" && report.silences.some(({ ended }) => ended === null);
  const closest = closestStep(report);
  const changed = useMemo(() => changedBlocks(record.text, text).length, [record.text, text]);
  const differs = useMemo(() => differsFromCirculated({ record, text }), [record, text]);
  const paragraph = paragraphIn(report, current);
  const Drawer = drawer && drawers[drawer];

  return (
    <div className={styles["desk"]}>
      <section className={styles["stand"]} data-pane aria-label={say("desk.standLabel")}>
        <p>
          <strong>{standSentence(report)}</strong>{" "}
          {closest && closest.number !== "" && (
            <>
              {say("desk.closest", {
                paragraph: markOf(closest.paragraph, { record, text, voice }) ?? "",
                takes: whatItTakes(closest),
              })}{" "}
              <Button size="small" onClick={() => go(closest.paragraph)}>
                {say("desk.showMe")}
              </Button>
            </>
          )}
        </p>
        <div className={styles["tools"]}>
          {(Object.keys(drawers) as DrawerName[]).map((name) => (
            <Button
              key={name}
              size="small"
              tone="quiet"
              aria-expanded={drawer === name}
              onClick={() => setDrawer(drawer === name ? null : name)}
            >
              {say(`desk.drawer.${name}`)}
            </Button>
          ))}
          <Button
            size="small"
            onClick={() => step(1)}
            disabledReason={open.length === 0 ? say("desk.noOpenPoints") : null}
          >
            {say("desk.openPoints", { count: open.length })}{" "}
            <span className={styles["key"]}>{say("desk.openPointsKey")}</span>
          </Button>
          <AskedCorrections onShow={go} />
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={whyNot("issue-version") ?? (text.length === 0 ? say("desk.circulate.empty") : null)}
            onClick={() => setIssuing(true)}
          >
            {say("versions.issue.name")}
          </Button>
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={
              whyNot("announce-silence") ?? (record.circulations.length === 0 ? say("refusals.not-circulated") : null)
            }
            onClick={() => setClosing("silence")}
          >
            {say("silence.announce.name")}
          </Button>
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={
              // A silence that runs is among what its dialog offers a way out of.
              (runs ? null : whyNot("adopt")) ??
              (record.circulations.length === 0 ? say("refusals.not-circulated") : null)
            }
            onClick={() => setClosing("adopt")}
          >
            {say("silence.adopt.name")}
          </Button>
          <Button
            tone="primary"
            aria-haspopup="dialog"
            disabledReason={
              whyNot("circulate") ??
              (text.length === 0 ? say("desk.circulate.empty") : !differs ? say("desk.circulate.nothing") : null)
            }
            onClick={() => setCirculating(true)}
          >
            {say("desk.circulate.name")}
            {changed > 0 && record.circulations.length > 0 && (
              <span className={styles["badge"]} aria-hidden>
                {changed}
              </span>
            )}
          </Button>
        </div>
      </section>
      <main className={styles["main"]} id="text" data-pane aria-label={say("desk.text")}>
        <Draft ref={draft} current={current} onCurrent={setCurrent} onMove={move} />
      </main>
      <aside
        className={styles["beside"]}
        id="beside"
        data-pane
        data-open={showsBeside || undefined}
        aria-label={say("desk.beside")}
      >
        <Button
          tone="quiet"
          className={styles["handle"]}
          aria-expanded={showsBeside}
          onClick={() => setShowsBeside(!showsBeside)}
        >
          {paragraph?.kind === "paragraph" ? groupLabel(paragraph) : say("desk.beside")}
          <span aria-hidden>{showsBeside ? "▾" : "▴"}</span>
        </Button>
        <div className={styles["standing"]}>
          <AdoptionNotice>
            <Button
              size="small"
              aria-haspopup="dialog"
              disabledReason={whyNot("make-statement")}
              onClick={() => setClosing("statement")}
            >
              {say("silence.statement.floor")}
            </Button>
          </AdoptionNotice>
          <SilenceNotices acts={(silence) => <SilenceActs silence={silence} />} />
          {paragraph && paragraph.kind === "paragraph" ? (
            <ParagraphPanel
              key={paragraph.id}
              paragraph={paragraph}
              place={place?.of === paragraph.id ? place.name : null}
              rewrite={writes ? rewrite : null}
              onMove={move}
              onUse={writes ? use : null}
            />
          ) : (
            <p className={styles["hint"]}>{say("desk.panel.choose")}</p>
          )}
          <Steps current={current} onShow={go} onMove={move} onUse={writes ? use : null} />
          <TypedReferences onRefer={writes ? refer : null} onShow={go} />
          <PackageList onShow={go} />
          <p className={styles["lengths"]}>
            {say("desk.lengths", {
              consensus: report.lengths.consensus,
              summary: report.lengths.chairSummary,
            })}
          </p>
          <ReportFiles />
          <FeedKey />
        </div>
      </aside>
      {Drawer && <Drawer onClose={() => setDrawer(null)} onShow={go} current={current} />}
      {issuing && <IssueVersionDialog onRefer={writes ? refer : null} onClose={() => setIssuing(false)} />}
      {closing === "silence" && <AnnounceDialog like={null} onClose={() => setClosing(null)} />}
      {closing === "adopt" && (
        <AdoptDialog
          rewrite={writes ? rewrite : null}
          onUse={writes ? use : null}
          onRemove={writes ? remove : null}
          onShow={(id, where) => {
            go(id);
            if (where === "text") return;
            setPlace({ of: id, name: where });
            setShowsBeside(true);
          }}
          onClose={() => setClosing(null)}
        />
      )}
      {moving}
      {closing === "statement" && <StatementDialog code={null} onClose={() => setClosing(null)} />}
      {circulating && <CirculateDialog onClose={() => setCirculating(false)} />}
    </div>
  );
}
