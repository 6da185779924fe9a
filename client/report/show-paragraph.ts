/** Brings a paragraph into sight and gives it the focus, wherever it is shown. */
import type { ParagraphId } from "../../shared/domain/values.ts";

export function showParagraph(paragraph: ParagraphId): void {
  const element = document.getElementById(`para-${paragraph}`);
  element?.scrollIntoView({ block: "center" });
  element?.focus({ preventScroll: true });
}
