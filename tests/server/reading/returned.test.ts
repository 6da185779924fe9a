/** A file that a delegation sends back, as its proposals and comments (SPEC: RET). */
import { describe, expect, test } from "vitest";
import type { Mode } from "../../../server/publication/printed-report.ts";
import type { Returned } from "../../../shared/domain/returned.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, markedWords, p, s } from "../../support/negotiations.ts";
import { asked, downloaded, downloadedOdt, uploaded } from "../../support/returning-files.ts";
import { WordProcessor } from "../../support/word-processor.ts";

const words = "States should cooperate and share what they learn.";
const both = [true, false];

const nothing = (): void => undefined;

interface Opening {
  readonly isTracking?: boolean;
  readonly mode?: Mode;
  /** What happens while the file is away. */
  readonly since?: () => void;
}

async function returned(
  talks: ANegotiation,
  change: (file: WordProcessor) => void,
  { isTracking = true, mode = "clean", since = nothing }: Opening = {},
): Promise<Returned> {
  const file = new WordProcessor(await downloaded(talks, mode), { isTracking });
  change(file);
  since();
  return uploaded(talks, file.save());
}
const whys = ({ untabled }: Returned): readonly string[] => untabled.map(({ why }) => why);
const proposes = (talks: ANegotiation, code: string, index: number, more: object): void =>
  void talks.does(`delegation:${code}`, {
    kind: "table-proposal",
    paragraph: idOf(index),
    wording: talks.wordingOf(index),
    ...more,
  });

const someProposed = (): ANegotiation => {
  const talks = aNegotiation(h("Norms"), p(words), p("States should report."), s("Some spoke."));
  proposes(talks, "XAA", 2, { text: "States shall cooperate." });
  proposes(talks, "XAB", 3, { change: "delete" });
  talks.objects("XAA", 2, { reason: "Too soon." });
  return talks;
};

test("[RET9] an OpenDocument file that was not touched asks for nothing, and nothing of it is told, in every mode", async () => {
  const talks = someProposed();
  for (const mode of ["clean", "review", "compilation"] as const) {
    const { proposals, comments, untabled } = uploaded(talks, await downloadedOdt(talks, mode));
    expect({ proposals, comments, untabled }).toEqual({ proposals: [], comments: [], untabled: [] });
  }
});

describe.each(both)("with tracking: %s", (isTracking) => {
  test("[RET1] a file that was only opened asks for nothing, in every mode", async () => {
    const talks = someProposed();
    for (const mode of ["clean", "review", "compilation"] as const) {
      const { proposals, comments, untabled } = await returned(talks, nothing, { mode, isTracking });
      expect({ proposals, comments, untabled }).toEqual({ proposals: [], comments: [], untabled: [] });
    }
  });

  test("[RET1] two paragraphs joined are one proposal of other words, and one to delete", async () => {
    const talks = aNegotiation(p("States should consult."), p("They should report."), p(words));
    const back = await returned(talks, (file) => file.join(idOf(1), idOf(2)), { isTracking });
    expect(asked(back)).toEqual([
      ["replace", idOf(1), "States should consult. They should report."],
      ["delete", idOf(2), ""],
    ]);
    expect(back.proposals.map(({ how }) => how)).toEqual(["merged", "merged"]);
  });

  test("[RET1] a paragraph cut in two is other words and a new paragraph, and says so", async () => {
    const talks = aNegotiation(p("States should consult. They should report."), p(words));
    const back = await returned(talks, (file) => file.split(idOf(1), 23), { isTracking });
    expect(asked(back)).toEqual([
      ["replace", idOf(1), "States should consult."],
      ["insert-after", idOf(1), "They should report."],
    ]);
    expect(back.proposals.map(({ how }) => how)).toEqual(["split", "split"]);
  });

  test("[RET3] what others propose is left, and only what is changed beside it comes back", async () => {
    const talks = aNegotiation(p(words), p("States should report."));
    proposes(talks, "XAA", 1, { text: "States shall always cooperate and share what they learn." });
    proposes(talks, "XAC", 2, { change: "delete" });
    const change = (file: WordProcessor): void => {
      const end = file.wordsOf(idOf(1)).length;
      file.replace(idOf(1), end - 6, end - 1, "know");
    };
    const back = await returned(talks, change, { isTracking, mode: "review" });
    expect(asked(back)).toEqual([["replace", idOf(1), "States should cooperate and share what they know."]]);
    expect(back.proposals[0]?.by).toEqual(isTracking ? ["Jane Doe"] : []);
  });

  test("[RET4] notes, references and looks stay where nothing changed, though the number is another one now", async () => {
    const talks = aNegotiation(p(markedWords(idOf(2), " and decide.")), p("States take note."));
    const since = (): void => {
      talks.text = [{ ...p("A new first one."), id: idOf(9) }, ...talks.text];
      talks.circulates();
    };
    const change = (file: WordProcessor): void => {
      const all = file.wordsOf(idOf(1));
      file.replace(idOf(1), all.indexOf("decide"), all.indexOf("decide") + 6, "proceed");
    };
    const back = await returned(talks, change, { isTracking, since });
    expect(back.proposals).toMatchObject([
      {
        change: "replace",
        content: markedWords(idOf(2), " and proceed."),
      },
    ]);
  });
});

test("[RET2] a proposal is made on the words that were printed, which have changed since", async () => {
  const talks = aNegotiation(p(words), p("States should report."));
  const printed = talks.wordingOf(1);
  const since = (): void => void talks.writes(1, "States should cooperate and share what they know.").circulates();
  const back = await returned(talks, (file) => file.replace(idOf(1), 7, 13, "shall"), { since });
  expect(back.proposals).toMatchObject([{ wording: printed, paragraph: idOf(1) }]);
  expect(asked(back)[0]?.[2]).toBe("States shall cooperate and share what they learn.");
  // And it can be tabled.
  const { change, paragraph, wording, content } = back.proposals[0]!;
  const command = { kind: "table-proposal", change, paragraph, wording, ...(content && { content }) } as const;
  expect(talks.refuses("delegation:XAB", command)).toBeNull();
});

test("[RET3] what is done within another's words is told", async () => {
  const talks = aNegotiation(p(words));
  proposes(talks, "XAA", 1, { text: "States shall always and for ever cooperate and share what they learn." });
  const change = (file: WordProcessor): void => {
    const at = file.wordsOf(idOf(1)).indexOf("always");
    file.replace(idOf(1), at, at + 6, "");
  };
  const back = await returned(talks, change, { mode: "review" });
  expect(asked(back)).toEqual([]);
  expect(back.untabled).toMatchObject([{ why: "on-anothers", paragraph: idOf(1) }]);
  expect(back.accounted.tracked).toMatchObject({ untabled: 1 });
});

test("[RET5] a paragraph that is missing is unsurely deleted; one that the file cannot have is not", async () => {
  const talks = aNegotiation(p(words), p("States should report."), s("Some spoke."));
  const since = (): void => {
    talks.text = [...talks.text, { ...p("Added later."), id: idOf(9) }];
    talks.circulates();
  };
  const back = await returned(talks, (file) => file.deleteParagraph(idOf(2)), { isTracking: false, since });
  expect(asked(back)).toEqual([["delete", idOf(2), ""]]);
  expect(back.proposals[0]?.isSure).toBe(false);
});

test("[RET5] what is asked for comes in reading order, a deletion that is unsure and a new paragraph too", async () => {
  const talks = aNegotiation(p("One is here."), p("Two is here."), p("Three is here."), s("Some spoke."));
  const back = await returned(
    talks,
    (file) => {
      file.replace(idOf(3), 0, 5, "Four");
      file.deleteParagraph(idOf(2));
      file.insertParagraph(idOf(1), "A new one.");
      file.replace(idOf(4), 0, 4, "Others");
    },
    { isTracking: false },
  );
  expect(asked(back).map(([change, id]) => [change, id])).toEqual([
    ["insert-after", idOf(1)],
    ["delete", idOf(2)],
    ["replace", idOf(3)],
    ["replace", idOf(4)],
  ]);
});

test("[RET5] a part's title that took the looks of a deleted paragraph still begins its part", async () => {
  const talks = aNegotiation(p("One is here."), p("Two is here."), s("Some spoke."));
  const file = new WordProcessor(await downloaded(talks), { isTracking: false });
  file.deleteParagraph(idOf(2));
  const back = uploaded(talks, file.withoutHeadings().save());
  expect(asked(back)).toEqual([["delete", idOf(2), ""]]);
  expect(whys(back)).toEqual([]);
});

test("[RET5] the second half of a paragraph is not taken for another one that is missing, however alike they are", async () => {
  const talks = aNegotiation(
    p("Experts stressed the role of confidence, and noted the value of a directory."),
    p("States should meet."),
    s("Delegations noted the value of a directory."),
  );
  const change = (file: WordProcessor): void => {
    file.split(idOf(1), 41);
    file.deleteParagraph(idOf(3));
  };
  const back = await returned(talks, change, { isTracking: false });
  expect(asked(back)).toEqual([
    ["replace", idOf(1), "Experts stressed the role of confidence,"],
    ["insert-after", idOf(1), "and noted the value of a directory."],
    ["delete", idOf(3), ""],
  ]);
});

test("[RET5] without its marks a file is read by its words", async () => {
  const talks = aNegotiation(h("Norms"), p(words), p("States should report every second year on what they did."));
  const file = new WordProcessor(await downloaded(talks), { isTracking: false });
  file.replace(idOf(2), 7, 13, "shall");
  const back = uploaded(talks, file.withoutMarks().save());
  expect(asked(back)).toEqual([["replace", idOf(2), "States shall cooperate and share what they learn."]]);
});

test("[RET6] another order is told; under the other part's title a paragraph asks to be moved", async () => {
  const talks = aNegotiation(
    p("First one here."),
    p("Second one here."),
    p("Third one here."),
    s("Some spoke."),
    s("Others did not."),
  );
  const ordered = await returned(talks, (file) => file.moveAfter(idOf(1), idOf(3)), { isTracking: false });
  expect(asked(ordered)).toEqual([]);
  expect(ordered.untabled).toMatchObject([{ why: "order", paragraph: idOf(1) }]);
  const moved = await returned(talks, (file) => file.moveAfter(idOf(2), idOf(4)), { isTracking: false });
  expect(asked(moved)).toEqual([["move", idOf(2), "chair-summary"]]);
  expect(whys(moved)).toEqual([]);
});

test("[RET7] comments come with their words, ours are left out, and an answer names whom it answers", async () => {
  const talks = aNegotiation(p(words), p("States should report."));
  talks.objects("XAA", 2, { reason: "Too soon." });
  const back = await returned(
    talks,
    (file) => {
      file.comment(idOf(1), 7, 13, "Stronger?");
      file.comment(idOf(2), 0, 21, "Who?");
    },
    { mode: "review" },
  );
  expect(back.comments).toMatchObject([
    {
      by: "Jane Doe",
      text: "Stronger?",
      paragraph: idOf(1),
      span: { from: 7, to: 13, quote: "should" },
      wording: talks.wordingOf(1),
    },
    { by: "Jane Doe", text: "Who?", paragraph: idOf(2), span: null },
  ]);
  expect(back.accounted.comments).toEqual({ returned: 2, ours: 1 });
});

test("[RET8] a paragraph with a change of an unknown kind is told, and nothing is concluded from it", async () => {
  const talks = aNegotiation(p(words), p("States should report."));
  const back = await returned(talks, (file) => {
    file.replace(idOf(1), 7, 13, "shall");
    file.insertUnknownChange(idOf(1));
    file.replace(idOf(2), 7, 13, "shall");
  });
  expect(asked(back)).toEqual([["replace", idOf(2), "States shall report."]]);
  expect(back.untabled).toMatchObject([{ why: "unclear", paragraph: idOf(1) }]);
});

test("[RET8] a heading that both parts show counts once, where it says something else", async () => {
  const talks = aNegotiation(h("Norms"), p(words), s("Some spoke."));
  const back = await returned(talks, (file) => file.replace(idOf(1), 0, 5, "Rules"));
  expect(asked(back)).toEqual([["replace", idOf(1), "Rules"]]);
  expect(whys(back)).toEqual([]);
});
