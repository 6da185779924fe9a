/** What becomes of a proposal, decided at the chair's desk: *Take up*, *Take up in part*, *Not taken up*, and the other fates. */
import { useMemo, useState } from "react";
import type { DisposeProposal, FateOfTheChair } from "../../shared/domain/proposals.ts";
import { withHunks } from "../../shared/domain/rebase.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { blocksById, sliceContent } from "../../shared/domain/text.ts";
import type { DelegationCode, ProposalId } from "../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { WordsBox } from "../proposals/words-box.tsx";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { useReadable } from "../report/use-readable.ts";
import { Button } from "../ui/button.tsx";
import { Select, TextBox } from "../ui/field.tsx";
import { language, say, voice } from "../ui/voice.ts";
import styles from "./dispose-dialogs.module.css";
import type { Rewrite } from "./reporting.tsx";
import { useReporting } from "./reporting.tsx";
import { lettersOf } from "./reportive-wording.ts";
import { WouldBreak } from "./would-break.tsx";

interface Props {
  readonly proposal: SeenProposal;
  readonly paragraph: ComposedParagraph;
  readonly rewrite: Rewrite;
}

type Doing = "taken-up" | "taken-up-in-part" | "not-taken-up" | "other" | "heard";

export function DisposeActions(props: Props) {
  const { whyNot } = useNegotiation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { proposal } = props;
  const no = whyNot("dispose-proposal", { proposal: proposal.id });
  const conflicts = proposal.hunks?.some(({ place }) => place.state === "conflict") ?? false;
  const close = (): void => setDoing(null);
  return (
    <>
      <Button
        size="small"
        tone="primary"
        aria-haspopup="dialog"
        disabledReason={no ?? (conflicts ? say("refusals.proposal-conflicts") : null)}
        onClick={() => setDoing("taken-up")}
      >
        {say("proposals.dispose.takeUp")}
      </Button>
      {(proposal.kind === "replace" || proposal.kind === "insert-after") && (
        <Button size="small" aria-haspopup="dialog" disabledReason={no} onClick={() => setDoing("taken-up-in-part")}>
          {say("proposals.dispose.inPart")}
        </Button>
      )}
      <Button size="small" aria-haspopup="dialog" disabledReason={no} onClick={() => setDoing("not-taken-up")}>
        {say("proposals.dispose.notTakenUp")}
      </Button>
      <Button size="small" tone="quiet" aria-haspopup="dialog" disabledReason={no} onClick={() => setDoing("other")}>
        {say("proposals.dispose.more")}
      </Button>
      <Button
        size="small"
        tone="quiet"
        aria-haspopup="dialog"
        disabledReason={whyNot("cosponsor", { proposal: proposal.id })}
        onClick={() => setDoing("heard")}
      >
        {say("proposals.heard.name")}
      </Button>
      {doing === "heard" && <CoSponsorHeard proposal={proposal} onClose={close} />}
      {doing === "taken-up" && <TakeUp {...props} onClose={close} />}
      {doing === "taken-up-in-part" && <TakeUpInPart {...props} onClose={close} />}
      {doing === "not-taken-up" && <NotTakenUp {...props} onClose={close} />}
      {doing === "other" && <OtherFate {...props} onClose={close} />}
    </>
  );
}

/** What the chair's team heard from the floor. */
function CoSponsorHeard({ proposal, onClose }: Pick<Props, "proposal"> & { readonly onClose: () => void }) {
  const { record } = useNegotiation();
  const [code, setCode] = useState<DelegationCode | "">("");
  const { id, by, cosponsors, heard } = proposal;
  const known = new Set([by, ...cosponsors, ...heard].map((sponsor) => sponsor?.code));
  const others = [...record.delegations.values()]
    .filter((one) => one.kind === "member-state" && !known.has(one.code))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <StateDialog
      name={say("proposals.heard.name")}
      explains={say("proposals.heard.explains")}
      command={{ kind: "cosponsor", proposal: id, ...(code !== "" && { onBehalfOf: code }) }}
      done={say("proposals.heard.done")}
      incomplete={code === "" ? say("refusals.delegation-needed") : null}
      onClose={onClose}
    >
      <Select
        label={say("proposals.heard.who")}
        value={code}
        options={[{ value: "" as const, label: "" }, ...others.map((one) => ({ value: one.code, label: one.name }))]}
        onChange={setCode}
      />
    </StateDialog>
  );
}

type Closing = Props & { readonly onClose: () => void };

const doneSentence = (fate: FateOfTheChair): string =>
  say("proposals.dispose.done", { fate: say(`proposals.fate.${fate}`) });

function TakeUp({ proposal, paragraph, rewrite, onClose }: Closing) {
  const { id, kind, hunks, reason: theirs } = proposal;
  const [reason, setReason] = useState("");
  const { text: draft } = useNegotiation();
  const block = blocksById(draft).get(paragraph.id);
  const content = kind === "replace" ? withHunks(paragraph.content, hunks ?? []) : null;
  const becomes = content ?? (kind === "delete" ? "" : null);
  // A move is an act of its own that says why; the proposers may have said it already.
  const isThere = kind === "move" && proposal.to === paragraph.part;
  const needsReason = kind === "move" && !isThere && !theirs;
  const reporting = useReporting(paragraph, kind === "move" && !isThere ? proposal.to : null, rewrite);
  return (
    <StateDialog
      name={say("proposals.dispose.takeUp")}
      explains={say(
        `proposals.dispose.explains.${isThere ? "there" : kind === "delete" || kind === "move" ? kind : "words"}`,
      )}
      command={{
        kind: "dispose-proposal",
        proposal: id,
        fate: "taken-up",
        ...(reason.trim() !== "" && { reason: reason.trim() }),
      }}
      done={doneSentence("taken-up")}
      incomplete={needsReason && reason.trim() === "" ? say("refusals.reason-needed") : null}
      onClose={onClose}
      onDone={reporting.moved}
    >
      {becomes !== null && <Redline from={paragraph.content} to={becomes} />}
      {kind === "insert-after" && <Redline from="" to={proposal.content ?? ""} />}
      {block && content && <WouldBreak paragraph={block.id} after={{ ...block, content }} />}
      {block && kind === "delete" && <WouldBreak paragraph={block.id} after={null} />}
      {block && kind === "move" && proposal.to && (
        <WouldBreak paragraph={block.id} after={{ ...block, part: proposal.to }} />
      )}
      <TextBox
        label={say(needsReason ? "proposals.dispose.reason" : "proposals.dispose.reasonOptional")}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {reporting.offer}
    </StateDialog>
  );
}

function TakeUpInPart({ proposal, paragraph, onClose }: Closing) {
  const read = useReadable();
  const { id, kind, hunks = [], content = [] } = proposal;
  // What was there when the dialog opened: its numbers must not slip under the chair's hand.
  const [today] = useState(paragraph.content);
  const [offered] = useState(hunks);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [edited, setEdited] = useState<readonly Inline[] | null>(null);
  const [reason, setReason] = useState("");
  const taken = useMemo(
    () =>
      withHunks(
        today,
        offered.filter((_, index) => chosen.has(index)),
      ),
    [today, offered, chosen],
  );
  const first = kind === "replace" ? taken : content;
  const result = edited ?? first;
  const isSame = kind === "replace" && canonicalText(result) === canonicalText(today);
  const command: DisposeProposal = {
    kind: "dispose-proposal",
    proposal: id,
    fate: "taken-up-in-part",
    ...(edited || kind !== "replace"
      ? { content: result, wording: wordingOf(today).hash }
      : { hunks: [...chosen].toSorted((a, b) => a - b) }),
    ...(reason.trim() !== "" && { reason: reason.trim() }),
  };
  return (
    <StateDialog
      name={say("proposals.dispose.inPart")}
      wide
      command={command}
      done={doneSentence("taken-up-in-part")}
      incomplete={isSame ? say("proposals.dispose.chooseOne") : null}
      onClose={onClose}
    >
      {offered.length > 0 && (
        <fieldset className={styles["hunks"]}>
          <legend>{say("proposals.dispose.choose")}</legend>
          {offered.map(({ from, to, content: words, place }, index) => (
            <label key={`${from} ${to}`}>
              <input
                type="checkbox"
                checked={chosen.has(index)}
                disabled={place.state !== "clean"}
                onChange={(event) => {
                  const next = new Set(chosen);
                  if (event.target.checked) next.add(index);
                  else next.delete(index);
                  setChosen(next);
                  setEdited(null);
                }}
              />
              <Redline from={sliceContent(proposal.baseContent ?? [], from, to)} to={words} />
              {place.state === "conflict" && (
                <small>
                  {say(`proposals.card.obstacle.${place.why}`, {
                    words: read(words).trim() || say("proposals.card.deletes"),
                  })}
                </small>
              )}
              {place.state === "in-text" && <small>{say("proposals.card.inText")}</small>}
            </label>
          ))}
        </fieldset>
      )}
      <WordsBox
        key={[...chosen].join()}
        label={say("proposals.dispose.result")}
        block={{ ...paragraph, content: first }}
        focus={offered.length === 0}
        onChange={setEdited}
      />
      <section className={styles["line"]} aria-label={say("proposals.dispose.becomes")}>
        <Redline from={kind === "replace" ? today : ""} to={result} />
      </section>
      <TextBox
        label={say("proposals.dispose.reasonOptional")}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}

export function NotTakenUp({
  proposal,
  onClose,
}: {
  readonly proposal: Pick<SeenProposal, "id">;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      name={say("proposals.dispose.notTakenUp")}
      command={{ kind: "dispose-proposal", proposal: proposal.id, fate: "not-taken-up", reason: reason.trim() }}
      done={doneSentence("not-taken-up")}
      incomplete={reason.trim() === "" ? say("refusals.reason-needed") : null}
      onClose={onClose}
    >
      <TextBox
        label={say("proposals.dispose.reason")}
        value={reason}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}

const others = ["in-chair-summary", "bracketed", "merged", "superseded"] as const;

function OtherFate({ proposal, paragraph, onClose }: Closing) {
  const { id, kind, content } = proposal;
  const { record, text: draft } = useNegotiation();
  const read = useReadable();
  const fates = others.filter((fate) => fate !== "bracketed" || kind !== "move");
  const [fate, setFate] = useState<(typeof others)[number]>("in-chair-summary");
  const [reason, setReason] = useState("");
  const [into, setInto] = useState<ProposalId | "">("");
  const [words, setWords] = useState(
    content
      ? say("proposals.dispose.summaryPrefill", {
          words: lettersOf(content, (to) => numberOf(to, { record, text: draft, voice })),
        })
      : "",
  );
  const rest = paragraph.proposals.filter((other) => other.id !== id && other.fate?.kind !== "withdrawn");
  const incomplete =
    fate === "merged" && into === ""
      ? say("proposals.dispose.chooseInto")
      : fate === "in-chair-summary" && words.trim() === ""
        ? say("refusals.words-needed")
        : null;
  return (
    <StateDialog
      name={say("proposals.dispose.more")}
      command={{
        kind: "dispose-proposal",
        proposal: id,
        fate,
        ...(reason.trim() !== "" && { reason: reason.trim() }),
        ...(into !== "" && (fate === "merged" || fate === "superseded") && { into }),
        ...(fate === "in-chair-summary" && { text: words.trim() }),
      }}
      done={doneSentence(fate)}
      incomplete={incomplete}
      onClose={onClose}
    >
      <Select
        label={say("proposals.dispose.fate")}
        value={fate}
        options={fates.map((value) => ({ value, label: say(`proposals.dispose.fates.${value}`) }))}
        onChange={setFate}
      />
      {(fate === "merged" || fate === "superseded") && (
        <Select
          label={say("proposals.dispose.into")}
          value={into}
          options={[
            { value: "" as const, label: "" },
            ...rest.map((other) => ({
              value: other.id,
              label: `${other.by?.name ?? say("record.someone")}: ${read(other.content ?? "").slice(0, 60)}`,
            })),
          ]}
          onChange={setInto}
        />
      )}
      {fate === "in-chair-summary" && (
        <TextBox
          label={say("proposals.dispose.summaryWords")}
          value={words}
          dir="auto"
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <TextBox
        label={say("proposals.dispose.reasonOptional")}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
