/** *Propose wording*: the words of the paragraph in an editor, what changes below them as it is typed, and why. The chair's team records with it what it heard from the floor. */
import { useState } from "react";
import type { DraftingOpening } from "../../shared/domain/drafting.ts";
import { disclosureFor } from "../../shared/domain/disclosure.ts";
import { speaksAsState } from "../../shared/domain/groups.ts";
import type { Audience } from "../../shared/domain/positions.ts";
import type { Change, TableProposal } from "../../shared/domain/proposals.ts";
import { changes } from "../../shared/domain/proposals.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { Block, Inline } from "../../shared/domain/text.ts";
import type { DelegationCode, GroupId } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { CapacityChoice } from "../report/capacity-choice.tsx";
import { DisclosureSelect } from "../report/disclosure-select.tsx";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Choice, Select, TextBox } from "../ui/field.tsx";
import { language, say, voice } from "../ui/voice.ts";
import { AskDelegations } from "../report/ask-delegations.tsx";
import styles from "./propose-dialog.module.css";
import { WordsBox } from "./words-box.tsx";

/** The paragraph as it was circulated: what is proposed is proposed on these words. */
export type Proposable = Pick<
  ComposedParagraph,
  "id" | "number" | "kind" | "level" | "part" | "content" | "wording"
> & {
  readonly isAgreed: boolean;
};

interface Props {
  readonly paragraph: Proposable;
  /** Null where the chair's team records for one that is still to be named. */
  readonly author: DelegationCode | null;
  /** Takes what is filled in to a private room, to be written with others; null where there is none. */
  readonly onTogether?: ((begun: BegunProposal) => void) | null;
  readonly onClose: () => void;
}

/** What somebody has filled in of a proposal. */
export type BegunProposal = Omit<DraftingOpening, "invited">;

const blockOf = ({ id, kind, level, part }: Proposable, content: readonly Inline[]): Block => ({
  id,
  kind,
  level,
  part,
  content,
});

export function ProposeDialog({ paragraph, author, onTogether = null, onClose }: Props) {
  const { record } = useNegotiation();
  const [change, setChange] = useState<Change>("replace");
  const [content, setContent] = useState(paragraph.content);
  const [added, setAdded] = useState<readonly Inline[]>([]);
  const [reason, setReason] = useState("");
  const [invited, setInvited] = useState<readonly DelegationCode[]>([]);
  const [floor, setFloor] = useState<DelegationCode | "">("");
  const [group, setGroup] = useState<GroupId | "">("");
  const ruled = disclosureFor(record.settings.disclosure, "objection");
  const [shown, setShown] = useState<Audience>(ruled.reason);

  const to = paragraph.part === "consensus" ? "chair-summary" : "consensus";
  const today = canonicalText(paragraph.content);
  const words = change === "replace" ? content : added;
  const asked = canonicalText(words);
  const hasWords = change === "replace" || change === "insert-after";
  const command: TableProposal = {
    kind: "table-proposal",
    change,
    paragraph: paragraph.id,
    wording: paragraph.wording,
    ...(hasWords && { content: words }),
    ...(change === "move" && { to }),
    ...(reason.trim() !== "" && { reason: reason.trim() }),
    ...(invited.length > 0 && { invited }),
    ...(shown !== ruled.reason && { disclosure: { existence: shown, name: shown, reason: shown } }),
    ...(floor !== "" && { onBehalfOf: floor }),
    ...(group !== "" && { onBehalfOfGroup: group }),
  };
  const together = (): void =>
    onTogether?.({
      change,
      paragraph: paragraph.id,
      wording: paragraph.wording,
      ...(change === "move" && { to }),
      ...(hasWords && asked !== today && { content: words }),
      ...(reason.trim() !== "" && { reason: reason.trim() }),
    });
  const incomplete =
    author === null && floor === ""
      ? say("refusals.delegation-needed")
      : hasWords && asked === ""
        ? say("refusals.words-needed")
        : change === "replace" && asked === today
          ? say("refusals.same-words")
          : null;
  const delegations = [...record.delegations.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
  const speakers = delegations.filter(({ code }) => speaksAsState(record, code));
  const mine = author ?? floor;
  return (
    <StateDialog
      name={say("proposals.propose.name")}
      wide
      {...(author === null && { explains: say("proposals.propose.explainsFloor") })}
      command={command}
      done={say(author === null ? "proposals.propose.doneFloor" : "proposals.propose.done", {
        number: sayNumber(paragraph, voice),
      })}
      incomplete={incomplete}
      onClose={onClose}
    >
      {paragraph.isAgreed && <p className={styles["note"]}>{say("proposals.propose.agreed")}</p>}
      {author === null && (
        <Select
          label={say("proposals.propose.floor")}
          value={floor}
          options={[
            { value: "" as const, label: "" },
            ...speakers.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(code) => {
            setFloor(code);
            setGroup("");
          }}
        />
      )}
      <CapacityChoice code={mine} value={group} onChange={setGroup} />
      <Choice
        inline
        label={say("proposals.propose.what")}
        value={change}
        options={changes
          .filter((value) => value !== "move" || paragraph.kind === "paragraph")
          .map((value) => ({
            value,
            label:
              value === "move"
                ? say("proposals.propose.kinds.move", { part: say(`words.thePart.${to}`) })
                : say(`proposals.propose.kinds.${value}`),
          }))}
        onChange={setChange}
      />
      {hasWords && (
        <WordsBox
          key={change}
          label={say("proposals.propose.words")}
          block={blockOf(paragraph, words)}
          onChange={change === "replace" ? setContent : setAdded}
        />
      )}
      {change === "replace" && asked !== today && (
        <section className={styles["line"]} aria-label={say("proposals.propose.change")}>
          <Redline from={paragraph.content} to={content} />
        </section>
      )}
      {change === "delete" && <Redline from={paragraph.content} to="" />}
      <TextBox
        label={say("proposals.propose.reason")}
        rows={2}
        value={reason}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      {onTogether && (
        <p className={styles["together"]}>
          <Button size="small" onClick={together}>
            {say("drafting.propose")}
          </Button>
          <small>{say("drafting.proposeWhy")}</small>
        </p>
      )}
      <details className={styles["more"]}>
        <summary>{say("desk.more")}</summary>
        <div className={styles["fields"]}>
          <AskDelegations
            label={say("proposals.propose.invite")}
            add={say("proposals.propose.inviteNobody")}
            uninvite={(name) => say("proposals.propose.uninvite", { name })}
            asked={invited}
            except={[mine]}
            onChange={setInvited}
          />
          <DisclosureSelect
            label={say("proposals.propose.disclosure")}
            ruled={ruled.reason}
            value={shown}
            onChange={setShown}
          />
        </div>
      </details>
    </StateDialog>
  );
}

/** *Amend*: other words for one's own proposal, on the paragraph as it is now. */
export function AmendDialog({
  paragraph,
  proposal,
  onClose,
}: {
  readonly paragraph: Proposable;
  readonly proposal: SeenProposal & { readonly content: readonly Inline[] };
  readonly onClose: () => void;
}) {
  const [content, setContent] = useState(proposal.content);
  const [reason, setReason] = useState(proposal.reason ?? "");
  const today = proposal.kind === "replace" ? canonicalText(paragraph.content) : "";
  const asked = canonicalText(content);
  return (
    <StateDialog
      name={say("proposals.amend.name")}
      wide
      command={{
        kind: "amend-proposal",
        proposal: proposal.id,
        wording: paragraph.wording,
        content,
        reason: reason.trim(),
      }}
      done={say("proposals.amend.done", { number: sayNumber(paragraph, voice) })}
      incomplete={asked === "" ? say("refusals.words-needed") : asked === today ? say("refusals.same-words") : null}
      onClose={onClose}
    >
      <WordsBox label={say("proposals.propose.words")} block={blockOf(paragraph, content)} onChange={setContent} />
      <section className={styles["line"]} aria-label={say("proposals.propose.change")}>
        <Redline from={proposal.kind === "replace" ? paragraph.content : ""} to={content} />
      </section>
      <TextBox
        label={say("proposals.propose.reason")}
        rows={2}
        value={reason}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
