/** What entries about bridging text do to the record (SPEC: MER). */
import type { BridgingText, BridgingWhat } from "../bridging.ts";
import type { Fact } from "../record.ts";
import type { BridgingId, ParagraphId } from "../values.ts";
import type { Folding } from "./folding.ts";
import { names } from "./positions.ts";

export function foldBridging(next: Folding, fact: Fact, what: BridgingWhat): void {
  const { at, why } = fact;
  const { paragraph } = what;
  const reason = why?.reason ?? null;
  switch (what.kind) {
    case "bridging-put": {
      const { kind: _, ...stated } = what;
      const { base = [], content = [] } = why ?? {};
      const texts = next.state.bridging.get(paragraph) ?? [];
      if (texts.some(({ id }) => id === what.id)) {
        change(next, paragraph, what.id, ({ asked }) => ({ asked: [...new Set([...asked, ...what.asked])] }));
      } else {
        const put: BridgingText = { ...stated, base, content, reason, at, answers: new Map(), ended: null };
        next.map("bridging").set(paragraph, [...texts, put]);
      }
      names(next, paragraph, fact.who?.groupMembers ?? {});
      return;
    }
    case "bridging-answered": {
      const { holder, answer, heard } = what;
      change(next, paragraph, what.bridging, ({ answers }) => ({
        answers: new Map(answers).set(holder, { answer, reason, at, confirmed: !heard }),
      }));
      return;
    }
    case "bridging-ended":
      change(next, paragraph, what.bridging, () => ({ ended: { how: what.how, reason, at } }));
      return;
  }
}

function change(
  next: Folding,
  paragraph: ParagraphId,
  id: BridgingId,
  how: (text: BridgingText) => Partial<BridgingText>,
): void {
  const texts = next.state.bridging.get(paragraph) ?? [];
  // Whoever is told of an answer or an end was told of the text.
  if (!texts.some((one) => one.id === id))
    throw new Error(`evolve: an act on bridging text ${id}, which was never put`);
  next.map("bridging").set(
    paragraph,
    texts.map((one) => (one.id === id ? { ...one, ...how(one) } : one)),
  );
}
