import type { Record } from "../../../shared/domain/record.ts";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import type { Text } from "../../../shared/domain/text.ts";
import { sayCorrected } from "../../../shared/messages/corrections.ts";
import { sayMovedSince } from "../../../shared/messages/since.ts";
import { say, speaker } from "./speaker.ts";
import { timesOf } from "./time.tsx";

/** Over a circulated text: of when its words are, and what acts did to them since without a circulation. */
export const sayAsOf = (
  circulatedAt: number,
  report: Pick<ComposedReport, "corrections">,
  { record, text }: { readonly record: Record; readonly text: Text },
): string =>
  [
    say("reader.asOf", timesOf(circulatedAt)),
    sayCorrected(report.corrections, speaker),
    sayMovedSince(record, { record, text, voice: speaker }),
  ]
    .filter((said) => said !== null)
    .join(", ");
