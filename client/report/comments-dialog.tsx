/** A table of comments, with what each row becomes shown before anything is stated; then its rows on the record, one after the other. */
import type { ReactNode } from "react";
import { useMemo, useState } from "react";
import type { CommentPlan, CommentTable, PlannedRow, RowChoices } from "../../shared/domain/comment-table.ts";
import { planComments, readCommentTable, rowTroubles } from "../../shared/domain/comment-table.ts";
import { numberedToday } from "../../shared/domain/held-numbers.ts";
import type { Level } from "../../shared/domain/positions.ts";
import { levels } from "../../shared/domain/positions.ts";
import { isTeam } from "../../shared/domain/roster.ts";
import type { PersonId } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import type { TablesRead } from "../../shared/wire/intake.ts";
import { RefusedError } from "../live/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { Select } from "../ui/field.tsx";
import { FileChoice } from "../ui/file-choice.tsx";
import { useToast } from "../ui/toasts.tsx";
import { list, say } from "../ui/voice.ts";
import styles from "./comments-dialog.module.css";
import { Tick } from "./tick.tsx";

interface Brought {
  readonly name: string;
  /** Null while it is being read. */
  readonly read: TablesRead | null;
  readonly trouble: string | null;
}

/** Nothing of it begins before it was looked at, and it can be sent again after a line that broke: what stands already is not stated twice. */
export function CommentsDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, seat, record, submit } = useNegotiation();
  const toast = useToast();
  const [brought, setBrought] = useState<Brought | null>(null);
  const [sheet, setSheet] = useState("0");
  const [version, setVersion] = useState("");
  const [choices, setChoices] = useState<RowChoices>(new Map());
  const [done, setDone] = useState<{ readonly of: number; readonly count: number } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const cells = brought?.read?.sheets[Number(sheet)]?.cells ?? null;
  const table = useMemo(() => cells && readCommentTable(cells), [cells]);
  const plan = usePlan(table, version, choices);
  const choose: Choose = (row, choice) => {
    const others = [...choices].filter(([one]) => one !== row);
    setChoices(new Map(choice === null ? others : [...others, [row, choice]]));
  };
  const turnTo = (name: string): void => {
    setSheet(name);
    setChoices(new Map());
  };

  const bring = async (file: File): Promise<void> => {
    setBrought({ name: file.name, read: null, trouble: null });
    turnTo("0");
    setTrouble(null);
    try {
      setBrought({ name: file.name, read: await api.readTables(file), trouble: null });
    } catch (error) {
      const why = error instanceof RefusedError ? error.problem.detail : say("desk.notSent");
      setBrought({ name: file.name, read: null, trouble: why });
    }
  };

  const hindrance = !brought
    ? say("desk.comments.nothing")
    : brought.read === null
      ? (brought.trouble ?? say("desk.comments.reading"))
      : table === null
        ? say("desk.comments.noHeads")
        : plan!.acts.length === 0
          ? say("desk.comments.noneStated")
          : null;

  const state = async (): Promise<void> => {
    if (hindrance !== null || done !== null) return;
    setTrouble(null);
    let count = 0;
    let isWhole = true;
    // As they were shown: the plan is made anew with each entry that comes.
    for (const { command, rows } of plan!.acts) {
      setDone({ of: plan!.acts.length, count });
      const sent = await submit(command, crypto.randomUUID());
      if (sent.state === "on-record") {
        count++;
        continue;
      }
      isWhole = false;
      setTrouble(`${list(rows.map((row) => say("desk.comments.row", { row })))}: ${sent.sentence}`);
      if (sent.state === "not-sent") break;
    }
    setDone(null);
    toast({ sentence: say("desk.comments.done", { count }) });
    if (isWhole) onClose();
  };

  return (
    <Dialog wide title={say("desk.comments.name")} onClose={onClose}>
      <DialogForm
        onSubmit={() => void state()}
        trouble={trouble}
        footer={
          <>
            {done && <span role="status">{say("desk.comments.progress", { done: done.count, count: done.of })}</span>}
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone="primary" busy={done !== null} disabledReason={hindrance}>
              {plan && plan.acts.length > 0
                ? say("desk.comments.state", { count: plan.acts.length })
                : say("desk.comments.name")}
            </Button>
          </>
        }
      >
        <p>{say(isTeam(seat) ? "desk.comments.explainsTeam" : "desk.comments.explainsOwn")}</p>
        <FileChoice accept=".csv,.xlsx,.tsv" onFile={(file) => void bring(file)}>
          {brought ? `${brought.name} · ${say("desk.comments.another")}` : say("desk.comments.file")}
        </FileChoice>
        {brought && !plan && <p role="status">{hindrance}</p>}
        {brought?.read && brought.read.sheets.length > 1 && (
          <Select
            label={say("desk.comments.sheet")}
            value={sheet}
            options={brought.read.sheets.map(({ name }, index) => ({ value: String(index), label: name }))}
            onChange={turnTo}
          />
        )}
        {table && record.versions.length > 0 && (
          <Select
            label={say("desk.comments.numbersOf")}
            value={version}
            options={[
              { value: "", label: say("desk.comments.today") },
              ...record.versions.map(({ name, label }) => ({ value: name, label })),
            ]}
            onChange={setVersion}
          />
        )}
        {brought?.read && table && plan && (
          <Account plan={plan} table={table} formulas={brought.read.formulas} choices={choices} onChoose={choose} />
        )}
      </DialogForm>
    </Dialog>
  );
}

/** What the rows become on what is circulated now, by the numbers of an issued version or of today. */
function usePlan(table: CommentTable | null, version: string, choices: RowChoices): CommentPlan | null {
  const { record, text, seat, name } = useNegotiation();
  const [now] = useState(() => epochMs(Date.now()));
  return useMemo(() => {
    if (!table) return null;
    const today = numberedToday(record, record.text);
    const on = record.versions.find((one) => one.name === version) ?? today;
    // Rights hang on the seat; which person sits in it only the server knows and needs.
    const actor = { seat, name, person: "" as PersonId };
    return planComments({ record, text }, on, table, actor, now, choices);
  }, [table, record, text, seat, name, version, now, choices]);
}

type Choice = Level | "nothing";
type Choose = (row: number, choice: Choice | null) => void;

interface AccountProps {
  readonly plan: CommentPlan;
  readonly table: CommentTable;
  readonly formulas: number;
  readonly choices: RowChoices;
  readonly onChoose: Choose;
}

function Account({ plan, table, formulas, choices, onChoose }: AccountProps) {
  const count = (is: (row: PlannedRow) => boolean): number => plan.rows.filter(is).length;
  return (
    <section className={styles["account"]}>
      <p className={styles["sum"]} role="status">
        {say("desk.comments.sum", {
          rows: plan.rows.length,
          positions: count(({ level }) => level !== null),
          proposals: count(({ change }) => change !== null),
          nothing: count(({ level, change }) => level === null && change === null),
        })}
      </p>
      {formulas > 0 && <p>{say("desk.comments.formulas", { count: formulas })}</p>}
      {table.unread.length > 0 && <p>{say("desk.comments.unread", { columns: list(table.unread) })}</p>}
      <ol className={styles["rows"]}>
        {plan.rows.map((row) => (
          <Row key={row.comment.row} row={row} numbers={plan.numbers}>
            <RowChoice row={row} choice={choices.get(row.comment.row) ?? null} onChoose={onChoose} />
          </Row>
        ))}
      </ol>
    </section>
  );
}

type Ours = (typeof rowTroubles)[number];
const isOurs = (trouble: PlannedRow["troubles"][number]): trouble is Ours => rowTroubles.includes(trouble as Ours);

/** What a comment that names no position is; of a row that says what it is, whether it is taken in. */
function RowChoice({ row, choice, onChoose }: { row: PlannedRow; choice: Choice | null; onChoose: Choose }) {
  const { row: at } = row.comment;
  if (row.isOpen)
    return (
      <Select<Choice>
        label={say("desk.comments.becomes", { row: at })}
        value={choice ?? "nothing"}
        options={[
          { value: "nothing", label: say("desk.comments.becomesNothing") },
          ...levels.map((level) => ({ value: level, label: say(`words.level.${level}`) })),
        ]}
        onChange={(chosen) => onChoose(at, chosen)}
      />
    );
  if (row.level === null && row.change === null && choice === null) return null;
  return (
    <Tick
      label={say("desk.comments.takeRow", { row: at })}
      value={choice !== "nothing"}
      onChange={(taken) => onChoose(at, taken ? null : "nothing")}
    />
  );
}

function Row({
  row: { comment, by, blocks, level, change, troubles },
  numbers,
  children,
}: {
  readonly row: PlannedRow;
  readonly numbers: CommentPlan["numbers"];
  readonly children: ReactNode;
}) {
  const said = { by: by?.name ?? comment.by, place: comment.places.join(" "), level: comment.level };
  const [block] = blocks;
  const named = list(blocks.map(({ id }) => numbers.get(id) ?? ""));
  const where = block?.part === "chair-summary" ? "desk.comments.onSummary" : "desk.comments.on";
  return (
    <li data-nothing={(level === null && change === null) || undefined}>
      <p className={styles["head"]}>
        <span>{say("desk.comments.row", { row: comment.row })}</span> <b>{said.by}</b>
        {block && <span> {say(where, { count: blocks.length, numbers: named })}</span>}
        {level && <b> · {say(`words.level.${level}`)}</b>}
      </p>
      {comment.comment !== "" && <p dir="auto">{comment.comment}</p>}
      {change ? (
        <p dir="auto">{say(`desk.comments.does.${change.change}`, { text: change.text ?? "" })}</p>
      ) : (
        comment.change !== "" && <p dir="auto">{say("desk.comments.asks", { change: comment.change })}</p>
      )}
      {[...new Set(troubles)].map((trouble) => (
        <p key={trouble} className={styles["why"]}>
          {isOurs(trouble) ? say(`desk.comments.troubles.${trouble}`, said) : say(`refusals.${trouble}`)}
        </p>
      ))}
      {children}
    </li>
  );
}
