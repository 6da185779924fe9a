/** Objections follow their words through every way of restructuring a text (SPEC: FOL). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeReport } from "../../shared/domain/report.ts";
import { countsOn, objectionsTo, orphans, statusOf } from "../../shared/domain/status.ts";
import type { Block } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { PositionId } from "../../shared/domain/values.ts";
import { textNamed } from "../../shared/domain/wording.ts";
import { contains, wordsOf } from "../../shared/domain/words.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const cooperate = "States should cooperate on the security of information networks and share what they learn.";
const directory = "States decide to establish a directory of points of contact available at all hours of the day.";
const dialogue = "Regular dialogue among all States continues under the auspices of the organisation each year.";

const aTable = (): Table => {
  const table = new Table([paragraph("a", cooperate), paragraph("b", directory), paragraph("c", dialogue)]);
  table.circulate();
  return table;
};

const on = (table: Table, id: PositionId): string[] =>
  table.position(id).on.map((paragraph) => paragraph.replaceAll("0", ""));

describe("an objection and its words", () => {
  test("[FOL1] a comma moved leaves the objection where it stands", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.retype("a", cooperate.replace("networks and", "networks, and"));
    table.circulate();
    expect(on(table, objection)).toEqual(["a"]);
    expect(table.status("a")).toBe("contested");
  });

  test("[FOL2] words edited away in place leave the objection on the paragraph", () => {
    const table = aTable();
    const objection = table.object("XAA", "b", "available at all hours");
    table.retype(
      "b",
      directory.replace("available at all hours of the day", "taking into account different capacities"),
    );
    table.circulate();
    expect(on(table, objection)).toEqual(["b"]);
    expect(table.status("b")).toBe("contested");
  });

  test("[FOL3] a paragraph split in two keeps a whole objection on both pieces", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.text = table.text.flatMap((block) =>
      block.id === idOf("a") ? [paragraph("a", cooperate.slice(0, 40)), paragraph("d", cooperate.slice(40))] : [block],
    );
    table.circulate();
    expect(on(table, objection)).toEqual(["a", "d"]);
  });

  test("[FOL3] a paragraph split in two keeps an objection to some words on the piece that holds them", () => {
    const table = aTable();
    const objection = table.object("XAA", "a", "share what they learn");
    table.text = table.text.flatMap((block) =>
      block.id === idOf("a") ? [paragraph("a", cooperate.slice(0, 40)), paragraph("d", cooperate.slice(40))] : [block],
    );
    table.circulate();
    expect(on(table, objection)).toEqual(["d"]);
    expect(table.status("a")).toBe("open");
    expect(table.status("d")).toBe("contested");
  });

  test("[FOL4] a paragraph joined to another takes its objections along", () => {
    const table = aTable();
    const objection = table.object("XAA", "b");
    table.text = [paragraph("a", `${cooperate} ${directory}`), paragraph("c", dialogue)];
    table.circulate();
    expect(on(table, objection)).toEqual(["a"]);
  });

  test("[FOL4] a paragraph retyped under a new id with a word changed is found again", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.text = [
      paragraph("d", cooperate.replace("should", "may")),
      paragraph("b", directory),
      paragraph("c", dialogue),
    ];
    table.circulate();
    expect(on(table, objection)).toEqual(["d"]);
  });

  test("[FOL4] a copy inherits the question", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.text = [...table.text, paragraph("d", cooperate)];
    table.circulate();
    expect(on(table, objection)).toEqual(["a", "d"]);
  });

  test("[FOL4] a paragraph turned into a heading keeps its objection", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.text = table.text.map((block) => (block.id === idOf("a") ? { ...block, kind: "heading" } : block));
    table.circulate();
    expect(on(table, objection)).toEqual(["a"]);
    expect(composeReport(table.record, table.text, { kind: "team" }).blockers).toHaveLength(1);
  });

  test("[FOL5] words swapped between two paragraphs take their objection along and free the other", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.retype("a", dialogue);
    table.retype("c", cooperate);
    table.circulate();
    expect(on(table, objection)).toEqual(["c"]);
    expect(table.status("a")).toBe("open");
  });

  test("[FOL5] an untouched copy beside it does not free a paragraph whose words were edited", () => {
    const table = aTable();
    const objection = table.object("XAA", "b", "available at all hours");
    table.text = [...table.text, paragraph("d", directory)];
    table.circulate();
    table.retype("b", directory.replace("at all hours", "at all the hours"));
    table.circulate();
    expect(on(table, objection)).toEqual(["b", "d"]);
  });

  test("[FOL6] words removed are listed and block until their author answers", () => {
    const table = aTable();
    const objection = table.object("XAA", "b");
    table.text = table.text.filter((block) => block.id !== idOf("b"));
    table.circulate();
    const blockers = () => composeReport(table.record, table.text, { kind: "team" }).blockers;
    expect(blockers()).toEqual([
      expect.objectContaining({ paragraph: idOf("b"), why: "words-removed", position: objection }),
    ]);
    table.do("delegation:XAA", { kind: "confirm-met", position: objection });
    expect(blockers()).toEqual([]);
  });

  test("[FOL7] words that come back under any id get their objection back", () => {
    const table = aTable();
    const objection = table.object("XAA", "b");
    table.text = table.text.filter((block) => block.id !== idOf("b"));
    table.circulate();
    table.text = [...table.text, paragraph("d", directory)];
    table.circulate();
    expect(on(table, objection)).toEqual(["d"]);
    expect(table.mayGavel("d")).toBe("contested");
  });

  test("[FOL8] moved to the chair's summary an objection is suspended, and stands again on return", () => {
    const table = aTable();
    const objection = table.object("XAA", "b");
    table.move("b", "chair-summary");
    const report = composeReport(table.record, table.text, { kind: "team" });
    expect(report.blockers).toEqual([]);
    expect(report.parts.chairSummary[0]?.positions[0]).toMatchObject({ id: objection, standing: false });
    table.move("b", "consensus");
    expect(table.status("b")).toBe("contested");
  });

  test("[FOL9] [POS5] support lapses with its words and counts again when exactly these words return", () => {
    const table = aTable();
    table.support("XAA", "a");
    const supports = () =>
      composeReport(table.record, table.text, { kind: "team" }).parts.consensus[0]?.counts?.support;
    expect(supports()).toBe(1);
    table.retype("a", cooperate.replace("should", "shall"));
    table.circulate();
    expect(supports()).toBe(0);
    table.retype("a", cooperate);
    table.circulate();
    expect(supports()).toBe(1);
  });
});

// ---------- the chair who tries to get rid of objections ----------

type Trick =
  | {
      readonly kind: "edit" | "retype" | "cut" | "cut-across" | "copy" | "split" | "type" | "remove";
      readonly at: number;
      readonly n: number;
    }
  | { readonly kind: "join" | "swap" | "paste-phrase"; readonly at: number; readonly n: number }
  | { readonly kind: "move"; readonly at: number; readonly n: number }
  | { readonly kind: "circulate"; readonly at: number; readonly n: number };

const kinds = [
  "edit",
  "retype",
  "cut",
  "cut-across",
  "copy",
  "split",
  "type",
  "remove",
  "join",
  "swap",
  "paste-phrase",
  "move",
  "circulate",
] as const;
const trick = fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(7), n: fc.nat(40) }) as fc.Arbitrary<Trick>;

const wordsIn = (block: Block): string[] => flatText(block.content).split(" ");
const worded = (block: Block, words: readonly string[]): Block => ({
  ...block,
  content: [{ t: "text", text: words.join(" ") }],
});

/** Plays one trick on the draft; circulating and moving are acts on the record. */
function play(table: Table, { kind, at, n }: Trick, fresh: () => string): void {
  const { text } = table;
  if (kind === "circulate" || text.length === 0) return table.circulate();
  const block = text[at % text.length] as Block;
  const other = text[n % text.length] as Block;
  const words = wordsIn(block);
  const cutAt = 1 + (n % Math.max(1, words.length - 1));
  const put = (...blocks: Block[]): void => {
    table.text = text.flatMap((candidate) => (candidate === block ? blocks : [candidate]));
  };
  const anew = (from: Block): Block => ({ ...from, id: idOf(fresh()) });
  switch (kind) {
    case "edit":
      return put(worded(block, words.toSpliced(n % words.length, n % 2, "otherwise")));
    case "retype":
      return put(anew(worded(block, words.with(n % words.length, "instead"))));
    case "cut": {
      const rest = text.filter((candidate) => candidate !== block);
      table.text = rest.toSpliced(n % (rest.length + 1), 0, anew(block));
      return undefined;
    }
    case "cut-across":
      return put({ ...anew(block), part: block.part === "consensus" ? "chair-summary" : "consensus" });
    case "copy":
      return put(block, anew(block));
    case "split":
      return words.length < 2
        ? undefined
        : put(worded(block, words.slice(0, cutAt)), anew(worded(block, words.slice(cutAt))));
    case "type":
      return put({ ...block, kind: block.kind === "heading" ? "paragraph" : "heading" });
    case "remove":
      return text.length > 1 ? put() : undefined;
    case "join": {
      if (other === block) return undefined;
      table.text = text.flatMap((candidate) =>
        candidate === other ? [] : [candidate === block ? worded(block, [...words, ...wordsIn(other)]) : candidate],
      );
      return undefined;
    }
    case "swap": {
      if (other === block) return undefined;
      table.text = text.map((candidate) =>
        candidate === block ? worded(block, wordsIn(other)) : candidate === other ? worded(other, words) : candidate,
      );
      return undefined;
    }
    case "paste-phrase": {
      if (other === block || words.length < 6) return undefined;
      const phrase = words.slice(cutAt, cutAt + 5);
      table.text = text.map((candidate) =>
        candidate === block
          ? worded(block, words.toSpliced(cutAt, 5))
          : candidate === other
            ? worded(other, [...wordsIn(other), ...phrase])
            : candidate,
      );
      return undefined;
    }
    case "move": {
      if (block.kind === "heading") return undefined;
      table.do("chair", {
        kind: "move-paragraph",
        paragraph: block.id,
        to: block.part === "consensus" ? "chair-summary" : "consensus",
        reason: "no consensus at this stage",
      });
      return undefined;
    }
  }
}

/** `expect` would cost more than a whole script. */
function must(claim: boolean, what: string): void {
  if (!claim) throw new Error(`not true: ${what}`);
}

const openings = [false, true].map((phrase) => {
  const table = aTable();
  const words = phrase ? "points of contact available at all hours" : undefined;
  return { table, ids: [table.object("XAA", "b", words), table.object("XBB", "a")] };
});

/** Two objections stand; one of them, with `phrase`, to some words only. */
function opening(phrase: boolean) {
  const { table, ids } = openings[Number(phrase)]!;
  return { table: table.fork(), ids };
}

/** Every paragraph that ever held the words of a position. */
function onceStoodOn({ entries }: Table, id: PositionId): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ what }) =>
      what.kind === "position-lodged" && what.id === id
        ? (what.on ?? [what.paragraph])
        : what.kind === "position-followed" && what.position === id
          ? what.on
          : [],
    ),
  );
}

const scripts = Number(process.env["SCRIPTS"] ?? 100_000);

test(
  `[FOL10] ${scripts} random scripts of a chair who tries to get rid of objections clear none`,
  { timeout: 300_000 },
  () => {
    const seed = Number(process.env["SEED"] ?? 20261122);
    fc.assert(
      fc.property(fc.array(trick, { minLength: 1, maxLength: 9 }), fc.boolean(), (tricks, phrase) => {
        const { table, ids } = opening(phrase);
        let made = 0;
        for (const one of tricks) play(table, one, () => `n${++made}`.replaceAll("0", "z"));
        table.circulate();
        for (const id of ids) {
          const { on } = table.position(id);
          const suspended = !table.text.some((block) => objectionsTo(table.record, block).some((one) => one.id === id));
          if (!suspended || orphans(table.record).some((one) => one.id === id)) continue;
          const came = table.record.moves.some(({ paragraph }) => onceStoodOn(table, id).has(paragraph));
          must(on.length > 0 && came, "only a move suspends");
        }
        // Move everything back: no detour through the chair's summary may have freed anything either.
        for (const block of table.text) {
          if (block.kind === "paragraph" && block.part === "chair-summary") {
            table.do("chair", { kind: "move-paragraph", paragraph: block.id, to: "consensus", reason: "back" });
          }
        }
        table.circulate();
        const standing = new Set(table.text.flatMap((block) => objectionsTo(table.record, block)).map(({ id }) => id));
        const lost = orphans(table.record).map(({ id }) => id);
        for (const id of ids) {
          const position = table.position(id);
          must(position.standing === "standing", "nobody but its author ended it");
          // Either it stands on a paragraph that cannot be agreed, or its removed words are asked about: never neither.
          must(
            standing.has(id) !== lost.includes(id),
            "it stands on consensus text, or its removed words are asked about",
          );
          const quote = wordsOf(position.span?.quote ?? textNamed(table.record, position.wording));
          for (const block of table.text) {
            if (!contains(wordsOf(flatText(block.content)), quote)) continue;
            must(statusOf(table.record, block) === "contested", "what holds the words is contested");
          }
        }
      }),
      { numRuns: scripts, seed },
    );
  },
);

describe("whoever is counted where words come to", () => {
  const joined = (table: Table): void => {
    table.text = table.text
      .filter(({ id }) => id !== idOf("a"))
      .map((block) => (block.id === idOf("b") ? paragraph("b", `${directory} ${cooperate}`) : block));
    table.circulate();
  };
  const say = (table: Table, code: string, name: string, level: "concern" | "objection" = "concern"): PositionId =>
    table.do(`delegation:${code}`, {
      kind: "lodge-position",
      paragraph: idOf(name),
      wording: table.wording(name),
      level,
    }) as PositionId;
  const counted = (table: Table, name: string): string =>
    Object.entries(countsOn(table.record, table.block(name)))
      .filter(([, count]) => count > 0)
      .join(" ");

  test("[FOL11] an objection that comes to where its author has spoken is counted once, by its strictest stance", () => {
    const table = aTable();
    say(table, "XAA", "b");
    say(table, "XBB", "b");
    const objection = table.object("XAA", "a");
    joined(table);
    expect(on(table, objection)).toEqual(["b"]);
    expect(counted(table, "b")).toBe("concern,1 objection,1");
    const holders = composeReport(table.record, table.text, { kind: "public" }).parts.consensus[0]!.positions.map(
      ({ holder }) => holder,
    );
    expect(new Set(holders).size).toBe(2);
    table.do("delegation:XAA", { kind: "withdraw-position", position: objection });
    expect(counted(table, "b")).toBe("concern,2");
  });

  test("[FOL11] so are two of one author that come from two paragraphs, and what it says there afterwards", () => {
    const table = aTable();
    const [first, second] = [table.object("XAA", "a"), table.object("XAA", "b")];
    table.text = table.text.flatMap((block) =>
      block.id === idOf("c") ? [paragraph("c", `${dialogue} ${cooperate} ${directory}`)] : [],
    );
    table.circulate();
    expect([on(table, first), on(table, second)]).toEqual([["c"], ["c"]]);
    expect(counted(table, "c")).toBe("objection,1");
    table.do("delegation:XAA", { kind: "withdraw-position", position: first });
    say(table, "XAA", "c");
    expect(counted(table, "c")).toBe("objection,1");
  });

  test("[FOL11] nobody learns by it of what was said under a narrower rule", () => {
    const table = aTable();
    table.do("chair", { kind: "set-disclosure", preset: "closed" });
    say(table, "XAA", "b");
    table.do("chair", { kind: "set-disclosure", preset: "delegations" });
    const objection = table.object("XAA", "a");
    joined(table);
    expect(table.position(objection).aliases).toEqual({});
  });
});
