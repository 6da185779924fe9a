/** What versions, corrections and restorations do to the record, and how acts on the text explain the draft (SPEC: VER, COR). */
import type { Fact } from "../record.ts";
import { blocksById } from "../text.ts";
import type { ParagraphId } from "../values.ts";
import type { Explained, TextAct, VersionWhat } from "../versions.ts";
import { explainBlock, explainContent } from "../versions.ts";
import { wordingOf } from "../wording.ts";
import type { Folding } from "./folding.ts";
import { amend, spanIn } from "./positions.ts";

/** After the text of a version was folded like any circulation. */
export function foldVersion(next: Folding, fact: Fact, what: VersionWhat): void {
  switch (what.kind) {
    case "version-issued": {
      const { name, label, symbol = null, date = null, note = null, changes } = what;
      const { seq, at } = fact;
      const { text } = next.state;
      const numbers = new Map(Object.entries(what.numbers) as [ParagraphId, string][]);
      const version = { name, label, symbol, date, note, seq, at, text, numbers, changes };
      next.set("versions", [...next.state.versions, version]);
      next.set("explained", { text, acts: [] });
      return;
    }
    case "change-covered": {
      const { paragraph, block, how, reason } = what;
      explain(next, {
        text: explainBlock(next.state.explained.text, paragraph, block, what.after),
        act: { paragraph, seq: fact.seq, how, reason, ...(what.after !== undefined && { placed: true }) },
      });
      return;
    }
    case "paragraph-corrected":
      correct(next, fact, what);
      return;
    case "correction-contested": {
      const { paragraph } = what;
      next.set(
        "corrections",
        next.state.corrections.map((one) => (one.paragraph === paragraph ? { ...one, contested: true } : one)),
      );
      const gavel = next.state.gavels.get(paragraph);
      const reopened = { seq: fact.seq, at: fact.at, reason: fact.why?.reason ?? "" };
      if (gavel) next.map("gavels").set(paragraph, { ...gavel, reopened });
      return;
    }
    case "text-restored": {
      const version = next.state.versions.find(({ name }) => name === what.version);
      if (!version) throw new Error(`evolve: version ${what.version} was never issued`);
      const acts = what.paragraphs.map((paragraph): TextAct => {
        const block = blocksById(version.text).get(paragraph);
        return {
          paragraph,
          seq: fact.seq,
          how: "restored",
          reason: what.reason,
          wording: block ? wordingOf(block.content).hash : null,
        };
      });
      const { explained } = next.state;
      const was = blocksById(version.text);
      const text = what.whole
        ? version.text
        : explained.text.map((block) =>
            what.paragraphs.includes(block.id) ? { ...(was.get(block.id) ?? block), part: block.part } : block,
          );
      next.set("explained", { text, acts: [...explained.acts, ...acts] });
      return;
    }
  }
}

/** Notes an act that made the draft what it is: a paragraph's new words, part or place are then no silent change. */
export function explain(
  next: Folding,
  { act, text }: { readonly act: TextAct; readonly text?: Explained["text"] },
): void {
  const { explained } = next.state;
  next.set("explained", { text: text ?? explained.text, acts: [...explained.acts, act] });
}

/** COR2: agreement and positions on the words before stand on the words after. */
function correct(next: Folding, fact: Fact, what: Extract<VersionWhat, { kind: "paragraph-corrected" }>): void {
  const { paragraph, before, content, reason } = what;
  const { hash: after, text: words } = wordingOf(content);
  const { seq, at } = fact;
  const was = blocksById(next.state.text).get(paragraph)?.content ?? [];
  next.set("text", explainContent(next.state.text, paragraph, content));
  next.map("words").set(after, content);
  next.map("wordings").set(paragraph, [...(next.state.wordings.get(paragraph) ?? []), after]);
  const gavel = next.state.gavels.get(paragraph);
  if (gavel?.wording === before) next.map("gavels").set(paragraph, { ...gavel, wording: after });
  for (const position of next.state.standing.get(paragraph) ?? []) {
    if (position.wording === before && position.paragraph === paragraph)
      amend(next, position.id, { wording: after, span: position.span && spanIn(words, position.span.quote) });
  }
  next.set("corrections", [
    ...next.state.corrections,
    { paragraph, seq, at, before, after, content: { before: was, after: content }, reason, contested: false },
  ]);
  explain(next, {
    text: explainContent(next.state.explained.text, paragraph, content),
    act: { paragraph, seq, how: "correction", reason, wording: after },
  });
}
