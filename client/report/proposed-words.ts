/** The proposals on a paragraph as they are drawn in its text, ready to be read: marks in the words, and lines below them. */
import type { DrawnChange } from "../../shared/domain/drawn-proposals.ts";
import { competing, drawProposals } from "../../shared/domain/drawn-proposals.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { sliceContent } from "../../shared/domain/text.ts";
import type { Range } from "../../shared/domain/wording.ts";
import { sayWho } from "../../shared/messages/tell.ts";
import type { Numbers } from "../../shared/messages/signs.ts";
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
const made = new WeakMap<Where, { readonly signs: Numbers; readonly words: ProposedWords }>();

export function proposedWords(paragraph: Where, signs: Numbers): ProposedWords {
  const known = made.get(paragraph);
  if (known && (known.signs === signs || !hasSigns(paragraph))) return known.words;
  const { changes, beside } = drawProposals(paragraph);
  const texts = beside.filter(({ hunks }) => hunks !== undefined).length;
  let alternative = 0;
  const words = {
    changes: changes.map((change) => asChange(change, signs)),
    lines: beside.map((proposal) =>
      texts > competing && proposal.hunks
        ? say("proposals.drawn.alternative", {
            number: ++alternative,
            by: who(proposal),
            words: changesOf(proposal, paragraph, signs),
          })
        : line(proposal, signs),
    ),
  };
  made.set(paragraph, { signs, words });
  return words;
}

const hasSigns = ({ content, proposals }: Where): boolean =>
  [content, ...proposals.map((one) => one.content ?? [])].some((words) => words.some(({ t }) => t !== "text"));

function asChange({ from, to, words, content, of }: DrawnChange, signs: Numbers): ProposedChange {
  const by = list(of.map(who));
  return {
    from,
    to,
    words: readable(content, signs),
    by: say(words === "" ? "proposals.drawn.out" : "proposals.drawn.in", { by }),
  };
}

/** "Freedonia +2": with two who joined it. */
const who = ({ by, sponsors }: SeenProposal): string =>
  `${sayWho(by, voice)}${sponsors > 1 ? ` +${sponsors - 1}` : ""}`;

function line(proposal: SeenProposal, signs: Numbers): string {
  const { kind, to, content = [] } = proposal;
  const by = who(proposal);
  switch (kind) {
    case "replace":
      return say("proposals.drawn.displaced", { by, words: readable(content, signs) });
    case "insert-after":
      return say("proposals.drawn.after", { by, words: readable(content, signs) });
    case "delete":
      return say("proposals.drawn.delete", { by });
    case "move":
      return say("proposals.drawn.move", { by, part: say(`words.thePart.${to ?? "consensus"}`) });
  }
}

/** "“agree” → “decide”; + “promptly”" */
const changesOf = ({ hunks = [], content: whole = [] }: SeenProposal, { content }: Where, signs: Numbers): string =>
  hunks
    .map(({ content: asked, place }) => {
      const words = readable(asked, signs);
      if (place.state === "conflict") return `⚠ “${words || readable(whole, signs)}”`;
      if (place.state === "in-text") return `✓ “${words}”`;
      const out = readable(sliceContent(content, place.from, place.to), signs);
      if (out === "") return `+ “${words}”`;
      return words === "" ? `− “${out}”` : `“${out}” → “${words}”`;
    })
    .join("; ");
