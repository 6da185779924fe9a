/** The report as one HTML file: the public page itself, with its stylesheet inside and nothing that needs the server. */
import type { ReactElement } from "react";
import { createElement } from "react";
import { numberedToday } from "../../shared/domain/held-numbers.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { Part } from "../../shared/domain/values.ts";
import type { Version } from "../../shared/domain/versions.ts";
import { changesIn } from "../http/pages/changes.ts";
import type { Talks } from "../http/pages/deps.ts";
import { htmlOf } from "../http/pages/document.tsx";
import { issuedReading } from "../http/pages/issued.ts";
import { ReaderPage } from "../http/pages/reader.tsx";
import { RedlinePage } from "../http/pages/redline-page.tsx";
import { seenBy } from "../http/pages/seen-record.ts";
import { say } from "../http/pages/speaker.ts";

interface Which {
  /** One part alone, or null for both. */
  readonly only?: Part | null;
  /** Without it, what the viewer reads today. */
  readonly version?: Version | null;
  readonly against?: Version | null;
}

type Source = Omit<Talks, "submit" | "opened" | "row">;

export const toHtml = (talks: Source, viewer: Viewer, which: Which = {}): string =>
  htmlOf(pageOf(talks, viewer, which));

function pageOf(talks: Source, viewer: Viewer, { only = null, version = null, against = null }: Which): ReactElement {
  const { record } = talks;
  const { versions, slug, settings } = record;
  if (against) {
    const text = talks.textFor(viewer);
    const today = { ...numberedToday(record, text), label: say("versions.today") };
    const after = version ?? today;
    return createElement(RedlinePage, {
      slug,
      title: settings.title,
      before: against,
      after,
      version,
      versions,
      alone: true,
    });
  }
  if (version) {
    return createElement(ReaderPage, { ...issuedReading(talks, version, viewer), versions, only, alone: true });
  }
  const report = talks.report(viewer);
  const reading = {
    report,
    record: seenBy(viewer, talks).record,
    text: talks.textFor(viewer),
    changes: changesIn(talks, viewer),
    versions,
    only,
    alone: true,
  };
  return createElement(ReaderPage, reading);
}
