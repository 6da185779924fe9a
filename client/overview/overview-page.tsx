/** The consensus overview: delegations by paragraphs, in regional groups, as a real table; and what is smallest to do next. */
import { useMemo, useState } from "react";
import { levels } from "../../shared/domain/positions.ts";
import type { ComposedParagraph, Stance } from "../../shared/domain/report.ts";
import { stanceOf } from "../../shared/domain/report.ts";
import type { Delegation, RegionalGroup } from "../../shared/domain/roster.ts";
import { levelGlyph, statusGlyph } from "../../shared/messages/glyphs.ts";
import { shownStatus } from "../../shared/messages/status.ts";
import { markNumber, markOf } from "../../shared/messages/numbers.ts";
import { sayParagraphs } from "../../shared/messages/silence.ts";
import { capital, sayNamed, sayStance } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { closestStep, standSentence, whatItTakes } from "../report/overview-sentence.ts";
import { remedySentence } from "../report/position-card.tsx";
import { Link } from "../ui/address.tsx";
import { Button } from "../ui/button.tsx";
import { csvOf } from "../ui/csv.ts";
import { download } from "../ui/download.ts";
import { Choice } from "../ui/field.tsx";
import { language, list, say, voice } from "../ui/voice.ts";
import { BracketTable } from "./bracket-table.tsx";
import { LengthTable } from "./length-table.tsx";
import styles from "./overview-page.module.css";
import { ReflectedTable } from "./reflected-table.tsx";

type Shown = "blocked" | "all";

export function OverviewPage() {
  const { slug, spelledSeat, record, text, report, viewer } = useNegotiation();
  const [shown, setShown] = useState<Shown>("blocked");
  const paragraphs = report.parts.consensus.filter(({ kind }) => kind === "paragraph");
  const touched = paragraphs.filter(
    ({ positions, status }) => status !== "agreed" || positions.some(({ level }) => level === "objection"),
  );
  const columns = shown === "all" ? paragraphs : touched;
  const rows = useMemo(() => byGroup([...record.delegations.values()]), [record.delegations]);
  const closest = closestStep(report);
  const { steps, blocked } = report.overview;
  return (
    <main className={styles["page"]} id="text" data-pane>
      <header className={styles["head"]}>
        <h2>{say("desk.overview.title")}</h2>
        <p>
          {standSentence(report)}{" "}
          {closest?.number &&
            say("desk.closest", {
              paragraph: markOf(closest.paragraph, { record, text, voice }) ?? "",
              takes: whatItTakes(closest),
            })}
        </p>
        <p className={styles["caution"]}>{say("desk.overview.caution")}</p>
      </header>
      {blocked !== null && (
        <section className={styles["card"]} id="beside" aria-labelledby="smallest">
          <h3 id="smallest">{say("desk.overview.smallest")}</h3>
          {steps.length === 0 && <p>{say("desk.steps.none")}</p>}
          <div className={styles["scroll"]} tabIndex={0} role="group" aria-labelledby="smallest">
            <table className={styles["steps"]}>
              <thead>
                <tr>
                  <th scope="col">{say("desk.overview.paragraph")}</th>
                  <th scope="col">{say("desk.overview.whatStands")}</th>
                  <th scope="col">{say("desk.overview.who")}</th>
                  <th scope="col">{say("desk.overview.lift")}</th>
                  <th scope="col">{say("desk.overview.frees")}</th>
                </tr>
              </thead>
              <tbody>
                {steps.map((step) => (
                  <tr key={step.paragraph}>
                    <th scope="row">{markOf(step.paragraph, { record, text, voice }) ?? say("desk.steps.removed")}</th>
                    <td>{step.kinds.map((kind) => say(`words.blocker.${kind}`)).join(", ")}</td>
                    <td>{list(step.by.map((named) => sayNamed(named, voice)))}</td>
                    <td>{step.remedies.map(remedySentence).join("; ")}</td>
                    <td>{step.frees.length > 0 && capital(sayParagraphs(step.frees, { record, text, voice }))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      <section className={styles["card"]} aria-labelledby="table">
        <div className={styles["tools"]}>
          <h3 id="table">{say("desk.overview.table")}</h3>
          <Choice
            inline
            label={say("desk.overview.show")}
            value={shown}
            options={[
              { value: "blocked", label: say("desk.overview.blocked", { count: touched.length }) },
              { value: "all", label: say("desk.overview.all", { count: paragraphs.length }) },
            ]}
            onChange={setShown}
          />
          <Button onClick={() => download(`${slug}-overview.csv`, "text/csv", csvOf(cellsOf(rows, paragraphs)))}>
            {say("desk.invite.csv")}
          </Button>
        </div>
        <div className={styles["scroll"]} tabIndex={0} role="group" aria-labelledby="table">
          <table className={styles["table"]}>
            <caption className="unseen">{standSentence(report)}</caption>
            <thead>
              <tr>
                <th scope="col">{say("desk.overview.delegation")}</th>
                {columns.map((column) => {
                  const status = shownStatus(column);
                  return (
                    <th key={column.id} scope="col">
                      <span>{markNumber(column, voice)}</span>
                      {status && (
                        <span className={styles["status"]} data-status={status} title={say(`words.status.${status}`)}>
                          <span aria-hidden>{statusGlyph[status]}</span>
                          <span className="unseen">{say(`words.status.${status}`)}</span>
                        </span>
                      )}
                    </th>
                  );
                })}
              </tr>
            </thead>
            {rows.map(([group, delegations]) => (
              <tbody key={group}>
                <tr>
                  <th scope="rowgroup" colSpan={columns.length + 1} className={styles["group"]}>
                    {say(`words.region.${group}`)}
                  </th>
                </tr>
                {delegations.map(({ code, name }) => (
                  <tr key={code}>
                    <th scope="row">{name}</th>
                    {columns.map((paragraph) => (
                      <Cell key={paragraph.id} stance={stanceOf(paragraph, code)} />
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </div>
        <p className={styles["legend"]}>
          {levels.map((level) => (
            <span key={level} data-level={level} className={styles["key"]}>
              <span aria-hidden>{levelGlyph[level]}</span> {say(`words.level.${level}`)}
            </span>
          ))}
          <span className={styles["key"]}>
            <span aria-hidden>·</span> {say("desk.overview.noPosition")}
          </span>
        </p>
      </section>
      <BracketTable />
      <LengthTable />
      {viewer.kind === "team" && <ReflectedTable />}
      <p>
        <Link href={paths.desk(slug, spelledSeat)}>{say("desk.links.desk")}</Link>
      </p>
    </main>
  );
}

function Cell({ stance }: { readonly stance: Stance | null }) {
  if (!stance) {
    return (
      <td className={styles["none"]}>
        <span aria-hidden>·</span>
        <span className="unseen">{say("desk.overview.noPosition")}</span>
      </td>
    );
  }
  return (
    <td
      className={styles["cell"]}
      data-level={stance.level}
      data-through={stance.throughGroup || undefined}
      title={sayStance(stance, voice)}
    >
      <span aria-hidden>{levelGlyph[stance.level]}</span>
      <span className="unseen">{sayStance(stance, voice)}</span>
    </td>
  );
}

type Rows = readonly (readonly [RegionalGroup, readonly Delegation[]])[];

const order: readonly RegionalGroup[] = [
  "african",
  "asia-pacific",
  "eastern-european",
  "latin-american-caribbean",
  "western-european-others",
  "none",
];

function byGroup(delegations: readonly Delegation[]): Rows {
  return order
    .map(
      (group) =>
        [
          group,
          delegations
            .filter(({ regionalGroup }) => regionalGroup === group)
            .toSorted((a, b) => a.name.localeCompare(b.name, language)),
        ] as const,
    )
    .filter(([, members]) => members.length > 0);
}

function cellsOf(rows: Rows, paragraphs: readonly ComposedParagraph[]): readonly (readonly string[])[] {
  return [
    ["group", "code", "delegation", ...paragraphs.map(({ number }) => number)],
    ...rows.flatMap(([group, delegations]) =>
      delegations.map(({ code, name }) => [
        group,
        code,
        name,
        ...paragraphs.map((paragraph) => stanceOf(paragraph, code)?.level ?? ""),
      ]),
    ),
  ];
}
