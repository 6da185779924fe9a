/** Numbers of paragraphs typed as words, in a real browser, as built, on the whole server: made references at the import and on the desk. */
import { test } from "vitest";
import { desksInBrowser } from "../../support/desks-in-browser.ts";

const desks = desksInBrowser();

test("[TYR4] [TYR5] typed numbers become references at the import and on the desk, and those that name nothing are told", async () => {
  const chair = await desks.enter(await desks.linkTo("chair"));
  const draft = chair.getByRole("textbox", { name: "Draft report" });
  await draft.getByText("aaaa").waitFor();

  await chair.getByRole("button", { name: "Outline" }).click();
  await chair.getByRole("button", { name: "Import a text" }).click();
  const importing = chair.getByRole("dialog", { name: "Import a text" });
  await importing.getByRole("radio", { name: "More text" }).check();
  await importing.getByRole("textbox").fill("1. Alpha.\n\n2. Bravo, recalling paragraph 1.");
  await importing.getByRole("button", { name: "Make them references" }).click();
  await importing.getByText("1 typed number becomes a reference").waitFor();
  await importing.getByRole("button", { name: "Import a text" }).click();
  await importing.waitFor({ state: "detached" });
  await chair.keyboard.press("Escape");
  // After the three that are there.
  await draft.getByText("Bravo, recalling paragraph 4.").waitFor();

  await draft.getByText("Bravo, recalling").click();
  await chair.keyboard.press("End");
  await chair.keyboard.type(" It recalled paragraph 99 and paragraph 1.");
  const list = chair.getByRole("region", { name: "Typed references" });
  await list.getByText("“paragraph 99” names no paragraph of this report.").waitFor();
  if (process.env["SCREENSHOTS"]) await chair.screenshot({ path: `${process.env["SCREENSHOTS"]}/typed.png` });
  await list.getByText("1 number names the paragraph that it meant").click();
  await list.getByRole("button", { name: "Make it a reference" }).click();
  await draft.locator(".ref").nth(1).waitFor();
  await list.getByText("1 number names the paragraph that it meant").waitFor({ state: "detached" });

  await chair.getByRole("button", { name: "Issue version" }).click();
  const issuing = chair.getByRole("dialog", { name: "Issue version" });
  await issuing.getByText("“paragraph 99” names no paragraph of this report.").waitFor();
  if (process.env["SCREENSHOTS"]) await chair.screenshot({ path: `${process.env["SCREENSHOTS"]}/issue.png` });
  await issuing.getByRole("button", { name: "Issue version" }).click();
  await issuing.waitFor({ state: "detached" });
  await chair.getByRole("button", { name: "Adopt the report" }).click();
  const adopting = chair.getByRole("dialog", { name: "Adopt the report" });
  await adopting.getByText("“paragraph 99” names no paragraph of this report.").waitFor();
  if (process.env["SCREENSHOTS"]) await chair.screenshot({ path: `${process.env["SCREENSHOTS"]}/adopt.png` });
});
