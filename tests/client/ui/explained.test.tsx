import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Button } from "../../../client/ui/button.tsx";

// The page of these tests has no popovers of its own.
afterEach(() => {
  for (const name of ["showPopover", "hidePopover"]) Reflect.deleteProperty(HTMLElement.prototype, name);
});

test("the reason of a button lies above the page while it is pointed at or focused, and Escape takes it away", () => {
  const open = new Set<Element>();
  HTMLElement.prototype.showPopover = function () {
    open.add(this);
  };
  HTMLElement.prototype.hidePopover = function () {
    open.delete(this);
  };
  render(<Button disabledReason="It is agreed.">Object</Button>);
  const button = screen.getByRole("button", { name: "Object", description: "It is agreed." });
  const reason = screen.getByText("It is agreed.");
  expect(reason.getAttribute("popover")).toBe("manual");
  expect(open.has(reason)).toBe(false);
  fireEvent.focus(button);
  expect(open.has(reason)).toBe(true);
  fireEvent.keyDown(button, { key: "Escape" });
  expect(open.has(reason)).toBe(false);
  fireEvent.pointerEnter(button.parentElement!);
  expect(open.has(reason)).toBe(true);
  fireEvent.pointerLeave(button.parentElement!);
  expect(open.has(reason)).toBe(false);
});
