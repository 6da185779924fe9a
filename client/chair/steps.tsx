/**
 * Who still stands where, and what would lift it: the smallest steps to consensus, the cheapest first. Where nobody stands in the way
 * any more, the last step is the chair's own.
 */
import { useState } from "react";
import type { Link, Smallest } from "../../shared/domain/links.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { sayBlockers } from "../../shared/messages/blockers.ts";
import { sayConditionNow } from "../../shared/messages/conditions.ts";
import { markNumber, markOf } from "../../shared/messages/numbers.ts";
import { sayParagraphs } from "../../shared/messages/silence.ts";
import { paragraphIn, useNegotiation } from "../live/use-negotiation.ts";
import { remedySentence } from "../report/position-card.tsx";
import { Button } from "../ui/button.tsx";
import { capital, sayNamed } from "../../shared/messages/tell.ts";
import { say, voice } from "../ui/voice.ts";
import { MergeDialog, mergeable } from "./merge-dialog.tsx";
import { PackageDialog } from "./package-list.tsx";
import type { Doable } from "./remedy-act.tsx";
import { RemedyAct } from "./remedy-act.tsx";
import styles from "./steps.module.css";

interface Props extends Doable {
  readonly current: ParagraphId | null;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function Steps({ current, onShow, onMove, onUse }: Props) {
  const { record, text, report, whyNot } = useNegotiation();
  const [linking, setLinking] = useState<readonly ParagraphId[] | null>(null);
  const { steps, smallest } = report.overview;
  const numbers = (ids: readonly ParagraphId[]): string => capital(sayParagraphs(ids, { record, text, voice }));
  const standsBy = (id: ParagraphId): string =>
    capital(
      sayBlockers(
        report.blockers.filter(({ paragraph }) => paragraph === id),
        voice,
      ),
    );
  const blocked = new Set(report.blockers.map(({ paragraph }) => paragraph));
  const falling = steps.filter(({ falls }) => falls).length;
  const linkSentence = ({ by, condition, state }: Link): string => {
    const said = sayConditionNow(condition, state, { record, text, voice });
    return by
      ? say("packages.links.hangs", { who: sayNamed(by, voice), condition: said })
      : say("packages.links.hangsUnnamed", { condition: said });
  };
  // The gavel falls on circulated words.
  const circulated = blocksById(record.text);
  const waiting = report.parts.consensus.filter(({ id, status, wording }) => {
    const known = circulated.get(id);
    return status === "open" && !blocked.has(id) && known && wordingOf(known.content).hash === wording;
  });
  return (
    <section className={styles["steps"]} aria-labelledby="steps">
      <h2 id="steps">{say("desk.steps.title")}</h2>
      {steps.length === 0 && <p>{say("desk.steps.none")}</p>}
      {smallest && smallest.things > 0 && (
        <p className={styles["waiting"]}>
          {sentenceOf(smallest)} {smallest.exact ? "" : say("packages.links.inexact")}{" "}
          {falling > 0 && say("packages.links.falling", { count: falling })}
        </p>
      )}
      {smallest?.rings.map((ring) => (
        <p key={ring.join()} className={styles["waiting"]}>
          {say("packages.links.ring", { paragraphs: numbers(ring) })}{" "}
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={whyNot("prepare-package")}
            onClick={() => setLinking(ring)}
          >
            {say("packages.prepare.name")}
          </Button>
        </p>
      ))}
      <ol className={styles["list"]}>
        {steps.map((step) => (
          <li key={step.paragraph}>
            <button
              type="button"
              className={styles["step"]}
              aria-current={step.paragraph === current || undefined}
              onClick={() => onShow(step.paragraph)}
            >
              <span className={styles["number"]}>
                {markOf(step.paragraph, { record, text, voice }) ?? say("desk.steps.removed")}
              </span>
              <span>
                <strong>{standsBy(step.paragraph)}</strong>
                {step.remedies.map((remedy, index) => (
                  <span key={index} className={styles["lift"]}>
                    {remedySentence(remedy)}
                  </span>
                ))}
                {step.links.map((link, index) => (
                  <span key={index} className={styles["lift"]} data-state={link.state}>
                    {linkSentence(link)}
                  </span>
                ))}
                {step.frees.length > 0 && (
                  <span className={styles["lift"]}>
                    {say("packages.links.frees", { paragraphs: sayParagraphs(step.frees, { record, text, voice }) })}
                  </span>
                )}
                {step.falls && <span className={styles["lift"]}>{say("packages.links.falls")}</span>}
              </span>
            </button>
            <Acts paragraph={paragraphIn(report, step.paragraph)} onMove={onMove} onUse={onUse} />
          </li>
        ))}
      </ol>
      {record.circulations.length > 0 && waiting.length > 0 && (
        <p className={styles["waiting"]}>
          {say("desk.steps.waiting", { count: waiting.length })}{" "}
          {waiting.slice(0, namedAtMost).map((paragraph) => (
            <Button key={paragraph.id} size="small" tone="quiet" onClick={() => onShow(paragraph.id)}>
              {markNumber(paragraph, voice)}
            </Button>
          ))}
        </p>
      )}
      {linking && <PackageDialog offer={null} paragraphs={linking} onClose={() => setLinking(null)} />}
    </section>
  );
}

/** What those who object ask for, each done in one click where it can be. */
function Acts({ paragraph, onMove, onUse }: Doable & { readonly paragraph: ComposedParagraph | null }) {
  const { text, whyNot } = useNegotiation();
  const [merging, setMerging] = useState(false);
  if (!paragraph) return null;
  const asked = paragraph.positions.filter(
    ({ level, standing, remedy }) => level === "objection" && standing && remedy,
  );
  const merges = mergeable(paragraph).length > 1;
  if (asked.length === 0 && !merges) return null;
  return (
    <div className={styles["acts"]}>
      {asked.map((position) => (
        <RemedyAct key={position.id} inList paragraph={paragraph} position={position} onMove={onMove} onUse={onUse} />
      ))}
      {merges && (
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("merge-proposals", { paragraph: blocksById(text).get(paragraph.id) })}
          onClick={() => setMerging(true)}
        >
          {say("desk.steps.merge", { number: paragraph.number })}
        </Button>
      )}
      {merging && <MergeDialog paragraph={paragraph} onClose={() => setMerging(false)} />}
    </div>
  );
}

function sentenceOf({ delegations, things, words }: Smallest): string {
  const counted = {
    things: say("packages.links.things", { count: things }),
    words: say("packages.links.words", { count: words }),
  };
  // Of how many delegations may not be known; of none there is nothing to say.
  return !delegations
    ? say("packages.links.smallestUnnamed", counted)
    : say("packages.links.smallest", {
        ...counted,
        delegations: say("packages.links.delegations", { count: delegations }),
      });
}

const namedAtMost = 12;
