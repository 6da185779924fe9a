import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EntryDraft, Link } from "../../shared/domain/chain.ts";
import { beginning, redact, seal, sealEntry, verifySeen } from "../../shared/domain/chain.ts";
import type { Entry, Section, SeenEntry, What, Why } from "../../shared/domain/entries.ts";
import { sections } from "../../shared/domain/entries.ts";
import type { EpochMs, PersonId, PositionId } from "../../shared/domain/values.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const seed = Number(process.env["SEED"] ?? 1);

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef".split("")), minLength: length, maxLength: length });
const id = fc.string({ unit: fc.constantFrom("0", "a", "Z"), minLength: 22, maxLength: 22 });
const words = fc.string({ unit: fc.constantFrom("a", "é", "文", "😀", " ", '"', "\\", "\n"), maxLength: 20 });
const body = fc.record({
  at: fc.nat().map((ms) => ms as EpochMs),
  who: fc.constantFrom<Entry["who"]>({ seat: { role: "chair" } }, { seat: { role: "secretariat" } }),
  person: fc.record({ id: id.map((id) => id as PersonId), name: words }),
  what: id.map((position): What => ({ kind: "position-withdrawn", position: position as PositionId })),
  why: words.map((reason): Why => (reason ? { reason } : {})),
  salts: fc.record({ at: hex(32), who: hex(32), person: hex(32), what: hex(32), why: hex(32) }),
});

/** A chain of random entries. */
function aRecord(length: number): Entry[] {
  const record: Entry[] = [];
  let last: Link = beginning;
  for (const { salts, ...rest } of fc.sample(body, { numRuns: length, seed })) {
    last = sealEntry({ seq: last.seq + 1, prev: last.hash, ...rest } satisfies EntryDraft, salts);
    record.push(last as Entry);
  }
  return record;
}

/** The entries as seen by someone: by turns whole, without names, without names and reasons, and sealed. */
const partly = (entry: Entry): SeenEntry =>
  [
    () => redact(entry, new Set(sections)),
    () => redact(entry, new Set<Section>(["at", "what", "why"])),
    () => redact(entry, new Set()),
    () => seal(entry),
  ][entry.seq % 4]!();

test("[CHN1] the hash is SHA-256 of canonical JSON of the number, the hash before, and the commitments", () => {
  const [entry] = aRecord(1);
  const { seq, prev, hash, salts } = entry!;
  const committed = (section: Section) => {
    const value = JSON.stringify(entry![section]); // one member, or members in order already
    return sha256(`["${salts[section]}",${value}]`);
  };
  const reordered = {
    at: committed("at"),
    person: committed("person"),
    prev,
    seq,
    v: 1,
    what: committed("what"),
    who: committed("who"),
    why: committed("why"),
  };
  expect({ seq, prev }).toEqual({ seq: 1, prev: "0".repeat(64) });
  expect(hash).toBe(sha256(JSON.stringify(reordered)));
});

test("[CHN2] a record verifies, whole or with sections and entries hidden, at once or frame by frame", () => {
  const record = aRecord(200);
  const last = { seq: 200, hash: record.at(-1)!.hash };
  expect(verifySeen(record, null)).toEqual({ ok: true, last });
  expect(verifySeen(record.map(partly), null)).toEqual({ ok: true, last });
  const half = verifySeen(record.slice(0, 77).map(partly), null);
  expect(half.ok && verifySeen(record.slice(77).map(partly), half.last)).toEqual({ ok: true, last });
  expect(verifySeen([], null)).toEqual({ ok: true, last: beginning });
});

test("[CHN3] what is hidden is not in what is sent, and cannot be tried out without its salt", () => {
  const [entry] = aRecord(1);
  const salts = { at: "0", who: "1", person: "2", what: "3", why: "4" };
  const secret = sealEntry({ ...entry!, why: { reason: "instructions" } }, salts);
  const seen = redact(secret, new Set<Section>(["who"]));
  expect(JSON.stringify(seen)).not.toContain("instructions");
  expect(seen).toMatchObject({
    who: secret.who,
    person: { hidden: expect.stringMatching(/^[0-9a-f]{64}$/) },
    why: { hidden: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(seen).toMatchObject({ at: secret.at, what: secret.what, salts: { at: "0", who: "1", what: "3" } });
  expect("salts" in seen && Object.keys(seen.salts).sort()).toEqual(["at", "what", "who"]);
  expect(seal(secret)).toEqual({ seq: 1, prev: secret.prev, hash: secret.hash, sealed: true });
});

test("[CHN4] an entry that is missing, repeated, moved or put in is named", () => {
  const record = aRecord(9);
  const others = aRecord(12).slice(9);
  const without = (index: number) => verifySeen(record.toSpliced(index, 1), null);
  expect(without(4)).toEqual({ ok: false, seq: 5, why: "number" });
  expect(verifySeen(record.toSpliced(4, 0, record[3]!), null)).toEqual({ ok: false, seq: 5, why: "number" });
  expect(verifySeen(record.toSpliced(4, 1, { ...others[0]!, seq: 5 }), null)).toEqual({
    ok: false,
    seq: 5,
    why: "link",
  });
  expect(verifySeen(record.toSpliced(4, 1, { ...record[4]!, at: 7 as EpochMs }), null)).toEqual({
    ok: false,
    seq: 5,
    why: "contents",
  });
  expect(verifySeen(record.slice(3), { seq: 3, hash: record[3]!.hash })).toMatchObject({
    ok: false,
    seq: 4,
    why: "link",
  });
});

test(`[CHN5] in 2,000 random entries a change of any letter is caught and named (SEED=${seed})`, () => {
  const record = aRecord(2001);
  const places = fc.sample(fc.nat(), { numRuns: 2000, seed });
  let changed = 0;
  places.forEach((place, index) => {
    const json = JSON.stringify(record[index]);
    changed += Number(caught(record, index, record[index]!, change(json, place % json.length)));
  });
  // Each letter of one whole entry and of one with sections hidden.
  for (const seen of [record[0]!, partly(record[4]!), partly(record[5]!)]) {
    const json = JSON.stringify(seen);
    for (let place = 0; place < json.length; place++) {
      changed += Number(caught(record, seen.seq - 1, seen, change(json, place)));
    }
  }
  expect(changed).toBeGreaterThan(2000); // the rest was no JSON any more
});

/** Another letter in one place, or null when that is no JSON. */
function change(json: string, place: number): SeenEntry | null {
  const letter = json[place] === "1" ? "2" : "1";
  try {
    return JSON.parse(json.slice(0, place) + letter + json.slice(place + 1)) as SeenEntry;
  } catch {
    return null;
  }
}

/** False when nothing was changed; fails when a change was not caught at its entry. */
function caught(record: readonly Entry[], index: number, before: SeenEntry, after: SeenEntry | null): boolean {
  if (after === null || JSON.stringify(after) === JSON.stringify(before)) return false;
  const link = index === 0 ? null : { seq: record[index - 1]!.seq, hash: record[index - 1]!.hash };
  expect(verifySeen([after], link)).toMatchObject({ ok: false, seq: record[index]!.seq });
  return true;
}

test("[CHN5] a changed sealed entry is caught by the one that follows it", () => {
  const record = aRecord(3);
  const sealed = seal(record[1]!);
  const changed = { ...sealed, hash: sealed.hash.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) };
  expect(verifySeen([record[0]!, changed, record[2]!], null)).toEqual({ ok: false, seq: 3, why: "link" });
});
