/** What every store promises, whatever it is made of. Each adapter's test file runs it; rules are those of server/store/SPEC.md. */
import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store, Write } from "../../server/store/port.ts";
import { genesis, LinkSpent, StaleRecord, StorageTrouble } from "../../server/store/port.ts";
import type { Entry } from "../../shared/domain/entries.ts";
import { epochMs, mintId } from "../../shared/domain/values.ts";
import type { DelegationCode, DraftingId, PersonId, SilenceId, WordingHash } from "../../shared/domain/values.ts";

/** @param open a new, empty store */
export function storeContract(adapter: string, open: () => Promise<Store>): void {
  describe(`the store: ${adapter}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test("[STO14] it remembers when the server was last there, and of each delegation when it first opened a text under silence", async () => {
      const [negotiation, silence] = [anId(), anId() as SilenceId];
      const delivery = (code: string, minutes: number): Write => ({
        kind: "delivery",
        row: { negotiation, silence, delegation: code as DelegationCode, at: epochMs(noon + minutes * 60_000) },
      });
      expect(await store.pulse(negotiation)).toBeNull();
      await store.commit([{ kind: "pulse", negotiation, at: noon }, delivery("XBB", 1), delivery("XAA", 2)]);
      await store.commit([{ kind: "pulse", negotiation, at: epochMs(noon + 20_000) }, delivery("XBB", 3)]);
      expect(await store.pulse(negotiation)).toBe(noon + 20_000);
      expect(
        (await store.deliveries(negotiation, silence)).map(({ delegation, at }) => [delegation, at - noon]),
      ).toEqual([
        ["XBB", 60_000],
        ["XAA", 120_000],
      ]);
      expect(await store.deliveries(anId(), silence)).toEqual([]);
    });

    describe("a commit", () => {
      test("[STO1] is there as a whole once it resolved", async () => {
        const [room, negotiation] = [anId(), anId()];
        await store.commit([aText(room, "one", "two"), anAppend(negotiation, aRecord(2)), aPerson("Ada")]);
        expect(await words(store, room)).toEqual(["one", "two"]);
        expect(await store.entries(negotiation)).toEqual(aRecord(2));
      });

      test("[STO1] leaves nothing behind when one of its writes is refused, whatever came before it", async () => {
        const [room, known, negotiation, session] = [anId(), anId(), anId(), anId()];
        const person = aPerson("Ben");
        await store.commit([aText(known, "one"), anAppend(negotiation, aRecord(1)), aSession(session)]);
        const writes: Write[] = [
          aText(room, "lost"),
          aText(known, "lost"),
          person,
          { kind: "session-ended", tokenHash: session },
          { kind: "wordings", wordings: [{ hash: sha256("lost"), canonical: "lost" }] },
          anAppend(negotiation, aRecord(2).slice(1)),
          { kind: "link-used", tokenHash: anId(), at: noon },
        ];
        await expect(store.commit(writes)).rejects.toThrow(LinkSpent);
        expect(await store.text(room)).toBeNull();
        expect(await words(store, known)).toEqual(["one"]);
        expect(await store.person(person.row.id)).toBeNull();
        expect(await store.session(session)).not.toBeNull();
        expect(await store.wording(sha256("lost"))).toBeNull();
        expect(await store.entries(negotiation)).toEqual(aRecord(1));
      });

      test("[STO2] that is refused takes no other with it, though all were made in one turn", async () => {
        const rooms = Array.from({ length: 30 }, anId);
        const outcomes = await Promise.allSettled(
          rooms.map((room, index) =>
            store.commit(
              index % 3 === 1
                ? [aText(room, "lost"), { kind: "link-used", tokenHash: anId(), at: noon }]
                : [aText(room, "kept")],
            ),
          ),
        );
        expect(outcomes.map(({ status }) => status)).toEqual(
          rooms.map((_, index) => (index % 3 === 1 ? "rejected" : "fulfilled")),
        );
        const texts = await Promise.all(rooms.map((room) => store.text(room)));
        expect(texts.map((text) => text !== null)).toEqual(rooms.map((_, index) => index % 3 !== 1));
      });

      test("[STO2] comes after those asked for before it: a burst keeps its order", async () => {
        const room = anId();
        const typed = Array.from({ length: 200 }, (_, index) => `key ${index}`);
        await Promise.all(typed.map((key) => store.commit([aText(room, key)])));
        expect(await words(store, room)).toEqual(typed);
      });

      test("of nothing succeeds", async () => {
        await expect(store.commit([])).resolves.toBeUndefined();
      });
    });

    describe("the record", () => {
      test("[STO3] of two writers who decided on the same state only one appends", async () => {
        const negotiation = anId();
        await store.commit([anAppend(negotiation, aRecord(3))]);
        const next = aRecord(4).slice(3);
        const outcomes = await Promise.allSettled([
          store.commit([anAppend(negotiation, next)]),
          store.commit([anAppend(negotiation, next)]),
        ]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected"]);
        expect((outcomes[1] as PromiseRejectedResult).reason).toBeInstanceOf(StaleRecord);
        expect(await store.entries(negotiation)).toEqual(aRecord(4));
      });

      test("[STO3] an entry that leaves a gap or names another hash before it is refused", async () => {
        const negotiation = anId();
        const [first, second, third] = aRecord(3) as [Entry, Entry, Entry];
        const refused = async (after: number, entries: Entry[]): Promise<void> =>
          expect(store.commit([{ kind: "entries", negotiation, after, entries }])).rejects.toThrow(StaleRecord);
        await refused(1, [second]);
        await refused(0, [first, third]);
        await refused(0, [{ ...first, prev: sha256("elsewhere") }]);
        await store.commit([anAppend(negotiation, [first])]);
        await refused(1, [{ ...second, prev: sha256("elsewhere") }]);
        await refused(0, [first]);
        expect(await store.entries(negotiation)).toEqual([first]);
      });

      test("is read from any entry on", async () => {
        const negotiation = anId();
        await store.commit([anAppend(negotiation, aRecord(5))]);
        expect((await store.entries(negotiation, 3)).map(({ seq }) => seq)).toEqual([4, 5]);
        expect(await store.entries(negotiation, 5)).toEqual([]);
        expect(await store.entries(negotiation, 9)).toEqual([]);
        expect(await store.entries(anId())).toEqual([]);
      });

      test("keeps wordings by their hash, once", async () => {
        const canonical = '{"v":1,"text":"States should coöperate.","notes":[],"refs":[]}';
        const wording = { hash: sha256(canonical), canonical };
        await store.commit([{ kind: "wordings", wordings: [wording] }]);
        await store.commit([{ kind: "wordings", wordings: [wording] }]);
        expect(await store.wording(wording.hash)).toBe(canonical);
        expect(await store.wording(sha256("never written"))).toBeNull();
      });
    });

    describe("a text", () => {
      test("[STO4] that was never written is null, and stays so after an empty write", async () => {
        const room = anId();
        expect(await store.text(room)).toBeNull();
        await store.commit([aText(room)]);
        expect(await store.text(room)).toBeNull();
      });

      test("comes back as its newest snapshot and the updates after it", async () => {
        const room = anId();
        await store.commit([aText(room, "one", "two", "three")]);
        await store.saveSnapshot(room, 2, bytes("one two"));
        await store.saveSnapshot(room, 1, bytes("one"));
        await store.commit([aText(room, "four")]);
        const text = await store.text(room);
        expect(text && { ...text, snapshot: text.snapshot && spell(text.snapshot) }).toMatchObject({
          snapshot: "one two",
          upTo: 4,
        });
        expect(text?.updates.map(spell)).toEqual(["three", "four"]);
        await expect(store.saveSnapshot(room, 5, bytes("ahead"))).rejects.toThrow("not written");
        await expect(store.saveSnapshot(anId(), 1, bytes("of nothing"))).rejects.toThrow("not written");
      });

      test("tells its last updates, no more than asked for, whether a snapshot holds them or not", async () => {
        const room = anId();
        expect(await store.lastUpdates(room, 9, 99)).toEqual([]);
        await store.commit([aText(room, "one", "two", "three")]);
        await store.saveSnapshot(room, 3, bytes("one two three"));
        expect((await store.lastUpdates(room, 9, 99)).map(spell)).toEqual(["one", "two", "three"]);
        expect((await store.lastUpdates(room, 2, 99)).map(spell)).toEqual(["two", "three"]);
        expect((await store.lastUpdates(room, 9, 10)).map(spell)).toEqual(["two", "three"]);
        expect(await store.lastUpdates(room, 9, 4)).toEqual([]);
      });

      test("is not changed by what becomes of the bytes afterwards, nor by the bytes around them", async () => {
        const room = anId();
        const frame = Buffer.from("header|update|trailer");
        const view = frame.subarray(7, 13);
        const commit = store.commit([{ kind: "text", room, updates: [anUpdate(view)] }]);
        frame.fill(0);
        await commit;
        const text = await store.text(room);
        expect(text?.updates.map(spell)).toEqual(["update"]);
        text?.updates[0]?.fill(0);
        expect(await words(store, room)).toEqual(["update"]);
      });

      test("keeps every byte", async () => {
        const room = anId();
        const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
        const large = new Uint8Array(randomBytes(3_000_000));
        await store.commit([
          { kind: "text", room, updates: [all, large, new Uint8Array()].map((update) => anUpdate(update)) },
        ]);
        await store.saveSnapshot(room, 1, large);
        const text = await store.text(room);
        expect(text?.snapshot && Buffer.compare(text.snapshot, large)).toBe(0);
        expect(text?.updates.map((update) => update.length)).toEqual([large.length, 0]);
      });

      test("[STO5] gets no client id twice", async () => {
        const [room, ada, ben] = [anId(), aPersonId(), aPersonId()];
        const issued = await Promise.all(
          Array.from({ length: 100 }, (_, index) => store.issueClientId(room, index % 2 ? ada : ben, noon)),
        );
        expect(new Set(issued).size).toBe(100);
        expect(issued.every((id) => Number.isInteger(id) && id > 0 && id < 2 ** 32)).toBe(true);
        expect(await store.clientIds(room)).toEqual(new Map(issued.map((id, index) => [id, index % 2 ? ada : ben])));
        expect(await store.clientIds(anId())).toEqual(new Map());
      });
    });

    describe("an answer to a command", () => {
      test("is found by its owner's key until it is forgotten", async () => {
        const row = anAnswer();
        await store.commit([{ kind: "answer", row }]);
        expect(await store.answer(row.negotiation, row.owner, row.key)).toEqual(row);
        expect(await store.answer(row.negotiation, "another", row.key)).toBeNull();
        expect(await store.answer(anId(), row.owner, row.key)).toBeNull();
        expect(await store.forgetAnswers(row.at)).toBe(0);
        expect(await store.forgetAnswers(epochMs(row.at + 1))).toBeGreaterThanOrEqual(1);
        expect(await store.answer(row.negotiation, row.owner, row.key)).toBeNull();
      });

      test("[STO6] is given once: of two equal requests at once the slower is refused with all it wrote", async () => {
        const row = anAnswer();
        const room = anId();
        await store.commit([{ kind: "answer", row }]);
        const again = store.commit([aText(room, "twice"), { kind: "answer", row: { ...row, answer: "{}" } }]);
        await expect(again).rejects.toThrow(StaleRecord);
        expect(await store.text(room)).toBeNull();
        expect(await store.answer(row.negotiation, row.owner, row.key)).toEqual(row);
      });
    });

    describe("who takes part", () => {
      test("a negotiation is found by its name, renamed in place, and its name is its own", async () => {
        const row = aNegotiation(1);
        const later = aNegotiation(2);
        await store.commit([
          { kind: "negotiation", row: later },
          { kind: "negotiation", row },
        ]);
        const moved = { ...row, textRoom: anId() };
        await store.commit([{ kind: "negotiation", row: moved }]);
        expect(await store.negotiationBySlug(row.slug)).toEqual(moved);
        expect(await store.negotiations()).toEqual([moved, later]);
        expect(await store.negotiationBySlug("unknown")).toBeNull();
        await expect(store.commit([{ kind: "negotiation", row: { ...later, slug: row.slug } }])).rejects.toThrow(
          StaleRecord,
        );
      });

      test("persons hold seats until they are ended", async () => {
        const [ada, ben] = [aPerson("Ada"), aPerson("Ben")];
        const negotiation = anId();
        const holding = (person: PersonId, seat: string) => ({ person, negotiation, seat });
        await store.commit([
          ada,
          ben,
          { kind: "seat-holding", row: holding(ada.row.id, "chair") },
          { kind: "seat-holding", row: holding(ada.row.id, "delegation:XAA") },
          { kind: "seat-holding", row: holding(ben.row.id, "chair") },
        ]);
        await store.commit([{ kind: "seat-holding", row: holding(ada.row.id, "chair") }]);
        expect(await store.seatsOf(ada.row.id)).toEqual([
          holding(ada.row.id, "chair"),
          holding(ada.row.id, "delegation:XAA"),
        ]);
        expect(await store.holdersOf(negotiation, "chair")).toEqual([ada.row, ben.row]);
        await store.commit([
          { kind: "seat-holding-ended", row: holding(ada.row.id, "chair") },
          { kind: "person", row: { ...ben.row, name: "Benedict" } },
        ]);
        expect(await store.holdersOf(negotiation, "chair")).toEqual([{ ...ben.row, name: "Benedict" }]);
        expect(await store.seatsOf(ada.row.id)).toEqual([holding(ada.row.id, "delegation:XAA")]);
      });

      test("how far a person in a seat has seen the record is kept for each, and never goes back", async () => {
        const row = (seat: string) => ({ person: aPerson("Ada").row.id, negotiation: "N", seat });
        const chair = row("chair");
        expect(await store.seen(chair)).toBeNull();
        for (const upTo of [7, 5]) await store.commit([{ kind: "seen", row: { ...chair, upTo } }]);
        expect(await store.seen(chair)).toBe(7);
        expect(await store.seen({ ...chair, seat: "secretariat" })).toBeNull();
      });

      test("a negotiation's webhooks are kept in their order, replaced by their id, and gone when they are", async () => {
        const store = await open();
        const hook = (id: string, webhook = "{}", negotiation = "N") => ({ negotiation, id, webhook });
        for (const row of [hook("a"), hook("b"), hook("c", "{}", "M")]) await store.commit([{ kind: "webhook", row }]);
        await store.commit([{ kind: "webhook", row: hook("a", '{"after":7}') }]);
        expect(await store.webhooks("N")).toEqual([hook("a", '{"after":7}'), hook("b")]);
        await store.commit([{ kind: "webhook-gone", row: { negotiation: "N", id: "a" } }]);
        expect(await store.webhooks("N")).toEqual([hook("b")]);
        expect(await store.webhooks("M")).toEqual([hook("c", "{}", "M")]);
      });

      test("a delegation's papers are its own, kept in their order, replaced by their id, and gone when they are", async () => {
        const row = (delegation: string, id: string, text: string) => ({
          negotiation: "N",
          delegation: delegation as DelegationCode,
          id,
          paper: JSON.stringify({ text }),
        });
        const [first, second, other] = [row("XAA", "1", "one"), row("XAA", "2", "two"), row("XBB", "1", "theirs")];
        for (const paper of [first, second, other]) await store.commit([{ kind: "paper", row: paper }]);
        const mine = () => store.papers("N", first.delegation);
        expect(await mine()).toEqual([first, second]);
        const again = row("XAA", "1", "one more");
        await store.commit([{ kind: "paper", row: again }]);
        expect(await mine()).toEqual([again, second]);
        await store.commit([{ kind: "paper-gone", row: first }]);
        expect(await mine()).toEqual([second]);
        expect(await store.papers("N", other.delegation)).toEqual([other]);
        expect(await store.papers("M", other.delegation)).toEqual([]);
      });

      test("the drafting rooms of a negotiation are kept in their order, each replaced by its id", async () => {
        const row = (negotiation: string, id: string, room: string) => ({
          negotiation,
          id: id as DraftingId,
          room,
          drafting: JSON.stringify({ room }),
        });
        const [first, second, other] = [row("N", "1", "R1"), row("N", "2", "R2"), row("M", "1", "R3")];
        for (const drafting of [first, second, other]) await store.commit([{ kind: "drafting", row: drafting }]);
        expect(await store.draftings("N")).toEqual([first, second]);
        const again = row("N", "1", "R4");
        await store.commit([{ kind: "drafting", row: again }]);
        expect(await store.draftings("N")).toEqual([again, second]);
        expect(await store.draftings("M")).toEqual([other]);
      });

      test("[STO7] a link is used once, however many try at the same moment", async () => {
        const row = aLink();
        await store.commit([{ kind: "link", row }]);
        const outcomes = await Promise.allSettled(
          Array.from({ length: 50 }, () => store.commit([{ kind: "link-used", tokenHash: row.tokenHash, at: noon }])),
        );
        expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(await store.link(row.tokenHash)).toEqual({ ...row, usedAt: noon });
      });

      test("[STO7] a link that expires at this moment cannot be used", async () => {
        const row = { ...aLink(), expiresAt: noon };
        await store.commit([{ kind: "link", row }]);
        const use = (at: number) => store.commit([{ kind: "link-used", tokenHash: row.tokenHash, at: epochMs(at) }]);
        await expect(use(noon)).rejects.toThrow(LinkSpent);
        await expect(use(noon - 1)).resolves.toBeUndefined();
        expect(await store.link(anId())).toBeNull();
      });

      test("a session holds persons, is renewed, and once ended stays ended", async () => {
        const [tokenHash, ada, ben] = [anId(), aPersonId(), aPersonId()];
        await store.commit([
          aSession(tokenHash),
          { kind: "session-holds", tokenHash, person: ben },
          { kind: "session-holds", tokenHash, person: ada },
          { kind: "session-holds", tokenHash, person: ben },
          { kind: "session-renewed", tokenHash, expiresAt: epochMs(noon + 5) },
        ]);
        expect(await store.session(tokenHash)).toEqual({
          tokenHash,
          createdAt: noon,
          expiresAt: noon + 5,
          persons: [ben, ada],
        });
        await store.commit([{ kind: "session-ended", tokenHash }]);
        await store.commit([{ kind: "session-renewed", tokenHash, expiresAt: epochMs(noon + 9) }]);
        expect(await store.session(tokenHash)).toBeNull();
        await expect(store.commit([{ kind: "session-holds", tokenHash, person: ada }])).rejects.toThrow(StaleRecord);
        await store.commit([aSession(tokenHash)]);
        expect((await store.session(tokenHash))?.persons).toEqual([]);
      });

      test("a token stands for one seat until it is ended", async () => {
        const row = {
          tokenHash: anId(),
          person: aPersonId(),
          negotiation: anId(),
          seat: "delegation:XAB",
          createdAt: noon,
          expiresAt: epochMs(noon + 1),
        };
        await store.commit([{ kind: "token", row }]);
        expect(await store.token(row.tokenHash)).toEqual(row);
        await store.commit([{ kind: "token-ended", tokenHash: row.tokenHash }]);
        expect(await store.token(row.tokenHash)).toBeNull();
      });

      test("a feed's key is found by its hash, replaced with the next of its holder, and gone alone or with all of its negotiation", async () => {
        const [one, other] = [anId(), anId()];
        const row = (person: PersonId, negotiation: string, seat = "chair") => ({
          person,
          negotiation,
          seat,
          keyHash: anId(),
          createdAt: noon,
          expiresAt: epochMs(noon + 1),
        });
        const person = aPersonId();
        const [first, again] = [row(person, one), row(person, one)];
        const rest = [row(person, one, "observer"), row(aPersonId(), one), row(person, other)];
        for (const made of [first, ...rest, again]) await store.commit([{ kind: "feed-key", row: made }]);
        expect(await store.feedKey(first.keyHash)).toBeNull();
        expect(await store.feedKey(again.keyHash)).toEqual(again);
        expect(await store.feedKeyOf({ person, negotiation: one, seat: "chair" })).toEqual(again);
        await store.commit([{ kind: "feed-key-gone", row: { person, negotiation: one, seat: "chair" } }]);
        const found = async (): Promise<readonly boolean[]> =>
          Promise.all([again, ...rest].map(async ({ keyHash }) => (await store.feedKey(keyHash)) !== null));
        expect(await found()).toEqual([false, true, true, true]);
        await store.commit([{ kind: "feed-keys-gone", negotiation: one }]);
        expect(await found()).toEqual([false, false, false, true]);
      });
    });

    test("[STO8] closing lets everything asked for before it finish, and refuses everything after it", async () => {
      const own = await open();
      const rooms = Array.from({ length: 100 }, anId);
      const commits = rooms.map((room) => own.commit([aText(room, "last words")]));
      expect(await own.writable()).toBe(true);
      expect(await own.schemaVersion()).toBeGreaterThan(0);
      const reading = own.text(rooms[0] as string);
      const closing = own.close();
      await expect(own.commit([aText(anId(), "too late")])).rejects.toThrow(StorageTrouble);
      await closing;
      await Promise.all(commits);
      expect(await reading).not.toBeNull();
      await expect(own.text(rooms[0] as string)).rejects.toThrow(StorageTrouble);
      expect(await own.writable()).toBe(false);
      await expect(own.close()).resolves.toBeUndefined();
    });
  });
}

export const noon = epochMs(Date.UTC(2030, 0, 15, 12));
export const anId = (): string => mintId(randomBytes);
const aPersonId = (): PersonId => anId() as PersonId;
export const sha256 = (text: string): WordingHash => createHash("sha256").update(text).digest("hex") as WordingHash;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const spell = (update: Uint8Array): string => new TextDecoder().decode(update);

const anUpdate = (update: Uint8Array) => ({ bytes: update, person: null, at: noon });
export const aText = (room: string, ...updates: string[]): Write => ({
  kind: "text",
  room,
  updates: updates.map((update) => anUpdate(bytes(update))),
});
export async function words(store: Store, room: string): Promise<string[] | null> {
  const text = await store.text(room);
  return text && text.updates.map(spell);
}

const hash = (seq: number): string => (seq === 0 ? genesis : sha256(`entry ${seq}`));
/** The first `length` entries of a record that is the same each time. The hashes only have to differ: the store chains them, the domain checks them. */
export function aRecord(length: number): Entry[] {
  return Array.from({ length }, (_, index) => ({
    v: 1,
    seq: index + 1,
    prev: hash(index),
    hash: hash(index + 1),
    at: epochMs(noon + index),
    who: { seat: { role: "chair" } },
    person: { id: "0000000000000000000001" as PersonId, name: "Zoë – “Chair”" },
    what: { kind: "agenda-set", topics: [{ id: String(index), title: "Emblèmes · 標章 · شعار" }] },
    why: {},
    salts: { at: "00", who: "01", person: "02", what: "03", why: "04" },
  }));
}
export const anAppend = (negotiation: string, entries: readonly Entry[]): Write => ({
  kind: "entries",
  negotiation,
  after: (entries[0]?.seq ?? 1) - 1,
  entries,
});

const aPerson = (name: string) => ({ kind: "person", row: { id: aPersonId(), name } }) as const;
const aSession = (tokenHash: string): Write => ({
  kind: "session",
  row: { tokenHash, createdAt: noon, expiresAt: epochMs(noon + 1) },
});
const anAnswer = () => ({
  negotiation: anId(),
  owner: "person chair",
  key: anId(),
  bodyHash: sha256("body"),
  answer: '{"receipt":{}}',
  at: noon,
});
const aNegotiation = (createdAt: number) => ({
  id: anId(),
  slug: `talks-${anId()}`,
  textRoom: anId(),
  recordRoom: anId(),
  createdAt: epochMs(createdAt),
});
const aLink = () => ({
  tokenHash: anId(),
  negotiation: null,
  seat: "chair",
  person: null,
  name: null,
  createdAt: noon,
  expiresAt: epochMs(noon + 1000),
  usedAt: null,
});
