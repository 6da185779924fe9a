/** A report as documents print it, of a negotiation told in a test. */
import type { Mode, Printable, PrintedReport } from "../../server/publication/printed-report.ts";
import { print } from "../../server/publication/printed-report.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { Version } from "../../shared/domain/versions.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import type { ANegotiation } from "./negotiations.ts";

export function printableOf(talks: ANegotiation, viewer: Viewer, against: Version | null = null): Printable {
  const text = talks.textFor(viewer);
  const { numbers } = numbersToday(talks.record, text);
  return {
    report: talks.report(viewer),
    text: { text, numbers, label: "Today" },
    version: null,
    against,
    only: undefined,
  };
}

export const printed = (
  talks: ANegotiation,
  mode: Mode,
  viewer: Viewer = { kind: "team" },
  against: Version | null = null,
): PrintedReport =>
  print(printableOf(talks, viewer, against), {
    mode,
    address: "https://drafting.example.org/n/working-group",
    now: talks.now,
    voice: voiceIn("en"),
  });
