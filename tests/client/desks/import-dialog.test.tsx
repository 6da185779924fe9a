/** A text that is brought as the next edition, on the chair's desk (SPEC: EDI). */
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { aNegotiation, p } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

test("[EDI3] an edition that has an agreed paragraph otherwise says which one", async () => {
  const talks = aNegotiation(p("States should cooperate and share what they learn."), p("They report every year."));
  talks.gavels(2);
  const desk = await openDesk(talks, "chair", "/import");
  await desk.user.click(await screen.findByRole("textbox"));
  await desk.user.paste("1. States should cooperate and share what they learn.\n\n2. They report every second year.");
  expect(
    (await screen.findAllByText(/^This edition has paragraph 2 otherwise, or not at all\. It is agreed/)).length,
  ).toBeGreaterThan(0);
});
