/** Issuing a version: what it is called, and how each difference from the last one came about. */
import { useMemo, useState } from "react";
import type { CoverChange, Difference } from "../../shared/domain/versions.ts";
import { differencesOf, labelsFor, likelyCover } from "../../shared/domain/versions.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ChangeList } from "../report/changes.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";
import styles from "./issue-version-dialog.module.css";
import type { Refer } from "./typed-references.tsx";
import { TypedReferences } from "./typed-references.tsx";

interface Props {
  readonly onRefer: Refer;
  readonly onClose: () => void;
}

export function IssueVersionDialog({ onRefer, onClose }: Props) {
  const { record, text } = useNegotiation();
  const labels = labelsFor(record);
  const [label, setLabel] = useState(labels[0]!);
  const [symbol, setSymbol] = useState("");
  const [note, setNote] = useState("");
  const [reasons, setReasons] = useState<ReadonlyMap<ParagraphId, string>>(new Map());
  const [forAll, setForAll] = useState("");
  const differences = useMemo(() => differencesOf(record, text), [record, text]);
  const open = differences.filter((one) => one.open.length > 0);
  const covered = differences.filter((one) => one.open.length === 0);
  const last = record.versions.at(-1);

  const reasonFor = (difference: Difference): string => {
    const likely = likelyCover(record, difference);
    return reasons.get(difference.id) ?? (likely === null || likely === "edit" ? "" : say(`versions.likely.${likely}`));
  };
  const covers = open.map((difference): CoverChange => ({
    paragraph: difference.id,
    reason: reasonFor(difference),
    ...(difference.after && { wording: wordingOf(difference.after.content).hash }),
  }));
  const missing = covers.filter(({ reason }) => reason.trim() === "");
  const setReason = (id: ParagraphId, reason: string): void => setReasons(new Map(reasons).set(id, reason));
  const byId = new Map(differences.map((one) => [one.id, one]));

  return (
    <StateDialog
      wide
      name={say("versions.issue.name")}
      explains={say("versions.issue.explains")}
      command={{
        kind: "issue-version",
        label: label.trim(),
        ...(symbol.trim() !== "" && { symbol: symbol.trim() }),
        ...(note.trim() !== "" && { note: note.trim() }),
        ...(covers.length > 0 && { covers }),
      }}
      done={say("versions.issue.done", { label: label.trim() })}
      incomplete={
        label.trim() === ""
          ? say("refusals.label-unfit")
          : missing.length > 0
            ? say("versions.issue.incomplete", { count: missing.length })
            : null
      }
      onClose={onClose}
    >
      <div className={styles["names"]}>
        <TextField
          label={say("versions.issue.label")}
          help={say("versions.issue.labelHelp", { labels: labels.join(" · ") })}
          value={label}
          maxLength={60}
          autoFocus
          onChange={(event) => setLabel(event.target.value)}
        />
        <TextField
          label={say("versions.issue.symbol")}
          value={symbol}
          maxLength={100}
          onChange={(event) => setSymbol(event.target.value)}
        />
      </div>
      <TextBox
        label={say("versions.issue.note")}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <TypedReferences issuing onRefer={onRefer} />
      {!last && <p>{say("versions.issue.first", { count: text.length })}</p>}
      {last && differences.length === 0 && <p>{say("versions.issue.same", { label: last.label })}</p>}
      {last && open.length > 0 && (
        <section className={styles["open"]} aria-labelledby="uncovered">
          <h3 id="uncovered">{say("versions.issue.open", { count: open.length, label: last.label })}</h3>
          {missing.length > 1 && (
            <div className={styles["bulk"]}>
              <TextField
                label={say("versions.issue.all")}
                value={forAll}
                onChange={(event) => setForAll(event.target.value)}
              />
              <Button
                disabledReason={forAll.trim() === "" ? say("refusals.reason-needed") : null}
                onClick={() =>
                  setReasons(new Map([...reasons, ...missing.map(({ paragraph }) => [paragraph, forAll] as const)]))
                }
              >
                {say("versions.issue.fill")}
              </Button>
            </div>
          )}
          <ChangeList
            changes={open}
            text={text}
            before={last.text}
            below={(id) => {
              const difference = byId.get(id)!;
              return (
                <TextField
                  label={say("versions.issue.reason")}
                  value={reasonFor(difference)}
                  onChange={(event) => setReason(id, event.target.value)}
                />
              );
            }}
          />
        </section>
      )}
      {last && covered.length > 0 && (
        <details>
          <summary>{say("versions.issue.covered", { count: covered.length, label: last.label })}</summary>
          <ChangeList
            changes={covered}
            text={text}
            before={last.text}
            below={(id) => (
              <ul className={styles["acts"]}>
                {byId.get(id)!.acts.map(({ seq, how, reason }) => (
                  <li key={seq}>
                    {say(`versions.how.${how}`)}
                    {reason && `: ${reason}`}
                  </li>
                ))}
              </ul>
            )}
          />
        </details>
      )}
    </StateDialog>
  );
}
