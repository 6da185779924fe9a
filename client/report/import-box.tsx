/** A text from outside, pasted or from a file, with what will become of it shown before anything is done. */
import type { RefObject } from "react";
import { useMemo, useRef, useState } from "react";
import type { Imported, ImportReport } from "../../shared/domain/import-text.ts";
import { formatOf, importText } from "../../shared/domain/import-text.ts";
import { firstNoteIn, numberNotes, numberText } from "../../shared/domain/numbering.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { TextRead, TrackedChoice } from "../../shared/wire/intake.ts";
import { trackedChoices } from "../../shared/wire/intake.ts";
import type { Files, ImportedText } from "../live/api.ts";
import { RefusedError } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { Choice, TextBox } from "../ui/field.tsx";
import { FileChoice } from "../ui/file-choice.tsx";
import { list, say } from "../ui/voice.ts";
import { Content } from "./content.tsx";
import styles from "./import-box.module.css";
import { ImportFindings } from "./import-findings.tsx";

/** What was brought so far. */
export interface Source extends ImportedText {
  /** Why it cannot be taken in yet. */
  readonly hindrance: string | null;
}

export const noSource: Source = {
  text: "",
  format: "plain",
  references: false,
  hindrance: say("desk.import.nothing"),
};

interface Props {
  readonly source: Source;
  readonly files: Files;
  readonly onChange: (source: Source) => void;
}

interface Brought {
  readonly file: File;
  /** Null while it is being read. */
  readonly read: TextRead | null;
  readonly choice: TrackedChoice | "";
  readonly trouble: string | null;
}

export function ImportBox({ source, files, onChange }: Props) {
  const [brought, setBrought] = useState<Brought | null>(null);
  const latest = useRef(0);
  const preview = useMemo(() => (source.text.trim() === "" ? null : previewOf(source)), [source]);
  const paste = (text: string): void =>
    onChange(
      text.trim() === ""
        ? { ...noSource, text }
        : { text, format: formatOf(text), references: source.references, hindrance: null },
    );

  const bring = async (file: File | undefined, choice: TrackedChoice | "" = ""): Promise<void> => {
    if (!file) return;
    const mine = ++latest.current;
    setBrought((before) => ({ file, read: before?.file === file ? before.read : null, choice, trouble: null }));
    onChange({ ...noSource, hindrance: say("desk.import.reading") });
    try {
      const read = await files.readText(file, choice === "" ? null : choice);
      if (mine !== latest.current) return;
      setBrought({ file, read, choice, trouble: null });
      onChange(
        read.text === null
          ? { ...noSource, hindrance: say("desk.import.changes.undecided") }
          : {
              text: read.text,
              format: read.format === "plain" ? "plain" : "markdown",
              references: source.references,
              hindrance: null,
            },
      );
    } catch (error) {
      if (mine !== latest.current) return;
      const trouble = error instanceof RefusedError ? error.problem.detail : say("desk.notSent");
      setBrought({ file, read: null, choice, trouble });
      onChange({ ...noSource, hindrance: trouble });
    }
  };

  return (
    <div
      className={styles["import"]}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (!file) return;
        event.preventDefault();
        void bring(file);
      }}
    >
      {brought ? (
        <BroughtFile
          brought={brought}
          onChoice={(choice) => void bring(brought.file, choice)}
          onAnother={() => {
            latest.current++;
            setBrought(null);
            onChange(noSource);
          }}
        />
      ) : (
        <>
          <TextBox
            label={say("desk.import.label")}
            help={say("desk.import.help")}
            rows={preview ? 5 : 9}
            value={source.text}
            dir="auto"
            onChange={(event) => paste(event.target.value)}
          />
          <FileChoice accept=".docx,.odt,.html,.htm,.md,.markdown,.txt" onFile={(file) => void bring(file)}>
            {say("desk.import.file")}
          </FileChoice>
        </>
      )}
      {preview && (
        <Preview
          {...preview}
          read={brought?.read ?? null}
          references={source.references}
          onReferences={(references) => onChange({ ...source, references })}
        />
      )}
    </div>
  );
}

interface BroughtProps {
  readonly brought: Brought;
  readonly onChoice: (choice: TrackedChoice) => void;
  readonly onAnother: () => void;
}

function BroughtFile({ brought: { file, read, choice, trouble }, onChoice, onAnother }: BroughtProps) {
  return (
    <>
      <p className={styles["brought"]} role="status">
        <span>
          {read ? (
            say("desk.import.read", { file: file.name, format: say(`desk.import.format.${read.format}`) })
          ) : (
            <>
              <b>{file.name}</b> {trouble ?? say("desk.import.reading")}
            </>
          )}
        </span>
        <Button size="small" onClick={onAnother}>
          {say("desk.import.another")}
        </Button>
      </p>
      {read !== null && read.changes > 0 && (
        <Choice<TrackedChoice | "">
          label={say("desk.import.changes.label", { count: read.changes })}
          value={choice}
          options={trackedChoices.map((value) => ({
            value,
            label: say(`desk.import.changes.${value}.name`),
            help: say(`desk.import.changes.${value}.help`),
          }))}
          onChange={(next) => next !== "" && onChoice(next)}
        />
      )}
    </>
  );
}

/** As the server will read it; these ids are for the preview only. */
export function previewOf({ text, format, references }: ImportedText): Imported {
  let count = 0;
  const newId = (): ParagraphId => String(count++).padStart(22, "0") as ParagraphId;
  const read = importText(text, format, newId);
  return references ? { ...read, text: read.referring } : read;
}

const shownBlocks = 60;

/** "1 heading", "7 paragraphs of consensus text": of what there is. */
function countsOf({ headings, paragraphs, brackets, footnotes }: ImportReport): readonly string[] {
  const { consensus, "chair-summary": summary } = paragraphs;
  const counts = { headings, consensus, summary, brackets, footnotes };
  return (Object.entries(counts) as [keyof typeof counts, number][]).flatMap(([kind, count]) =>
    count > 0 ? [say(`desk.import.counts.${kind}`, { count })] : [],
  );
}

interface PreviewProps extends Pick<Imported, "text" | "report"> {
  readonly read: TextRead | null;
  readonly references: boolean;
  readonly onReferences: (references: boolean) => void;
}

function Preview({ text, report, read, references, onReferences }: PreviewProps) {
  const numbers = numberText(text);
  const notes = numberNotes(text);
  const [shown, setShown] = useState(shownBlocks);
  const box = useRef<HTMLDivElement>(null);
  const show = (block: ParagraphId): void => {
    const at = text.findIndex(({ id }) => id === block);
    setShown((now) => Math.max(now, at + shownBlocks));
    scrollTo(box, block);
  };
  const nameOf = (block: ParagraphId): string => {
    const number = numbers.get(block);
    return number === undefined ? say("desk.import.aHeading") : `¶ ${number}`;
  };
  return (
    <section className={styles["preview"]} aria-label={say("desk.import.preview")}>
      <p className={styles["sum"]} role="status">
        {say("desk.import.sum", { counts: list(countsOf(report)) })}
      </p>
      {report.references.found > 0 && (
        <p className={styles["references"]}>
          {say(references ? "desk.import.references.made" : "desk.import.references.found", {
            count: report.references.found,
          })}{" "}
          {!references &&
            report.references.renumbered > 0 &&
            say("desk.import.references.renumbered", { count: report.references.renumbered })}{" "}
          <Button size="small" onClick={() => onReferences(!references)}>
            {say(references ? "desk.import.references.leave" : "desk.import.references.make")}
          </Button>
        </p>
      )}
      <ImportFindings report={report} read={read} nameOf={nameOf} onShow={show} />
      <div ref={box} className={styles["text"]} tabIndex={0} role="group" aria-label={say("desk.import.preview")}>
        {text.slice(0, shown).map((block) => (
          <p
            key={block.id}
            data-block={block.id}
            data-kind={block.kind}
            data-part={block.part}
            data-level={block.level}
            dir="auto"
          >
            {/* Apart, so that the letter of "2(a)" does not give the words its direction. */}
            {block.kind === "paragraph" && (
              <b>
                <bdi>{numbers.get(block.id)}</bdi>{" "}
              </b>
            )}
            <Content
              content={block.content}
              firstNote={firstNoteIn(block.content, notes)}
              numberOf={(id) => numbers.get(id) ?? ""}
            />
          </p>
        ))}
        {text.length > shown && <p>{say("desk.import.more", { count: text.length - shown })}</p>}
      </div>
    </section>
  );
}

/** Once it is there: what was beyond the end of the preview is drawn first. */
const scrollTo = (box: RefObject<HTMLDivElement | null>, block: ParagraphId): void =>
  void requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      box.current?.querySelector(`[data-block="${block}"]`)?.scrollIntoView({ block: "center" }),
    ),
  );
