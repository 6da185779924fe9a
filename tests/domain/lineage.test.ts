/** Every word of a report is followed back to the act that brought it, and to those who gave it (SPEC: LIN). */
import { describe, expect, test } from "vitest";
import { nextEdition } from "../../shared/domain/editions.ts";
import { bracketsOf } from "../../shared/domain/brackets.ts";
import type { Lineage, Step } from "../../shared/domain/lineage.ts";
import { lineageOf } from "../../shared/domain/lineage.ts";
import type { Origin } from "../../shared/domain/tracing.ts";
import type { Proposal } from "../../shared/domain/proposals.ts";
import { allProposals, proposalOf } from "../../shared/domain/proposals.ts";
import { placeHunks, withHunks } from "../../shared/domain/rebase.ts";
import { gavelOn } from "../../shared/domain/status.ts";
import type { Block, Text } from "../../shared/domain/text.ts";
import { editText, flatText } from "../../shared/domain/text.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import { lifeOf, lineageRows, seeWords } from "../../shared/domain/seen-lineage.ts";
import type { ParagraphId, ProposalId } from "../../shared/domain/values.ts";
import { differencesOf } from "../../shared/domain/versions.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import type { Chance } from "../support/random.ts";
import { chance } from "../support/random.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const states = ["XAA", "XAB", "XAC", "XAD"] as const;

/** A report in which every word is written once, by somebody known, so that it can be told where each came from. */
class Drafting {
  readonly table: Table;
  readonly random: Chance;
  /** Who wrote a word: States that asked for it, nobody for the chair's team. */
  readonly writers = new Map<string, ReadonlySet<string>>();
  /** The version in which a word was first issued, and the paragraph it stood in there. */
  readonly first = new Map<string, { readonly version: string; readonly paragraph: ParagraphId }>();
  readonly done = new Map<string, number>();
  /** Divided or joined since the last version: once more, and single words would have gone from one paragraph to another. */
  readonly #divided = new Set<ParagraphId>();
  #written = 0;

  constructor(seed: number) {
    this.random = chance(seed);
    const text = Array.from({ length: 12 }, (_, index) => paragraph(`p${index}x`, this.write([], 14)));
    this.table = new Table(text, {
      disclosure: "open",
      delegations: Object.fromEntries(states.map((code) => [code, "member-state"])),
    });
    this.issue();
  }

  /** Fresh words of these States, or of the chair's team. */
  write(by: readonly string[], count: number): string {
    return Array.from({ length: count }, () => {
      const word = `${by.length === 0 ? "team" : by.join("").toLowerCase()}${++this.#written}`;
      this.writers.set(word, new Set(by));
      return word;
    }).join(" ");
  }

  issue(): void {
    const { table } = this;
    const covers = differencesOf(table.record, table.text)
      .filter(({ open }) => open.length > 0)
      .map(({ id }) => ({ paragraph: id, reason: "As discussed." }));
    table.do("chair", { kind: "issue-version", covers });
    this.#divided.clear();
    const version = table.record.versions.at(-1)!;
    for (const { id, content } of version.text)
      for (const word of wordsOf(flatText(content)))
        if (!this.first.has(word)) this.first.set(word, { version: version.name, paragraph: id });
  }

  // ---------- what happens in between ----------

  free(): Block[] {
    return this.table.text.filter(({ id }) => gavelOn(this.table.record, id) === null);
  }

  set(text: Text): void {
    this.table.text = text;
  }

  say(id: ParagraphId, words: string): void {
    this.set(
      this.table.text.map((block) => (block.id === id ? { ...block, content: [{ t: "text", text: words }] } : block)),
    );
  }

  /** The words with some put in, put in the place of others, or taken out, apart from each other. */
  changed(words: string, by: readonly string[]): string {
    const kept = words.split(" ");
    for (let at = 1 + this.random.below(3); at < kept.length; at += 4 + this.random.below(3)) {
      const choice = this.random.below(4);
      const fresh = choice === 0 ? "" : this.write(by, 1 + this.random.below(2));
      if (choice < 3) kept[at] = fresh;
      else kept[at] = `${kept[at]} ${fresh}`;
    }
    return kept.filter((word) => word !== "").join(" ");
  }

  propose(): void {
    const { table, random } = this;
    const circulated = table.record.text.filter(({ id }) => this.free().some((block) => block.id === id));
    if (circulated.length === 0) return;
    const block = random.pick(circulated);
    const by = random.pick(states);
    const about = { paragraph: block.id, wording: wordingOf(block.content).hash };
    if (random.below(4) === 0) {
      table.do(`delegation:${by}`, {
        kind: "table-proposal",
        change: "insert-after",
        ...about,
        text: this.write([by], 8),
      });
      return;
    }
    const words = canonicalText(block.content);
    const twin = random.below(4) === 0 ? random.pick(states.filter((one) => one !== by)) : null;
    const text = this.changed(words, twin ? [by, twin] : [by]);
    if (text === words) return;
    for (const code of twin ? [by, twin] : [by])
      table.do(`delegation:${code}`, { kind: "table-proposal", ...about, text });
  }

  dispose(): void {
    const { table, random } = this;
    const pending = allProposals(table.record).filter(({ fate }) => fate === null);
    if (pending.length === 0) return;
    const proposal = random.pick(pending);
    const { id, paragraph: on } = proposal;
    if (this.#divided.has(on)) return;
    const kind = { kind: "dispose-proposal", proposal: id } as const;
    const standing = new Set(table.text.flatMap(({ content }) => wordsOf(flatText(content))));
    const base = wordsOf(flatText(proposal.base));
    // What nobody else asked for, and what was written nowhere before.
    const ownWords = wordsOf(flatText(proposal.content ?? [])).filter(
      (word) =>
        this.writers.get(word)?.size === 1 &&
        this.writers.get(word)?.has(proposal.by ?? "") &&
        !this.first.has(word) &&
        !standing.has(word) &&
        !base.includes(word),
    );
    const attempts = [
      { ...kind, fate: "taken-up" },
      { ...kind, fate: "taken-up-in-part", hunks: [0] },
      { ...kind, fate: "bracketed" },
      {
        ...kind,
        fate: "in-chair-summary",
        text: `${this.write([], 3)} ${ownWords.join(" ")}`,
      },
    ] as const;
    const others = pending.filter((one) => one.paragraph === on && one.change === "replace");
    if (
      others.length > 1 &&
      random.below(2) === 0 &&
      this.merge(
        on,
        others.map((one) => one.id),
      )
    )
      return;
    if (this.isHeard(proposal, standing))
      return void table.do("chair", { ...kind, fate: "not-taken-up", reason: "It is in." });
    const attempt = random.pick(ownWords.length > 0 ? attempts : attempts.slice(0, -1));
    if (table.refusal("chair", attempt) === null) {
      table.do("chair", attempt);
      this.count(attempt.fate);
    } else table.do("chair", { ...kind, fate: "not-taken-up", reason: "Not now." });
  }

  /** Its words were taken from another one that asks for the same: twice, it could not be told whose they are. */
  isHeard({ content, by }: Proposal, standing: ReadonlySet<string>): boolean {
    const shared = wordsOf(flatText(content ?? [])).filter((word) => this.writers.get(word)!.size > 1);
    return shared.some((word) => standing.has(word) && this.writers.get(word)!.has(by!));
  }

  /** Bridging text of what has a place, with words of the chair's own at the end. */
  merge(on: ParagraphId, ids: readonly ProposalId[]): boolean {
    const { table } = this;
    const block = table.text.find(({ id }) => id === on);
    if (!block) return false;
    let { content } = block;
    for (const id of ids) {
      const proposal = proposalOf(table.record, id)!;
      const stands = new Set(wordsOf(flatText(content)));
      if (this.isHeard(proposal, stands)) continue;
      const hunks = placeHunks(proposal.base, proposal.content!, content);
      content = withHunks(
        content,
        hunks.filter(({ place }) => place.state === "clean"),
      );
    }
    const command = {
      kind: "merge-proposals",
      paragraph: on,
      wording: wordingOf(block.content).hash,
      text: `${flatText(content)} ${this.write([], 2)}`,
      proposals: ids,
    } as const;
    if (table.refusal("chair", command) !== null) return false;
    table.do("chair", command);
    this.count("merged");
    return true;
  }

  act(): void {
    const { table, random } = this;
    const free = this.free();
    if (free.length === 0) return;
    const block = random.pick(free);
    const words = flatText(block.content).split(" ");
    const place = table.text.indexOf(block);
    switch (random.below(11)) {
      case 0:
        if (this.#divided.has(block.id)) return;
        this.say(block.id, this.changed(flatText(block.content), []));
        return this.count("typed");
      case 1: {
        if (words.length < 12 || this.#divided.has(block.id)) return;
        const at = 6 + random.below(words.length - 11);
        if (!this.tells(block.id, words.slice(at))) return;
        this.say(block.id, words.slice(0, at).join(" "));
        const tail = {
          ...block,
          id: this.freshId(),
          content: [{ t: "text" as const, text: words.slice(at).join(" ") }],
        };
        this.set(this.table.text.toSpliced(place + 1, 0, tail));
        this.#divided.add(block.id).add(tail.id);
        return this.count("split");
      }
      case 2: {
        const next = table.text[place + 1];
        if (!next || !free.includes(next) || next.part !== block.part || words.length < 5) return;
        if (!this.tells(next.id, flatText(next.content).split(" "))) return;
        if (this.#divided.has(block.id) || this.#divided.has(next.id)) return;
        this.#divided.add(block.id).add(next.id);
        this.say(block.id, `${flatText(block.content)} ${flatText(next.content)}`);
        this.set(this.table.text.filter(({ id }) => id !== next.id));
        return this.count("join");
      }
      case 3:
        table.do("chair", {
          kind: "move-paragraph",
          paragraph: block.id,
          to: block.part === "consensus" ? "chair-summary" : "consensus",
          reason: "As asked.",
        });
        return this.count("move");
      case 4:
        this.set(table.text.filter((one) => one !== block).toSpliced(random.below(table.text.length), 0, block));
        return this.count("order");
      case 5: {
        const circulated = table.record.text.find(({ id }) => id === block.id);
        if (!circulated || wordingOf(circulated.content).hash !== wordingOf(block.content).hash) return;
        const gavel = { kind: "gavel", paragraph: block.id, wording: wordingOf(block.content).hash } as const;
        if (table.refusal("chair", gavel) !== null) return;
        table.do("chair", gavel);
        if (random.below(2) === 0) {
          table.do("chair", {
            kind: "editorial-correction",
            paragraph: block.id,
            wording: wordingOf(block.content).hash,
            text: [...words.slice(0, -1), this.write([], 1)].join(" "),
            reason: "A slip.",
          });
          this.count("correction");
        }
        table.do("chair", { kind: "reopen", paragraph: block.id, reason: "Asked for." });
        return this.count("reopened");
      }
      case 6: {
        const bracketed = free.find(({ content }) => bracketsOf(canonicalText(content)).all.length > 0);
        const bracket = bracketed && bracketsOf(canonicalText(bracketed.content)).all[0];
        if (!bracket) return;
        table.do("chair", {
          kind: "lift-bracket",
          paragraph: bracketed.id,
          wording: wordingOf(bracketed.content).hash,
          at: bracket.from,
          how: "keep",
        });
        // Two words must not have become one.
        const lifted = flatText(table.text.find(({ id }) => id === bracketed.id)!.content);
        this.say(bracketed.id, lifted.replaceAll(/(\d)([a-z])/g, "$1 $2"));
        return this.count("lifted");
      }
      case 7: {
        const version = random.pick(table.record.versions);
        const was = random.pick(version.text);
        const restore = { kind: "restore", version: version.name, paragraph: was.id, reason: "Better." } as const;
        // Words that went elsewhere would stand twice.
        const elsewhere = table.text.filter(({ id }) => id !== was.id).flatMap((one) => wordsOf(flatText(one.content)));
        if (wordsOf(flatText(was.content)).some((word) => elsewhere.includes(word))) return;
        if (table.refusal("chair", restore) !== null) return;
        table.do("chair", restore);
        return this.count("restored");
      }
      case 8: {
        const version = table.record.versions.at(-1)!;
        const restore = { kind: "restore", version: version.name, reason: "All of it." } as const;
        if (random.below(4) > 0 || table.refusal("chair", restore) !== null) return;
        table.do("chair", restore);
        return this.count("restored whole");
      }
      case 9: {
        // A file that came from outside knows no ids, and has some paragraphs otherwise.
        const edition = table.text.map((one) => ({
          ...one,
          id: this.freshId(),
          content: [
            {
              t: "text" as const,
              text:
                random.below(3) === 0 && free.includes(one)
                  ? `${flatText(one.content)} ${this.write([], 2)}`
                  : flatText(one.content),
            },
          ],
        }));
        const decided = nextEdition(table.negotiation, edition);
        if (!decided.ok) return;
        const { edits } = decided.value;
        // One that is not recognised is known by its words alone.
        for (const edit of edits) {
          if (edit.kind !== "insert-block") continue;
          const tells = table.text.some(({ id }) => this.tells(id, flatText(edit.block.content).split(" ")));
          if (!tells) return;
          this.#divided.add(edit.block.id);
        }
        this.set(editText(table.text, edits));
        return this.count("edition");
      }
      default:
        this.set(table.text.filter((one) => one !== block));
        return this.count("removed");
    }
  }

  /** Whether four words in a row stood in it in the last version: by fewer nobody could tell where they went. */
  tells(id: ParagraphId, words: readonly string[]): boolean {
    const was = this.table.record.versions.at(-1)!.text.find((block) => block.id === id);
    const known = ` ${was ? flatText(was.content) : ""} `;
    return words.some((_, at) => at + 4 <= words.length && known.includes(` ${words.slice(at, at + 4).join(" ")} `));
  }

  count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }

  freshId(): ParagraphId {
    return idOf(`n${this.random.below(1e9)}x`);
  }

  play(versions: number, afterEach: () => void): void {
    for (let version = 0; version < versions; version++) {
      for (let turn = 0; turn < 2; turn++) {
        this.table.circulate();
        for (let i = 0; i < 5; i++) this.propose();
        for (let i = 0; i < 14; i++) {
          if (this.random.below(2) === 0) this.act();
          else this.dispose();
        }
      }
      this.issue();
      afterEach();
    }
  }

  /** What is wrong with the lineage of a step, in words. */
  wrongIn({ record, steps }: Lineage, step: Step): string[] {
    const last = steps[steps.indexOf(step) - 1];
    const stood = new Set(last?.text.flatMap(({ content }) => wordsOf(flatText(content))));
    return step.text.flatMap(({ id, content }) => {
      const runs = step.words.get(id) ?? [];
      const told = runs.map(({ text }) => text).join("");
      if (told !== flatText(content)) return [`${id}: “${told}” is not “${flatText(content)}”`];
      return wordsAt(runs).flatMap(({ word, origin }) => {
        const givers = origin.proposals.map((one) => proposalOf(record, one)?.by ?? "nobody");
        const writers = this.writers.get(word) ?? new Set();
        const first = this.first.get(word);
        // What left the text and came back is restored, or came of the act that brought it back.
        const cameBack = last && first?.version !== step.version?.name && !stood.has(word);
        if (cameBack && origin.step === step.seq) return [];
        const version = steps.find(({ seq }) => seq === origin.step)?.version?.name;
        const isRight =
          (writers.size === 0 ? givers.length === 0 : givers.length > 0 && givers.every((by) => writers.has(by))) &&
          (first === undefined
            ? version === undefined
            : version === first.version && origin.paragraph === first.paragraph);
        return isRight
          ? []
          : [
              `${step.version?.name} ${id}: “${word}” is said to be of ${givers.join("+") || "the team"} by ${origin.how} ${origin.seq} in ${version} ${origin.paragraph}, and first stood in ${first?.version} ${first?.paragraph}`,
            ];
      });
    });
  }
}

/** What is wrong with the table from the beginning: what it leaves out, and acts that are said to be spent or not. */
function wrongInTable({ table, writers }: Drafting, lineage: Lineage): string[] {
  const { entries, record } = table;
  const last = lineage.steps.at(-1)!;
  const rows = lineageRows({ lineage, entries, viewer: { kind: "team" } }, null, last);
  const listed = new Set(rows.map(({ paragraph: id }) => id));
  const circulated = new Set(
    entries.flatMap(({ what }) => ("changed" in what ? what.changed.map(({ id }) => id) : [])),
  );
  const standing = new Set(last.text.flatMap(({ content }) => wordsOf(flatText(content))));
  return [
    ...[...circulated].flatMap((id) => (listed.has(id) ? [] : [`${id} is not in the table`])),
    ...rows.flatMap(({ paragraph: id, block, gone, words, acts }) => {
      const told = words.map(({ text }) => text).join("");
      const said = flatText((block ?? gone!.last).content);
      return [
        ...(told === said ? [] : [`${id}: “${told}” is not “${said}”`]),
        ...acts.flatMap(({ seq, isSpent = false }) => {
          const { what } = entries[seq - 1]!;
          const proposal = what.kind === "proposal-disposed" ? proposalOf(record, what.proposal) : null;
          const base = wordsOf(flatText(proposal?.base ?? []));
          // What two ask for may have come in by the other.
          const own = wordsOf(flatText(proposal?.content ?? [])).filter(
            (word) => !base.includes(word) && writers.get(word)!.size === 1,
          );
          const isWrong = own.length > 0 && isSpent === own.some((word) => standing.has(word));
          return isWrong
            ? [`${id}: entry ${seq} with ${own.join(" ")} is ${isSpent ? "" : "not "}said to be spent`]
            : [];
        }),
      ];
    }),
  ];
}

const wordsOf = (text: string): string[] => text.match(/[a-z]+\d+/g) ?? [];

function wordsAt(runs: readonly { readonly text: string; readonly origin: Origin }[]) {
  const text = runs.map((run) => run.text).join("");
  const origins = runs.flatMap((run) => Array<Origin>(run.text.length).fill(run.origin));
  return [...text.matchAll(/[a-z]+\d+/g)].flatMap(({ 0: word, index }) => {
    const within = new Set(origins.slice(index, index + word.length));
    return [...within].map((origin) => ({ word, origin }));
  });
}

const rounds = Number(process.env["LINEAGE_ROUNDS"] ?? 12);
const seeds = process.env["SEED"]
  ? [Number(process.env["SEED"])]
  : Array.from({ length: rounds }, (_, index) => index + 1);

describe("random negotiations", () => {
  test(
    `[LIN1] [LIN2] [LIN3] [LIN9] every word of ${rounds} reports is followed to the act, the version, the paragraph and the contributors it came of, and what is gone is in the table`,
    { timeout: 60_000 + 3_000 * rounds },
    () => {
      const done = new Map<string, number>();
      let words = 0;
      for (const seed of seeds) {
        const drafting = new Drafting(seed);
        let continued: Lineage | null = null;
        drafting.play(4, () => (continued = lineageOf(drafting.table.entries, continued)));
        const lineage = lineageOf(drafting.table.entries);
        expect(continued!.steps, `seed ${seed}`).toEqual(lineage.steps);
        expect(wrongInTable(drafting, lineage), `seed ${seed}`).toEqual([]);
        expect(lineage.steps.map(({ version }) => version?.name)).toEqual(
          drafting.table.record.versions.map(({ name }) => name),
        );
        for (const step of lineage.steps) {
          expect(drafting.wrongIn(lineage, step), `seed ${seed}`).toEqual([]);
          for (const runs of step.words.values()) words += wordsAt(runs).length;
        }
        for (const [what, count] of drafting.done) done.set(what, (done.get(what) ?? 0) + count);
      }
      console.info(`lineage: ${words} words followed, ${JSON.stringify(Object.fromEntries(done))}`);
      if (!process.env["SEED"]) expect([...done.keys()].toSorted()).toEqual(everyAct);
    },
  );
});

const everyAct = [
  "bracketed",
  "correction",
  "edition",
  "in-chair-summary",
  "join",
  "lifted",
  "merged",
  "move",
  "order",
  "removed",
  "reopened",
  "restored",
  "restored whole",
  "split",
  "taken-up",
  "taken-up-in-part",
  "typed",
];

test("[LIN5] that the team explained a change of its draft, and by which entry, is not told before a version states it", () => {
  const table = new Table([paragraph("a", "States decide."), paragraph("b", "States should share what they know.")]);
  table.circulate();
  table.do("chair", { kind: "issue-version" });
  table.retype("b", "States should share widely what they know.");
  table.circulate();
  const circulated = table.record.seq;
  table.do("secretariat", { kind: "cover-change", paragraph: idOf("b"), how: "edit", reason: "As one State asked." });
  const seenBy = (viewer: Viewer) => {
    const seeing = { lineage: lineageOf(table.entries), entries: table.entries, viewer };
    const { steps } = seeing.lineage;
    return {
      acts: lifeOf(seeing, idOf("b")).flatMap(({ acts }) => acts),
      rows: lineageRows(seeing, steps.at(-2) ?? null, steps.at(-1)!).flatMap(({ acts }) => acts),
      words: seeWords(seeing, steps.at(-1)!, idOf("b")).flatMap(({ text, act }) =>
        text.includes("widely") ? act : [],
      ),
    };
  };
  const drafted = { seq: circulated, how: "drafted", reason: null };
  const redrafted = { ...drafted, how: "redrafted" };
  expect(seenBy(thePublic)).toMatchObject({ acts: [redrafted], rows: [redrafted], words: [drafted] });
  const act = { seq: circulated + 1, how: "edit", reason: "As one State asked." };
  expect(seenBy({ kind: "team" })).toMatchObject({ acts: [act], rows: [act], words: [act] });
  table.do("chair", { kind: "issue-version" });
  expect(seenBy(thePublic)).toMatchObject({ acts: [act], rows: [act], words: [act] });
});

/** "words: how, contributors", as the chair's team sees it today. */
function saidOf(table: Table, name: string, viewer: Viewer = { kind: "team" }): string[] {
  const seeing = { lineage: lineageOf(table.entries), entries: table.entries, viewer };
  return seeWords(seeing, seeing.lineage.steps.at(-1)!, idOf(name)).map(
    ({ text, act }) => `${text.trim()}: ${[act.how, ...act.by.map(({ code }) => code)].join(" ")}`,
  );
}

test("[LIN1] words that stood before an act are never said to be of it, also before the first version", () => {
  const table = new Table([paragraph("a", "States cooperate on security.")]);
  table.circulate();
  const about = { paragraph: idOf("a"), wording: table.wording("a") };
  const proposes = (code: string, text: string): ProposalId =>
    table.do(`delegation:${code}`, { kind: "table-proposal", ...about, text }) as ProposalId;
  const proposals = [
    proposes("XAA", "States urgently cooperate on security."),
    proposes("XBB", "States cooperate on security, within their means."),
  ];
  const text = "States urgently cooperate on security, within their means, and report.";
  table.do("chair", { kind: "merge-proposals", ...about, text, proposals });
  table.circulate();
  expect(saidOf(table, "a")).toEqual([
    "States: drafted",
    "urgently: proposal XAA",
    "cooperate on security: drafted",
    ", within their means: proposal XBB",
    ", and report: proposal",
    ".: drafted",
  ]);
  table.gavel("a");
  table.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "Asked for." });
  table.do("chair", { kind: "issue-version" });
  expect(saidOf(table, "a")).toContain("cooperate on security: drafted");
});

test.each([[false], [true]])(
  "[LIN2] [LIN5] words that the chair's team wrote as an objection or a proposal had asked are of those who asked (a version before: %s)",
  (isIssued) => {
    const table = new Table([paragraph("a", "States cooperate on security at all times.")], {
      disclosure: "delegations",
    });
    if (isIssued) table.do("chair", { kind: "issue-version" });
    else table.circulate();
    const about = { paragraph: idOf("a"), wording: table.wording("a") };
    table.do("delegation:XAA", {
      kind: "lodge-position",
      ...about,
      level: "objection",
      span: { from: 29, to: 41, quote: "at all times" },
      remedy: { kind: "replace", text: "at all hours" },
    });
    table.do("delegation:XBB", {
      kind: "table-proposal",
      ...about,
      text: "All States cooperate on security at all times.",
    });
    table.retype("a", "All States cooperate on security at all hours, freely.");
    table.circulate();
    if (isIssued) {
      const cover = { paragraph: idOf("a"), reason: "As discussed." } as const;
      table.do("chair", { kind: "issue-version", covers: [cover] });
    } else table.do("chair", { kind: "issue-version" });
    expect(saidOf(table, "a")).toEqual([
      "All: proposal XBB",
      "States cooperate on security at all: drafted",
      "hours: asked XAA",
      isIssued ? ", freely: edit" : ", freely: drafted",
      ".: drafted",
    ]);
    expect(saidOf(table, "a", thePublic)).toEqual(
      isIssued
        ? ["All: edit", "States cooperate on security at all: drafted", "hours, freely: edit", ".: drafted"]
        : ["All: drafted", "States cooperate on security at all: drafted", "hours, freely: drafted", ".: drafted"],
    );
  },
);
