/**
 * What a status is called where people read it. A contested paragraph to which nobody objects is in brackets, and says so; on the record
 * and in the name of its group it keeps the status it has (SPEC: STA3).
 */
import type { ComposedParagraph } from "../domain/report.ts";
import type { Status } from "../domain/status.ts";

export const shownStatuses = ["agreed", "open", "contested", "bracketed", "reopened"] as const satisfies readonly (
  | Status
  | "bracketed"
)[];
export type ShownStatus = (typeof shownStatuses)[number];

/** Null in the chair's summary. */
export const shownStatus = ({
  status,
  positions,
}: Pick<ComposedParagraph, "status" | "positions">): ShownStatus | null =>
  status === "contested" && !positions.some(({ level, standing }) => level === "objection" && standing)
    ? "bracketed"
    : status;
