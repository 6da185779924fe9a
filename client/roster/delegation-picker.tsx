/** Choosing delegations: by typing, by regional group at once, or from a CSV with codes or names. */
import { useId, useMemo, useState } from "react";
import { foldedName } from "../../shared/domain/folded-name.ts";
import type { Delegation, RegionalGroup } from "../../shared/domain/roster.ts";
import { states } from "../../shared/domain/states.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { FileChoice } from "../ui/file-choice.tsx";
import { say } from "../ui/voice.ts";
import styles from "./delegation-picker.module.css";
import { delegationsIn } from "./roster-csv.ts";

interface Props {
  readonly chosen: readonly Delegation[];
  readonly onChange: (chosen: readonly Delegation[]) => void;
}

const groups: readonly RegionalGroup[] = [
  "african",
  "asia-pacific",
  "eastern-european",
  "latin-american-caribbean",
  "western-european-others",
];
const shownAtOnce = 8;

export function DelegationPicker({ chosen, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const listId = useId();
  const has = useMemo(() => new Set(chosen.map(({ code }) => code)), [chosen]);
  const sought = foldedName(typed);
  const found =
    sought === ""
      ? []
      : states.filter(
          ({ code, name }) => !has.has(code) && (foldedName(name).includes(sought) || foldedName(code) === sought),
        );
  const add = (more: readonly Delegation[]): void => {
    onChange([...chosen, ...more.filter(({ code }) => !has.has(code))]);
    setTyped("");
  };
  const take = (csv: string): void => {
    const read = delegationsIn(csv);
    add(read.delegations);
    setUnknown(read.unknown);
    // What nobody is known by stays, to be mended, where it fits the line.
    setTyped(read.unknown.length === 1 ? read.unknown[0]! : "");
  };
  return (
    <div className={styles["picker"]}>
      <TextField
        label={say("desk.picker.type")}
        help={say("desk.picker.typeHelp")}
        value={typed}
        autoComplete="off"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        onChange={(event) => setTyped(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text");
          if (!/[\n,;\t]/.test(pasted.trim())) return;
          event.preventDefault();
          take(pasted);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (found[0]) add([found[0]]);
          else if (typed.trim() !== "") take(typed);
        }}
      />
      <ul id={listId} className={styles["found"]} role="listbox" aria-label={say("desk.picker.found")}>
        {found.slice(0, shownAtOnce).map((delegation) => (
          <li key={delegation.code} role="option" aria-selected={false}>
            <button type="button" className={styles["suggestion"]} onClick={() => add([delegation])}>
              {delegation.name} <span>{delegation.code}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles["groups"]} role="group" aria-label={say("desk.picker.groups")}>
        {groups.map((group) => (
          <Button key={group} size="small" onClick={() => add(states.filter((state) => state.regionalGroup === group))}>
            <span aria-hidden>+</span> {say(`words.region.${group}`)}
          </Button>
        ))}
        <FileChoice size="small" accept=".csv,.txt,text/csv,text/plain" onFile={(file) => void file.text().then(take)}>
          {say("desk.picker.csv")}
        </FileChoice>
      </div>
      {unknown.length > 0 && (
        <p role="alert" className={styles["unknown"]}>
          {say("desk.picker.unknown", { lines: unknown.slice(0, 5).join("; ") })}
        </p>
      )}
      {chosen.length > 0 && (
        <>
          <p className={styles["count"]}>
            {say("desk.delegations", { count: chosen.length })}{" "}
            <Button size="small" tone="quiet" onClick={() => onChange([])}>
              {say("desk.picker.clear")}
            </Button>
          </p>
          <ul className={styles["chosen"]} aria-label={say("desk.picker.chosen")}>
            {chosen.map((delegation) => (
              <li key={delegation.code}>
                {delegation.name}
                <button
                  type="button"
                  className={styles["remove"]}
                  aria-label={say("desk.picker.remove", { name: delegation.name })}
                  onClick={() => onChange(chosen.filter(({ code }) => code !== delegation.code))}
                >
                  <span aria-hidden>✕</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
