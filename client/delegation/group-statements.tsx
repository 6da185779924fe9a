/** The groups of this delegation, what they have stated, and how it stands to that: it aligns, adds or departs, paragraph by paragraph. */
import { useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import type { Group, GroupStatement } from "../../shared/domain/groups.ts";
import { groupsIn, membersOf, statementsFor } from "../../shared/domain/groups.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { capital } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { LevelSign } from "../report/glyphs.tsx";
import { ParagraphNumber } from "../report/paragraph-number.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";
import styles from "./group-statements.module.css";

interface Props {
  readonly code: DelegationCode;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function GroupStatements({ code, onShow }: Props) {
  const { record, text } = useNegotiation();
  const mine = groupsIn(record).filter(
    (group) => membersOf(record, group).includes(code) || group.invited.includes(code),
  );
  const statements = statementsFor(record, text, code);
  // A regional group that says nothing is no news to its members.
  const shown = mine.filter(({ kind, speaker }) => kind !== "regional" || speaker !== null);
  if (shown.length === 0 && statements.length === 0) return null;
  return (
    <section className={styles["groups"]} aria-labelledby="my-groups">
      <h2 id="my-groups">{say("desk.groups.mine")}</h2>
      <ul className={styles["list"]}>
        {shown.map((group) => (
          <GroupItem key={group.id} group={group} code={code} />
        ))}
      </ul>
      <ul className={styles["list"]}>
        {statements.map((statement) => (
          <StatementItem key={statement.position.id} statement={statement} onShow={onShow} />
        ))}
      </ul>
    </section>
  );
}

function GroupItem({ group, code }: { readonly group: Group; readonly code: DelegationCode }) {
  const { record, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<"join" | "leave" | null>(null);
  const { id, name, kind, speaker, invited } = group;
  const speaks = speaker && (record.delegations.get(speaker)?.name ?? speaker);
  const isInvited = invited.includes(code);
  const offered: readonly ("join" | "leave")[] = isInvited ? ["join", "leave"] : kind === "regional" ? [] : ["leave"];
  return (
    <li className={styles["group"]}>
      <span>
        <strong>{capital(name)}</strong>{" "}
        <small>
          {speaker === code
            ? say("desk.groups.youSpeak")
            : speaks
              ? say("desk.groups.speaks", { who: speaks })
              : say("desk.groups.awaitsSpeaker")}
        </small>
      </span>
      <span className={styles["acts"]}>
        {offered.map((act) => (
          <Button
            key={act}
            size="small"
            tone={act === "join" ? "primary" : "quiet"}
            aria-haspopup="dialog"
            disabledReason={whyNot(`${act}-group`)}
            onClick={() => setDoing(act)}
          >
            {act === "leave" && isInvited ? say("desk.groups.decline") : say(`desk.groups.${act}.name`)}
            <span className="unseen">: {name}</span>
          </Button>
        ))}
      </span>
      {doing && (
        <StateDialog
          name={say(`desk.groups.${doing}.name`)}
          explains={say(`desk.groups.${doing}.explains`)}
          command={{ kind: `${doing}-group`, group: id }}
          done={say(`desk.groups.${doing}.done`)}
          onClose={() => setDoing(null)}
        />
      )}
    </li>
  );
}

type Answer = "align" | "add" | "depart";

const answers: { readonly [B in GroupStatement["bound"]]: readonly Answer[] } = {
  speaks: [],
  member: ["align", "add", "depart"],
  later: ["align", "add"],
  aligned: ["add", "depart"],
  adds: ["add", "depart"],
  departed: ["align", "add"],
  own: ["depart"],
};

function StatementItem({
  statement: { paragraph, position, group, bound, heard, conflict },
  onShow,
}: {
  readonly statement: GroupStatement;
  readonly onShow: Props["onShow"];
}) {
  const { record, text, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<Answer | null>(null);
  const number = numberOf(paragraph, { record, text, voice });
  const by = position.by && (record.delegations.get(position.by)?.name ?? position.by);
  // What was recorded for it, it says itself, or says otherwise.
  const offered = answers[heard ? "member" : bound];
  return (
    <li className={styles["statement"]} data-conflict={conflict || undefined}>
      <p className={styles["what"]}>
        <ParagraphNumber id={paragraph} onShow={onShow} />
        <span>{by ? say("words.onBehalf", { who: by, group: group.name }) : capital(group.name)}</span>
        <LevelSign level={position.level} />
      </p>
      {position.reason && <p>{position.reason}</p>}
      <p className={styles["bound"]}>{say(conflict ? "desk.groups.conflict" : `desk.groups.bound.${bound}`)}</p>
      {heard && <p>{say("desk.groups.heard.yours")}</p>}
      {offered.length > 0 && (
        <div className={styles["acts"]}>
          {offered.map((answer) => (
            <Button
              key={answer}
              size="small"
              aria-haspopup="dialog"
              disabledReason={whyNot(answer === "depart" ? "depart" : "align")}
              onClick={() => setDoing(answer)}
            >
              {say(`desk.groups.${answer}.name`)}
              <span className="unseen">: {say("words.paragraph", { number })}</span>
            </Button>
          ))}
        </div>
      )}
      {doing && (
        <AnswerDialog
          answer={doing}
          command={(words) =>
            doing === "depart"
              ? { kind: "depart", paragraph, ...(words !== "" && { reason: words }) }
              : { kind: "align", position: position.id, ...(words !== "" && { adds: words }) }
          }
          onClose={() => setDoing(null)}
        />
      )}
    </li>
  );
}

function AnswerDialog({
  answer,
  command,
  onClose,
}: {
  readonly answer: Answer;
  readonly command: (words: string) => Command;
  readonly onClose: () => void;
}) {
  const [words, setWords] = useState("");
  return (
    <StateDialog
      name={say(`desk.groups.${answer}.name`)}
      explains={say(`desk.groups.${answer}.explains`)}
      command={command(words.trim())}
      done={say(`desk.groups.${answer}.done`)}
      incomplete={answer === "add" && words.trim() === "" ? say("desk.groups.add.box") : null}
      onClose={onClose}
    >
      {answer !== "align" && (
        <TextBox
          label={say(answer === "add" ? "desk.groups.add.box" : "desk.groups.depart.reason")}
          value={words}
          autoFocus
          dir="auto"
          onChange={(event) => setWords(event.target.value)}
        />
      )}
    </StateDialog>
  );
}
