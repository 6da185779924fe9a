/** The proposals on a paragraph as pages without a script show them: whose, the words as a redline, and what became of them. */
import type { ReactNode } from "react";
import type { ComposedParagraph } from "../../../shared/domain/report.ts";
import type { SeenProposal } from "../../../shared/domain/seen-proposals.ts";
import type { Inline } from "../../../shared/domain/text.ts";
import { proposalGlyph } from "../../../shared/messages/glyphs.ts";
import type { Numbers } from "../../../shared/messages/signs.ts";
import { sayWho } from "../../../shared/messages/tell.ts";
import { say, speaker } from "./speaker.ts";
import { Redline, stop } from "./words.tsx";

interface Props {
  readonly paragraph: Pick<ComposedParagraph, "proposals"> & Partial<Pick<ComposedParagraph, "content">>;
  /** How notes and references are called. */
  readonly signs: Numbers;
  /** What this reader can do with one that has no fate. */
  readonly act?: (proposal: SeenProposal) => ReactNode;
}

export function Proposed({ paragraph: { proposals, content }, signs, act }: Props) {
  const told = proposals.filter(({ by, text, fate }) => by || text !== undefined || fate);
  const open = proposals.filter(({ fate }) => fate === null);
  if (told.length === 0)
    return open.length === 0 ? null : <p className="said">{say("proposals.stands", { count: open.length })}</p>;
  return (
    <ul className="said proposed">
      {told.map((proposal) => (
        <li key={proposal.id}>
          <Told proposal={proposal} today={content} signs={signs} />
          {proposal.fate === null && act?.(proposal)}
        </li>
      ))}
    </ul>
  );
}

function Told({
  proposal,
  today,
  signs,
}: {
  readonly proposal: SeenProposal;
  readonly today: readonly Inline[] | undefined;
  readonly signs: Numbers;
}) {
  const { by, kind, to, cosponsors, heard, baseContent, content, stale, reason, fate, confirmed } = proposal;
  const who = sayWho(by, speaker);
  const does =
    kind === "move"
      ? say("proposals.card.kinds.move", { part: say(`words.thePart.${to ?? "consensus"}`) })
      : say(`proposals.card.kinds.${kind}`);
  return (
    <>
      <span aria-hidden="true">{proposalGlyph} </span>
      {who} {does}
      {cosponsors.length > 0 &&
        ` ${say("proposals.card.with", { who: speaker.list(cosponsors.map(({ name }) => name)) })}`}
      {heard.length > 0 && ` (${say("proposals.card.heard", { who: speaker.list(heard.map(({ name }) => name)) })})`}
      {!confirmed && ` (${say("record.lodgedFloor")})`}.
      {reason && <span className="why"> {stop(say("record.reason", { reason }))}</span>}
      {fate && (
        <strong>
          {" "}
          {say(`proposals.fate.${fate.kind}`)}
          {fate.reason ? `: ${stop(fate.reason)}` : "."}
        </strong>
      )}
      {baseContent && content && (
        <Redline from={(kind === "replace" && !stale && today) || baseContent} to={content} numbers={signs} />
      )}
    </>
  );
}
