/** The report as one HTML file: the public page itself, with its stylesheet inside and nothing that needs the server. */
import { createElement } from "react";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { Part } from "../../shared/domain/values.ts";
import { changesIn } from "../http/pages/changes.ts";
import type { Talks } from "../http/pages/deps.ts";
import { htmlOf } from "../http/pages/document.tsx";
import { ReaderPage } from "../http/pages/reader.tsx";

/** @param only one part alone, or null for both */
export function toHtml(
  talks: Omit<Talks, "submit" | "frame" | "row">,
  viewer: Viewer,
  only: Part | null = null,
): string {
  const report = talks.report(viewer);
  const { record } = talks;
  const reading = { report, record, text: talks.textFor(viewer), changes: changesIn(talks), only, alone: true };
  return htmlOf(createElement(ReaderPage, reading));
}
