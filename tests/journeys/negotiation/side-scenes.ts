/**
 * What goes on beside the exchange of positions and proposals: papers that a delegation keeps to itself, words drafted behind closed doors,
 * packages, alternatives, the chair's summary held to the facts, rules of disclosure that change, and what each is told of it.
 */
import { expect } from "vitest";
import type { ChangedFor, Outcome } from "../../../shared/domain/changed-for.ts";
import type { Fate } from "../../../shared/domain/proposals.ts";
import type {
  CorrectionRequestId,
  DelegationCode,
  EpochMs,
  PackageId,
  ParagraphId,
  ProposalId,
} from "../../../shared/domain/values.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { draftingBlocks } from "../../../shared/sync/drafting-text.ts";
import type { DraftingRoomsAnswer } from "../../../shared/wire/api.ts";
import { Pen } from "../../support/pen.ts";
import { readDocx } from "../../support/read-docx.ts";
import { scenes, states } from "./cast.ts";
import { paragraphsOf } from "./ledger.ts";
import type { Play } from "./play.ts";
import type { Seat } from "./seat.ts";

const code = (state: number): DelegationCode => states[state]!.code;

/** Everything that a seat can read of a negotiation: report, record, the pages and what is its own. */
async function allOf(play: Play, seat: Seat): Promise<string> {
  const page = await fetch(`${play.venue.server.base}/n/${play.venue.slug}`, { headers: seat.headers });
  const [info, report, { events }] = await Promise.all([seat.info(), seat.report(), seat.events()]);
  return JSON.stringify([info, report, events, await page.text()]);
}

/** The words stand for nobody but those who may read them. @param except whoever may */
export async function nobodyReads(play: Play, words: string, except: readonly Seat[] = []): Promise<void> {
  for (const seat of [play.chair, play.anyone, play.delegations[20]!, play.delegations[21]!])
    if (!except.includes(seat) && (await allOf(play, seat)).includes(words))
      throw new Error(`${seat.name} reads "${words}"`);
}

// ---------- a delegation's own ----------

const note = "Marble lullabies in the capital.";

export async function keepPapers(play: Play, state: number): Promise<void> {
  const seat = play.delegations[state]!;
  const root = `/api/v1/negotiations/${play.venue.slug}/papers`;
  const paper = { id: "p".repeat(22), kind: "note", paragraph: play.scene.disputed, text: note };
  await seat.post(root, { paper });
  await nobodyReads(play, note);
}

export async function papersAreKept(play: Play, state: number): Promise<void> {
  const { papers } = await play.delegations[state]!.read<{ papers: readonly { text: string }[] }>("/papers");
  expect(papers).toMatchObject([{ text: note, by: expect.any(String) }]);
  expect(await play.delegations[state + 1]!.read("/papers")).toEqual({ papers: [] });
  await expect(play.chair.read("/papers")).rejects.toThrow("403");
  await nobodyReads(play, note);
}

// ---------- a room of one's own ----------

/** Two delegations write together; the third learns of it when it is tabled. */
export async function draftTogether(play: Play, [leader, guest]: readonly [number, number]): Promise<ProposalId> {
  const [first, second] = [play.delegations[leader]!, play.delegations[guest]!];
  const root = `/api/v1/negotiations/${play.venue.slug}/drafting`;
  const paragraph = play.scene.mandates;
  const opening = { change: "replace", paragraph, wording: play.wording(paragraph), invited: [code(guest)] };
  const { id, rooms } = await first.post<DraftingRoomsAnswer & { id: string }>(root, opening);
  const room = rooms.find((one) => one.id === id)!.room!;
  await expect(play.delegations[21]!.post("/api/v1/client-ids", { room })).rejects.toThrow(/: 40[34] /);
  await second.post(`${root}/act`, { id, act: { kind: "join" } });
  const pens = await Promise.all([first, second].map((seat) => Pen.take(play.venue.server.base, room, seat.headers)));
  pens[0]!.rewrite(draftingBlocks.words, "next to the podium", "beside the samovar");
  await pens[0]!.saved();
  await expect.poll(() => pens[1]!.words(draftingBlocks.words)).toContain("beside the samovar");
  pens[1]!.rewrite(draftingBlocks.words, "take their seats", "sit");
  await pens[1]!.saved();
  const words = scenes.mandates.replace("next to the podium", "beside the samovar").replace("take their seats", "sit");
  const { hash } = wordingOf([{ t: "text", text: words }]);
  await second.post(`${root}/act`, { id, act: { kind: "sponsor", wording: hash } });
  await nobodyReads(play, "samovar");
  expect(await play.delegations[21]!.read("/drafting")).toEqual({ rooms: [] });
  await expect(play.chair.read("/drafting")).rejects.toThrow("403");
  const tabled = await first.post<{ id: string }>(`${root}/table`, { id });
  for (const pen of pens) pen.putDown();
  play.ledger.ask(tabled.id, code(leader), paragraph);
  play.ledger.sponsor(tabled.id, code(guest));
  const seen = paragraphsOf(await play.chair.report())
    .flatMap(({ proposals }) => proposals)
    .find((one) => one.id === tabled.id);
  expect(seen).toMatchObject({ text: words, by: { code: code(leader) }, cosponsors: [{ code: code(guest) }] });
  return tabled.id as ProposalId;
}

// ---------- packages and alternatives ----------

/** What the chair prepares is nobody's business until it is offered; an objection can hang on it. */
export async function offerPackage(play: Play, paragraphs: readonly ParagraphId[]): Promise<PackageId> {
  const title = "Lanterns for lighthouses";
  const { id } = await play.secretariat.do({ kind: "prepare-package", title, paragraphs });
  await nobodyReads(play, title, [play.chair]);
  const packages = async (seat: Seat) => (await seat.report()).packages.map((one) => one.title);
  expect(await packages(play.chair)).toEqual([title]);
  await play.chair.do({ kind: "release-package", package: id as PackageId });
  expect(await packages(play.delegations[21]!)).toEqual([title]);
  expect(await packages(play.anyone)).toEqual([]);
  return id as PackageId;
}

/** The condition of an objection, as its author and the chair read it, and how it stands. */
export async function conditionOf(play: Play, state: number, position: string): Promise<string> {
  const read = async (seat: Seat) =>
    paragraphsOf(await seat.report())
      .flatMap(({ positions }) => positions)
      .find(({ id }) => id === position)?.conditions;
  const [chair, own, all] = await Promise.all([play.chair, play.delegations[state]!, play.anyone].map(read));
  expect(chair).toEqual(own);
  expect(all).toBeUndefined();
  return JSON.stringify(chair);
}

/** Two paragraphs that say the same otherwise: labelled everywhere, in the way of adoption, and one of them goes to the annex. */
export async function chooseAlternative(play: Play): Promise<void> {
  const { chair, anyone, ledger, scene } = play;
  const pair = [scene.winter, scene.budget];
  await chair.do({ kind: "group-alternatives", paragraphs: pair });
  for (const id of pair) ledger.unchosen.add(id);
  const labels = paragraphsOf(await anyone.report()).flatMap(({ id, number }) => (pair.includes(id) ? [number] : []));
  const [number] = labels[0]!.split(" ");
  expect(labels).toEqual([`${number} Alt 1`, `${number} Alt 2`]);
  expect(await play.differences()).toEqual([]);
  await chair.do({ kind: "choose-alternative", paragraph: scene.winter, others: "annex", reason: "Shorter." });
  ledger.unchosen.clear();
  ledger.remove(scene.budget);
}

// ---------- the chair's summary ----------

/** One paragraph of it is tied to whom it speaks for, another is corrected as to a fact; nothing of it is in anybody's way. */
export async function keepSummaryHonest(play: Play): Promise<void> {
  const { chair, delegations, ledger } = play;
  const about = ledger
    .reading("chair-summary")
    .filter(({ text }) => text.startsWith("One delegation"))
    .slice(0, 2);
  const [tied, wrong] = about.map(({ id, text }) => ({
    id,
    text,
    state: states.findIndex(({ name }) => text.endsWith(`it was ${name}.`)),
  })) as [{ id: ParagraphId; text: string; state: number }, { id: ParagraphId; text: string; state: number }];
  const inSummary = async (seat: Seat, id: ParagraphId) =>
    paragraphsOf(await seat.report()).find((one) => one.id === id)!;
  const quantified = await inSummary(chair, tied.id);
  expect(quantified.quantifiers).toMatchObject([{ words: "One delegation", warning: "untied" }]);
  const tie = { kind: "tie-quantifier", paragraph: tied.id, wording: quantified.wording, from: 0 } as const;
  await chair.do({ ...tie, delegations: [code(tied.state), code(1)] });
  expect((await inSummary(chair, tied.id)).quantifiers).toMatchObject([{ warning: "more" }]);
  await chair.do({ ...tie, delegations: [code(tied.state)] });
  expect((await inSummary(chair, tied.id)).quantifiers[0]).not.toHaveProperty("warning");

  const asked = await delegations[wrong.state]!.do({
    kind: "request-correction",
    paragraph: wrong.id,
    wording: play.wording(wrong.id),
    text: "We said so for our neighbours too.",
  });
  const heard = await chair.do({
    kind: "request-correction",
    paragraph: wrong.id,
    wording: play.wording(wrong.id),
    text: "It was said twice.",
    onBehalfOf: code(30),
  });
  const corrected = wrong.text.replace("would have preferred", "said for several that it would have preferred");
  const { wording } = await inSummary(chair, wrong.id);
  const answer = { kind: "answer-correction", request: asked.id as CorrectionRequestId } as const;
  await chair.do({ ...answer, corrected: true, text: corrected, wording });
  await chair.do({
    kind: "answer-correction",
    request: heard.id as CorrectionRequestId,
    corrected: false,
    reason: "It was said once.",
  });
  ledger.paper(wrong.id).words = corrected;
  const told = async (seat: Seat) => (await inSummary(seat, wrong.id)).corrections.map((one) => one.answer);
  expect(await told(delegations[wrong.state]!)).toMatchObject([
    { how: "corrected", outstanding: true },
    { how: "not-corrected", reason: "It was said once." },
  ]);
  play.afterwards = async () => {
    expect((await told(delegations[wrong.state]!))[0]).not.toHaveProperty("outstanding");
    expect((await inSummary(delegations[21]!, tied.id)).quantifiers).toMatchObject([
      { words: "One delegation", by: [{ code: code(tied.state) }] },
    ]);
  };
}

// ---------- disclosure ----------

/** From a moment on everything that is stated is public, until it is among delegations again. */
export async function beginPhase(play: Play, preset: "open" | "delegations", phase: string): Promise<void> {
  const from = (Date.now() + 300) as EpochMs;
  await play.chair.do({ kind: "set-disclosure", preset, phase, from });
  await expect.poll(async () => (await play.anyone.info()).disclosure, { timeout: 20_000 }).toBe(preset);
  play.ledger.isPublic = preset === "open";
}

/** Everyone reads the names of those who spoke while names were public, and of nobody else. */
export async function namesAreAsStated(play: Play): Promise<void> {
  const seen = paragraphsOf(await play.anyone.report()).flatMap(({ positions }) => positions);
  const wrong = seen.filter(({ id, by }) => (by !== undefined) !== play.ledger.stated.get(id)!.isPublic);
  expect(wrong).toEqual([]);
  expect(new Set(seen.map(({ by }) => by !== undefined))).toEqual(new Set([true, false]));
}

// ---------- what changed for whom ----------

const outcomeOf = (fate: Fate): Outcome =>
  fate === "taken-up" ? "used" : fate === "not-taken-up" || fate === "superseded" ? "not-used" : "adapted";

/** For two delegations exactly what the ledger says: their proposals with their fates, brackets near them, and what waits for an answer. */
export async function changesAreTold(play: Play, since: number, before: ReadonlySet<string>): Promise<void> {
  for (const state of [3, 20]) {
    const told = await play.delegations[state]!.read<ChangedFor>(`/changed?since=${since}`);
    const own = [...play.ledger.asked].filter(
      ([id, { by, sponsors, fate }]) =>
        before.has(id) && fate && fate !== "withdrawn" && (by === code(state) || sponsors.has(code(state))),
    );
    expect(
      told.proposals.map(({ proposal, outcome, author }) => `${proposal} ${outcome} ${author}`).toSorted(),
    ).toEqual(own.map(([id, { by, fate }]) => `${id} ${outcomeOf(fate!)} ${by === code(state)}`).toSorted());
    const near = new Set([
      ...own.map(([, { paragraph }]) => paragraph),
      ...play.standingOf(state).flatMap(({ on }) => on),
    ]);
    expect(told.brackets.map(({ paragraph }) => paragraph).toSorted()).toEqual(
      play.sheets.flatMap(({ id, open }) => (open && near.has(id) ? [id] : [])).toSorted(),
    );
    expect(told.agreed).toEqual([]);
    // Whoever agreed to, or objected to, words that are others now is asked.
    const asked = play
      .standingOf(state)
      .filter(({ level }) => ["support", "accept", "objection"].includes(level))
      .filter(({ paragraph, words }) => play.ledger.paper(paragraph).words !== words);
    expect(told.awaited.map(({ position }) => position ?? "").toSorted()).toEqual(asked.map(({ id }) => id).toSorted());
  }
}

// ---------- the outputs ----------

interface Row {
  readonly paragraph: string;
  readonly kind: string | null;
  readonly text: string | null;
  readonly acts: readonly { readonly seq: number }[];
  readonly words: readonly { readonly text: string; readonly act: { readonly seq: number } }[];
}

/** For every word of the final text it is told which act it came of, and whoever contributed by it. */
export async function lineageIsComplete(play: Play): Promise<void> {
  const { base } = play.venue.server;
  const headers = play.chair.headers;
  const file = await fetch(`${base}/n/${play.venue.slug}/lineage.json?seat=chair`, { headers });
  const { rows } = (await file.json()) as { rows: readonly Row[] };
  const standing = rows.filter(({ kind, text }) => kind === "paragraph" && text !== null);
  const report = paragraphsOf(await play.chair.report());
  // In the order of the text, where the parts stand among each other.
  expect(new Map(standing.map(({ paragraph, text }) => [paragraph, text]))).toEqual(
    new Map(report.map(({ id, text }) => [id as string, text])),
  );
  const { events } = await play.chair.events();
  const proposals = new Set<string>();
  for (const { paragraph, text, words } of standing) {
    if (words.map((run) => run.text).join("") !== text)
      throw new Error(`${paragraph}: words without an origin in ${text}`);
    for (const { act } of words) {
      const entry = events[act.seq - 1];
      if (entry?.seq !== act.seq || !("what" in entry)) throw new Error(`${paragraph}: no entry ${act.seq}`);
      if (entry.what.kind === "proposal-disposed") proposals.add(entry.what.proposal);
    }
  }
  expect(proposals.size).toBeGreaterThan(10);
  expect([...proposals].filter((id) => !play.used.has(id as ProposalId))).toEqual([]);
  const some = standing.find(({ words }) => new Set(words.map(({ act }) => act.seq)).size > 2)!;
  const life = await fetch(`${base}/n/${play.venue.slug}/p/${some.paragraph}?seat=chair`, { headers });
  expect(life.status).toBe(200);
  expect(await life.text()).toContain(some.text!.slice(0, 20));
}

/** The Word document, opened: the same numbers and words. */
export async function wordSaysTheSame(play: Play): Promise<void> {
  const file = await fetch(`${play.venue.server.base}/n/${play.venue.slug}.docx`);
  const { paragraphs } = readDocx(new Uint8Array(await file.arrayBuffer()));
  const report = await play.anyone.report();
  const written = paragraphs.flatMap(({ anchor, lead, runs }) =>
    anchor?.startsWith("para_") && lead.trim() !== "" ? [[lead.trim(), runs.map(({ text }) => text).join("")]] : [],
  );
  expect(written).toEqual(paragraphsOf(report).map(({ number, text }) => [`${number}.`, text]));
}
