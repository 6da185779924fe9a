/** References and footnotes in every page and file that the server makes: each is read as its number, never as a sign of the machine (SPEC: NUM11). */
import { afterEach, expect, test } from "vitest";
import { changedSince } from "../../../server/http/pages/changes.ts";
import { briefFor } from "../../../server/publication/brief.ts";
import { positionsAsCsv } from "../../../server/publication/csv.ts";
import { lineageAsCsv, lineageTable } from "../../../server/publication/lineage.ts";
import { newsFor } from "../../../server/publication/news.ts";
import { lineageAsked } from "../../../server/http/routes/lineage.ts";
import { statusTable } from "../../../server/publication/status-table.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { Inline } from "../../../shared/domain/text.ts";
import type { DelegationCode, ProposalId } from "../../../shared/domain/values.ts";
import { differencesOf } from "../../../shared/domain/versions.ts";
import { canonicalText } from "../../../shared/domain/wording.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, p, s } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite } from "../../support/pages-site.ts";
import { printableOf } from "../../support/printed.ts";

let site: Site | null = null;
afterEach(async () => {
  await site?.stop();
  site = null;
});

const voice = voiceIn("en");
const code = "XAA" as DelegationCode;
const viewer: Viewer = { kind: "delegation", code };

const words = (text: string): Inline => ({ t: "text", text });
const referring = (end: string): readonly Inline[] => [
  words("States act in accordance with paragraphs "),
  { t: "ref", to: idOf(2) },
  words(" to "),
  { t: "ref", to: idOf(3) },
  words(end),
  { t: "footnote", id: "n1", text: "A/RES/1" },
];
const read = "in accordance with paragraphs 1 to 2";

/** A paragraph that refers to others: objected to in those very words, proposed on, written anew and issued. */
function referred(): ANegotiation {
  const talks = aNegotiation(
    h("Norms"),
    p("States should cooperate."),
    p("States should consult."),
    p(referring(" of this report.")),
    s(referring(", some said.")),
  );
  talks.does("chair", { kind: "issue-version", label: "Zero draft" });
  const stated = canonicalText(talks.text[3]!.content);
  const quote = stated.slice(stated.indexOf("paragraphs"), stated.indexOf(" of this"));
  const from = stated.indexOf(quote);
  talks.objects("XAA", 4, { reason: "Too wide.", span: { from, to: from + quote.length, quote } });
  const on = { paragraph: idOf(4), wording: talks.wordingOf(4) };
  const proposal = talks.does("delegation:XAA", {
    kind: "table-proposal",
    ...on,
    content: referring(" of the report."),
  }) as ProposalId;
  talks.does("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "No support." });
  talks.writes(4, referring(" of this very report.")).circulates();
  const covers = differencesOf(talks.record, talks.text).filter(({ open }) => open.length > 0);
  const reason = "Clearer.";
  talks.does("chair", {
    kind: "issue-version",
    label: "Rev.1",
    covers: covers.map(({ id }) => ({ paragraph: id, reason })),
  });
  return talks;
}

/** What no reader should meet. */
const isOfTheMachine = (text: string): boolean => /\uFFFC|\u27E6|\u27E7|paragraphs {2}to|paragraphs to/u.test(text);

test("[NUM11] status table, brief, positions and lineage have the numbers that a paragraph refers to", () => {
  const talks = referred();
  const printable = printableOf(talks, viewer);
  const changed = changedSince(talks, viewer, code, 0);
  const { rows, between } = lineageAsked(talks, viewer, {});
  const files = [
    JSON.stringify(statusTable(printable, voice)),
    JSON.stringify(briefFor(code, { changed, rooms: [] }, { negotiation: talks, viewer, ...printable }, voice)),
    positionsAsCsv(printable.report),
    lineageAsCsv(rows, between.to),
    JSON.stringify(lineageTable(rows, between)),
  ];
  for (const file of files) {
    expect(isOfTheMachine(file), file).toBe(false);
    expect(file).toContain(read);
  }
});

test("[NUM11] the feed tells no sign of the machine", () => {
  for (const reader of [viewer, thePublic]) {
    expect(isOfTheMachine(JSON.stringify(newsFor(referred(), reader, voice)))).toBe(false);
  }
});

test.each(["", "delegation:XAA", "chair"])(
  "[NUM11] every page has the numbers that a paragraph refers to, as %j",
  async (seat) => {
    site = await aSite([referred()], seat ? { seats: [seat] } : {});
    const asked = [
      "",
      "/record",
      "/lineage",
      `/p/${idOf(4)}`,
      `/p/${idOf(5)}`,
      `/p/${idOf(4)}/embed`,
      "/v/zero-draft",
      "/v/rev-1",
      "/v/rev-1?against=zero-draft",
      "/v/rev-1?beside=zero-draft",
      "?against=zero-draft",
      "/overview",
      ...(seat === "delegation:XAA" ? [`/desk/${seat}/light`] : []),
    ];
    for (const path of asked) {
      const answer = await fetch(`${site.base}/n/working-group${path}`);
      expect(answer.status, path).toBe(200);
      // In what is typed there are letters only.
      const page = (await answer.text()).replace(/<textarea.*?<\/textarea>/gs, "").replace(/<[^>]*>/g, "");
      const found = /.{60}(?:\uFFFC|\u27E6|\u27E7|paragraphs {2}to|paragraphs to|paragraphs [*…→] ).{0,40}/u.exec(page);
      expect.soft(found?.[0], path).toBeUndefined();
    }
  },
);
