/** The words a person has selected, named as positions name them: one paragraph, offsets in its canonical text, and the quote. */
import type { Span } from "../../shared/domain/positions.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { spanOf } from "../../shared/domain/wording.ts";
import { paragraphIn } from "../live/use-negotiation.ts";

export interface SelectedWords {
  readonly paragraph: ParagraphId;
  readonly span: Span;
}

/** Null when nothing is selected, or words of more than one paragraph. */
export function selectedWords(selection: Selection | null, report: ComposedReport): SelectedWords | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (!start || !end || start.paragraph !== end.paragraph) return null;
  const paragraph = paragraphIn(report, start.paragraph);
  if (!paragraph || paragraph.kind !== "paragraph") return null;
  const span = spanOf(paragraph.content, { from: start.at, to: end.at });
  return span && { paragraph: paragraph.id, span };
}

function placeOf(node: Node, offset: number): { paragraph: ParagraphId; at: number } | null {
  const element = node instanceof Element ? node : node.parentElement;
  const words = element?.closest("[data-words]");
  if (!words) return null;
  const paragraph = words.getAttribute("data-words") as ParagraphId;
  const piece = element?.closest("[data-at]");
  if (piece && words.contains(piece)) {
    const at = Number(piece.getAttribute("data-at"));
    if (piece.hasAttribute("data-beside")) return { paragraph, at };
    if (piece.hasAttribute("data-embed")) return { paragraph, at: offset > 0 ? at + 1 : at };
    return { paragraph, at: at + (node instanceof Text ? offset : offset > 0 ? (piece.textContent?.length ?? 0) : 0) };
  }
  // Between pieces: where the piece after begins, or at the end of the last one.
  const after = node.childNodes[offset];
  const next = after instanceof Element ? (after.closest("[data-at]") ?? after.querySelector("[data-at]")) : null;
  if (next) return { paragraph, at: Number(next.getAttribute("data-at")) };
  return { paragraph, at: Number.MAX_SAFE_INTEGER };
}
