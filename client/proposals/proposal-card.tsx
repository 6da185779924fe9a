/** One proposal as it is known here: whose, with whom, its words on today's as a redline, and what became of it. A desk adds what its seat can do. */
import type { ReactNode } from "react";
import { withHunks } from "../../shared/domain/rebase.ts";
import type { ComposedParagraph, Named } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { proposalGlyph } from "../../shared/messages/glyphs.ts";
import { sayWho } from "../../shared/messages/tell.ts";
import { Redline } from "../report/redline.tsx";
import { useReadable } from "../report/use-readable.ts";
import { list, moment, say, voice } from "../ui/voice.ts";
import styles from "./proposal-card.module.css";

type Where = Pick<ComposedParagraph, "content" | "text">;

interface Props {
  readonly proposal: SeenProposal;
  /** The paragraph it is about; null when it was removed. */
  readonly paragraph: Where | null;
  /** "You" instead of the name. */
  readonly own?: boolean;
  readonly children?: ReactNode;
}

export function ProposalCard({ proposal, paragraph, own = false, children }: Props) {
  const { by, at, kind, to, fate, confirmed, reason, invited, supersedes } = proposal;
  const who = own && !by?.group ? say("desk.you") : nameOfProposer(proposal);
  const does = own && !by?.group ? "own" : "kinds";
  return (
    <article className={styles["card"]} data-closed={fate !== null || undefined} aria-label={cardName(proposal, own)}>
      <header className={styles["head"]}>
        <strong>
          <span aria-hidden>{proposalGlyph}</span> {who}
        </strong>
        <span>
          {kind === "move"
            ? say(`proposals.card.${does}.move`, { part: say(`words.thePart.${to ?? "consensus"}`) })
            : say(`proposals.card.${does}.${kind}`)}
        </span>
        <time className={styles["when"]} dateTime={new Date(at).toISOString()}>
          {moment(at)}
        </time>
      </header>
      <Sponsors proposal={proposal} />
      {!confirmed && <p className={styles["note"]}>{say("proposals.card.unconfirmed")}</p>}
      {supersedes && <p className={styles["note"]}>{say("proposals.card.amends")}</p>}
      {invited && !fate && !own && <p className={styles["note"]}>{say("proposals.card.invited")}</p>}
      <Words proposal={proposal} paragraph={paragraph} />
      {reason && <p>{say("proposals.card.reason", { reason })}</p>}
      {fate && (
        <p className={styles["fate"]} data-fate={fate.kind}>
          <strong>{say("proposals.fateAt", { fate: say(`proposals.fate.${fate.kind}`), at: moment(fate.at) })}</strong>
          {fate.reason && <> {say("proposals.card.reason", { reason: fate.reason })}</>}
        </p>
      )}
      {children && <footer className={styles["foot"]}>{children}</footer>}
    </article>
  );
}

export const cardName = (proposal: SeenProposal, own = false): string =>
  say("proposals.card.label", { who: own && !proposal.by?.group ? say("desk.you") : nameOfProposer(proposal) });

export const nameOfProposer = (proposal: Pick<SeenProposal, "by"> | undefined): string => sayWho(proposal?.by, voice);

function Sponsors({ proposal: { cosponsors, sponsors, heard } }: { readonly proposal: SeenProposal }) {
  const unnamed = sponsors - 1 - cosponsors.length;
  const names = (of: readonly Named[]): string => list(of.map(({ name }) => name));
  return (
    <>
      {sponsors > 1 && (
        <p className={styles["note"]}>
          {cosponsors.length > 0 && say("proposals.card.with", { who: names(cosponsors) })}{" "}
          {unnamed > 0 && say("proposals.card.others", { count: unnamed })}
        </p>
      )}
      {heard.length > 0 && <p className={styles["note"]}>{say("proposals.card.heard", { who: names(heard) })}</p>}
    </>
  );
}

function Words({ proposal, paragraph }: Pick<Props, "proposal" | "paragraph">) {
  const read = useReadable();
  const { kind, baseContent, fate, hunks, stale, content } = proposal;
  if (kind === "delete" || kind === "move") return null;
  if (!content || !baseContent) return <p className={styles["note"]}>{say("proposals.card.hidden")}</p>;
  if (!hunks || !paragraph || fate) return <Redline from={baseContent} to={content} />;
  const obstacles = hunks.flatMap((hunk) => (hunk.place.state === "conflict" ? [{ hunk, why: hunk.place.why }] : []));
  const isThere = hunks.every(({ place }) => place.state === "in-text");
  if (isThere) {
    return (
      <>
        <p className={styles["note"]}>{say("proposals.card.inText")}</p>
        <Redline from={baseContent} to={content} />
      </>
    );
  }
  // Where nothing of it has a place, today's words say nothing of it.
  const fits = hunks.some(({ place }) => place.state === "clean");
  return (
    <>
      {fits && <Redline from={paragraph.content} to={withHunks(paragraph.content, hunks)} />}
      {obstacles.map(({ hunk, why }) => (
        <p key={`${hunk.from} ${hunk.to}`} className={styles["obstacle"]}>
          <span aria-hidden>⚠</span>{" "}
          {say(`proposals.card.obstacle.${why}`, {
            words: read(hunk.content).trim() || say("proposals.card.deletes"),
          })}
        </p>
      ))}
      {stale && (
        <details className={styles["made"]} open={!fits}>
          <summary>{say("proposals.card.asMade")}</summary>
          <Redline from={baseContent} to={content} />
        </details>
      )}
    </>
  );
}
