/** What a delegation downloads, and what is made of the file when it comes back. */
import type { Viewer } from "../../shared/domain/roster.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { toDocx } from "../../server/publication/docx.ts";
import { toOdt } from "../../server/publication/odt.ts";
import type { Mode } from "../../server/publication/printed-report.ts";
import { readFile } from "../../server/reading/read-file.ts";
import { readingLimits } from "../../server/reading/reading-limits.ts";
import type { Returned } from "../../shared/domain/returned.ts";
import { returnedFrom } from "../../server/reading/returned.ts";
import type { Sent } from "../../server/reading/sent.ts";
import { sentTo } from "../../server/reading/sent.ts";
import type { ANegotiation } from "./negotiations.ts";
import { printed } from "./printed.ts";

const voice = voiceIn("en");
const sylvania: Viewer = { kind: "delegation", code: "XAB" as DelegationCode };

export const downloaded = (talks: ANegotiation, mode: Mode = "clean"): Promise<Buffer> =>
  toDocx(printed(talks, mode, sylvania), voice);

export const downloadedOdt = (talks: ANegotiation, mode: Mode): Promise<Uint8Array> =>
  toOdt(printed(talks, mode, sylvania), voice);

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
