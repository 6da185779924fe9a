/** The report as files, linked from the desks. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openDesk } from "./support.tsx";
import { aNegotiation, p } from "../../support/negotiations.ts";

test("each desk links the report's files as its seat sees them, and opens them beside itself", async () => {
  await openDesk(aNegotiation(p("States should cooperate.")), "chair");
  const files = screen.getByText("The report as files, as you see it").closest("details")!;
  const links = within(files).getAllByRole<HTMLAnchorElement>("link", { hidden: true });
  const addresses = links.map((link) => link.getAttribute("href"));
  expect(addresses).toContain("/n/working-group.docx?seat=chair");
  expect(addresses).toContain("/n/working-group.pdf?seat=chair&mode=compilation");
  expect(addresses).toContain("/n/working-group/status.md?seat=chair");
  expect(new Set(links.map(({ target }) => target))).toEqual(new Set(["_blank"]));
});
