import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { onDemand } from "../../../client/ui/on-demand.tsx";
import { ToastsProvider } from "../../../client/ui/toasts.tsx";

afterEach(cleanup);

test("a part that did not come is closed and said to be missing; asked for again, it comes, and is not loaded twice", async () => {
  let asked = 0;
  const Part = onDemand(async () => {
    if (++asked === 1) throw new TypeError("no line");
    return ({ onClose }: { readonly onClose: () => void }) => <button onClick={onClose}>Close</button>;
  });
  function Desk() {
    const [open, setOpen] = useState(false);
    return (
      <ToastsProvider>
        <button onClick={() => setOpen(true)}>Open</button>
        <output>{open ? "open" : "closed"}</output>
        {open && <Part onClose={() => setOpen(false)} />}
      </ToastsProvider>
    );
  }
  const user = userEvent.setup();
  render(<Desk />);
  const open = () => user.click(screen.getByRole("button", { name: "Open" }));
  await open();
  await screen.findByText("This could not be loaded. Try again when the line is back.");
  expect(screen.getByRole("status").textContent).toBe("closed");
  await open();
  await user.click(await screen.findByRole("button", { name: "Close" }));
  await open();
  expect(screen.getByRole("button", { name: "Close" })).toBeDefined();
  expect(asked).toBe(2);
});
