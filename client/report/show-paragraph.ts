/** Brings a paragraph into sight and gives it the focus, wherever it is shown. */
import type { ParagraphId } from "../../shared/domain/values.ts";

export function showParagraph(paragraph: ParagraphId): void {
  const element = document.getElementById(`para-${paragraph}`);
  if (!element) return;
  bringIntoSight(element);
  element.focus({ preventScroll: true });
}

/** Twice: what lies between is measured only as it comes near the screen, and moves what was aimed at. */
export function bringIntoSight(element: Element): void {
  const centre = { block: "center", behavior: "instant" } as const;
  element.scrollIntoView(centre);
  requestAnimationFrame(() => requestAnimationFrame(() => element.scrollIntoView(centre)));
}
