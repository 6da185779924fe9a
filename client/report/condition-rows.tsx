/** Conditions put together by choosing: a paragraph and how it is to be, or a package that is to stand; a new row opens by itself. */
import { useState } from "react";
import type { Condition } from "../../shared/domain/conditions.ts";
import type { SeenPackage } from "../../shared/domain/packages.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { PackageId, ParagraphId } from "../../shared/domain/values.ts";
import { markNumber } from "../../shared/messages/numbers.ts";
import { Select, TextField } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";
import styles from "./condition-rows.module.css";
import { useReadable } from "./use-readable.ts";

const ways = ["stays", "agreed", "loses"] as const;

interface Row {
  /** Null: the empty row at the end. */
  readonly about: ParagraphId | PackageId | null;
  readonly is: (typeof ways)[number];
  readonly words: string;
}

const emptyRow: Row = { about: null, is: "stays", words: "" };

export interface Rows {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
}

export function useRows(conditions: readonly Condition[] = []): Rows {
  const [rows, onChange] = useState<readonly Row[]>(() => conditions.map(rowOf));
  return { rows, onChange };
}

const rowOf = (condition: Condition): Row =>
  condition.is === "stands"
    ? { ...emptyRow, about: condition.package }
    : { about: condition.paragraph, is: condition.is, words: "words" in condition ? (condition.words ?? "") : "" };

/** What the rows say. Words that are to go and are not given yet make no condition. */
export const conditionsIn = (rows: readonly Row[], packages: readonly SeenPackage[] = []): readonly Condition[] =>
  rows.flatMap(({ about, is, words }): readonly Condition[] => {
    if (about === null) return [];
    const offer = packages.find(({ id }) => id === about);
    if (offer) return [{ is: "stands", package: offer.id }];
    const [paragraph, said] = [about as ParagraphId, words.trim()];
    if (is === "agreed") return [{ is, paragraph }];
    if (is === "loses") return said === "" ? [] : [{ is, paragraph, words: said }];
    return [{ is, paragraph, ...(said !== "" && { words: said }) }];
  });

/** Why what is chosen is no condition yet, in words; null when all of it is. */
export const incompleteIn = (rows: readonly Row[]): string | null =>
  rows.some(({ about, is, words }) => about !== null && is === "loses" && words.trim() === "")
    ? say("packages.rows.wordsNeeded")
    : null;

interface Props extends Rows {
  readonly label: string;
  readonly among: readonly Pick<ComposedParagraph, "id" | "number" | "part" | "content">[];
  readonly packages?: readonly SeenPackage[];
}

const firstWords = (words: string): string => (words.length > 60 ? `${words.slice(0, 58)}…` : words);

export function ConditionRows({ label, among, packages = [], rows, onChange }: Props) {
  const read = useReadable();
  const options = [
    { value: "" as const, label: say("packages.rows.none") },
    ...packages.map(({ id, title }) => ({ value: id, label: say("packages.rows.package", { title }) })),
    ...among.map(({ id, number, part, content }) => ({
      value: id,
      label: say("packages.rows.paragraph", {
        mark: markNumber({ number, part }, voice),
        words: firstWords(read(content)),
      }),
    })),
  ];
  const change = (index: number, row: Row): void =>
    onChange([...rows.slice(0, index), row, ...rows.slice(index + 1)].filter(({ about }) => about !== null));
  return (
    <fieldset className={styles["rows"]}>
      <legend>{label}</legend>
      {[...rows, emptyRow].map((row, index) => {
        const isParagraph = row.about !== null && packages.every(({ id }) => id !== row.about);
        return (
          <div key={index} className={styles["row"]}>
            <Select
              label={say("packages.rows.what")}
              value={row.about ?? ""}
              options={options}
              onChange={(about) => change(index, { ...row, about: about === "" ? null : about })}
            />
            {isParagraph && (
              <Select
                label={say("packages.rows.is")}
                value={row.is}
                options={ways.map((value) => ({ value, label: say(`packages.rows.ways.${value}`) }))}
                onChange={(is) => change(index, { ...row, is })}
              />
            )}
            {isParagraph && row.is !== "agreed" && (
              <TextField
                label={say(row.is === "loses" ? "packages.rows.words" : "packages.rows.wordsMaybe")}
                value={row.words}
                dir="auto"
                onChange={(event) => change(index, { ...row, words: event.target.value })}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
