/**
 * The record as far as one reader knows it: folded from the entries as that reader gets them, never from whole ones (SPEC: DIS12).
 * Whatever names who did something is told from it, and the compiler refuses a record that knows more.
 */
import type { SeenEntry } from "./entries.ts";
import type { Record } from "./record.ts";
import { emptyRecord, evolve } from "./record.ts";

declare const seen: unique symbol;
export type SeenRecord = Record & { readonly [seen]: true };

export const nothingSeen = emptyRecord as SeenRecord;

/** @throws like `evolve` */
export const evolveSeen = (record: SeenRecord, entries: readonly SeenEntry[]): SeenRecord =>
  evolve(record, entries) as SeenRecord;
