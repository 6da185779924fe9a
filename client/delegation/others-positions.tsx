/** What others hold on one paragraph, as far as this seat may know: in a line who and how, behind it why. */
import { Fragment, useState } from "react";
import type { Level } from "../../shared/domain/positions.ts";
import { levels } from "../../shared/domain/positions.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { levelGlyph } from "../../shared/messages/glyphs.ts";
import { sayNamed } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { PositionCard } from "../report/position-card.tsx";
import { list, say, voice } from "../ui/voice.ts";
import styles from "./others-positions.module.css";

interface Props {
  readonly paragraph: ComposedParagraph;
  /** Whose desk it is: its own are said elsewhere. */
  readonly code: DelegationCode | null;
}

export function OthersPositions({ paragraph, code }: Props) {
  const { record } = useNegotiation();
  const [isOpen, setIsOpen] = useState(false);
  const line = levels.toReversed().flatMap((level) => {
    const sentences = said(paragraph, level, code);
    return sentences.length === 0 ? [] : [{ level, sentences }];
  });
  if (line.length === 0) return null;
  const words = line.map(({ level, sentences }) => (
    <Fragment key={level}>
      <span className={styles["level"]} data-level={level}>
        <span aria-hidden>{levelGlyph[level]}</span> {sentences.join("; ")}
      </span>{" "}
    </Fragment>
  ));
  const known = paragraph.positions.filter((one) => one.standing && !isOwn(one, code) && (one.by || one.reason));
  if (known.length === 0) return <p className={styles["line"]}>{words}</p>;
  return (
    // A paragraph that a hundred States support keeps its cards for when they are asked for.
    <details className={styles["others"]} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={styles["line"]}>{words}</summary>
      {isOpen && (
        <ul>
          {known.map((position) => (
            <li key={position.id}>
              <PositionCard position={position} paragraph={paragraph} record={record} />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** So many are named in the line; all of them behind it. */
const mostNamed = 4;

/** "Freedonia and Sylvania object", "2 delegations object": those whose names may be known, then how many others there are. */
function said({ positions, counts }: ComposedParagraph, level: Level, code: DelegationCode | null): readonly string[] {
  const held = positions.filter((one) => one.standing && one.level === level);
  const names = [...new Set(held.flatMap((one) => (one.by && !isOwn(one, code) ? [sayNamed(one.by, voice)] : [])))];
  const counted = held.flatMap((one) => (one.by && one.ofState ? [one.behind?.count ?? 1] : []));
  const unnamed = (counts?.[level] ?? 0) - counted.reduce((sum, count) => sum + count, 0);
  const more = names.length - mostNamed;
  const who = more > 1 ? [...names.slice(0, mostNamed), say("desk.others.more", { count: more })] : names;
  return [
    ...(names.length > 0 ? [say(`words.does.${level}`, { who: list(who), count: names.length })] : []),
    ...(unnamed > 0 ? [say(`words.counted.${level}`, { count: unnamed })] : []),
  ];
}

const isOwn = ({ by }: SeenPosition, code: DelegationCode | null): boolean =>
  code !== null && by?.code === code && !by.group;
