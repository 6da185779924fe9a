/** Who takes part, in the chair's drawer. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { aNegotiation, p } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

test("[SEA2] the chair reads who has come, and whoever has not is offered a new link", async () => {
  const told = aNegotiation(p("States decide.")).takesSeat("delegation:XAA");
  await openDesk(told, "chair", "/roster");
  const row = (name: string) => within(screen.getByText(name, { selector: "li strong" }).closest("li")!);
  expect(row("Freedonia").getByText(/has come: /)).toBeTruthy();
  expect(row("Freedonia").queryByRole("button")).toBeNull();
  expect(row("Sylvania").getByText(/has not come yet$/)).toBeTruthy();
  expect(row("Sylvania").getByRole("button", { name: /^New link ?Sylvania$/ })).toBeTruthy();
});

test("[SEA2] a delegation whose head's seat was revoked has come, and is not offered a link that would be refused", async () => {
  const told = aNegotiation(p("States decide.")).takesSeat("delegation:XAA");
  const { seat, person } = told.record.holdings.find((held) => held.seat.role === "delegation")!;
  told.does("chair", { kind: "revoke-seat", seat, person });
  await openDesk(told, "chair", "/roster");
  const row = within(screen.getByText("Freedonia", { selector: "li strong" }).closest("li")!);
  expect(row.getByText(/head’s seat was revoked/)).toBeTruthy();
  expect(row.queryByRole("button")).toBeNull();
});
