/** What a delegation downloads, and what is made of the file when it comes back. */
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { toDocx } from "../../server/publication/docx.ts";
import type { Mode } from "../../server/publication/printed-report.ts";
import { print } from "../../server/publication/printed-report.ts";
import { readFile } from "../../server/reading/read-file.ts";
import { readingLimits } from "../../server/reading/reading-limits.ts";
import type { Returned } from "../../shared/domain/returned.ts";
import { returnedFrom } from "../../server/reading/returned.ts";
import type { Sent } from "../../server/reading/sent.ts";
import { sentTo } from "../../server/reading/sent.ts";
import type { ANegotiation } from "./negotiations.ts";

const voice = voiceIn("en");
const sylvania: Viewer = { kind: "delegation", code: "XAB" as DelegationCode };

export function downloaded(talks: ANegotiation, mode: Mode = "clean"): Promise<Buffer> {
  const text = talks.textFor(sylvania);
  const { numbers } = numbersToday(talks.record, text);
  const printable = { text: { text, numbers, label: "Today" }, version: null, against: null, only: undefined };
  return toDocx(
    print(
      { report: talks.report(sylvania), ...printable },
      { mode, address: "https://drafting.example.org/n/working-group", now: talks.now, voice },
    ),
    voice,
  );
}

export const sentBy = (talks: ANegotiation): Sent => sentTo(sylvania, talks, voice);

export function uploaded(talks: ANegotiation, bytes: Uint8Array): Returned {
  let count = 0;
  return returnedFrom(readFile(bytes, readingLimits), sentBy(talks), () => `new${++count}`);
}

/** What is asked for, in short. */
export const asked = ({ proposals }: Returned): readonly (readonly [string, ParagraphId, string])[] =>
  proposals.map(({ change, paragraph, content, to }) => [
    change,
    paragraph,
    to ??
      (content ?? [])
        .map((inline) =>
          inline.t === "text" ? inline.text : inline.t === "ref" ? `<${inline.to}>` : `{${inline.text}}`,
        )
        .join(""),
  ]);
