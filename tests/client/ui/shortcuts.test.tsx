import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// jsdom has neither of these.
vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
vi.stubGlobal("CSS", { escape: (text: string) => text });
const { prefer } = await import("../../../client/ui/preferences.ts");
const { ShortcutsProvider, useShortcuts } = await import("../../../client/ui/shortcuts.tsx");
// They come when they are asked for; compiling them takes longer than a test waits.
await Promise.all([import("../../../client/ui/shortcut-list.tsx"), import("../../../client/ui/modal.tsx")]);

let done: string[] = [];
beforeEach(() => {
  done = [];
  prefer({ keys: {}, singleKeys: true });
  render(
    <ShortcutsProvider>
      <Desk />
    </ShortcutsProvider>,
  );
});
afterEach(cleanup);

function Desk() {
  useShortcuts([
    { keys: "F8", label: "Next point", act: () => done.push("next") },
    { keys: "Alt+PageDown", label: "Next paragraph", act: () => done.push("paragraph") },
  ]);
  return <textarea aria-label="Draft" />;
}

const user = userEvent.setup();
const change = async (label: string) =>
  user.click(await screen.findByRole("button", { name: `Change the keys of: ${label}` }));
const listed = () => screen.queryByRole("dialog", { name: "Keyboard shortcuts" });

test("a question mark lists the shortcuts, and is a question mark where one types", async () => {
  await user.click(screen.getByRole("textbox"));
  await user.keyboard("?");
  expect(listed()).toBeNull();
  expect(screen.getByRole("textbox")).toHaveProperty("value", "?");
  await user.tab();
  await user.keyboard("?");
  await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  expect(screen.getByText("Next point")).toBeDefined();
});

test("shortcuts of one key can be switched off; those with Ctrl or Alt go on, and Ctrl+/ finds back (WCAG 2.1.4)", async () => {
  await user.keyboard("?");
  await user.click(await screen.findByRole("radio", { name: "Off" }));
  await user.keyboard("{Escape}");
  expect(listed()).toBeNull();
  await user.keyboard("{F8}?");
  expect([done, listed()]).toEqual([[], null]);
  await user.keyboard("{Alt>}{PageDown}{/Alt}");
  expect(done).toEqual(["paragraph"]);
  await user.keyboard("{Control>}/{/Control}");
  await user.click(await screen.findByRole("button", { name: "All as at the beginning" }));
  await user.keyboard("{Escape}{F8}");
  expect(done).toEqual(["paragraph", "next"]);
});

test("a shortcut gets other keys, on this device from now on", async () => {
  await user.keyboard("?");
  await change("Next point");
  await user.keyboard("n");
  expect(screen.getByRole("status").textContent).toBe("“Next point” is N now.");
  await user.keyboard("{Escape}{F8}");
  expect(done).toEqual([]);
  await user.keyboard("n");
  expect(done).toEqual(["next"]);
  await user.click(screen.getByRole("textbox"));
  await user.keyboard("n");
  expect(done).toEqual(["next"]);
  expect(localStorage.getItem("rapporteur.preferences")).toContain('"F8":"N"');
});

test("keys that are taken, or that everyone needs, are not given twice; Esc leaves all as it is", async () => {
  await user.keyboard("?");
  await change("Next point");
  await user.keyboard("{Alt>}{PageDown}{/Alt}");
  expect(screen.getByRole("status").textContent).toBe("Alt+PageDown is taken: “Next paragraph”.");
  await user.keyboard("{Enter}");
  expect(screen.getByRole("status").textContent).toBe("Enter is needed to move about the page or to type.");
  await user.keyboard("{Escape}");
  expect(listed()).not.toBeNull();
  await user.keyboard("{Escape}{F8}");
  expect(done).toEqual(["next"]);
});
