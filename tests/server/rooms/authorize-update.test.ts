/* oxlint-disable no-underscore-dangle -- the fields of Yjs that this needs are spelled so */
import * as Y from "yjs";
import { beforeEach, describe, expect, test } from "vitest";
import { authorizeUpdate } from "../../../server/rooms/authorize-update.ts";
import { defaultLimits } from "../../../server/limits.ts";
import type { Limits } from "../../../server/limits.ts";
import { blocksOf, newYBlock } from "../../../shared/sync/model.ts";
import { addParagraph, block, bodyIn, copyOf, fieldsOf, newsOf, reportDoc, wordsOf } from "../../support/report-doc.ts";
import type { Forged } from "../../support/forge-update.ts";
import { forge } from "../../support/forge-update.ts";

const serverClient = 1;
const mine = 100;
const theirs = 200;

let server: Y.Doc;
let peer: Y.Doc;
beforeEach(() => {
  server = reportDoc(serverClient, {
    a: "States should cooperate.",
    b: "The Assembly decides.",
    c: "🌍🌍 is one world.",
  });
  peer = copyOf(server, mine);
});

const locked = new Set<string>([block("b"), block("c")]);

function decide(update: Uint8Array, limits: Partial<Limits> = {}): string {
  const answer = authorizeUpdate(server, update, {
    owns: (client) => client === mine,
    locked,
    limits: { ...defaultLimits, ...limits },
  });
  return answer.verdict === "refused" ? answer.refusal.code : answer.verdict;
}

const decideNews = (limits: Partial<Limits> = {}): string => decide(newsOf(peer, server), limits);
type AnyType = Y.Text | Y.Map<unknown>;
const itemOf = (type: AnyType): Y.Item => type._item as Y.Item;
const firstOf = (type: AnyType): Y.Item => type._start as Y.Item;
const text = (words: string): Y.ContentString => new Y.ContentString(words);
const one = (...structs: readonly Forged[]): Uint8Array => forge([{ client: mine, clock: 0, structs }]);

describe("what a drafter may do", () => {
  test("[TXT3] type, delete, mark, footnote, refer and cut in an open paragraph", () => {
    const body = bodyIn(peer, "a");
    body.insert(7, "solemnly ");
    body.delete(0, 2);
    body.format(0, 5, { strong: true });
    body.format(0, 5, { strong: null });
    body.insertEmbed(3, { t: "footnote", id: "n1", text: "As orally revised." });
    body.insertEmbed(3, { t: "ref", to: block("b") });
    expect(decideNews()).toBe("apply");
  });

  test("[TXT3] make a block, with its fields in one update or one after the other", () => {
    addParagraph(peer, "d", "A new one.");
    expect(decideNews()).toBe("apply");
    Y.applyUpdate(server, newsOf(peer, server));
    const stepwise = new Y.Map<unknown>();
    blocksOf(peer).set(block("e"), stepwise);
    for (const [field, value] of [
      ["order", "e"],
      ["part", "consensus"],
      ["body", new Y.Text("Word.")],
    ] as const) {
      expect(decideNews()).toBe("apply");
      Y.applyUpdate(server, newsOf(peer, server));
      stepwise.set(field, value);
    }
    expect(decideNews()).toBe("apply");
  });

  test("[TXT4] move, change type and level, remove and restore", () => {
    const fields = fieldsOf(peer, "a");
    for (const [field, value] of [
      ["order", "zz"],
      ["type", "heading"],
      ["level", 2],
      ["del", 1],
      ["seen", "1a,2.3"],
    ] as const) {
      fields.set(field, value);
      expect(decideNews()).toBe("apply");
      Y.applyUpdate(server, newsOf(peer, server));
    }
    fields.delete("del");
    expect(decideNews()).toBe("apply");
  });

  test("[TXT5] move a locked paragraph, but nothing else", () => {
    fieldsOf(peer, "b").set("order", "0");
    expect(decideNews()).toBe("apply");
    fieldsOf(peer, "b").set("level", 1);
    expect(decideNews()).toBe("paragraph-locked");
  });

  test("[TXT1] bring words typed under an id of an earlier page load, that build on each other", () => {
    const earlier = copyOf(server, 101);
    bodyIn(earlier, "a").insert(0, "Early ");
    Y.applyUpdate(peer, Y.encodeStateAsUpdate(earlier));
    bodyIn(peer, "a").insert(6, "and late ");
    Y.applyUpdate(earlier, Y.encodeStateAsUpdate(peer));
    bodyIn(earlier, "a").insert(9, "again ");
    const answer = authorizeUpdate(server, newsOf(earlier, server), {
      owns: (client) => client === 100 || client === 101,
      locked,
      limits: defaultLimits,
    });
    expect(answer.verdict).toBe("apply");
  });

  test("[TXT7] repeat itself", () => {
    bodyIn(peer, "a").insert(0, "Once ");
    const update = newsOf(peer, server);
    Y.applyUpdate(server, update);
    expect(decide(update)).toBe("nothing");
    expect(decide(Uint8Array.of(0, 0))).toBe("nothing");
  });

  test("[TXT6] type before it has synchronised: a gap and no offence", () => {
    bodyIn(peer, "a").insert(0, "x");
    const before = Y.encodeStateVector(peer);
    bodyIn(peer, "a").insert(1, "y");
    expect(decide(Y.encodeStateAsUpdate(peer, before))).toBe("gap");
  });
});

describe("what nobody may do", () => {
  const attempts: Record<string, [code: string, attempt: () => void]> = {
    "[TXT5] write into a locked paragraph": ["paragraph-locked", () => bodyIn(peer, "b").insert(3, "never ")],
    "[TXT5] delete one character of it": ["paragraph-locked", () => bodyIn(peer, "b").delete(3, 1)],
    "[TXT5] mark it": ["paragraph-locked", () => bodyIn(peer, "b").format(0, 3, { em: true })],
    "[TXT5] remove it": ["paragraph-locked", () => fieldsOf(peer, "b").set("del", 1)],
    "[TXT5] move it to the other part": ["paragraph-locked", () => fieldsOf(peer, "b").set("part", "chair-summary")],
    "[TXT5] replace it under its key": ["paragraph-locked", () => addParagraph(peer, "b", "Other words.")],
    "[TXT5] delete it": ["paragraph-locked", () => blocksOf(peer).delete(block("b"))],
    "[TXT4] move an open one to the other part": [
      "not-in-the-schema",
      () => fieldsOf(peer, "a").set("part", "chair-summary"),
    ],
    "[TXT4] take its part away": ["not-in-the-schema", () => fieldsOf(peer, "a").delete("part")],
    "[TXT4] replace an open one under its key": ["not-in-the-schema", () => addParagraph(peer, "a", "Other words.")],
    "[TXT10] delete it": ["not-in-the-schema", () => blocksOf(peer).delete(block("a"))],
    "[TXT4] replace its body": ["not-in-the-schema", () => fieldsOf(peer, "a").set("body", new Y.Text("Other."))],
    "[TXT10] delete its body": ["not-in-the-schema", () => fieldsOf(peer, "a").delete("body")],
    "[TXT2] write to another root": ["not-in-the-schema", () => peer.getMap("positions").set("x", 1)],
    "[TXT3] use a name as a block's id": ["not-in-the-schema", () => blocksOf(peer).set("short", new Y.Map())],
    "[TXT3] put a text where a block belongs": [
      "not-in-the-schema",
      () => blocksOf(peer).set(block("d"), new Y.Text("x")),
    ],
    "[TXT3] put a map where a body belongs": [
      "not-in-the-schema",
      () => {
        const fields = newYBlock({ kind: "paragraph", level: 0, part: "consensus", content: [] }, "d");
        blocksOf(peer).set(block("d"), fields);
        fields.set("body", new Y.Map());
      },
    ],
    "[TXT3] add a field": ["not-in-the-schema", () => fieldsOf(peer, "a").set("status", "agreed")],
    "[TXT3] add a field named like a method": ["not-in-the-schema", () => fieldsOf(peer, "a").set("toString", "x")],
    "[TXT3] give a field a wrong value": ["not-in-the-schema", () => fieldsOf(peer, "a").set("level", 7)],
    "[TXT3] give a field an object": ["not-in-the-schema", () => fieldsOf(peer, "a").set("order", { evil: true })],
    "[TXT3] embed what is no embed": ["not-in-the-schema", () => bodyIn(peer, "a").insertEmbed(0, { t: "script" })],
    "[TXT3] embed a type": ["not-in-the-schema", () => bodyIn(peer, "a").insertEmbed(0, new Y.Map())],
    "[TXT3] use a mark with a value": ["not-in-the-schema", () => bodyIn(peer, "a").format(0, 2, { strong: "red" })],
    "[TXT3] use another mark": ["not-in-the-schema", () => bodyIn(peer, "a").format(0, 2, { link: true })],
    "[TXT3] set an attribute on a body": ["not-in-the-schema", () => bodyIn(peer, "a").setAttribute("x", "y")],
    "[TXT3] hide a sub-document": ["not-in-the-schema", () => fieldsOf(peer, "a").set("order", new Y.Doc())],
    "[TXT9] turn the direction of text around": ["not-in-the-schema", () => bodyIn(peer, "a").insert(0, "\u202Eevil")],
    "[TXT9] isolate text": ["not-in-the-schema", () => bodyIn(peer, "a").insert(0, "\u2066")],
    "[TXT9] hide a character without width": [
      "not-in-the-schema",
      () => bodyIn(peer, "a").insert(0, "co\u200Boperate"),
    ],
    "[TXT9] hide it in a footnote": [
      "not-in-the-schema",
      () => bodyIn(peer, "a").insertEmbed(0, { t: "footnote", id: "n", text: "\u202D" }),
    ],
  };
  for (const [title, [code, attempt]] of Object.entries(attempts)) {
    test(title, () => {
      attempt();
      expect(decideNews()).toBe(code);
    });
  }

  test("[TXT1] write under another's client id, or the server's", () => {
    for (const client of [theirs, serverClient]) {
      const forger = copyOf(server, client);
      bodyIn(forger, "a").insert(0, "as somebody else");
      expect(decide(newsOf(forger, server))).toBe("foreign-client");
    }
  });

  test("[TXT8] send more bytes, structs, deletions, characters or blocks than there is room for", () => {
    const body = bodyIn(peer, "a");
    body.insert(0, "long ".repeat(100));
    expect(decideNews({ updateBytes: 200 })).toBe("too-large");
    expect(decideNews({ structLength: 200 })).toBe("too-large");
    expect(decideNews({ blockCharacters: 200 })).toBe("quota");
    Y.applyUpdate(server, newsOf(peer, server));
    for (let i = 0; i < 20; i++) body.delete(i * 10, 1);
    expect(decideNews({ deletesPerUpdate: 2 })).toBe("too-large");
    for (let i = 0; i < 20; i++) body.insert(i * 10, "x");
    expect(decideNews({ structsPerUpdate: 10 })).toBe("too-large");
    addParagraph(peer, "d", "one more");
    expect(decideNews({ blocks: 3 })).toBe("quota");
  });
});

describe("what no honest client could send", () => {
  test("[TXT11] a neighbour in an open paragraph and one in a locked paragraph", () => {
    const origin = firstOf(bodyIn(server, "a")).id;
    const right = Y.createID(serverClient, firstOf(bodyIn(server, "b")).id.clock + 3);
    expect(decide(one({ origin, right, content: text("EVIL") }))).toBe("forged");
  });

  test("[TXT11] a struct that refers to itself, to what comes later, or round in a circle", () => {
    expect(decide(one({ origin: Y.createID(mine, 0), content: text("x") }))).toBe("forged");
    const parent = itemOf(bodyIn(server, "a")).id;
    expect(decide(one({ origin: Y.createID(mine, 1), content: text("x") }, { parent, content: text("y") }))).toBe(
      "forged",
    );
    const circle = forge([
      { client: mine, clock: 0, structs: [{ origin: Y.createID(101, 0), content: text("x") }] },
      { client: 101, clock: 0, structs: [{ origin: Y.createID(mine, 0), content: text("y") }] },
    ]);
    const answer = authorizeUpdate(server, circle, { owns: () => true, locked, limits: defaultLimits });
    expect(answer).toMatchObject({ verdict: "refused", refusal: { code: "forged" } });
  });

  test("[TXT11] a parent that holds nothing", () => {
    expect(decide(one({ parent: firstOf(bodyIn(server, "a")).id, content: text("x") }))).toBe("forged");
  });

  test("[TXT6] a parent, a neighbour or a deletion that nobody has seen", () => {
    expect(decide(one({ parent: Y.createID(9, 0), content: text("x") }))).toBe("gap");
    expect(decide(one({ origin: Y.createID(serverClient, 5_000), content: text("x") }))).toBe("gap");
    expect(decide(forge([], [[theirs, 0, 10]]))).toBe("gap");
    expect(decide(forge([{ client: mine, clock: 7, structs: [{ collected: 1 }] }]))).toBe("gap");
  });

  test("[TXT8] a struct without length, which Yjs would integrate under a clock that is taken", () => {
    const parent = itemOf(bodyIn(server, "b")).id;
    expect(decide(forge([{ client: serverClient, clock: 0, structs: [{ parent, content: text("") }] }]))).not.toBe(
      "apply",
    );
    expect(decide(one({ parent: itemOf(bodyIn(server, "a")).id, content: text("") }))).toBe("malformed");
    expect(decide(one({ collected: 2 ** 52 }))).toBe("too-large");
  });

  test("[TXT8] two sections of one client, of which Yjs reads the second only", () => {
    const parent = itemOf(bodyIn(server, "a")).id;
    const section = (clock: number) => ({ client: mine, clock, structs: [{ parent, content: text("x") }] });
    expect(decide(forge([section(0), section(1)]))).toBe("malformed");
    expect(decide(forge([section(0), { client: mine, clock: 1, structs: [] }]))).toBe("malformed");
  });

  test("[TXT10] an empty deletion, which would cut a locked character in two", () => {
    const clock = firstOf(bodyIn(server, "c")).id.clock + 1;
    const update = forge([], [[serverClient, clock, 0]]);
    expect(decide(update)).toBe("malformed");
    // What it guards against: Yjs spoils the character although nothing is deleted.
    const stock = copyOf(server, 5);
    Y.applyUpdate(stock, update);
    expect(wordsOf(stock, "c")).not.toBe(wordsOf(server, "c"));
  });

  test("[TXT10] deletions that overlap", () => {
    const clock = firstOf(bodyIn(server, "a")).id.clock;
    const strikes = [
      [serverClient, clock, 5],
      [serverClient, clock, 5],
    ] as const;
    expect(decide(forge([], strikes))).toBe("malformed");
  });

  test("[TXT7] other content under a clock that is taken changes nothing", () => {
    bodyIn(peer, "a").insert(0, "AAAA");
    Y.applyUpdate(server, newsOf(peer, server));
    const parent = itemOf(bodyIn(server, "b")).id;
    expect(decide(one({ parent, content: text("BBBB") }))).toBe("nothing");
    // The part that is new would continue what stands in the open paragraph, whatever it claims.
    expect(decide(one({ parent, content: text("BBBBBBBB") }))).toBe("apply");
  });

  test("[TXT8] counts that lie", () => {
    for (const bytes of [
      [255, 255, 255, 255, 15],
      [1, 255, 255, 255, 15, 100, 0],
      [0, 255, 255, 255, 15],
      [0, 1, 1, 255, 255, 255, 15],
    ]) {
      expect(decide(Uint8Array.from(bytes))).toBe("malformed");
    }
    const documents = new Y.ContentDoc(new Y.Doc());
    expect(decide(one({ parent: "blocks", key: block("d"), content: documents }))).toBe("not-in-the-schema");
  });
});
