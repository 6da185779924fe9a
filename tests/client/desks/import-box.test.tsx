/** A text that is brought, before it is imported: what is in it is counted, and what is not there is not spoken of. */
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ImportBox, noSource } from "../../../client/report/import-box.tsx";

afterEach(cleanup);

const nobody = { readText: () => Promise.reject(new Error()), readTables: () => Promise.reject(new Error()) };

test.each([
  ["# Norms\n\nStates [noted] it.", "1 heading, 1 paragraph of consensus text and 1 bracket."],
  ["First.\n\nSecond.", "2 paragraphs of consensus text."],
])("%j is said to be %j", (text, said) => {
  render(<ImportBox source={{ ...noSource, text, format: "markdown" }} files={nobody} onChange={() => undefined} />);
  expect(screen.getByRole("status").textContent).toBe(said);
});

test("the letter in the number of a point does not give an Arabic paragraph its direction", () => {
  const text = "١. تقرر الدول:\n\n(أ) التعاون.";
  render(<ImportBox source={{ ...noSource, text, format: "plain" }} files={nobody} onChange={() => undefined} />);
  // What `dir="auto"` looks for the first letter in has none of these.
  expect(screen.getByText("1(a)").tagName).toBe("BDI");
});
