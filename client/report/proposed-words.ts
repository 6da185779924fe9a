/** The proposals on a paragraph as they are drawn in its text, ready to be read: marks in the words, and lines below them. */
import type { DrawnChange } from "../../shared/domain/drawn-proposals.ts";
import { competing, drawProposals } from "../../shared/domain/drawn-proposals.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { sliceContent } from "../../shared/domain/text.ts";
import type { Range } from "../../shared/domain/wording.ts";
import { sayWho } from "../../shared/messages/tell.ts";
import { readable } from "../../shared/messages/signs.ts";
import { list, say, voice } from "../ui/voice.ts";

export interface ProposedChange extends Range {
  /** Put in the place of the words of the range; empty for a deletion. */
  readonly words: string;
  /** Who says so, and that nothing is to stand there. */
  readonly by: string;
}

export interface ProposedWords {
  readonly changes: readonly ProposedChange[];
  readonly lines: readonly string[];
}

type Where = Pick<ComposedParagraph, "content" | "proposals">;

/** So that a paragraph that is as it was is not drawn again. */
const made = new WeakMap<Where, ProposedWords>();

export function proposedWords(paragraph: Where): ProposedWords {
  const known = made.get(paragraph);
  if (known) return known;
  const { changes, beside } = drawProposals(paragraph);
  const texts = beside.filter(({ hunks }) => hunks !== undefined).length;
  let alternative = 0;
  const words = {
    changes: changes.map(asChange),
    lines: beside.map((proposal) =>
      texts > competing && proposal.hunks
        ? say("proposals.drawn.alternative", {
            number: ++alternative,
            by: who(proposal),
            words: changesOf(proposal, paragraph),
          })
        : line(proposal),
    ),
  };
  made.set(paragraph, words);
  return words;
}

function asChange({ from, to, words, of }: DrawnChange): ProposedChange {
  const by = list(of.map(who));
  return {
    from,
    to,
    words: readable(words),
    by: say(words === "" ? "proposals.drawn.out" : "proposals.drawn.in", { by }),
  };
}

/** "Freedonia +2": with two who joined it. */
const who = ({ by, sponsors }: SeenProposal): string =>
  `${sayWho(by, voice)}${sponsors > 1 ? ` +${sponsors - 1}` : ""}`;

function line(proposal: SeenProposal): string {
  const { kind, to, text = "" } = proposal;
  const by = who(proposal);
  switch (kind) {
    case "replace":
      return say("proposals.drawn.displaced", { by, words: readable(text) });
    case "insert-after":
      return say("proposals.drawn.after", { by, words: readable(text) });
    case "delete":
      return say("proposals.drawn.delete", { by });
    case "move":
      return say("proposals.drawn.move", { by, part: say(`words.thePart.${to ?? "consensus"}`) });
  }
}

/** "“agree” → “decide”; + “promptly”" */
const changesOf = ({ hunks = [], text = "" }: SeenProposal, { content }: Where): string =>
  hunks
    .map(({ content: asked, place }) => {
      const words = readable(asked);
      if (place.state === "conflict") return `⚠ “${words || readable(text)}”`;
      if (place.state === "in-text") return `✓ “${words}”`;
      const out = readable(sliceContent(content, place.from, place.to));
      if (out === "") return `+ “${words}”`;
      return words === "" ? `− “${out}”` : `“${out}” → “${words}”`;
    })
    .join("; ");
