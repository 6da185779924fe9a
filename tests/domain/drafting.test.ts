import { expect, test } from "vitest";
import type { Drafting, DraftingAct } from "../../shared/domain/drafting.ts";
import {
  carriedOver,
  decideDrafting,
  draftingAccess,
  leaderOf,
  openDrafting,
  seeDrafting,
  sponsorsOf,
} from "../../shared/domain/drafting.ts";
import type { DelegationCode, DraftingId, WordingHash } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { aNegotiation, idOf, p, seated } from "../support/negotiations.ts";
import { chance } from "../support/random.ts";

const words = "a".repeat(64) as WordingHash;
const otherWords = "b".repeat(64) as WordingHash;
const code = (spelled: string): DelegationCode => spelled as DelegationCode;
const talks = aNegotiation(p("States should cooperate in good faith."), p("States should consult."));
for (const seat of ["delegation:XAA", "delegation:XAB", "delegation:XAC"]) talks.takesSeat(seat);

const opened = (invited: readonly string[] = ["XAB", "XAC"], more: object = {}) =>
  openDrafting(
    talks.record,
    { change: "replace", paragraph: idOf(1), wording: talks.wordingOf(1), invited: invited.map(code), ...more },
    seated("delegation:XAA"),
    "D".repeat(22) as DraftingId,
    talks.now,
  );
const room = (invited?: readonly string[]): Drafting => {
  const done = opened(invited);
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value;
};
const answer = (drafting: Drafting, seat: string, act: DraftingAct) =>
  decideDrafting(drafting, talks.record, act, seated(seat), words, talks.now);
const after = (drafting: Drafting, ...acts: readonly (readonly [seat: string, act: DraftingAct])[]): Drafting =>
  acts.reduce((now, [seat, act]) => {
    const done = answer(now, `delegation:${seat}`, act);
    if (!done?.ok) throw new Error(done?.refusal.code ?? "unknown");
    return done.value;
  }, drafting);
const no = (drafting: Drafting, seat: string, act: DraftingAct): string | null => {
  const done = answer(drafting, seat, act);
  return done === null ? "unknown" : done.ok ? null : done.refusal.code;
};
const join = { kind: "join" } as const;
const leave = { kind: "leave" } as const;
const takeOut = (delegation: string) => ({ kind: "take-out", delegation: code(delegation) }) as const;
const sponsor = (wording: WordingHash | null) => ({ kind: "sponsor", wording }) as const;

test("[DRA1] a room is seen by those in it and those asked in, and is unknown to everybody else", () => {
  const drafting = after(room(), ["XAB", join]);
  const seen = (delegation: string) => seeDrafting(drafting, talks.record, code(delegation))?.standing ?? null;
  expect(["XAA", "XAB", "XAC", "XAD", "XAF"].map(seen)).toEqual(["joined", "joined", "invited", null, null]);
  for (const seat of ["chair", "secretariat", "observer", "stakeholder:s", "delegation:XAD"])
    for (const act of [join, leave, sponsor(words), takeOut("XAB"), { kind: "close" } as const])
      expect(no(drafting, seat, act)).toBe("unknown");
});

test("[DRA2] who opened it leads; when it leaves, who has been in longest; when all have left, it is closed", () => {
  const three = after(room(), ["XAC", join], ["XAB", join]);
  expect(leaderOf(three, talks.record)).toBe("XAA");
  expect(no(three, "delegation:XAC", takeOut("XAB"))).toBe("drafting-not-led");
  expect(no(three, "delegation:XAC", { kind: "close" })).toBe("drafting-not-led");
  expect(no(three, "delegation:XAC", { kind: "invite", delegations: [code("XAD")] })).toBe("drafting-not-led");
  const two = after(three, ["XAA", leave]);
  expect(leaderOf(two, talks.record)).toBe("XAC");
  // Whoever comes back is the last.
  const back = after(two, ["XAC", { kind: "invite", delegations: [code("XAA")] }], ["XAA", join]);
  expect(leaderOf(back, talks.record)).toBe("XAC");
  expect(after(two, ["XAC", leave], ["XAB", leave]).ended).toMatchObject({ by: "XAB", proposal: null });
});

test("[DRA3] heads decide, advisers write, readers read", () => {
  const drafting = after(room(), ["XAB", join]);
  const access = (seat: string) => draftingAccess(drafting, talks.record, seated(seat).seat);
  expect(["delegation:XAB", "adviser:XAB", "reader:XAB"].map(access)).toEqual(["write", "write", "read"]);
  expect(["delegation:XAC", "adviser:XAC", "reader:XAD", "chair", "observer"].map(access)).toEqual(
    Array.from({ length: 5 }, () => "none"),
  );
  for (const seat of ["adviser:XAB", "reader:XAB"]) expect(no(drafting, seat, leave)).toBe("not-allowed");
  const byAdviser = openDrafting(
    talks.record,
    { change: "delete", paragraph: idOf(1), wording: talks.wordingOf(1), invited: [] },
    seated("adviser:XAA"),
    "D".repeat(22) as DraftingId,
    talks.now,
  );
  expect(byAdviser).toMatchObject({ ok: false, refusal: { code: "not-allowed" } });
});

test("[DRA4] an invitation shows who asks and for what; whoever is out sees nothing any more", () => {
  const drafting = after(room(), ["XAB", join]);
  const invitation = seeDrafting(drafting, talks.record, code("XAC"))!;
  expect(invitation).toMatchObject({ leader: "XAA", change: "replace", paragraph: idOf(1), standing: "invited" });
  expect(invitation.members.map((member) => member.code)).toEqual(["XAA", "XAC"]);
  expect(no(drafting, "delegation:XAC", sponsor(words))).toBe("drafting-not-joined");
  for (const out of [
    after(drafting, ["XAC", { kind: "decline" }], ["XAB", leave]),
    after(drafting, ["XAA", takeOut("XAB")], ["XAA", takeOut("XAC")]),
  ]) {
    for (const delegation of ["XAB", "XAC"]) {
      expect(seeDrafting(out, talks.record, code(delegation))).toBeNull();
      expect(draftingAccess(out, talks.record, seated(`delegation:${delegation}`).seat)).toBe("none");
      expect(no(out, `delegation:${delegation}`, join)).toBe("unknown");
    }
  }
});

test("[DRA5] only States draft, on words that were in circulation", () => {
  const refusal = (invited: readonly string[], more: object = {}) => {
    const done = opened(invited, more);
    return done.ok ? null : done.refusal.code;
  };
  expect(refusal(["XAB"])).toBeNull();
  expect(refusal(["XAF"])).toBe("not-a-state");
  expect(refusal(["XQQ"])).toBe("delegation-unknown");
  expect(refusal([], { wording: words })).toBe("wording-unknown");
  expect(refusal([], { paragraph: idOf(9) })).toBe("paragraph-unknown");
  expect(refusal([], { change: "move" })).toBe("already-there");
  expect(refusal([], { change: "move", to: "chair-summary" })).toBeNull();
  expect(no(room(), "delegation:XAA", { kind: "invite", delegations: [code("XAF")] })).toBe("not-a-state");
});

test("[DRA6] sponsors are those in the room who said so of exactly these words, from a seat they still hold", () => {
  const drafting = after(room(), ["XAB", join], ["XAC", join], ["XAB", sponsor(words)]);
  const named = (of: Drafting, wording = words, record = talks.record) =>
    sponsorsOf(of, record, wording).map(({ person }) => person);
  expect(no(drafting, "delegation:XAC", sponsor(otherWords))).toBe("wording-stale");
  expect(named(drafting)).toEqual([seated("delegation:XAB").person]);
  expect(named(drafting, otherWords)).toEqual([]);
  expect(named(after(drafting, ["XAB", sponsor(null)]))).toEqual([]);
  expect(named(after(drafting, ["XAB", leave]))).toEqual([]);
  // The leader tables; it is no sponsor beside itself.
  expect(named(after(drafting, ["XAA", sponsor(words)]))).toEqual([seated("delegation:XAB").person]);
  expect(named(drafting, words, { ...talks.record, holdings: [] })).toEqual([]);
});

test("[DRA7] a closed room takes no act any more, is seen by those in it, and its invitations lapse", () => {
  const closed = after(room(), ["XAB", join], ["XAA", { kind: "close" }]);
  for (const act of [leave, sponsor(words), { kind: "close" } as const])
    expect(no(closed, "delegation:XAA", act)).toBe("drafting-ended");
  expect(seeDrafting(closed, talks.record, code("XAB"))?.ended).toMatchObject({ by: "XAA", proposal: null });
  expect(seeDrafting(closed, talks.record, code("XAC"))).toBeNull();
  expect(no(closed, "delegation:XAC", join)).toBe("unknown");
});

test("[DRA8] a draft is carried over to the words in circulation where all of it fits, and its sponsors are asked again", () => {
  const moving = aNegotiation(p("States should cooperate in good faith."), p("States should consult."));
  const subject = { change: "replace", paragraph: idOf(1), wording: moving.wordingOf(1) } as const;
  const draft = [{ t: "text", text: "States must cooperate in good faith." }] as const;
  expect(no(room(), "delegation:XAA", { kind: "carry-over" })).toBe("nothing-changes");
  moving.writes(1, "States should cooperate promptly and in good faith.").circulates();
  const carried = carriedOver(subject, moving.record, draft);
  expect(canonicalText(carried!)).toBe("States must cooperate promptly and in good faith.");
  const done = decideDrafting(
    after(room(), ["XAB", join], ["XAB", sponsor(words)]),
    moving.record,
    { kind: "carry-over" },
    seated("delegation:XAA"),
    words,
    moving.now,
  );
  expect(done).toMatchObject({ ok: true, value: { wording: moving.wordingOf(1) } });
  expect(JSON.stringify(done)).not.toContain("sponsors");
  moving.writes(1, "Governments ought to work together.").circulates();
  expect(carriedOver(subject, moving.record, draft)).toBeNull();
  expect(carriedOver({ ...subject, change: "insert-after" }, moving.record, draft)).toBe(draft);
});

test("[DRA2] [DRA4] whatever is done in whatever order, one of those in the room leads it and nobody out of it sees it", () => {
  const states = ["XAA", "XAB", "XAC", "XAD", "XAE"];
  for (let seed = 1; seed <= 60; seed++) {
    const random = chance(seed);
    let drafting = room([]);
    for (let step = 0; step < 40; step++) {
      const acts: readonly DraftingAct[] = [
        join,
        join,
        leave,
        { kind: "decline" },
        { kind: "invite", delegations: [code(random.pick(states)), code(random.pick(states))] },
        { kind: "invite", delegations: [code(random.pick(states))] },
        takeOut(random.pick(states)),
        sponsor(random.pick([words, otherWords, null])),
        ...(random.below(10) === 0 ? [{ kind: "close" } as const] : []),
      ];
      const by = random.pick(states);
      const before = drafting;
      const done = decideDrafting(
        before,
        talks.record,
        random.pick(acts),
        seated(`delegation:${by}`),
        words,
        epochMs(step),
      );
      if (done?.ok) drafting = done.value;
      const inside = drafting.members.filter(({ standing }) => standing === "joined").map((one) => one.code);
      const leader = leaderOf(drafting, talks.record);
      expect(leader, `seed ${seed}`).toBe(inside[0] ?? null);
      if (before.ended) expect(drafting, `seed ${seed}`).toBe(before);
      if (inside.length === 0) expect(drafting.ended, `seed ${seed}`).not.toBeNull();
      for (const { code: of, standing } of drafting.members) {
        const seen = seeDrafting(drafting, talks.record, of);
        const may = standing === "joined" || (standing === "invited" && !drafting.ended);
        expect(seen !== null, `seed ${seed}: ${of} ${standing}`).toBe(may);
        expect(draftingAccess(drafting, talks.record, seated(`adviser:${of}`).seat) !== "none").toBe(
          standing === "joined",
        );
      }
    }
  }
});
