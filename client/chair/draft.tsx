/**
 * The draft as the chair's team writes it: the editor, its toolbar, and whatever must be told about the text. The editor is mounted
 * once a document and told what the record says; React renders nothing inside it.
 */
import type { RefObject } from "react";
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { shortNumber } from "../../shared/domain/numbering.ts";
import { bracketedIn, bracketLabels } from "../../shared/domain/bracket-labels.ts";
import { vacantAfter } from "../../shared/domain/held-numbers.ts";
import type { ComposedParagraph, ComposedReport } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { isFrozen, lockedParagraphs, whyLocked } from "../../shared/domain/status.ts";
import { blocksById, embedCharacter, flatText } from "../../shared/domain/text.ts";
import type { TypedReference } from "../../shared/domain/typed-references.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { levelGlyph, proposalGlyph, statusGlyph } from "../../shared/messages/glyphs.ts";
import { shownStatus } from "../../shared/messages/status.ts";
import { sayNumber, signsOf } from "../../shared/messages/numbers.ts";
import type { Numbers } from "../../shared/messages/signs.ts";
import { readable } from "../../shared/messages/signs.ts";
import { sayWho } from "../../shared/messages/tell.ts";
import { schema } from "../../shared/schema/schema.ts";
import type { BlockFacts, BlockLine, GutterWord } from "../editor/block-views.ts";
import type { Concern, Proposed } from "../editor/decorations.ts";
import type { ReportEditor } from "../editor/report-editor.ts";
import { mountReportEditor } from "../editor/report-editor.ts";
import type { LiveText } from "../live/live-text.ts";
import type { Arriving } from "../live/text-connection.ts";
import { peerIn } from "../live/presence.ts";
import { paragraphIn, useNegotiation } from "../live/use-negotiation.ts";
import { rangeToday } from "../report/content.tsx";
import { groupLabel } from "../report/group-label.ts";
import { proposedWords } from "../report/proposed-words.ts";
import { bringIntoSight } from "../report/show-paragraph.ts";
import { Button } from "../ui/button.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { useToast } from "../ui/toasts.tsx";
import { list, say, voice } from "../ui/voice.ts";
import styles from "./draft.module.css";
import { DraftToolbar } from "./draft-toolbar.tsx";
import { EmptyDraft } from "./empty-draft.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import { TextNotices } from "./text-notices.tsx";
import type { WordChange } from "../../shared/domain/remedies.ts";

export interface DraftHandle {
  /** Brings a paragraph on the screen, with the caret in it. */
  show(paragraph: ParagraphId): void;
  /** Makes changes in one paragraph, each by offsets of the text as it is now, from the last place to the first. */
  change(paragraph: ParagraphId, changes: readonly WordChange[]): void;
  rewrite(paragraph: ParagraphId, words: string): void;
  /** Puts references in the place of these words, in one step; where others stand there now nothing is done. */
  refer(references: readonly Referring[]): void;
  remove(paragraph: ParagraphId): void;
  undo(): void;
}

export interface Referring extends Pick<TypedReference, "paragraph" | "from" | "to" | "words"> {
  readonly target: ParagraphId;
}

interface Props {
  readonly ref: RefObject<DraftHandle | null>;
  readonly current: ParagraphId | null;
  readonly onCurrent: (paragraph: ParagraphId | null) => void;
  readonly onMove: (paragraph: ComposedParagraph) => void;
}

export function Draft(props: Props) {
  const { live } = useNegotiation();
  if (!live) return <p className={styles["waiting"]}>{say("desk.draft.notYours")}</p>;
  return <LiveDraft {...props} live={live} />;
}

function LiveDraft({ ref, current, onCurrent, onMove, live }: Props & { readonly live: LiveText }) {
  const { record, report, text, whyNot } = useNegotiation();
  const { doc, awareness, isSynced, arriving } = useSyncExternalStore(live.subscribe, live.connected);
  const toast = useToast();
  const { showsProposals } = usePreferences();
  // Frozen as a whole, under silence or adopted, it is only read.
  const writes = live.mayWrite && !isFrozen(record);
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<ReportEditor | null>(null);

  const paragraphs = useMemo(
    () => new Map([...report.parts.consensus, ...report.parts.chairSummary].map((one) => [one.id, one])),
    [report],
  );
  // What the editor asks of us it asks at any time, so it must always find the latest.
  const [restoring, setRestoring] = useState<ParagraphId | null>(null);
  const vacancy = report.vacancies.find(({ id }) => id === restoring);
  const restores = whyNot("restore") === null;
  const beside = useMemo(() => linesBeside(report, restores), [report, restores]);
  const signs = useMemo(() => signsOf(report, voice), [report]);
  const latest = useRef({ paragraphs, onCurrent, toast, record, showsProposals, beside, signs });
  useLayoutEffect(() => {
    latest.current = { paragraphs, onCurrent, toast, record, showsProposals, beside, signs };
  });

  useLayoutEffect(() => {
    if (!place.current) return;
    const mounted = mountReportEditor(place.current, {
      doc,
      writable: writes,
      presence: { awareness, nameOf: (client) => peerIn(awareness, client)?.name ?? null },
      name: say("desk.draft.name"),
      words: {
        footnote: (number, words) => say("desk.draft.footnote", { number, words }),
        title: say("desk.draft.footnoteTitle"),
        save: say("desk.draft.footnoteSave"),
        remove: say("desk.draft.footnoteRemove"),
        cancel: say("desk.cancel"),
      },
      facts: (id) => factsOf(latest.current.paragraphs.get(id), latest.current, latest.current.beside.get(id)),
      onGutter: (id) => {
        latest.current.onCurrent(id);
        mounted.goTo(id);
      },
      onLine: setRestoring,
      onBlock: (id) => id !== null && latest.current.onCurrent(id),
      onLocked: (ids) => {
        if (ids.some((id) => whyLocked(latest.current.record, id) === "under-silence")) {
          latest.current.toast({ sentence: say("refusals.under-silence") });
          return;
        }
        const numbers = ids.flatMap((id) => {
          const paragraph = latest.current.paragraphs.get(id);
          return paragraph ? sayNumber(paragraph, voice) : [];
        });
        latest.current.toast({ sentence: say("desk.draft.locked", { numbers: list(numbers) }) });
      },
    });
    const atOnce = live.passThrough((deliver) => mounted.composition.pass(deliver));
    setEditor(mounted);
    return () => {
      atOnce();
      setEditor(null);
      mounted.destroy();
    };
  }, [doc, awareness, live, writes]);

  useEffect(() => editor?.setLocks(lockedParagraphs(record)), [editor, record]);
  useEffect(() => {
    if (!editor) return;
    editor.refresh();
    editor.setConcerns([...paragraphs.values()].flatMap(concernsIn));
    const bracketed = bracketedIn(report);
    editor.setProposed(
      [...paragraphs.values()].flatMap((one) => drawnIn(one, bracketed.get(one.id), { showsProposals, signs })),
    );
  }, [editor, report, paragraphs, showsProposals, signs]);

  useImperativeHandle(
    ref,
    (): DraftHandle => ({
      show: (paragraph) => {
        editor?.goTo(paragraph);
        const block = place.current?.querySelector(`[data-id="${paragraph}"]`);
        if (block) bringIntoSight(block);
      },
      change: (paragraph, changes) => editor && changeWords(editor, paragraph, changes),
      rewrite: (paragraph, words) => {
        const size = paragraphs
          .get(paragraph)
          ?.content.reduce((sum, one) => sum + (one.t === "text" ? one.text.length : 1), 0);
        if (editor && size !== undefined) changeWords(editor, paragraph, [{ from: 0, to: size, words }]);
      },
      refer: (references) => editor && putReferences(editor, references),
      remove: (paragraph) => editor && removeBlock(editor, paragraph),
      undo: () => void editor?.run(editor.commands.undo),
    }),
    [editor, paragraphs],
  );

  const tag = useTagBeside(place, current);
  const tagged = paragraphIn(report, current);
  const canTag =
    tagged?.kind === "paragraph" &&
    writes &&
    whyNot("move-paragraph", { paragraph: blocksById(text).get(tagged.id) }) === null;
  useShortcuts([{ keys: "F9", label: say("desk.shortcuts.move"), act: () => tagged && canTag && onMove(tagged) }]);

  return (
    <div className={styles["draft"]}>
      {editor && writes && <DraftToolbar editor={editor} />}
      {vacancy && <RestoreDialog paragraph={vacancy} onClose={() => setRestoring(null)} />}
      <TextNotices live={live} editor={editor} />
      {isSynced && text.length === 0 && writes && <EmptyDraft onWrite={() => editor?.view.focus()} />}
      {!isSynced && arriving && <Arrival {...arriving} />}
      {/* What would be typed into a sheet that only looks empty would stand above everything. */}
      <div className={styles["sheet"]} aria-busy={!isSynced} hidden={!isSynced && arriving !== null}>
        <div ref={place} className={styles["place"]} />
        {tagged && canTag && (
          <Button
            size="small"
            className={styles["tag"]}
            ref={tag}
            onClick={() => onMove(tagged)}
            title={say("desk.shortcuts.move")}
          >
            <span aria-hidden>{tagged.part === "consensus" ? "I → II" : "II → I"}</span>
            <span className="unseen">
              {say(tagged.part === "consensus" ? "desk.tag.chair-summary" : "desk.tag.consensus")}
            </span>
          </Button>
        )}
      </div>
    </div>
  );
}

/** A long text on a bad line takes its time; that it comes can be seen. */
function Arrival({ bytes, of }: Arriving) {
  const [here, whole] = [bytes, of].map((size) => Math.ceil(size / 1_000)) as [number, number];
  return (
    <label className={styles["waiting"]}>
      {say("desk.draft.arriving", { here, whole })} <progress value={bytes} max={of} />
    </label>
  );
}

/** How what is proposed is drawn, if it is. */
interface Drawing {
  readonly showsProposals: boolean;
  readonly signs: Numbers;
}

interface LinesBeside {
  readonly above: readonly BlockLine[];
  readonly below: readonly BlockLine[];
}

const noLines: LinesBeside = { above: [], below: [] };

/** Vacant numbers and the choice between alternatives, by the block that they are shown beside. The outline and the panel tell them too. */
function linesBeside(report: ComposedReport, restores: boolean): ReadonlyMap<ParagraphId, LinesBeside> {
  const found = new Map<ParagraphId, LinesBeside>();
  const add = (id: ParagraphId, where: keyof LinesBeside, lines: readonly BlockLine[]): void => {
    const known = found.get(id) ?? noLines;
    found.set(id, { ...known, [where]: [...known[where], ...lines] });
  };
  for (const [part, shown] of [
    ["consensus", report.parts.consensus],
    ["chair-summary", report.parts.chairSummary],
  ] as const)
    for (const [after, all] of vacantAfter(report.vacancies, part, shown)) {
      const lines = all.map(({ id, number, why }): BlockLine => ({
        kind: "vacant",
        text: say(`versions.vacant.${why}`, { number }),
        ...(restores && why === "deleted" && { offers: { name: say("versions.restore.one"), about: id } }),
      }));
      const beside = after ?? shown[0]?.id;
      if (beside) add(beside, after === null ? "above" : "below", lines);
    }
  for (const { number, paragraphs } of report.alternatives)
    add(paragraphs[0]!, "above", [{ kind: "choice", text: say("summary.alternatives.above", { number }) }]);
  return found;
}

function factsOf(
  paragraph: ComposedParagraph | undefined,
  { showsProposals, signs }: Drawing,
  { above, below }: LinesBeside = noLines,
): BlockFacts | null {
  if (!paragraph) return null;
  const { number, part, counts, content, kind, proposals, quantifiers, corrections } = paragraph;
  if (kind === "heading") {
    const label = say("desk.draft.heading", { words: readable(content, signs) });
    return { label, number: "", called: "", part, words: [], above, below };
  }
  const words: GutterWord[] = [];
  const status = shownStatus(paragraph);
  if (status) words.push({ kind: status, text: `${statusGlyph[status]} ${say(`words.status.${status}`)}` });
  for (const level of ["objection", "reservation", "support"] as const) {
    if (counts && counts[level] > 0) words.push({ kind: level, text: `${levelGlyph[level]} ${counts[level]}` });
  }
  const unsure =
    quantifiers.filter(({ warning }) => warning).length + corrections.filter(({ answer }) => !answer).length;
  if (unsure > 0) words.push({ kind: "warning", text: `⚠ ${unsure}` });
  const open = proposals.filter(({ fate }) => fate === null).length;
  if (open > 0) words.push({ kind: "proposal", text: `${proposalGlyph} ${open}` });
  const proposed = (showsProposals ? proposedWords(paragraph, signs).lines : []).map((line): BlockLine => ({
    kind: "proposal",
    text: line,
  }));
  return {
    label: groupLabel(paragraph),
    number: shortNumber(number),
    called: sayNumber(paragraph, voice),
    part,
    words,
    above,
    below: [...proposed, ...below],
  };
}

function concernsIn(paragraph: ComposedParagraph): Concern[] {
  return paragraph.positions.flatMap((position) => {
    const range = rangeToday(position, paragraph);
    return range ? [{ ...range, id: position.id, block: paragraph.id, level: position.level }] : [];
  });
}

function drawnIn(
  paragraph: ComposedParagraph,
  bracketed: readonly SeenProposal[] | undefined,
  { showsProposals, signs }: Drawing,
): Proposed[] {
  const { id, content } = paragraph;
  const labels = bracketed ? bracketLabels(content, bracketed).known : [];
  const changes = [
    ...(showsProposals ? proposedWords(paragraph, signs).changes : []),
    ...labels.map(({ at, of }) => ({
      from: at,
      to: at,
      words: "",
      by: `${list(of.map(({ by }) => sayWho(by, voice)))}:`,
      isLabel: true as const,
    })),
  ];
  return changes.length === 0 ? [] : [{ block: id, size: flatText(content).length, changes }];
}

/** Where a block begins in the editor's document; null when it is not there. */
function placeOf({ view }: ReportEditor, paragraph: ParagraphId): number | null {
  let place: number | null = null;
  view.state.doc.forEach((node, at) => {
    if (node.attrs["id"] === paragraph) place = at;
  });
  return place;
}

function removeBlock(editor: ReportEditor, paragraph: ParagraphId): void {
  const { tr } = editor.view.state;
  const at = placeOf(editor, paragraph);
  const node = at === null ? null : tr.doc.nodeAt(at);
  if (at !== null && node) editor.view.dispatch(tr.delete(at, at + node.nodeSize));
}

function changeWords(editor: ReportEditor, paragraph: ParagraphId, changes: readonly WordChange[]): void {
  const { tr } = editor.view.state;
  const at = placeOf(editor, paragraph);
  if (at === null) return;
  const start = at + 1;
  for (const { from, to, words } of changes) tr.insertText(words, start + from, start + to);
  editor.view.dispatch(tr);
  const last = changes.at(-1);
  if (last) editor.goTo(paragraph, last.from, last.from + last.words.length);
}

function putReferences(editor: ReportEditor, references: readonly Referring[]): void {
  const { tr } = editor.view.state;
  for (const { paragraph, from, to, words, target } of references.toReversed()) {
    const at = placeOf(editor, paragraph);
    const start = at === null ? null : tr.mapping.map(at + 1);
    if (start === null || tr.doc.textBetween(start + from, start + to, "", embedCharacter) !== words) continue;
    tr.replaceWith(start + from, start + to, schema.node("ref", { to: target }));
  }
  if (tr.docChanged) editor.view.dispatch(tr);
}

/** Puts the tag beside the current block and marks the block, after each change of either: blocks move while others type. */
function useTagBeside(
  place: RefObject<HTMLDivElement | null>,
  current: ParagraphId | null,
): RefObject<HTMLButtonElement | null> {
  const tag = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const root = place.current;
    const block = root?.querySelector<HTMLElement>(`[data-id="${current ?? ""}"]`);
    if (!root || !block) return;
    block.dataset["current"] = "";
    const measure = (): void => {
      const top = block.getBoundingClientRect().top - root.getBoundingClientRect().top;
      if (tag.current) tag.current.style.insetBlockStart = `${top}px`;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(root);
    return () => {
      delete block.dataset["current"];
      observer.disconnect();
    };
  });
  return tag;
}
