/** The chair's summary in a real browser, as built, on the whole server: moved, reported, tied to who holds the view, corrected. */
import type { Page } from "playwright-core";
import { test } from "vitest";
import { desksInBrowser } from "../../support/desks-in-browser.ts";

const desks = desksInBrowser();
const enter = async (seat: string, size?: { width: number; height: number }): Promise<Page> =>
  desks.enter(await desks.linkTo(seat), size);

test("a paragraph without consensus is reported, tied to who holds the view, and corrected when a delegation asks for it", async () => {
  const chair = await enter("chair");
  const lunari = await enter("delegation:XAD", { width: 390, height: 844 });
  const freedonia = await enter("delegation:XAA");

  const first = freedonia.getByRole("group", { name: /^Paragraph 1, consensus text/ });
  await first.getByRole("button", { name: "Object" }).click();
  const objecting = freedonia.getByRole("dialog", { name: "Object" });
  await objecting.getByRole("button", { name: "Object" }).click();
  await objecting.waitFor({ state: "detached" });

  await chair
    .getByRole("group", { name: /^Paragraph 1, consensus text, contested/ })
    .getByText("aaaa")
    .click();
  await chair
    .getByRole("region", { name: "Paragraph 1" })
    .getByRole("button", { name: "Move to chair's summary" })
    .click();
  const moving = chair.getByRole("dialog", { name: "Move to chair's summary" });
  await moving.getByRole("checkbox", { name: "Report it as the views of States:" }).check();
  await moving.getByRole("button", { name: "Move to chair's summary" }).click();
  const draft = chair.getByRole("textbox", { name: "Draft report" });
  await draft.getByText("One State did not agree.").waitFor();
  await chair.getByText("It is not said for whom these words speak.").waitFor();
  await chair.getByRole("button", { name: "Circulate" }).click();
  await chair.getByRole("dialog", { name: "Circulate" }).getByRole("button", { name: "Circulate" }).click();
  await chair.getByRole("dialog").waitFor({ state: "detached" });

  await chair.getByRole("button", { name: "Say for whom" }).click();
  const tying = chair.getByRole("dialog", { name: "Say for whom" });
  await tying.getByRole("combobox", { name: "Add a delegation…" }).selectOption({ label: "Freedonia" });
  await tying.getByRole("button", { name: "Say for whom" }).click();
  await chair.getByText("“One State”: Freedonia.").first().waitFor();

  const reported = lunari.getByRole("group", { name: /^Paragraph 1, chair's summary/ });
  await reported.getByText("One State did not agree.").waitFor();
  await reported.getByRole("button", { name: "Ask for a correction" }).click();
  const asking = lunari.getByRole("dialog", { name: "Ask for a correction" });
  await asking.getByRole("textbox").fill("We proposed it, and said so.");
  await asking.getByRole("button", { name: "Ask for a correction" }).click();

  await chair.getByText("We proposed it, and said so.").first().waitFor();
  await chair.getByRole("button", { name: "Answer" }).click();
  const answering = chair.getByRole("dialog", { name: "Answer" });
  const words = answering.getByRole("textbox", { name: "The paragraph as it is to be" });
  await words.fill("Lunari proposed that States should aaaa. One State did not agree.");
  await answering.getByRole("button", { name: "Answer" }).click();
  await answering.waitFor({ state: "detached" });
  await draft.getByText("Lunari proposed that").waitFor();
  await reported.getByText("Corrected.").waitFor();
  // The words are others now, so for whom they speak is said of earlier ones.
  await chair.getByText("This was said of earlier words. Say it again, or change it.").first().waitFor();
  await chair.getByRole("button", { name: "Summary", exact: true }).click();
  await chair.getByText("No paragraph of the consensus text refers").waitFor();
});
