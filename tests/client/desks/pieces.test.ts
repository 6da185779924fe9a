import { expect, test, vi } from "vitest";
import { reportiveWording } from "../../../client/chair/reportive-wording.ts";
import type { Line } from "../../../client/live/record-connection.ts";
import { RecordConnection } from "../../../client/live/record-connection.ts";
import type { ConnectedText } from "../../../client/live/text-connection.ts";
import { slugOf } from "../../../client/new/slug.ts";
import { signOf } from "../../../client/live/saved-sign.ts";
import { delegationsIn } from "../../../client/roster/roster-csv.ts";
import { csvOf } from "../../../client/ui/csv.ts";
import { closestStep, standSentence, whatItTakes } from "../../../client/report/overview-sentence.ts";
import { concernsOf } from "../../../shared/domain/concerns.ts";
import { shownStatus } from "../../../shared/messages/status.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";
import { idOf, aNegotiation, p } from "../../support/negotiations.ts";
import { TestSocket } from "./support.tsx";

const team = { kind: "team" } as const;
const code = (spelled: string) => spelled as DelegationCode;

test("[SUM4] a paragraph without consensus is reported as the view of as many as hold it", () => {
  const talks = aNegotiation(p("States recalled that the law applies. They stressed it."));
  const reported = () => reportiveWording(talks.report(team).parts.consensus[0]!, 40, String);
  talks.supports("XAA", 1);
  expect(reported()).toBeNull();
  talks.objects("XAB", 1, { reason: "It was never discussed." });
  expect(reported()).toMatchObject({
    words:
      "One State recalled that the law applies. They stressed it. One other State did not agree, stating: “It was never discussed”.",
    views: [{ words: "One State" }, { words: "One other State" }],
  });
  talks.supports("XAC", 1);
  expect(reported()!.words).toMatch(/^A few States recalled/);
});

test("[SUM4] what is reported leaves footnotes behind and calls a reference by its number", () => {
  const about = idOf(7);
  const talks = aNegotiation(
    p([
      { t: "text", text: "The law applies", marks: [] },
      { t: "footnote", id: idOf(8), text: "Which law?" },
      { t: "text", text: " as paragraph ", marks: [] },
      { t: "ref", to: about },
      { t: "text", text: " says.", marks: [] },
    ]),
  );
  talks.objects("XAB", 1);
  const { words } = reportiveWording(talks.report(team).parts.consensus[0]!, 40, (id) => (id === about ? "12" : "?"))!;
  expect(words).toContain("“The law applies as paragraph 12 says”");
});

test("[SUM4] what nobody says to support is reported as proposed by nobody", () => {
  const talks = aNegotiation(p("The law applies."));
  talks.objects("XAB", 1);
  expect(reportiveWording(talks.report(team).parts.consensus[0]!, 40, String)!.words).toBe(
    "It was proposed to state the following: “The law applies”. One State did not agree.",
  );
});

test("where the report stands is one sentence, and the closest step says what it takes", () => {
  const talks = aNegotiation(
    p("States should consult [each [other]] [in good time]."),
    p("States should cooperate at all hours."),
    p("Agreed."),
  );
  talks.objects("XAA", 2, { span: talks.spanOf(2, "at all hours") });
  talks.gavels(3);
  const report = talks.report(team);
  expect(standSentence(report)).toBe("1 of 3 agreed. 2 paragraphs and 1 delegation stand between here and consensus.");
  const closest = closestStep(report)!;
  expect(closest.paragraph).toBe(idOf(2));
  expect(whatItTakes(closest)).toBe("one phrase");
});

test("[REP3] what only waits for the chair's answer is told apart from what stands in the way", () => {
  const talks = aNegotiation(p("States should consult."), p("States should cooperate."));
  talks.does("delegation:XAA", {
    kind: "table-proposal",
    paragraph: idOf(1),
    wording: talks.wordingOf(1),
    change: "replace",
    text: "States may consult.",
  });
  expect(standSentence(talks.report(team))).toBe(
    "0 of 2 agreed. Nothing stands between here and consensus. On 1 paragraph only proposals wait for the chair’s answer.",
  );
});

test("[STA3] a contested paragraph that nobody objects to is called in brackets", () => {
  const talks = aNegotiation(p("States [should] consult."), p("States [shall] cooperate."));
  talks.objects("XAA", 2);
  expect(talks.report(team).parts.consensus.map(({ status }) => status)).toEqual(["contested", "contested"]);
  expect(talks.report(team).parts.consensus.map(shownStatus)).toEqual(["bracketed", "contested"]);
});

test("[REP5] an objection to a whole paragraph does not take one phrase, however short the paragraph and the remedy are", () => {
  const takes = (more: Parameters<ReturnType<typeof aNegotiation>["objects"]>[2]): string => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.objects("XAA", 1, more);
    return whatItTakes(closestStep(talks.report(team))!);
  };
  expect(takes({})).toBe("1 delegation");
  expect(takes({ remedy: { kind: "other", text: "Shorten it." } })).toBe("1 delegation");
  expect(takes({ remedy: { kind: "delete" } })).toBe("1 delegation");
  expect(takes({ remedy: { kind: "add", text: "where possible" } })).toBe("one phrase");
});

test("[REP6] what concerns a delegation: what asks for an answer comes first", () => {
  const talks = aNegotiation(p("One."), p("Two stands."), p("Three is a paragraph about points of contact."));
  talks.objects("XAA", 1);
  talks.objects("XAB", 1);
  talks.supports("XAA", 2);
  talks.objects("XAA", 3, { remedy: { kind: "add", text: "where possible" } });
  talks.writes(2, "Two stood.").writes(3, "Three is a paragraph about points of contact where possible.").circulates();
  const kinds = concernsOf(talks.record, talks.record.text, code("XAA")).map(({ kind }) => kind);
  expect(kinds).toEqual(["words-in", "object-with-others", "changed-after-support"]);
  talks.removes(1).circulates();
  expect(concernsOf(talks.record, talks.record.text, code("XAA")).map(({ kind }) => kind)).toContain("words-removed");
});

test("a list of delegations is read by code, by name, and by line for those that are no States", () => {
  const read = delegationsIn(
    'code;name\nALB\nCôte d’Ivoire\n"XAA","Freedonia, Republic of"\nICRC2,Red Cross,un-entity\nnobody at all\n\n',
  );
  expect(read.delegations.map(({ code: known, kind }) => [known, kind])).toEqual([
    ["ALB", "member-state"],
    ["CIV", "member-state"],
    ["XAA", "member-state"],
    ["ICRC2", "un-entity"],
  ]);
  expect(read.delegations[2]?.name).toBe("Freedonia, Republic of");
  expect(read.unknown).toEqual(["nobody at all"]);
});

test("a list in one line takes every State in it, and says who in it is unknown", () => {
  const codes = (list: string) => delegationsIn(list).delegations.map(({ code: known }) => known);
  expect(codes("Kenya, Brazil; NOR\tcote d'ivoire")).toEqual(["KEN", "BRA", "NOR", "CIV"]);
  expect(codes("KEN,BRA")).toEqual(["KEN", "BRA"]);
  expect(codes("Mali, Chad")).toEqual(["MLI", "TCD"]);
  expect(codes("KEN,Kenya,member-state,african")).toEqual(["KEN"]);
  expect(codes("XAA,Freedonia")).toEqual(["XAA"]);
  expect(delegationsIn("Kenya, Freedonia, Fiji").unknown).toEqual(["Freedonia"]);
});

test("a table for a spreadsheet keeps quotes and starts no formula", () => {
  expect(csvOf([["delegation:XAA", '=1+"a"', "\t=1", "1-1"]])).toBe(`"delegation:XAA","'=1+""a""","'\t=1","1-1"\r\n`);
});

test("the short name is made of the title", () => {
  expect(slugOf("Réunion: Report of the working group, 3rd!")).toBe("reunion-report-of-the-working-group-3rd");
  expect(slugOf("报告")).toBe("");
  expect(slugOf("a-", true)).toBe("a-");
  expect(slugOf("Draft report of the open-ended working group on networks")).toBe(
    "draft-report-of-the-open-ended-working",
  );
  expect(slugOf("x".repeat(50))).toBe("x".repeat(40));
});

test("a gap in the record is fetched, what comes twice is folded once, and a lost line comes back", async () => {
  vi.useFakeTimers();
  const talks = aNegotiation(p("One."));
  const sockets: TestSocket[] = [];
  const connection = new RecordConnection({
    connect: () => sockets[sockets.push(new TestSocket()) - 1] as unknown as WebSocket,
    fetchAfter: async (after) => talks.frame(thePublic, after),
    now: () => 0,
  });
  sockets[0]!.open();
  sockets[0]!.says(talks.frame(thePublic, 0));
  const before = connection.seen().record.seq;
  talks.writes(1, "Two.").circulates();
  talks.writes(1, "Three.").circulates();
  const late = talks.frame(thePublic, before + 1);
  sockets[0]!.says(late);
  await vi.waitFor(() => expect(connection.seen().record.seq).toBe(talks.record.seq));
  sockets[0]!.says(late);
  expect(connection.seen().entries.map(({ seq }) => seq)).toEqual(talks.entries.map(({ seq }) => seq));
  sockets[0]!.drops(1006);
  expect(connection.seen().line).toEqual({ state: "offline", since: 0 });
  await vi.advanceTimersByTimeAsync(1000);
  sockets[1]!.open();
  sockets[1]!.says(talks.frame(thePublic, 0));
  expect(connection.seen().line).toEqual({ state: "live" });
  sockets[1]!.drops(4401);
  expect(connection.seen().line).toEqual({ state: "ended", why: "signed-out" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(2);
  vi.useRealTimers();
});

test("a frame that comes by the text's line brings the record's own line back without waiting", () => {
  const talks = aNegotiation(p("One."));
  const sockets: TestSocket[] = [];
  const connection = new RecordConnection({
    connect: () => sockets[sockets.push(new TestSocket()) - 1] as unknown as WebSocket,
    fetchAfter: async (after) => talks.frame(thePublic, after),
    now: () => 0,
  });
  sockets[0]!.open();
  sockets[0]!.says(talks.frame(thePublic, 0));
  sockets[0]!.drops(1006);
  expect(sockets).toHaveLength(1);
  connection.take(talks.frame(thePublic, connection.seen().record.seq));
  expect(sockets).toHaveLength(2);
  sockets[1]!.says(talks.frame(thePublic, 0));
  expect(connection.seen().line).toEqual({ state: "live" });
  connection.close();
});

test("[SAV14] a line that the server has no room for waits five seconds at least, says so, and comes back", async () => {
  vi.useFakeTimers();
  const talks = aNegotiation(p("One."));
  const sockets: TestSocket[] = [];
  const connection = new RecordConnection({
    connect: () => sockets[sockets.push(new TestSocket()) - 1] as unknown as WebSocket,
    fetchAfter: async (after) => talks.frame(thePublic, after),
    now: () => 0,
  });
  for (let time = 0; time < 5; time++) {
    const socket = sockets.at(-1)!;
    socket.open();
    socket.drops(1013);
    const { line } = connection.seen();
    if (line.state !== "full") throw new Error(`the line is ${line.state}`);
    expect(line.seconds).toBeGreaterThanOrEqual(5);
    expect(line.seconds).toBeLessThanOrEqual(15);
    await vi.advanceTimersByTimeAsync(line.seconds * 1_000 - 1);
    expect(sockets.at(-1)).toBe(socket);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets.at(-1)).not.toBe(socket);
  }
  sockets.at(-1)!.open();
  sockets.at(-1)!.says(talks.frame(thePublic, 0));
  expect(connection.seen().line).toEqual({ state: "live" });
  connection.close();
});

test("with nothing unsaved, a line that is down does not look as if all were well", () => {
  const text = { isOnline: true, saved: { kind: "saved", at: 0 } } as ConnectedText;
  const sign = (change: Partial<ConnectedText>, line: Line) => signOf({ ...text, ...change }, true, line, 0);
  const away = { state: "offline", since: 0 } as const;
  expect(sign({}, { state: "live" })[1]).toMatch(/^Saved on the server/);
  expect(sign({}, away)).toEqual(["unsaved", expect.stringMatching(/^Offline since/)]);
  expect(sign({ isOnline: false }, { state: "live" })).toEqual(["saving", "Connecting…"]);
  expect(sign({}, { state: "ended", why: "reload" })).toEqual(["unsaved", "No longer connected"]);
  const unsaved = { kind: "unsaved", changes: 1, offlineSince: 0 } as const;
  const full = "The server is full just now; your words are kept; trying again in 7 s";
  expect(sign({ saved: unsaved, waitsForRoom: 7 }, away)).toEqual(["unsaved", full]);
  expect(sign({}, { state: "full", seconds: 7 })).toEqual(["unsaved", full]);
  expect(signOf(null, false, { state: "full", seconds: 7 }, 0)[1]).toBe(
    "The server is full just now; trying again in 7 s",
  );
  expect(sign({ saved: unsaved }, away)).toEqual(["unsaved", "Offline, kept on this device"]);
  expect(sign({ saved: unsaved, keeping: "not-kept" }, away)[1]).toBe("Offline, not kept on this device");
  expect(signOf({ ...text, saved: unsaved }, false, { state: "live" }, 0)[0]).toBe("saved");
});

test("[SAV1] what is saved bears the time of the acknowledgement or of a later entry of the record, with its day where that is not today", () => {
  const now = Date.now();
  const yesterday = now - 24 * 60 * 60 * 1000;
  const sign = (at: number | null, mayWrite = true, recordAt = yesterday) =>
    signOf({ isOnline: true, saved: { kind: "saved", at } } as ConnectedText, mayWrite, { state: "live" }, recordAt)[1];
  expect(sign(now)).toMatch(/^Saved on the server \d\d:\d\d:\d\d$/);
  expect(sign(yesterday)).toMatch(/^Saved on the server \w+.* \w+.*, \d\d:\d\d$/);
  expect(sign(null)).toBe("Connecting…");
  // An act that the desk has on its record was saved after the last words that were typed there.
  expect(sign(yesterday, true, now)).toBe(sign(now));
  expect(sign(null, true, now)).toBe("Connecting…");
  // Who only reads has nothing else that could be saved.
  expect(sign(now, false)).toBe(sign(yesterday));
});
