/** What stands while a desk opens. */
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Opening } from "../../../client/frame/opening.tsx";

afterEach(() => {
  cleanup();
  Reflect.deleteProperty(navigator, "connection");
});

test.each([
  ["slow-2g", "Your browser says that the line is slow"],
  ["2g", "Your browser says that the line is slow"],
  ["4g", "On a slow line?"],
  [null, "On a slow line?"],
])("[PAG17] on a line that the browser calls %s it says: %s, and offers the light page", (effectiveType, says) => {
  if (effectiveType) Object.defineProperty(navigator, "connection", { value: { effectiveType }, configurable: true });
  history.replaceState(null, "", "/n/talks/desk/delegation:XAA");
  render(<Opening />);
  const link = screen.getByRole("link", { name: /light page/ });
  expect(link.getAttribute("href")).toBe("/n/talks/desk/delegation:XAA/light");
  expect(link.parentElement?.textContent).toContain(says);
});
