/** What a delegation can do with a proposal: with its own amend, withdraw and confirm it; with another's join it, in one click, and leave. */
import { useState } from "react";
import { authorOf, isBehind } from "../../shared/domain/groups.ts";
import { proposalOf } from "../../shared/domain/proposals.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import { gavelOn } from "../../shared/domain/status.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation, useStating } from "../live/use-negotiation.ts";
import { AmendDialog } from "../proposals/propose-dialog.tsx";
import { receiptSentence, StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { useToast } from "../ui/toasts.tsx";
import { say } from "../ui/voice.ts";

interface Props {
  readonly proposal: SeenProposal;
  readonly paragraph: ParagraphId;
  readonly code: DelegationCode;
}

export function ProposalActions({ proposal, paragraph, code }: Props) {
  const { text, record, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<"amend" | "withdraw" | "confirm" | null>(null);
  const { id, content, confirmed } = proposal;
  const known = proposalOf(record, id);
  const block = blocksById(text).get(paragraph);
  const close = (): void => setDoing(null);
  if (known && authorOf(record, known) !== code) {
    const isBehindIt = isBehind(record, known.group, paragraph, code);
    return <Join proposal={proposal} code={code} no={isBehindIt ? say("refusals.member-of-it") : null} />;
  }
  return (
    <>
      {!confirmed && (
        <Button size="small" tone="primary" aria-haspopup="dialog" onClick={() => setDoing("confirm")}>
          {say("proposals.confirm.name")}
        </Button>
      )}
      {content && block && (
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("amend-proposal", { proposal: id })}
          onClick={() => setDoing("amend")}
        >
          {say("proposals.amend.name")}
        </Button>
      )}
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("withdraw-proposal", { proposal: id })}
        onClick={() => setDoing("withdraw")}
      >
        {say("proposals.withdraw.name")}
      </Button>
      {doing === "amend" && content && block && (
        <AmendDialog
          paragraph={{
            ...block,
            number: numbersToday(record, text).numbers.get(paragraph) ?? "",
            wording: wordingOf(block.content).hash,
            isAgreed: gavelOn(record, paragraph) !== null,
          }}
          proposal={{ ...proposal, content }}
          onClose={close}
        />
      )}
      {(doing === "withdraw" || doing === "confirm") && (
        <StateDialog
          name={say(`proposals.${doing}.name`)}
          explains={say(`proposals.${doing}.explains`)}
          command={{ kind: doing === "withdraw" ? "withdraw-proposal" : "confirm-proposal", proposal: id }}
          done={say(`proposals.${doing}.done`)}
          onClose={close}
        />
      )}
    </>
  );
}

/** Joined, left, or declined where the chair's team heard it from the floor: each by one button. */
function Join({ proposal, code, no }: Omit<Props, "paragraph"> & { readonly no: string | null }) {
  const { whyNot } = useNegotiation();
  const { busy, trouble, state } = useStating();
  const toast = useToast();
  const isAmong = (sponsors: SeenProposal["heard"]): boolean => sponsors.some((sponsor) => sponsor.code === code);
  const act = async (what: "join" | "leave" | "decline"): Promise<void> => {
    const answer = await state({ kind: "cosponsor", proposal: proposal.id, ...(what !== "join" && { leave: true }) });
    if (answer) toast({ sentence: receiptSentence(say(`proposals.${what}.done`), answer) });
  };
  const refusal =
    whyNot("cosponsor", { proposal: proposal.id }) ??
    (proposal.base === undefined ? say("refusals.not-allowed") : null);
  const offered = isAmong(proposal.cosponsors)
    ? (["leave"] as const)
    : isAmong(proposal.heard)
      ? (["join", "decline"] as const)
      : (["join"] as const);
  return (
    <>
      {offered.map((what) => (
        <Button
          key={what}
          size="small"
          tone={what === "join" ? "support" : "quiet"}
          busy={busy}
          disabledReason={refusal ?? (what === "join" ? no : null)}
          onClick={() => void act(what)}
        >
          {say(`proposals.${what}.name`)}
        </Button>
      ))}
      {trouble && <span role="alert">{trouble.sentence}</span>}
    </>
  );
}
