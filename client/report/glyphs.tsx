/** Signs for positions, statuses and parts. Each is a glyph with a word beside or behind it: none is told by colour alone. */
import type { Level } from "../../shared/domain/positions.ts";
import type { Part } from "../../shared/domain/values.ts";
import { levelGlyph, statusGlyph } from "../../shared/messages/glyphs.ts";
import type { ShownStatus } from "../../shared/messages/status.ts";
import { say } from "../ui/voice.ts";
import styles from "./glyphs.module.css";

export function LevelSign({ level, count }: { readonly level: Level; readonly count?: number }) {
  return (
    <span
      className={styles["level"]}
      data-level={level}
      {...(count !== undefined && { title: say(`words.counted.${level}`, { count }) })}
    >
      <span aria-hidden>{levelGlyph[level]}</span>
      {count === undefined ? say(`words.level.${level}`) : <span className={styles["count"]}>{count}</span>}
    </span>
  );
}

export function StatusSign({ status }: { readonly status: ShownStatus }) {
  return (
    <span className={styles["status"]} data-status={status} title={say(`words.statusMeans.${status}`)}>
      <span aria-hidden>{statusGlyph[status]}</span>
      {say(`words.status.${status}`)}
    </span>
  );
}

export function PartSign({ part }: { readonly part: Part }) {
  return (
    <span className={styles["part"]} data-part={part}>
      {say(`words.part.${part}`)}
    </span>
  );
}
