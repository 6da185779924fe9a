/** For the chair: of each delegation how far its inputs can be found, sortable, with the list behind each figure. */
import { useMemo, useState } from "react";
import type { Input } from "../../shared/domain/reflected.ts";
import { reflections, wheres } from "../../shared/domain/reflected.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ReflectedList } from "../report/reflected-list.tsx";
import { Button } from "../ui/button.tsx";
import { csvOf } from "../ui/csv.ts";
import { download } from "../ui/download.ts";
import { language, say } from "../ui/voice.ts";
import styles from "./overview-page.module.css";

const columns = ["inputs", ...wheres, "none"] as const;
type Column = (typeof columns)[number];

const labelOf = (column: Column): string =>
  column === "inputs" ? say("reflected.inputs") : say(`reflected.where.${column}`);

interface Row {
  readonly code: DelegationCode;
  readonly name: string;
  readonly inputs: { readonly [C in Column]: readonly Input[] };
  readonly asked: number;
  readonly standing: number;
}

export function ReflectedTable() {
  const { slug, record, text, report } = useNegotiation();
  const [sorted, setSorted] = useState<Column | "name">("none");
  const [open, setOpen] = useState<{ readonly code: DelegationCode; readonly column: Column } | null>(null);
  const rows = useMemo(
    () =>
      reflections(record, text, report.annex).map(({ delegation, inputs }): Row => {
        const within = (column: Column): readonly Input[] =>
          inputs.filter(
            ({ places }) =>
              column === "inputs" || (column === "none" ? places.length === 0 : places.some((one) => one === column)),
          );
        return {
          code: delegation,
          name: record.delegations.get(delegation)?.name ?? delegation,
          inputs: Object.fromEntries(columns.map((column) => [column, within(column)])) as Row["inputs"],
          asked: inputs.reduce((sum, { asked }) => sum + asked, 0),
          standing: inputs.reduce((sum, { standing }) => sum + standing, 0),
        };
      }),
    [record, text, report.annex],
  );
  const inOrder = rows.toSorted(
    (a, b) =>
      (sorted === "name" ? 0 : b.inputs[sorted].length - a.inputs[sorted].length) ||
      a.name.localeCompare(b.name, language),
  );
  const shown = open && rows.find(({ code }) => code === open.code);
  const csv = [
    ["code", "delegation", ...columns, "words-asked", "words-in-the-text"],
    ...inOrder.map(({ code, name, inputs, asked, standing }) => [
      code,
      name,
      ...columns.map((column) => String(inputs[column].length)),
      String(asked),
      String(standing),
    ]),
  ];
  return (
    <section className={styles["card"]} aria-labelledby="reflected">
      <div className={styles["tools"]}>
        <h3 id="reflected">{say("reflected.title")}</h3>
        <Button onClick={() => download(`${slug}-reflected.csv`, "text/csv", csvOf(csv))}>
          {say("desk.invite.csv")}
        </Button>
      </div>
      <p className={styles["caution"]}>{say("reflected.caution")}</p>
      {rows.length === 0 ? (
        <p>{say("reflected.nobody")}</p>
      ) : (
        <div className={styles["scroll"]} tabIndex={0} role="group" aria-labelledby="reflected">
          <table className={styles["steps"]}>
            <thead>
              <tr>
                {(["name", ...columns] as const).map((column) => (
                  <th key={column} scope="col" aria-sort={sorted === column ? sortOf(column) : undefined}>
                    <Button size="small" tone="quiet" onClick={() => setSorted(column)}>
                      {column === "name" ? say("reflected.delegation") : labelOf(column)}
                    </Button>
                  </th>
                ))}
                <th scope="col">{say("reflected.words")}</th>
              </tr>
            </thead>
            <tbody>
              {inOrder.map(({ code, name, inputs, asked, standing }) => (
                <tr key={code}>
                  <th scope="row">{name}</th>
                  {columns.map((column) => (
                    <td key={column}>
                      {inputs[column].length === 0 ? (
                        "0"
                      ) : (
                        <Button
                          size="small"
                          tone="quiet"
                          aria-expanded={open?.code === code && open.column === column}
                          onClick={() =>
                            setOpen(open?.code === code && open.column === column ? null : { code, column })
                          }
                        >
                          {inputs[column].length}
                          <span className="unseen">
                            {" "}
                            {say("reflected.behind", { delegation: name, column: labelOf(column) })}
                          </span>
                        </Button>
                      )}
                    </td>
                  ))}
                  <td>{asked === 0 ? "–" : say("reflected.wordsOf", { standing, asked })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open && shown && (
        <section aria-labelledby="reflected-behind">
          <h4 id="reflected-behind">
            {say("reflected.behind", { delegation: shown.name, column: labelOf(open.column) })}
          </h4>
          <ReflectedList inputs={shown.inputs[open.column]} />
        </section>
      )}
    </section>
  );
}

const sortOf = (column: Column | "name") => (column === "name" ? "ascending" : "descending");
