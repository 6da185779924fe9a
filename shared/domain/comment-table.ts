/**
 * Comments in the table that ministries and standards bodies send: who, on which paragraph, what they say and what they ask for (SPEC: COM).
 * Each row is accounted for before anything is stated: what it becomes, or why it becomes nothing.
 */
import type { Negotiation } from "./acts/acting.ts";
import { placesIn } from "./comment-places.ts";
import type { Command } from "./commands.ts";
import type { Numbered } from "./comparison.ts";
import { decide } from "./decide.ts";
import { foldedName } from "./folded-name.ts";
import type { Level } from "./positions.ts";
import { levels } from "./positions.ts";
import type { UnderstoodChange } from "./proposed-change.ts";
import { spellChange, understandChange } from "./proposed-change.ts";
import { proposalsOn } from "./proposals.ts";
import type { Record } from "./record.ts";
import type { RefusalCode } from "./refusals.ts";
import type { Actor, Delegation } from "./roster.ts";
import { delegationOf, isTeam } from "./roster.ts";
import { positionsOn } from "./status.ts";
import type { Block } from "./text.ts";
import type { DelegationCode, EpochMs, Part } from "./values.ts";
import { retyped, typedWords } from "./typed-words.ts";
import { canonicalText, wordingOf } from "./wording.ts";

/** Cells in rows, as a file has them. */
export type Cells = readonly (readonly string[])[];

const columns = {
  by: /^(?:mb|nc|country|state|delegation|member|from|organi[sz]ation)\b/,
  place: /^(?:(?:sub-?)?clause|paragraph|para|place|article|¶)(?:\b|$)/,
  part: /^part\b/,
  level: /^(?:position|level|stance)\b/,
  type: /^type\b/,
  comment: /^(?:comments?|justification|reason|rationale)\b/,
  change: /^(?:proposed|proposal|change)\b/,
  own: /^record$/,
} as const;
type Column = keyof typeof columns;

/** The heads that we write ourselves. */
export const commentHeads = [
  "MB/NC",
  "Clause/Subclause",
  "Part",
  "Type of comment",
  "Comments",
  "Proposed change",
  "Observations of the secretariat",
  "Position",
  "Record",
] as const;

/** What a row of a table that we wrote is of. */
export interface OwnRow {
  readonly of: "position" | "proposal";
  readonly id: string;
}

export const spellOwnRow = ({ of, id }: OwnRow): string => `${of} ${id}`;

function ownRowIn(cell: string): OwnRow | null {
  const [, of, id] = /^(position|proposal) ([0-9A-Za-z]{22})$/.exec(cell) ?? [];
  return of === undefined || id === undefined ? null : { of: of as OwnRow["of"], id };
}

export interface Comment {
  /** As a spreadsheet counts it: from 1, heads included. */
  readonly row: number;
  readonly by: string;
  /** Of several columns that name a place, such as clause and paragraph, those that are filled. */
  readonly places: readonly string[];
  readonly part: string;
  readonly level: string;
  /** General, technical or editorial, as the table spells it. */
  readonly type: string;
  readonly comment: string;
  readonly change: string;
  /** In a table that we wrote. */
  readonly own: OwnRow | null;
}

export interface CommentTable {
  readonly comments: readonly Comment[];
  /** Whether it has a column for positions: then a row that proposes words and leaves it empty takes none. */
  readonly namesPositions: boolean;
  /** The heads of columns that are not taken in, such as the secretariat's observations. */
  readonly unread: readonly string[];
}

/** How far down the heads may stand, under a title and a legend. */
const deepestHeads = 30;

/** @returns null where no row has the heads of such a table */
export function readCommentTable(cells: Cells): CommentTable | null {
  const at = cells.slice(0, deepestHeads).findIndex(isHead);
  if (at < 0) return null;
  const heads = cells[at]!.map(foldedName);
  const ofColumn = (column: Column): readonly number[] =>
    heads.flatMap((head, index) => (columnOf(head) === column ? [index] : []));
  const found = Object.fromEntries(Object.keys(columns).map((column) => [column, ofColumn(column as Column)])) as {
    readonly [C in Column]: readonly number[];
  };
  const comments = cells.slice(at + 1).flatMap((row, index): Comment[] => {
    const all = (column: Column): readonly string[] =>
      found[column].map((one) => unescaped(row[one] ?? "")).filter((words) => words !== "");
    const one = (column: Column): string => all(column)[0] ?? "";
    if (row.every((cell) => cell.trim() === "")) return [];
    return [
      {
        row: at + index + 2,
        by: one("by"),
        places: all("place"),
        part: one("part"),
        level: one("level"),
        type: one("type"),
        comment: all("comment").join("\n"),
        change: one("change"),
        own: ownRowIn(one("own")),
      },
    ];
  });
  const unread = cells[at]!.map((head) => head.trim()).filter(
    (head) => head !== "" && columnOf(foldedName(head)) === null,
  );
  return { comments, namesPositions: found.level.length > 0, unread };
}

const columnOf = (head: string): Column | null =>
  (Object.keys(columns) as Column[]).find((column) => columns[column].test(head)) ?? null;

function isHead(row: readonly string[]): boolean {
  const found = new Set(row.map((cell) => columnOf(foldedName(cell))));
  return found.has("place") && (found.has("comment") || found.has("change"));
}

/** A sign before "=" or "+" keeps a spreadsheet from running what it takes for a formula; it is none of the words. */
const unescaped = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@\t\r＝＋－＠])/, "");

/** Why a row, or a part of it, becomes nothing, besides what a refusal says. */
export const rowTroubles = [
  "no-delegation",
  "delegation-unknown",
  "not-yours",
  "no-paragraph",
  "paragraph-unknown",
  "level-unknown",
  "no-words",
  "too-long",
  /** It asks for no words and names no position: a person has to say which it is. */
  "no-position",
  "left-out",
  /** The same stands already. */
  "stands-already",
] as const;
type RowTrouble = (typeof rowTroubles)[number];

/** What a person says of rows, by their numbers: that one is left out, or which position a comment is that names none. */
export type RowChoices = ReadonlyMap<number, Level | "nothing">;

export interface PlannedRow {
  readonly comment: Comment;
  /** Whether a person has to say which position it is. */
  readonly isOpen: boolean;
  readonly by: Delegation | null;
  /** Those it is on, in reading order; none where a place it names is not there. */
  readonly blocks: readonly Block[];
  /** The position it becomes on each of them, alone or with other rows. */
  readonly level: Level | null;
  /** The proposal it becomes, and on which of them. A change that is not understood goes with the position, in its own words. */
  readonly change: (UnderstoodChange & { readonly on: Block }) | null;
  /** Why it becomes nothing, or not all that it asks for. */
  readonly troubles: readonly (RowTrouble | RefusalCode)[];
}

export interface CommentPlan {
  readonly rows: readonly PlannedRow[];
  /** Of the text whose numbers the table speaks of. */
  readonly numbers: Numbered["numbers"];
  /** What is to be stated, in order, and the rows it comes of. */
  readonly acts: readonly { readonly command: Command; readonly rows: readonly number[] }[];
}

const longest = 4_000;

/**
 * What the rows become when this actor states them: a position for each delegation and paragraph, and a proposal for each change of words
 * that is understood. A row that asks for words and names no position is a concern, which blocks nothing; one that only comments is what is
 * chosen for it.
 * @param on the text whose numbers the table speaks of
 * @param actor the chair's team for every delegation, a delegation for itself
 */
export function planComments(
  negotiation: Negotiation,
  on: Numbered,
  table: CommentTable,
  actor: Actor,
  now: EpochMs,
  choices: RowChoices = new Map(),
): CommentPlan {
  const { delegations } = negotiation.record;
  const blocks = numberedBlocks(on);
  const rows = new Map<Comment, PlannedRow>(
    table.comments.map((comment) => [
      comment,
      standsAsWritten(negotiation.record, comment, blocks, on)
        ? {
            comment,
            isOpen: false,
            by: null,
            blocks: blocksOf(comment, blocks),
            level: null,
            change: null,
            troubles: ["stands-already"],
          }
        : chosen(
            understand(comment, table, delegations, delegationOf(actor.seat), blocks, on),
            choices.get(comment.row),
          ),
    ]),
  );
  const acts: { readonly command: Command; readonly rows: readonly number[] }[] = [];
  /** Rows that state at least one position, or a proposal. */
  const stated = { level: new Set<Comment>(), change: new Set<Comment>() };
  for (const { command, of, what } of commandsFor([...rows.values()], isTeam(actor.seat), on)) {
    const trouble = whyNotStated(negotiation, command, actor, now);
    if (trouble === null) acts.push({ command, rows: of.map(({ comment }) => comment.row) });
    for (const { comment } of of) {
      if (trouble === null) stated[what].add(comment);
      else {
        const row = rows.get(comment)!;
        rows.set(comment, { ...row, troubles: [...row.troubles, trouble] });
      }
    }
  }
  const done = [...rows.values()].map((row): PlannedRow => {
    const level = stated.level.has(row.comment) ? row.level : null;
    return { ...row, level, change: stated.change.has(row.comment) ? row.change : null };
  });
  return { rows: done, numbers: on.numbers, acts: acts.toSorted((a, b) => a.rows[0]! - b.rows[0]!) };
}

function understand(
  comment: Comment,
  { namesPositions }: CommentTable,
  delegations: ReadonlyMap<DelegationCode, Delegation>,
  own: DelegationCode | null,
  blocks: Blocks,
  numbered: Numbered,
): PlannedRow {
  const by = comment.by === "" && own ? (delegations.get(own) ?? null) : delegationCalled(comment.by, delegations);
  const on = blocksOf(comment, blocks);
  const [block] = on;
  const level = comment.level === "" ? null : levelCalled(comment.level);
  // A remedy that we wrote beside a position is a part of it, however clear.
  const change =
    by?.kind === "member-state" && comment.own?.of !== "position" ? changeOn(on, comment.change, numbered) : null;
  const trouble = ((): RowTrouble | null => {
    if (comment.by === "" && !by) return "no-delegation";
    if (own ? by?.code !== own : !by) return own && by ? "not-yours" : "delegation-unknown";
    if (comment.places.length === 0) return "no-paragraph";
    if (!block) return "paragraph-unknown";
    if (comment.level !== "" && !level) return "level-unknown";
    if (comment.level === "" && comment.comment === "" && comment.change === "") return "no-words";
    return comment.comment.length > longest || comment.change.length > longest ? "too-long" : null;
  })();
  const row = { comment, isOpen: false, by, blocks: on, level: null, change: null };
  if (trouble) return { ...row, troubles: [trouble] };
  if (level === null && comment.change === "") return { ...row, isOpen: true, troubles: ["no-position"] };
  // An editorial change that is understood says all by itself.
  const needsNoPosition =
    change !== null &&
    on.length === 1 &&
    level === null &&
    (comment.comment === "" || namesPositions || /^ed/i.test(comment.type));
  return { ...row, level: needsNoPosition ? null : (level ?? "concern"), change, troubles: [] };
}

/** A row as a person wants it; one that could become nothing anyhow stays as it is. */
function chosen(row: PlannedRow, choice: Level | "nothing" | undefined): PlannedRow {
  if (row.isOpen) return choice === undefined || choice === "nothing" ? row : { ...row, level: choice, troubles: [] };
  const isLeftOut = choice === "nothing" && row.troubles.length === 0;
  return isLeftOut ? { ...row, level: null, change: null, troubles: ["left-out"] } : row;
}

/** The paragraphs of a part of the report that a row is on. */
function blocksOf({ part: named, places }: Comment, blocks: Blocks): readonly Block[] {
  const isSummary = [named, ...places].some((one) => /summary|\bii\b/i.test(one)) || named === "2";
  const byNumber = blocks[isSummary ? "chair-summary" : "consensus"];
  const numbers = [...byNumber.keys()];
  // A clause in one column and its point in the next are one place.
  const whole = places.slice(1).every((place) => place.startsWith("(")) ? [places.join(" ")] : [];
  const found = [...whole, ...places].map((place) => placesIn(place, numbers)).find((one) => one !== null) ?? [];
  return found.map((number) => byNumber.get(number)!);
}

/** Of several paragraphs one alone must be what is meant. */
function changeOn(blocks: readonly Block[], asked: string, numbered: Numbered): PlannedRow["change"] {
  const understood = blocks.flatMap((on) => {
    const change = understandChange(asked, typedWords(on.content, numbered));
    return change ? [{ ...change, on }] : [];
  });
  return understood.length === 1 ? understood[0]! : null;
}

/** A row that we wrote and nobody changed: what it is of stands as it says. */
function standsAsWritten(record: Record, comment: Comment, blocks: Blocks, on: Numbered): boolean {
  const { own, level, change } = comment;
  const says = (reason: string | null, asks = ""): boolean =>
    (reason ?? "").trim() === comment.comment && asks.trim() === change;
  return blocksOf(comment, blocks).some(({ id }) =>
    own?.of === "position"
      ? positionsOn(record, id).some(
          (one) =>
            one.id === own.id &&
            one.level === levelCalled(level) &&
            says(one.reason, one.remedy?.text ?? one.remedy?.kind),
        )
      : proposalsOn(record, id).some(
          ({ id: proposal, fate, reason, content, ...asked }) =>
            proposal === own?.id &&
            fate === null &&
            says(reason, spellChange({ ...asked, ...(content && { text: typedWords(content, on) }) })),
        ),
  );
}

interface Stating {
  readonly command: Command;
  readonly of: readonly PlannedRow[];
  readonly what: "level" | "change";
}

/** One position for all that a delegation says of a paragraph at one level: a second one would take the place of the first (POS9). */
function commandsFor(rows: readonly PlannedRow[], floor: boolean, numbered: Numbered): readonly Stating[] {
  const stated: Stating[] = [];
  const together = new Map<string, { readonly on: Block; readonly of: readonly PlannedRow[] }>();
  const about = ({ by }: PlannedRow, { id, content }: Block) => ({
    paragraph: id,
    wording: wordingOf(content).hash,
    ...(floor && { onBehalfOf: by!.code }),
  });
  for (const row of rows) {
    const { comment, by, blocks, level, change } = row;
    const reason = comment.comment === "" ? {} : { reason: comment.comment };
    if (change) {
      const { on, ...understood } = change;
      const { content } = on;
      const isReferring = understood.change === "replace" && content.some(({ t }) => t === "ref");
      const asked = isReferring
        ? { change: understood.change, content: retyped(content, understood.text ?? "", numbered) }
        : understood;
      const command: Command = { kind: "table-proposal", ...about(row, on), ...asked, ...reason };
      stated.push({ command, of: [row], what: "change" });
    }
    if (!level) continue;
    for (const block of blocks) {
      const key = `${by!.code} ${block.id} ${level}`;
      const { of = [] } = together.get(key) ?? {};
      together.set(key, { on: block, of: [...of, row] });
    }
  }
  for (const { on, of } of together.values()) {
    const [first] = of as readonly [PlannedRow];
    const reason = lines(of.map(({ comment }) => comment.comment));
    const asked = lines(of.map(({ comment, change }) => (change?.on === on ? "" : comment.change)));
    const command: Command = {
      kind: "lodge-position",
      ...about(first, on),
      level: first.level!,
      ...(reason !== "" && { reason }),
      ...(asked !== "" && { remedy: { kind: "other", text: asked } }),
    };
    stated.push({ command, of, what: "level" });
  }
  return stated;
}

const lines = (all: readonly string[]): string => all.filter((one) => one !== "").join("\n");

function whyNotStated(
  negotiation: Negotiation,
  command: Command,
  actor: Actor,
  now: EpochMs,
): RowTrouble | RefusalCode | null {
  if (isTooLong(command)) return "too-long";
  if (standsAlready(negotiation.record, command, actor)) return "stands-already";
  const decided = decide(negotiation, command, actor, now, () => "0".repeat(22));
  return decided.ok ? null : decided.refusal.code;
}

const isTooLong = (command: Command): boolean =>
  command.kind === "lodge-position" &&
  [command.reason, command.remedy?.text].some((words = "") => words.length > longest);

/** So that a table that is sent twice, or one that we wrote ourselves, states nothing anew. */
function standsAlready(record: Record, command: Command, { seat }: Actor): boolean {
  if (command.kind === "lodge-position") {
    const by = command.onBehalfOf ?? delegationOf(seat);
    const { reason = null, remedy } = command;
    return positionsOn(record, command.paragraph).some(
      (position) =>
        position.by === by &&
        position.group === null &&
        position.level === command.level &&
        position.reason === reason &&
        (remedy === undefined || position.remedy?.text === remedy.text),
    );
  }
  if (command.kind !== "table-proposal") return false;
  const by = command.onBehalfOf ?? delegationOf(seat);
  return proposalsOn(record, command.paragraph).some(
    (proposal) =>
      proposal.by === by &&
      proposal.fate === null &&
      proposal.change === command.change &&
      (command.text === undefined || (proposal.content !== null && canonicalText(proposal.content) === command.text)) &&
      (!command.content || wordingOf(proposal.content ?? []).hash === wordingOf(command.content).hash),
  );
}

type Blocks = { readonly [part in Part]: ReadonlyMap<string, Block> };

function numberedBlocks({ text, numbers }: Numbered): Blocks {
  const blocks = { consensus: new Map<string, Block>(), "chair-summary": new Map<string, Block>() };
  for (const block of text) {
    const number = numbers.get(block.id);
    if (number !== undefined) blocks[block.part].set(number, block);
  }
  return blocks;
}

const levelNames = new Map<string, Level>([
  ...levels.map((level): [string, Level] => [level.replaceAll("-", " "), level]),
  ["no objection", "accept"],
]);

const levelCalled = (name: string): Level | null => levelNames.get(foldedName(name).replaceAll("-", " ")) ?? null;

/** By code, name, or the two letters that standards bodies use, alone or before a number of their own: "FR-012". */
function delegationCalled(name: string, delegations: ReadonlyMap<DelegationCode, Delegation>): Delegation | null {
  const sought = foldedName(name.replace(/^([A-Za-z]{2,3})[\s/-]*\d+$/, "$1"));
  const country = /^[a-z]{2}$/.test(sought) ? foldedName(countryNames.of(sought.toUpperCase()) ?? "") : sought;
  for (const delegation of delegations.values()) {
    if ([sought, country].includes(foldedName(delegation.name)) || delegation.code.toLowerCase() === sought)
      return delegation;
  }
  return null;
}

const countryNames = new Intl.DisplayNames("en", { type: "region" });
