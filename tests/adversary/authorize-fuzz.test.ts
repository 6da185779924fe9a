/* oxlint-disable no-underscore-dangle -- the fields of Yjs that this needs are spelled so */
/**
 * Hostile and honest updates by the thousand. The oracle applies what was let through to a copy and looks at what really changed.
 * `FUZZ=n` multiplies the counts, `SEED=n` replays one run.
 */
import * as Y from "yjs";
import { describe, expect, test } from "vitest";
import type { Authorization } from "../../server/rooms/authorize-update.ts";
import { authorizeUpdate } from "../../server/rooms/authorize-update.ts";
import { defaultLimits } from "../../server/limits.ts";
import { flatText } from "../../shared/domain/text.ts";
import { blocksOf, contentOf, fieldRules, markNames } from "../../shared/sync/model.ts";
import { addParagraph, block, bodyIn, copyOf, fieldsOf, newsOf, reportDoc } from "../support/report-doc.ts";
import type { Chance } from "../support/random.ts";
import { chance } from "../support/random.ts";
import type { Forged, Strike } from "../support/forge-update.ts";
import { forge } from "../support/forge-update.ts";

const times = Number(process.env["FUZZ"] ?? 1);
const seeds = process.env["SEED"] ? [Number(process.env["SEED"])] : [1, 2, 3, 4].map((n) => n * 7919);
const mine = 100;
const names = ["a", "b", "c", "d", "e"];
const lockedNames = ["b", "d"];
const locked = new Set<string>(lockedNames.map(block));
const limits = { ...defaultLimits, structLength: 10_000, structsPerUpdate: 2_000, deletesPerUpdate: 2_000 };

const decide = (doc: Y.Doc, update: Uint8Array): Authorization =>
  authorizeUpdate(doc, update, { owns: (client) => client === mine, locked, limits });

/** A text that several people have worked on, with surrogate pairs where a cut would show. */
function workedOn(random: Chance): Y.Doc {
  const doc = reportDoc(1, Object.fromEntries(names.map((name) => [name, `Paragraph ${name} 🌍🌍 stands here.`])));
  const other = copyOf(doc, 50);
  for (let i = 0; i < 12; i++) {
    const body = bodyIn(other, random.pick(names));
    const kind = random.below(3);
    if (kind === 0) body.insert(random.below(5), "zz");
    else if (kind === 1) body.delete(0, 2);
    else body.format(0, 3, { strong: true });
  }
  Y.applyUpdate(doc, newsOf(other, doc));
  return doc;
}

function forged(doc: Y.Doc, random: Chance): Uint8Array {
  const known: Y.ID[] = [];
  for (const [client, structs] of doc.store.clients) {
    for (const { id, length } of structs) known.push(Y.createID(client, id.clock + random.below(length)));
  }
  const client = random() < 0.93 ? mine : random.pick([1, 50, 200]);
  const clock = random() < 0.9 ? Y.getState(doc.store, client) : random.below(20);
  const own: Y.ID[] = [];
  let at = clock;
  const anyId = (): Y.ID => {
    if (random() < 0.35 && own.length > 0) return random.pick(own);
    if (random() < 0.05) return Y.createID(random.pick([1, 50, mine, 9]), random.below(1_000));
    return random.pick(known);
  };
  const contents: (() => Y.Item["content"])[] = [
    () => new Y.ContentString(random.pick(["EVIL", "E", "", "\u202E"])),
    () => new Y.ContentFormat(random.pick(["strong", "colour"]), random.pick([true, null, "x"]) as unknown as object),
    () => new Y.ContentType(new Y.Text()),
    () => new Y.ContentType(new Y.Map()),
    () => new Y.ContentType(new Y.Array()),
    () => new Y.ContentAny([random.pick<unknown>(["abc", 1, "chair-summary", "heading", {}])]),
    () => new Y.ContentAny(random.pick([[], [1, 1]])),
    () => new Y.ContentDeleted(random.below(4)),
    () => new Y.ContentEmbed(random.pick([{}, { t: "ref", to: block("a") }, { t: "script" }])),
  ];
  const keys = [...names.map(block), block("q"), "body", "order", "type", "del", "part", "seen", "toString"];
  // Half of them are plain words at some place, so that many get past the first rules.
  const plain = random() < 0.5;
  const structs = Array.from({ length: 1 + random.below(plain ? 2 : 5) }, (): Forged => {
    const item: Forged =
      random() < 0.05
        ? { collected: random.below(3) }
        : plain
          ? { origin: anyId(), content: new Y.ContentString("EVIL") }
          : {
              origin: random() < 0.5 ? anyId() : null,
              right: random() < 0.4 ? anyId() : null,
              parent: random() < 0.3 ? random.pick(["blocks", "blocks", "positions"]) : anyId(),
              key: random() < 0.6 ? random.pick(keys) : null,
              content: random.pick(contents)(),
            };
    own.push(Y.createID(client, at));
    at += "collected" in item ? item.collected : item.content.getLength();
    return item;
  });
  const sections = [{ client, clock, structs }];
  if (random() < 0.05) sections.push({ client, clock: at, structs: [{ collected: 1 }] });
  const strikes = Array.from({ length: random.below(3) }, (): Strike => [
    random.pick([1, 50, mine]),
    random.below(130),
    random.below(5),
  ]);
  return forge(sections, strikes);
}

/** What a client of Yjs can do that knows no rules, sometimes with bits turned on the way. */
function unruly(doc: Y.Doc, random: Chance): Uint8Array {
  const peer = copyOf(doc, random() < 0.95 ? mine : 60);
  for (let k = 1 + random.below(3); k > 0; k--) {
    const name = random.pick([...names, "a", "a", "c", "c", "e", "f", "g"]);
    if (!blocksOf(peer).has(block(name))) {
      addParagraph(peer, name, "fresh");
      continue;
    }
    const deed = random();
    if (deed < 0.04) blocksOf(peer).delete(block(name));
    else if (deed < 0.08) blocksOf(peer).set(block(name), new Y.Map());
    else if (blocksOf(peer).get(block(name)) instanceof Y.Map) {
      const fields = fieldsOf(peer, name);
      const body = fields.get("body");
      if (deed < 0.12) fields.set("body", new Y.Text("swapped"));
      else if (deed < 0.3) {
        fields.set(
          random.pick(["order", "type", "del", "part"]),
          random.pick<unknown>(["b", "heading", 1, "chair-summary"]),
        );
      } else if (!(body instanceof Y.Text) || body.length < 5) continue;
      else if (deed < 0.5) body.delete(random.below(body.length - 2), 2);
      else if (deed < 0.6) body.format(0, 2, { strong: random() < 0.5 || null });
      else body.insert(random.below(body.length), "abc");
    }
  }
  const update = newsOf(peer, doc);
  if (random() < 0.3) {
    for (let k = 1 + random.below(3); k > 0; k--) update[random.below(update.length)] = random.below(256);
  }
  return update;
}

/** Everything of the locked blocks but their order. */
const lockedState = (doc: Y.Doc): string =>
  JSON.stringify(
    lockedNames.map((name) => {
      const { order: _, body: __, ...fields } = fieldsOf(doc, name).toJSON();
      return [
        bodyIn(doc, name).toDelta(),
        Object.keys(fields)
          .sort()
          .map((key) => [key, fields[key]]),
      ];
    }),
  );
const identities = (doc: Y.Doc): string =>
  JSON.stringify(
    names.map((name) => [fieldsOf(doc, name)._item?.id, bodyIn(doc, name)._item?.id, fieldsOf(doc, name).get("part")]),
  );
const clocks = (doc: Y.Doc): string =>
  JSON.stringify(
    [...Y.decodeStateVector(Y.encodeStateVector(doc))].filter(([client]) => client !== mine).sort(([a], [b]) => a - b),
  );

/** What is wrong with the text after an update was let through; null when nothing is. */
function hole(before: Y.Doc, after: Y.Doc): string | null {
  if (after.store.pendingStructs || after.store.pendingDs) return "something is pending";
  if ([...after.share.keys()].join() !== "blocks") return "a new root";
  for (const id of blocksOf(before).keys()) if (!blocksOf(after).has(id)) return `block ${id} is gone`;
  for (const [id, fields] of blocksOf(after)) {
    if (!(fields instanceof Y.Map)) return `block ${id} is no map`;
    for (const [key, value] of fields as Y.Map<unknown>) {
      if (key === "body") {
        if (!(value instanceof Y.Text)) return `the body of ${id} is no text`;
        for (const { insert, attributes } of value.toDelta() as { insert: unknown; attributes?: object }[]) {
          if (insert instanceof Y.AbstractType) return `a type inside the body of ${id}`;
          if (Object.keys(attributes ?? {}).some((mark) => !markNames.includes(mark as "em"))) return "an unknown mark";
        }
      } else if (!Object.hasOwn(fieldRules, key) || !fieldRules[key as "order"](value)) {
        return `field ${key} of ${id} is ${JSON.stringify(value)}`;
      }
    }
  }
  const [was, is] = [unmoved(before), unmoved(after)];
  if (was.locked !== is.locked) return "a locked block changed";
  if (was.identities !== is.identities) return "a block, body or part was replaced";
  if (was.clocks !== is.clocks) return "somebody else's clock moved";
  return null;
}

/** What nobody may move; read once of each text, which is as it was when the next update comes. */
function unmoved(doc: Y.Doc) {
  let read = unmovedIn.get(doc);
  if (!read)
    unmovedIn.set(doc, (read = { locked: lockedState(doc), identities: identities(doc), clocks: clocks(doc) }));
  return read;
}
const unmovedIn = new WeakMap<
  Y.Doc,
  { readonly locked: string; readonly identities: string; readonly clocks: string }
>();

describe("hostile updates", () => {
  for (const seed of seeds) {
    test(
      `[TXT1–TXT11] seed ${seed}: none of 5,000 leaves a trace where it may not (W1–W6, P6, P8)`,
      { timeout: 60_000 * times },
      () => {
        const random = chance(seed);
        let doc = workedOn(random);
        const outcomes: Record<string, number> = {};
        for (let i = 0; i < 5_000 * times; i++) {
          if (i % 300 === 0) doc = workedOn(random);
          const update = random() < 0.5 ? forged(doc, random) : unruly(doc, random);
          const answer = decide(doc, update);
          outcomes[answer.verdict] = (outcomes[answer.verdict] ?? 0) + 1;
          if (answer.verdict !== "apply") continue;
          const after = copyOf(doc, 2);
          Y.applyUpdate(after, answer.update);
          expect(hole(doc, after), `update ${i}: ${Buffer.from(update).toString("base64")}`).toBeNull();
          if (random() < 0.3) doc = after;
        }
        // The fuzz bites only while a good part gets through.
        expect(outcomes["apply"]).toBeGreaterThan(200 * times);
        expect(outcomes["refused"]).toBeGreaterThan(200 * times);
        expect(outcomes["gap"]).toBeGreaterThan(25);
      },
    );
  }

  test("the oracle sees a hole when a lock is left open", () => {
    const random = chance(5);
    const doc = workedOn(random);
    const peer = copyOf(doc, mine);
    bodyIn(peer, "b").insert(0, "x");
    const answer = authorizeUpdate(doc, newsOf(peer, doc), { owns: () => true, locked: new Set(), limits });
    expect(answer.verdict).toBe("apply");
    expect(hole(doc, peer)).toBe("a locked block changed");
  });
});

describe("honest editors", () => {
  for (const seed of seeds) {
    test(`[TXT5] seed ${seed}: three type on while a paragraph is gavelled mid-way; no honest update is refused`, () => {
      const random = chance(seed);
      for (let round = 0; round < 25 * times; round++) honestRound(random);
    });
  }
});

/** Each editor sees locks when it has received everything before them, as the room's order makes sure. */
function honestRound(random: Chance): void {
  const server = reportDoc(1, { a: "One two three.", b: "Four five six.", c: "Seven eight nine." });
  const lockedNow = new Set<string>();
  // A paragraph is gavelled at a moment when nothing is under way for it: whoever types later knows.
  const editors = [100, 101, 102].map((client) => {
    const doc = copyOf(server, client);
    const outbox: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "server" && outbox.push(update));
    return { client, doc, outbox };
  });
  const relay: Uint8Array[] = [];
  server.on("update", (update: Uint8Array) => relay.push(update));
  const seen = editors.map(() => 0);
  const receive = (e: number): void => {
    for (const update of relay.slice(seen[e])) Y.applyUpdate(editors[e]!.doc, update, "server");
    seen[e] = relay.length;
  };
  const send = (e: number): void => {
    const { client, outbox } = editors[e]!;
    for (const update of outbox.splice(0)) {
      const answer = authorizeUpdate(server, update, { owns: (id) => id === client, locked: lockedNow, limits });
      expect(answer, JSON.stringify(answer)).toHaveProperty("verdict", expect.stringMatching(/apply|nothing/));
      if (answer.verdict === "apply") Y.applyUpdate(server, answer.update, "peer");
    }
  };
  for (let step = 0; step < 60; step++) {
    const e = random.below(editors.length);
    const { doc } = editors[e]!;
    if (step === 30) {
      for (const i of editors.keys()) send(i);
      for (const i of editors.keys()) receive(i);
      for (const i of editors.keys()) send(i);
      lockedNow.add(block("b"));
    }
    const name = random.pick(lockedNow.size > 0 ? ["a", "c"] : ["a", "b", "c"]);
    const body = bodyIn(doc, name);
    const from = wholeCharacter(body, random.below(body.length + 1));
    const deed = random.below(8);
    if (deed < 3) body.insert(from, random.pick(["x", "yy ", "🌍"]));
    else if (deed === 3 && body.length > from + 1) body.delete(from, wholeCharacter(body, from + 1) - from || 2);
    else if (deed === 4 && body.length > from + 2)
      body.format(from, wholeCharacter(body, from + 2) - from, { [random.pick(markNames)]: random() < 0.5 || null });
    else if (deed === 5) fieldsOf(doc, random.pick(["a", "b", "c"])).set("order", random.pick(["a", "b", "c", "d"]));
    else if (deed === 6) receive(e);
    else send(e);
  }
  for (let pass = 0; pass < 3; pass++) {
    for (const e of editors.keys()) {
      send(e);
      receive(e);
    }
  }
  for (const { doc } of editors) {
    expect(JSON.stringify(blocksOf(doc).toJSON())).toBe(JSON.stringify(blocksOf(server).toJSON()));
  }
}

/** Yjs spoils a character that is cut in two, and each peer may spoil it differently: an editor never does it. */
function wholeCharacter(body: Y.Text, index: number): number {
  const code = flatText(contentOf(body)).charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}
