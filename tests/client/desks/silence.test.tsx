/** Silence and adoption on a delegation's desk. */
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { EpochMs, PackageId, SilenceId } from "../../../shared/domain/values.ts";
import { aNegotiation, idOf, p, s } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

const talks = () => aNegotiation(p("States should cooperate."), p("States should consult."));
const announced = (told: ReturnType<typeof talks>, lapses = false): SilenceId =>
  told.does("chair", {
    kind: "announce-silence",
    scope: "whole",
    deadline: (Date.now() + 90 * 86_400_000) as EpochMs,
    zone: "Europe/Zurich",
    lapses,
  }) as SilenceId;

test("[SIL5] a delegation breaks the silence on the paragraphs it names, with its reason, and reads its receipt", async () => {
  const told = talks();
  const id = announced(told);
  const { user } = await openDesk(told, "delegation:XAA");
  const notice = await screen.findByRole("region", { name: "Silence procedure" });
  expect(within(notice).getByText("Silence runs on the whole consensus text")).toBeTruthy();
  expect(within(notice).getByText(/Geneva$/)).toBeTruthy();
  await user.click(within(notice).getByRole("button", { name: "Break silence" }));
  const dialog = await screen.findByRole("dialog", { name: "Break silence" });
  await user.click(within(dialog).getByRole("checkbox", { name: /^Paragraph 2/ }));
  const submit = () => within(dialog).getByRole("button", { name: "Break silence" });
  expect(submit().getAttribute("aria-disabled")).toBe("true");
  await user.type(within(dialog).getByRole("textbox", { name: "Reason, in a sentence" }), "Too soon.");
  await user.click(submit());
  expect(await screen.findByText(/Silence broken\. On the record as no\. \d+/, { selector: "p" })).toBeTruthy();
  expect(told.record.silences.get(id)?.breaks).toMatchObject([
    { by: "XAA", paragraphs: [idOf(2)], reason: "Too soon." },
  ]);
  expect(await within(notice).findByText(/^Silence broken by Freedonia on paragraph 2/)).toBeTruthy();
});

test("[NUM9] a desk speaks of a paragraph by its number of the issued version", async () => {
  const told = aNegotiation(p("One stands."), p("Two stands."), p("Three stands."));
  told.does("chair", { kind: "issue-version" });
  told.removes(2).circulates();
  told.does("delegation:XAA", {
    kind: "break-silence",
    procedure: announced(told),
    paragraphs: [idOf(3)],
    reason: "Not three.",
  });
  await openDesk(told, "delegation:XAA");
  expect(await screen.findByText(/^Silence broken by Freedonia on paragraph 3/)).toBeTruthy();
});

test("[ADO8] before adopting the chair reads where brackets of the summary are open, and may adopt all the same", async () => {
  const told = aNegotiation(
    p("States decide."),
    s("Some noted [that]."),
    s("Others did not."),
    s("States noted [that"),
  );
  const { user } = await openDesk(told, "chair", "/adopt");
  const dialog = await screen.findByRole("dialog", { name: "Adopt the report" });
  expect(within(dialog).getByText(/^Paragraphs 1 and 3 of the chair’s summary still have open brackets/)).toBeTruthy();
  await user.click(within(dialog).getByRole("button", { name: "Adopt the report" }));
  expect(await screen.findByText(/^Report adopted\./, { selector: "p" })).toBeTruthy();
  expect(told.record.adoption?.byConsensus).toBe(true);
});

test("[SIL5] an observer state reads the procedure and is told why it cannot break it", async () => {
  const told = talks();
  announced(told);
  await openDesk(told, "delegation:XAF");
  const button = await screen.findByRole("button", { name: "Break silence" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
});

test("[SIL8] whose objection to earlier words would lapse is told so while there is time", async () => {
  const told = talks();
  told.objects("XAA", 1);
  told.writes(1, "States may cooperate.").circulates();
  announced(told, true);
  await openDesk(told, "delegation:XAA");
  expect(
    await screen.findByText(
      "Your objection to earlier words of paragraph 1 lapses at the deadline unless you reaffirm it.",
    ),
  ).toBeTruthy();
});

test("[SIL6] whose clock is wrong is told, and counts down to the server's deadline", async () => {
  const told = talks();
  announced(told);
  const wrong = -7 * 60_000;
  await openDesk(told, "delegation:XAA", "", null, [], wrong);
  expect(await screen.findByText(/^Your device’s clock differs by 7 minutes from the server’s/)).toBeTruthy();
});

test("[SIL6] a clock that is right is not spoken of", async () => {
  const told = talks();
  announced(told);
  await openDesk(told, "delegation:XAA", "", null, [], 900);
  await screen.findByRole("region", { name: "Silence procedure" });
  expect(screen.queryByText(/device’s clock/)).toBeNull();
});

test("after adoption a desk is headed by it, not by the circulation before; by a version once one carries corrections", async () => {
  const told = talks();
  told.does("chair", { kind: "issue-version" });
  told.writes(1, "States shall cooperate.").circulates();
  told.does("chair", { kind: "adopt" });
  const { tell } = await openDesk(told, "delegation:XAA");
  expect(screen.getAllByText(/^Adopted (?!by)/)).toHaveLength(2);
  expect(screen.queryByText(/^Circulated/)).toBeNull();
  told.does("chair", {
    kind: "editorial-correction",
    paragraph: idOf(1),
    wording: told.wordingOf(1),
    text: "States shall co-operate.",
    reason: "Spelling.",
  });
  told.does("chair", { kind: "issue-version", label: "Corr.1" });
  tell();
  expect(await screen.findByText(/^Corr\.1, issued/)).toBeTruthy();
});

test("[ADO5] after adoption a delegation makes a statement, and nothing else", async () => {
  const told = talks();
  told.does("chair", { kind: "adopt" });
  const { user } = await openDesk(told, "delegation:XAA");
  await user.click(await screen.findByRole("button", { name: "Make a statement" }));
  const dialog = await screen.findByRole("dialog", { name: "Make a statement" });
  await user.click(within(dialog).getByRole("radio", { name: "Dissociation" }));
  await user.click(within(dialog).getByRole("checkbox", { name: /^Paragraph 1/ }));
  await user.type(within(dialog).getByRole("textbox", { name: "Text" }), "Not us.");
  await user.click(within(dialog).getByRole("button", { name: "Make a statement" }));
  expect(await screen.findByText("Freedonia: Dissociation (paragraph 1)")).toBeTruthy();
  expect(told.record.statements).toMatchObject([{ by: "XAA", form: "dissociation", text: "Not us." }]);
  const paragraph = within(screen.getByRole("group", { name: /^Paragraph 1, consensus/ }));
  expect(paragraph.queryAllByRole("button", { name: /Object|Reserve|Support|Propose|More/ })).toEqual([]);
  expect(paragraph.getByRole("link", { name: "History" })).toBeTruthy();
  expect(screen.getByText("What all States agreed.")).toBeTruthy();
  expect(screen.getByText("No position of yours stands.")).toBeTruthy();
});

test("[POS15] who is asked to dissociate instead says yes by one button, and is asked for the statement after the adoption", async () => {
  const told = talks();
  const position = told.objects("XAA", 2);
  told.does("chair", { kind: "ask-author", position, whether: "dissociation" });
  const { user } = await openDesk(told, "delegation:XAA");
  await user.click((await screen.findAllByRole("button", { name: "Dissociate instead" }))[0]!);
  const answer = await screen.findByRole("dialog", { name: "Dissociate instead" });
  await user.click(within(answer).getByRole("button", { name: "Dissociate instead" }));
  expect(
    await screen.findByText(/^Withdrawn, for a dissociation after the adoption\./, { selector: "p" }),
  ).toBeTruthy();
  expect(told.record.positions.get(position)).toMatchObject({ standing: "withdrawn", dissociates: true });
  expect(
    await screen.findByText(/will dissociate yourselves from it: the statement follows the adoption\.$/),
  ).toBeTruthy();
  expect(screen.queryByText(/^No position of yours stands/)).toBeNull();
  told.does("chair", { kind: "adopt" });
  cleanup();
  await openDesk(told, "delegation:XAA");
  const list = await screen.findByRole("region", { name: "One thing awaits your answer" });
  await user.click(within(list).getByRole("button", { name: "Make a statement" }));
  const dialog = await screen.findByRole("dialog", { name: "Make a statement" });
  expect(within(dialog).getByRole<HTMLInputElement>("radio", { name: "Dissociation" }).checked).toBe(true);
  // The one that it is about comes first, wherever it stands in the text.
  expect(
    within(dialog)
      .getAllByRole<HTMLInputElement>("checkbox")
      .map((box) => [box.closest("label")?.textContent, box.checked]),
  ).toEqual([
    ["Paragraph 2: States should consult.", true],
    ["Paragraph 1: States should cooperate.", false],
  ]);
});

test("[PKG7] packages that are offered and not settled are named before the adoption, and are over with it", async () => {
  const told = talks();
  const offered = told.does("secretariat", {
    kind: "prepare-package",
    title: "Package A",
    paragraphs: [idOf(1), idOf(2)],
    conditions: [{ is: "loses", paragraph: idOf(1), words: "cooperate" }],
  }) as PackageId;
  told.does("chair", { kind: "release-package", package: offered });
  await openDesk(told, "delegation:XAA");
  expect(await screen.findByRole("heading", { name: "Packages the chair offers" })).toBeTruthy();
  cleanup();
  const { user } = await openDesk(told, "chair", "/adopt");
  const dialog = await screen.findByRole("dialog", { name: "Adopt the report" });
  expect(within(dialog).getByText(/^Package A, a package you offer, is not settled/)).toBeTruthy();
  await user.click(within(dialog).getByRole("button", { name: "Adopt the report" }));
  await waitFor(() => expect(told.record.adoption?.byConsensus).toBe(true));
  cleanup();
  await openDesk(told, "delegation:XAA");
  expect(await screen.findByRole("button", { name: "Make a statement" })).toBeTruthy();
  expect(screen.queryByRole("heading", { name: "Packages the chair offers" })).toBeNull();
});

test("[SUM13] the chair reads where a correction is asked for, and after the adoption is not offered to write it", async () => {
  const told = aNegotiation(p("States decide."), s("Some noted that."));
  told.does("delegation:XAA", {
    kind: "request-correction",
    paragraph: idOf(2),
    wording: told.wordingOf(2),
    text: "Nobody did.",
  });
  const ways = async () => {
    const { user } = await openDesk(told, "chair", "/corrections");
    expect(await screen.findByRole("button", { name: "Correction of fact asked for in 1 paragraph" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Answer" }));
    const dialog = await screen.findByRole("dialog", { name: "Answer" });
    const names = within(dialog)
      .getAllByRole("radio")
      .map((radio) => radio.closest("label")?.textContent);
    return { user, dialog, names };
  };
  expect((await ways()).names).toEqual(["Correct the words now", "Do not correct them"]);
  cleanup();
  told.does("chair", { kind: "adopt" });
  const { user, dialog, names } = await ways();
  expect(names).toEqual(["Do not correct them"]);
  await user.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Two did.");
  await user.click(within(dialog).getByRole("button", { name: "Answer" }));
  await waitFor(() => expect(told.record.summary.requests[0]?.answer?.how).toBe("not-corrected"));
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Correction of fact asked for/ })).toBeNull());
});

test("[ADO2] where an objection stands, adopting without consensus is a second act beside the ways out", async () => {
  const told = aNegotiation(p("States decide."), p("States meet."));
  told.objects("XAA", 1);
  const { user } = await openDesk(told, "chair", "/adopt");
  const dialog = await screen.findByRole("dialog", { name: "Adopt the report" });
  expect(within(dialog).getByText(/^1 objection stands between here and consensus, of Freedonia/)).toBeTruthy();
  const adopt = () => within(dialog).getByRole("button", { name: "Adopt the report" });
  await user.click(adopt());
  expect(told.record.adoption).toBeNull();
  await user.click(within(dialog).getByRole("checkbox", { name: /^Adopt without consensus/ }));
  await user.click(adopt());
  expect(await screen.findByText(/^Report adopted\./, { selector: "p" })).toBeTruthy();
  expect(told.record.adoption?.byConsensus).toBe(false);
});

test("[SIL5] whoever breaks the silence ticks paragraphs one by one, all or none, and names others from a list", async () => {
  const told = aNegotiation(p("One stands."), p("Two stands."), p("Three stands."), p("Four is agreed."));
  told.gavels(4);
  announced(told);
  const { user } = await openDesk(told, "delegation:XAA");
  await user.click(await screen.findByRole("button", { name: "Break silence" }));
  const dialog = await screen.findByRole("dialog", { name: "Break silence" });
  const ticked = () => within(dialog).getAllByRole<HTMLInputElement>("checkbox", { checked: true });
  await user.click(within(dialog).getByRole("button", { name: "All" }));
  expect(ticked()).toHaveLength(3);
  await user.click(within(dialog).getByRole("button", { name: "None" }));
  await user.click(within(dialog).getByRole("checkbox", { name: /^Paragraph 1/ }));
  await user.keyboard("{Shift>}");
  await user.click(within(dialog).getByRole("checkbox", { name: /^Paragraph 2/ }));
  await user.keyboard("{/Shift}");
  expect(ticked()).toHaveLength(2);
  expect(within(dialog).queryByRole("note")).toBeNull();
  await user.click(within(dialog).getByRole("radio", { name: "Everything it runs on" }));
  expect(within(dialog).getByRole("note").textContent).toMatch(
    /object to paragraph 4 as well, and so ask to reopen it/,
  );
  await user.click(within(dialog).getByRole("radio", { name: "These paragraphs" }));
  await user.selectOptions(within(dialog).getByRole("combobox", { name: "Also on behalf of" }), "Lunari");
  await user.type(within(dialog).getByRole("textbox", { name: "Reason, in a sentence" }), "Not yet.");
  await user.click(within(dialog).getByRole("button", { name: "Break silence" }));
  await waitFor(() =>
    expect([...told.record.silences.values()][0]!.breaks).toMatchObject([
      { by: "XAA", paragraphs: [idOf(1), idOf(2)], alsoFor: ["XAD"] },
    ]),
  );
});
