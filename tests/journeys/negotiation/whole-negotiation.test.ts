/**
 * A whole negotiation through the interfaces that programs have: from a zero draft over four versions, a silence that is broken and one that
 * holds, to a report adopted with dissociations. 40 delegations, 6 groups, 400 positions, 200 proposals, a server that is killed three
 * times. After each step the server's answers are held against a ledger of what must be so (`SEED=n` plays another negotiation).
 */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { verifySeen } from "../../../shared/domain/chain.ts";
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { EpochMs, ParagraphId, ProposalId, SilenceId } from "../../../shared/domain/values.ts";
import { chance } from "../../support/random.ts";
import { Pen } from "../../support/pen.ts";
import { ServerProcess } from "../../support/server-process.ts";
import type { Group, Sheet } from "./play.ts";
import {
  beginPhase,
  changesAreTold,
  chooseAlternative,
  conditionOf,
  draftTogether,
  keepPapers,
  keepSummaryHonest,
  lineageIsComplete,
  namesAreAsStated,
  offerPackage,
  papersAreKept,
  wordSaysTheSame,
} from "./side-scenes.ts";
import { clausesBy, draftOf, madeGroups, scenes, states } from "./cast.ts";
import { Interests } from "./interests.ts";
import { isEqualElsewhere } from "./opened-elsewhere.ts";
import { paragraphsOf } from "./ledger.ts";
import { Play } from "./play.ts";
import { Seat, Venue } from "./seat.ts";

// Many acts make a step, and machines that run tests are busy.
vi.setConfig({ testTimeout: 240_000 });

const seed = Number(process.env["SEED"] ?? 1);
const random = chance(seed);
const clauses = clausesBy(random);
const interests = new Interests(random, clauses.length);

let venue: Venue;
let play: Play;
let conversions = 0;
let gavelled = 0;
const began = performance.now();

beforeAll(async () => {
  const server = await ServerProcess.start();
  venue = new Venue(server, "neighbours");
  const link = /(http\S+\/enter\/\S+)/.exec(server.output)?.[1];
  if (!link) throw new Error(`no link to open the first negotiation:\n${server.output}`);
  const opener = await venue.enter(link, "chair");
  await opener.post("/api/v1/negotiations", {
    title: "Draft report on being good neighbours",
    slug: "neighbours",
    method: "chair-pen",
    disclosure: "delegations",
    // A play cannot wait for three days: these rules allow a silence of any length.
    silenceMinimumHours: 0,
    text: draftOf(clauses),
    delegations: states,
  });
  const seats = ["secretariat", ...states.map(({ code }) => `delegation:${code}`)];
  const invited = await opener.invite(seats);
  const [secretariat, ...delegations] = await Promise.all(invited.map(({ link: one, seat }) => venue.enter(one, seat)));
  const anyone = new Seat(venue, "everyone", {});
  const pen = await Pen.take(server.base, (await opener.info()).rooms.text!, opener.headers);
  const ids = paragraphsOf(await opener.report()).map(({ id }) => id);
  play = new Play(
    { venue, chair: opener, secretariat: secretariat!, delegations, anyone, pen },
    clauses,
    interests,
    ids,
  );
}, 120_000);

afterAll(async () => {
  play?.pen.putDown();
  await venue?.server.stop();
  if (venue?.server.output.includes('"level"')) process.stdout.write(venue.server.output);
  process.stdout.write(`\nseed ${seed}, ${((performance.now() - began) / 1000).toFixed(1)} s\n${venue?.figures()}\n`);
});

test("the zero draft is issued, and six groups have members and a speaker", async () => {
  expect(await play.issue("Zero draft")).toBeNull();
  for (const { name, of, members } of madeGroups) {
    const { id } = await play.chair.do({ kind: "create-group", name, of, invite: members.map(({ code }) => code) });
    for (const { code } of members) await play.seatOf(code).do({ kind: "join-group", group: id as never });
  }
  const { groups } = await play.anyone.info();
  play.groups = groups.map(({ id, members }, index) => ({
    id,
    members: members.map((code) => states.findIndex((state) => state.code === code)),
    // Arvenna speaks for its region and for a political group.
    speaker: index === 0 || index === 3 ? 0 : states.findIndex(({ code }) => code === members[2]),
  }));
  for (const { id, speaker } of play.groups)
    await play.chair.do({ kind: "name-speaker", group: id, speaker: states[speaker]!.code });
  expect(play.groups.map(({ members }) => members.length)).toEqual([14, 13, 13, 8, 10, 14]);
  expect(await play.differences()).toEqual([]);
});

test("on the zero draft, groups and delegations state 178 positions and table 80 proposals", async () => {
  await play.speakAsGroups([3, 3, 3, 3, 3, 3]);
  await play.speak(4);
  await play.proposeAll(states.map(() => 2));
  expect(play.ledger.stated.size).toBe(178);
  expect(play.ledger.asked.size).toBe(80);
  expect(await play.differences()).toEqual([]);
  await keepPapers(play, 3);
});

test("Rev.1 answers them, and is refused until what the chair typed is explained", async () => {
  const { pen, scene, ledger } = play;
  const { seq: since } = await play.chair.report();
  const before = new Set(ledger.asked.keys());
  await play.answerAll({ brackets: true });
  // Arvenna objects to a paragraph as a whole, and the chair cuts it in two: the objection stands on both.
  const objection = await play.lodge(0, scene.split, "objection");
  const [meetings, telephones] = scenes.split.split("; ") as [string, string];
  const second = pen.split(scene.split, telephones);
  pen.rewrite(scene.split, "; ", ".");
  ledger.paper(scene.split).words = `${meetings}.`;
  ledger.put(second, telephones, scene.split);
  ledger.stated.get(objection)!.on = [scene.split, second];
  pen.remove(scene.removed);
  ledger.remove(scene.removed);
  const tailed = play.sheets[11]!;
  pen.rewrite(tailed.id, play.words(tailed), `${play.words(tailed)} This needs no new office.`);
  tailed.tail = " This needs no new office.";
  ledger.paper(tailed.id).words = play.words(tailed);
  await pen.saved();
  const refusal = await play.issue("Rev.1", [
    { paragraph: scene.split, how: "split", reason: "Two matters, two paragraphs." },
    { paragraph: second, how: "split", reason: "Two matters, two paragraphs." },
    { paragraph: scene.removed, reason: "Nobody spoke for it." },
    { paragraph: tailed.id, reason: "Asked for by the budget committee." },
  ]);
  expect(refusal).toBe(
    "409 changes-uncovered: A difference from the last version is covered by no act on the record. Say how it came about, then issue the version.",
  );
  expect(pendingFates()).toEqual([]);
  expect(await play.differences()).toEqual([]);
  await changesAreTold(play, since, before);

  expect(
    await play.delegations[7]!.refused({
      kind: "table-proposal",
      paragraph: scene.removed,
      wording: play.wording(scene.removed),
      text: "Stamps are printed by nobody.",
    }),
  ).toBe("422 paragraph-unknown: This paragraph is no longer in the text.");
});

test("a speaker of two groups cannot say opposite things in their names; on Rev.1 the server dies while all speak", async () => {
  const { scene, ledger, chair, delegations, pen, groups } = play;
  expect(await play.settle()).toBeGreaterThan(0);
  const [region, , , friends] = groups as [Group, Group, Group, Group];
  await play.lodge(0, scene.mandates, "support", { group: region });
  expect(
    await delegations[0]!.refused({
      kind: "lodge-position",
      paragraph: scene.mandates,
      wording: play.wording(scene.mandates),
      level: "objection",
      onBehalfOfGroup: friends.id,
    }),
  ).toBe(
    "409 mandates-conflict: You have stated the opposite here, for yourself or for another group. Withdraw that first, or let another member speak.",
  );
  friends.speaker = friends.members[1]!;
  await delegations[0]!.do({ kind: "name-speaker", group: friends.id, speaker: states[friends.speaker]!.code });
  await play.lodge(friends.speaker, scene.mandates, "objection", { group: friends });
  await play.speakAsGroups([2, 2, 2, 2, 2, 2]);

  const before = venue.answered;
  const speaking = play.speak(3);
  await until(() => venue.answered > before + 40);
  pen.rewrite(scene.wanders, "all plenary gatherings", "all plenary meetings");
  ledger.paper(scene.wanders).words = scenes.wanders.replace("gatherings", "meetings");
  await venue.kill();
  const inFlight = venue.answered - before;
  expect(inFlight).toBeLessThan(120);
  await venue.start();
  await speaking;
  await pen.saved();
  expect(pen.words(scene.wanders)).toBe(ledger.paper(scene.wanders).words);
  await play.proposeAll(states.map(() => 2));
  expect(ledger.stated.size).toBe(178 + 1 + 2 + 12 + 120);
  expect(ledger.asked.size).toBe(160);
  expect((await chair.info()).versions).toHaveLength(2);
  const typed = { paragraph: scene.wanders, wording: play.wording(scene.wanders) };
  // What the chair types is not out before it is circulated: to everyone else the paragraph is as it was.
  expect(paragraphsOf(await play.anyone.report()).find(({ id }) => id === typed.paragraph)?.wording).toBe(
    typed.wording,
  );
});

test("Rev.2 follows objections where their words go, and eleven proposals get every kind of answer", async () => {
  const { pen, scene, ledger, chair, secretariat, sheets, delegations } = play;
  await play.answerAll({ brackets: false });
  const together = await draftTogether(play, [12, 13]);
  await play.dispose(together, "not-taken-up", { reason: "Nobody can hear the podium from there." });
  const offer = await offerPackage(play, [scene.disputed, scene.split]);
  const conditions = [{ is: "stands", package: offer }] as const;
  const removedObjection = await play.lodge(9, scene.removedLater, "objection", { conditions });
  expect(await conditionOf(play, 9, removedObjection)).toContain(offer);
  const joinedObjection = await play.lodge(2, scene.absorbed, "objection");

  const inserting = (state: number, paragraph: ParagraphId, text: string): Promise<ProposalId> =>
    play.tabled(state, paragraph, { change: "insert-after", text });
  const [library, benches, fountains] = await Promise.all([
    inserting(1, sheets[2]!.id, "A public library lends out whatever has been printed on these matters."),
    inserting(2, scene.wanders, "Wooden benches stand along both sides of every corridor."),
    inserting(3, scene.wanders, "Drinking fountains are installed by volunteers."),
  ]);
  for (const [proposal, after, words] of [
    [library, sheets[2]!.id, "A public library lends out whatever has been printed on these matters."],
    [benches, scene.wanders, "Wooden benches stand along both sides of every corridor."],
  ] as const) {
    ledger.put((await play.dispose(proposal, "taken-up")) as ParagraphId, words, after);
    play.used.add(proposal);
  }
  await play.dispose(fountains, "not-taken-up", { reason: "A matter for the host." });

  const [cut, kept] = [
    await play.tabled(4, scene.obsolete, { change: "delete" }),
    await play.tabled(5, sheets[20]!.id, { change: "delete" }),
  ];
  await play.dispose(cut, "taken-up");
  play.used.add(cut);
  ledger.remove(scene.obsolete);
  await play.dispose(kept, "not-taken-up", { reason: "Several delegations need it." });

  const moving = await play.tabled(6, scene.outspoken, { change: "move", to: "chair-summary" });
  await play.dispose(moving, "taken-up");
  play.used.add(moving);
  ledger.paper(scene.outspoken).part = "chair-summary";

  const twofold = await play.propose(
    7,
    scene.disputed,
    scenes.disputed.replace("Whoever", "Anybody who").replace("impartial ", ""),
  );
  await play.dispose(twofold, "taken-up-in-part", { hunks: [1] });
  play.used.add(twofold);
  ledger.paper(scene.disputed).words = scenes.disputed.replace("impartial ", "");

  const firstTry = await play.propose(
    8,
    scene.absorbs,
    "A biennial lecture on good neighbourhood is given by a retired lighthouse keeper.",
  );
  const { id: amended } = await delegations[8]!.do({
    kind: "amend-proposal",
    proposal: firstTry,
    wording: play.wording(scene.absorbs),
    text: "A triennial lecture on good neighbourhood is given by a retired lighthouse keeper.",
  });
  ledger.answer(firstTry, "superseded");
  ledger.ask(amended!, states[8]!.code, scene.absorbs);
  await delegations[8]!.do({ kind: "withdraw-proposal", proposal: amended as ProposalId });
  ledger.answer(amended!, "withdrawn");

  // Two of the chair's team answer the same proposal at the same moment: one of them is told that it has been answered.
  const both = await play.propose(39, scene.split, `${ledger.paper(scene.split).words} Snow does not delay them.`);
  const [yes, no] = await Promise.all([
    chair.try({ kind: "dispose-proposal", proposal: both, fate: "taken-up" }),
    secretariat.try({ kind: "dispose-proposal", proposal: both, fate: "not-taken-up", reason: "Snow does." }),
  ]);
  const refusals = [yes, no].flatMap((answer) =>
    "code" in answer ? [`${answer.status} ${answer.code}: ${answer.detail}`] : [],
  );
  expect(refusals).toEqual([
    "409 proposal-disposed: It has been decided already what becomes of this proposal. The record says by whom and how.",
  ]);
  ledger.answer(both, "code" in yes ? "not-taken-up" : "taken-up");
  if (!("code" in yes)) {
    ledger.paper(scene.split).words += " Snow does not delay them.";
    play.used.add(both);
  }

  pen.join(scene.absorbs, scene.absorbed);
  ledger.paper(scene.absorbs).words += ` ${scenes.absorbed}`;
  ledger.remove(scene.absorbed);
  ledger.stated.get(joinedObjection)!.on = [scene.absorbs];
  pen.remove(scene.removedLater);
  ledger.remove(scene.removedLater);
  ledger.stated.get(removedObjection)!.on = [];
  pen.place(scene.wanders, sheets[0]!.id);
  ledger.order = ledger.order.filter((id) => id !== scene.wanders);
  ledger.order.splice(ledger.order.indexOf(sheets[0]!.id) + 1, 0, scene.wanders);
  await pen.saved();
  const refusal = await play.issue("Rev.2", [
    { paragraph: scene.wanders, how: "order", reason: "It belongs to the beginning." },
    { paragraph: scene.absorbs, how: "merge", reason: "One lecture, one paragraph." },
    { paragraph: scene.absorbed, how: "merge", reason: "One lecture, one paragraph." },
    { paragraph: scene.removedLater, reason: "There is to be no emblem." },
  ]);
  expect(refusal).toMatch(/^409 changes-uncovered: /);
  expect(await play.differences()).toEqual([]);
  // Whose words were removed says whether that is the end of it.
  await play.end(removedObjection, "confirm-met");
  await play.end(joinedObjection, "withdraw-position");
  await chair.do({ kind: "withdraw-package", package: offer, reason: "It has served." });
  expect(await play.differences()).toEqual([]);
  await chooseAlternative(play);
});

test("on Rev.2 the last of 400 positions and 200 proposals are given; Rev.3 has no brackets", async () => {
  const { ledger } = play;
  await play.settle();
  await beginPhase(play, "open", "Second reading");
  await play.speakAsGroups([1, 1, 1, 1, 1, 0]);
  await play.speak(2);
  await play.proposeAll(states.map((_, state) => (state < 29 ? 1 : 0)));
  expect([ledger.stated.size, ledger.asked.size]).toEqual([400, 200]);
  await namesAreAsStated(play);
  await beginPhase(play, "delegations", "Last reading");
  await play.answerAll({ brackets: false });
  expect(await play.liftAll()).toBeGreaterThan(0);
  await play.issue("Rev.3");
  expect(await play.differences()).toEqual([]);
  expect(ledger.order.filter((id) => ledger.paper(id).words.includes("["))).toEqual([]);
});

test("the chair gavels what nobody objects to, moves what many object to, and reopens one; Rev.4 has all of it", async () => {
  const { ledger, chair, sheets } = play;
  await play.settle();
  const standing = (id: ParagraphId): number => ledger.objectionsTo(id).length;
  for (const { id } of sheets) if (standing(id) > 2) await play.move(id, "No consensus at this stage.");
  const free = sheets.filter(({ id }) => ledger.status(id) === "open").slice(0, 12);
  for (const { id } of free) await play.gavel(id);
  const reopened = free[3]!.id;
  await chair.do({ kind: "reopen", paragraph: reopened, reason: "New instructions from a capital." });
  ledger.paper(reopened).reopened = true;
  gavelled = free.length - 1;
  expect(await play.differences()).toEqual([]);
  await keepSummaryHonest(play);
  await play.issue("Rev.4");
  expect(ledger.reading("chair-summary").length).toBeGreaterThan(10);
  expect(await play.differences()).toEqual([]);
});

/** A moment of the real clock: these rules allow a silence of seconds. */
const inSeconds = (seconds: number): EpochMs => Math.ceil(Date.now() + seconds * 1_000) as EpochMs;
const zone = "America/New_York";
/** States that break the silence on the disputed paragraph around the deadline, and which paragraph Istvara breaks it on. */
const racing = Array.from({ length: 12 }, (_, index) => 20 + index);
const breaker = 34;
let brokenSheet: Sheet;

test("silence is not announced over an objection; objections turned into reservations let it be", async () => {
  const { ledger, chair, sheets } = play;
  const announce = { kind: "announce-silence", scope: "whole", deadline: inSeconds(60), zone } as const;
  expect(await chair.refused(announce)).toBe("409 contested: An objection or an open bracket stands against it.");
  const standing = ledger.order.flatMap((id) => ledger.objectionsTo(id).map((objection) => ({ id, objection })));
  expect(standing.length).toBeGreaterThan(0);
  for (const { id, objection } of standing) {
    // An objection that stands on two pieces of a paragraph is one objection.
    if (objection.ended) continue;
    const group = play.groups.find((one) => one.id === objection.group);
    const speaker = play.authorOf(objection);
    const converting = (): Promise<string> =>
      play.lodge(speaker, id, "reservation", { replaces: objection.id, ...(group && { group }) });
    // Who has departed from what groups state there does not speak for one, until it goes along with it again.
    if (group && ledger.departed.get(id)?.has(states[speaker]!.code)) {
      await expect(converting()).rejects.toThrow("You have departed from what groups state on this paragraph");
      await play.align(speaker, objection.id);
    }
    await converting();
    conversions += 1;
  }
  const isFree = (sheet: Sheet): boolean =>
    ledger.status(sheet.id) === "open" && !ledger.standingOn(sheet.id).some(({ by }) => by === states[breaker]!.code);
  brokenSheet = sheets.find(isFree)!;
  expect(await play.differences()).toEqual([]);
});

test("silence on Rev.4: the words are frozen, the server dies, and it is broken by paragraph up to the very deadline, and after it", async () => {
  const { ledger, chair, scene, delegations, sheets } = play;
  const { disputed } = scene;
  const { id } = await chair.do({
    kind: "announce-silence",
    scope: "whole",
    deadline: inSeconds(5 + 3 * venue.absence),
    zone,
  });
  const procedure = id as SilenceId;
  const silence = async (): Promise<ComposedReport["silences"][number]> =>
    (await chair.report()).silences.find((one) => one.id === procedure)!;

  // An edit: refused in words, kept in the pen, and not in the text.
  const { pen } = play;
  pen.rewrite(disputed, "answers", "may answer");
  expect(await pen.refusal()).toMatchObject({ paragraph: disputed });
  expect(pen.words(disputed)).toContain("may answer");
  pen.putDown();
  play.pen = await Pen.take(venue.server.base, (await chair.info()).rooms.text!, chair.headers);
  expect(play.pen.words(disputed)).toBe(ledger.paper(disputed).words);
  const frozen =
    "409 under-silence: A silence procedure runs on it, so its words are frozen until the deadline or until the Chair cancels it.";
  expect(await chair.refused({ kind: "gavel", paragraph: disputed, wording: play.wording(disputed) })).toBe(frozen);
  expect(await chair.refused({ kind: "move-paragraph", paragraph: disputed, to: "chair-summary", reason: "No." })).toBe(
    frozen,
  );
  expect(await chair.refused({ kind: "adopt" })).toBe(frozen);

  const { deadline: first } = await silence();
  expect(await chair.refused({ kind: "extend-silence", procedure, deadline: (first - 1) as EpochMs })).toBe(
    "422 deadline-not-later: Name a later deadline: a silence procedure is never shortened.",
  );
  const deadline = (first + 1_000) as EpochMs;
  await chair.do({ kind: "extend-silence", procedure, deadline, reason: "Asked for from the floor." });

  const breaks = { kind: "break-silence", procedure } as const;
  await delegations[10]!.do({ ...breaks, paragraphs: [disputed], reason: "Water is for everybody." });
  await venue.kill();
  await venue.start();
  expect((await silence()).breaks).toHaveLength(1);
  await delegations[breaker]!.do({ ...breaks, paragraphs: [brokenSheet.id], alsoFor: [states[33]!.code] });
  await chair.do({ ...breaks, paragraphs: [disputed], onBehalfOf: states[14]!.code, reason: "Said in the room." });

  // From a fifth of a second before the deadline to as long after it, one after the other.
  const told = await Promise.all(
    racing.map(async (state, nth) => {
      await reached(deadline - 200 + nth * 30);
      const { receipt } = await delegations[state]!.do({ ...breaks, paragraphs: [disputed] });
      return { state, inTime: Date.parse(receipt.at) <= deadline };
    }),
  );
  expect(told.filter(({ inTime }) => !inTime).length).toBeGreaterThan(0);
  const extending = { kind: "extend-silence", procedure, deadline: inSeconds(60) } as const;
  const tooLate = await chair.refused(extending);
  expect(tooLate).toMatch(
    /^409 (deadline-passed: The deadline has passed; what came in time decides|silence-ended: This silence procedure has ended already)\.$/,
  );
  await expect.poll(async () => (await silence()).ended?.how, { timeout: 20_000 }).toBe("closed");
  await delegations[35]!.do({ ...breaks, paragraphs: [sheets[0]!.id, disputed], reason: "We were asleep." });
  expect(await chair.refused(extending)).toBe("409 silence-ended: This silence procedure has ended already.");

  const { breaks: seen, extensions, ended } = await silence();
  const late = [...told.filter(({ inTime }) => !inTime).map(({ state }) => state), 35];
  expect(
    seen
      .filter(({ inTime }) => !inTime)
      .flatMap(({ by }) => by?.code ?? [])
      .toSorted(),
  ).toEqual(late.map((state) => states[state]!.code).toSorted());
  expect(seen).toHaveLength(racing.length + 4);
  expect(extensions).toHaveLength(1);
  // In the ledger: each break in time is an objection, the rest of the consensus text is agreed.
  const inTime = [10, 14, ...told.filter((one) => one.inTime).map(({ state }) => state)];
  const objections = paragraphsOf(await chair.report()).flatMap((paragraph) =>
    paragraph.positions
      .filter(({ level }) => level === "objection")
      .map((position) => ({ paragraph: paragraph.id, position })),
  );
  for (const { paragraph, position } of objections) {
    if (!ledger.stated.has(position.id) && ledger.paper(paragraph).part === "consensus")
      ledger.state({
        id: position.id,
        by: position.by!.code,
        level: "objection",
        paragraph,
        words: ledger.paper(paragraph).words,
      });
  }
  expect(
    ledger
      .objectionsTo(disputed)
      .map(({ by }) => by)
      .toSorted(),
  ).toEqual(inTime.map((state) => states[state]!.code).toSorted());
  expect(ledger.objectionsTo(brokenSheet.id).map(({ by }) => by)).toEqual([states[breaker]!.code]);
  for (const paragraph of ledger.order)
    if (ledger.paper(paragraph).part === "consensus" && ledger.objectionsTo(paragraph).length === 0)
      play.agree(paragraph);
  const passed = ended?.how === "closed" ? ended.passed.length : 0;
  expect(passed).toBe(ledger.reading("consensus").length - 2 - gavelled);
  expect(await play.differences()).toEqual([]);
});

test("a new silence is a new procedure; it passes while the server is dead, and the report is adopted by consensus", async () => {
  const { ledger, chair, scene, pen } = play;
  const announce = { kind: "announce-silence", scope: "whole", zone, adopts: true } as const;
  expect(await chair.refused({ ...announce, deadline: inSeconds(60) })).toMatch(/^409 contested: /);
  await play.move(scene.disputed, "The silence was broken on it.");
  brokenSheet.tail += " Every State remains free to do more.";
  const { words } = ledger.paper(brokenSheet.id);
  pen.rewrite(brokenSheet.id, words, play.words(brokenSheet));
  ledger.paper(brokenSheet.id).words = play.words(brokenSheet);
  await pen.saved();
  await play.issue("Final draft", [{ paragraph: brokenSheet.id, reason: "To meet the one who broke the silence." }]);
  expect(await play.differences()).toEqual([]);
  expect(await chair.refused({ ...announce, deadline: inSeconds(60) })).toBe(
    "409 earlier-objection-stands: An objection to earlier words stands. Announce that such objections lapse if they are not reaffirmed, or leave the paragraph out.",
  );
  const deadline = inSeconds(3);
  const { id } = await chair.do({ ...announce, deadline, lapses: true });
  await venue.kill();
  await reached(deadline + 2_500);
  await venue.start();
  const report = async (): Promise<ComposedReport> => play.anyone.report();
  await expect.poll(async () => (await report()).adoption?.byConsensus, { timeout: 20_000 }).toBe(true);
  const { silences, adoption } = await report();
  expect(silences.map(({ ended }) => ended?.how)).toEqual(["closed", "closed"]);
  expect(adoption?.silence).toBe(id);
  for (const objection of ledger.objectionsTo(brokenSheet.id)) objection.ended = true;
  play.agree(brokenSheet.id);
  expect(await play.differences()).toEqual([]);
  expect(ledger.blockers()).toEqual([]);
});

test("after adoption delegations dissociate themselves, reserve and explain; everything else is refused", async () => {
  const { chair, delegations, scene, sheets, ledger } = play;
  const agreed = sheets.filter(({ id }) => ledger.paper(id).part === "consensus");
  for (const [state, form, paragraphs, text] of [
    [10, "dissociation", [agreed[0]!.id, agreed[1]!.id], "Arrives too late for our ports."],
    [11, "dissociation", [agreed[2]!.id], "Our law knows no such duty."],
    [12, "reservation", [agreed[0]!.id], "We read it in the light of our constitution."],
    [15, "explanation-of-position", undefined, "We joined the consensus in the spirit of compromise."],
  ] as const) {
    await delegations[state]!.do({ kind: "make-statement", form, text, ...(paragraphs && { paragraphs }) });
  }
  expect(
    await delegations[10]!.refused({ kind: "make-statement", form: "dissociation", text: "From all of it." }),
  ).toBe("422 nothing-in-scope: Name at least one paragraph.");
  const late = { paragraph: scene.wanders, wording: play.wording(scene.wanders) };
  expect(await delegations[1]!.refused({ kind: "lodge-position", level: "objection", ...late })).toBe(
    "409 adopted: The report is adopted. Its text stands; statements can still be made.",
  );
  const page = await (await fetch(`${venue.server.base}/n/neighbours`)).text();
  for (const words of ["Arrives too late for our ports.", "in the spirit of compromise"]) expect(page).toContain(words);

  const { words } = ledger.paper(scene.wanders);
  const corrected = words.replace("sign language", "sign languages");
  await chair.do({ kind: "editorial-correction", ...late, text: corrected, reason: "There are several." });
  ledger.paper(scene.wanders).words = corrected;
  play.agree(scene.wanders);
  await play.issue("Corr.1");
  expect(await play.differences()).toEqual([]);
});

test("every proposal has its fate and a visible place, every position and statement is in somebody's hands", async () => {
  const { ledger, anyone, chair, delegations } = play;
  const fates = [...ledger.asked.values()].map(({ fate }) => fate!);
  expect(
    Object.fromEntries(
      [...new Set(fates)].toSorted().map((fate) => [fate, fates.filter((one) => one === fate).length]),
    ),
  ).toMatchObject({
    superseded: 1,
    withdrawn: 1,
    "taken-up-in-part": 1,
  });
  const report = await chair.report();
  const annexed = new Set(report.annex.flatMap(({ proposals }) => proposals.map(({ id }) => id as string)));
  const inAnnex: ReadonlySet<string> = new Set(["not-taken-up", "taken-up-in-part"]);
  const missing = [...ledger.asked].filter(([id, { fate }]) => inAnnex.has(fate!) && !annexed.has(id));
  expect(missing).toEqual([]);
  // What was merged stands in the text, or is annexed too; either way it is listed under its paragraph.
  const paragraphs = [...report.parts.consensus, ...report.parts.chairSummary];
  const listed = new Set(paragraphs.flatMap(({ proposals }) => proposals.map(({ id }) => id as string)));
  const merged = [...ledger.asked].filter(([, { fate }]) => fate === "merged");
  expect(merged.length).toBeGreaterThan(0);
  expect(merged.filter(([id]) => !listed.has(id) && !annexed.has(id))).toEqual([]);
  // What everyone may know of is on the page that everyone reads, with how often, though not with the names.
  const shown = new Set(
    (await anyone.report()).annex.flatMap(({ proposals }) => proposals.map(({ id }) => id as string)),
  );
  expect(shown).toEqual(annexed);

  const lodged = (await anyone.events()).events.filter(
    (entry) => "what" in entry && entry.what.kind === "position-lodged",
  );
  const brokenInTime = (await anyone.report()).silences[0]!.breaks.filter(({ inTime }) => inTime).length;
  expect(ledger.stated.size).toBe(400 + conversions + brokenInTime);
  expect(lodged).toHaveLength(ledger.stated.size);
  const own = await delegations[5]!.report();
  expect(own.statements).toHaveLength(4);
});

test("every word of the adopted text has its origin, the Word document says the same, and papers are still nobody else's", async () => {
  await lineageIsComplete(play);
  await wordSaysTheSame(play);
  await papersAreKept(play, 3);
});

test("page, Markdown, HTML and JSON say the same, version by version, and every difference has an act", async () => {
  const { anyone, chair, ledger, used } = play;
  const { versions } = await anyone.info();
  expect(versions.map(({ label }) => label)).toEqual([
    "Zero draft",
    "Rev.1",
    "Rev.2",
    "Rev.3",
    "Rev.4",
    "Final draft",
    "Corr.1",
  ]);
  const file = async (address: string): Promise<string> =>
    (await fetch(`${venue.server.base}/n/neighbours${address}`)).text();
  const entries = (await chair.events()).events.flatMap((entry) => ("what" in entry ? [entry] : []));
  const issued = entries.flatMap(({ what }) => (what.kind === "version-issued" ? [what] : []));
  let before = new Map<string, string>();
  const contributed = new Set<string>();
  for (const [nth, { name, label }] of versions.entries()) {
    const [json, markdown, html, page] = await Promise.all(
      [".json", ".md", ".html", ""].map((extension) => file(`/v/${name}${extension}`)),
    );
    const paragraphs = paragraphsOf(JSON.parse(json!) as ComposedReport);
    // Numbers are 1, 2, 3 in each part, and the same everywhere.
    for (const part of ["consensus", "chair-summary"] as const) {
      const numbers = paragraphs.filter((paragraph) => paragraph.part === part).map(({ number }) => number);
      expect({ label, part, numbers }).toEqual({ label, part, numbers: numbers.map((_, index) => String(index + 1)) });
    }
    const lines = markdown!.split("\n");
    const plain = (text: string): string => text.replaceAll(/\\(.)/g, "$1");
    const written = lines.flatMap((line) => /^(\d+)\. (.*)$/.exec(plain(line))?.slice(1, 3) ?? []);
    expect(written).toEqual(paragraphs.flatMap(({ number, text }) => [number, text]));
    for (const source of [html!, page!]) {
      const ids = [...source.matchAll(/id="para-([0-9A-Za-z]{22})"/g)].map(([, id]) => id as string);
      const wanted: ReadonlySet<string> = new Set(paragraphs.map(({ id }) => id as string));
      expect(ids.filter((id) => wanted.has(id))).toEqual(paragraphs.map(({ id }) => id));
      const words = wordsIn(source);
      for (const { text } of paragraphs) if (!words.includes(text)) throw new Error(`${label} does not say: ${text}`);
    }

    // Lineage: what differs from the version before is what the version says that differs, each with acts that are on the record.
    const now = new Map(paragraphs.map(({ id, part, text }) => [id as string, `${part} ${text}`]));
    const changes = new Map(issued[nth]!.changes.map((change) => [change.paragraph as string, change]));
    const differing = [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
    if (nth > 0) {
      for (const id of differing) {
        const acts = changes.get(id)?.acts ?? [];
        if (acts.length === 0) throw new Error(`${label}: nothing says how ${id} came to be "${now.get(id)}"`);
        for (const act of acts) {
          const entry = entries[act.seq - 1]!;
          expect(entry.seq).toBe(act.seq);
          expect("paragraph" in entry.what || entry.what.kind === "text-restored").toBe(true);
          if (act.proposal !== undefined) contributed.add(act.proposal);
        }
      }
      expect(
        [...changes.keys()].filter(
          (id) => !differing.includes(id) && changes.get(id)!.kinds.every((kind) => kind !== "order"),
        ),
      ).toEqual([]);
    }
    before = now;
  }
  expect(contributed).toEqual(new Set<string>(used));
  expect([...before].map(([id]) => id).toSorted()).toEqual(ledger.order.toSorted());
});

test("the record replays to the same state, and its chain holds for every viewer", async () => {
  const { chair, delegations, anyone } = play;
  const { events } = await chair.events();
  const replayed = events.reduce((record, entry) => evolve(record, [entry]), emptyRecord);
  for (const [seat, viewer] of [
    [chair, { kind: "team" }],
    [delegations[3]!, { kind: "delegation", code: states[3]!.code }],
    [anyone, { kind: "public" }],
  ] as const satisfies readonly (readonly [Seat, Viewer])[]) {
    expect(JSON.parse(JSON.stringify(composeReport(replayed, replayed.text, viewer)))).toEqual(await seat.report());
  }
  // Every fifth delegation: of one who sees more and one who sees less all others are like one.
  const chains = await Promise.all(
    [chair, anyone, ...delegations.filter((_, state) => state % 5 === 3)].map(async (seat) =>
      verifySeen((await seat.events()).events, null),
    ),
  );
  expect(chains.filter(({ ok }) => !ok)).toEqual([]);
  const last = events.at(-1)!;
  expect(chains[0]).toMatchObject({ ok: true, last: { seq: last.seq, hash: last.hash } });
  await venue.kill();
  await venue.start();
  expect(await play.differences()).toEqual([]);
  expect(await venue.server.cli("verify", "--negotiation", "neighbours")).toContain(String(last.seq));
});

test("[ARC2] its archive opens on another server as an equal record", () =>
  isEqualElsewhere(venue.server, "neighbours"));

/** What a person reads of a page. */
const wordsIn = (source: string): string =>
  source
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ");

const pendingFates = (): string[] => [...play.ledger.asked].flatMap(([id, { fate }]) => (fate ? [] : [id]));
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setImmediate(next));
}
/** The clock of this machine, which is the server's, shows this moment. */
const reached = (moment: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - Date.now())));
