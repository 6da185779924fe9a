/**
 * Three delegations write the same paragraph and its reason, with lines that drop and come back: the real binding, the real room and its
 * rules, a disk that is slow. `FUZZ=n` multiplies the seeds, `SEED=n` replays one.
 */
import * as Y from "yjs";
import { expect, test } from "vitest";
import { defaultLimits } from "../../server/limits.ts";
import { Allowance } from "../../server/rooms/allowance.ts";
import { Room } from "../../server/rooms/room.ts";
import { flatText } from "../../shared/domain/text.ts";
import { beginDraft, draftingBlocks, readDraft } from "../../shared/sync/drafting-text.ts";
import { blocksOf } from "../../shared/sync/model.ts";
import { schema } from "../../shared/schema/schema.ts";
import { manualClock } from "../support/manual-clock.ts";
import { chance } from "../support/random.ts";
import { person, TestPeer } from "../support/test-peer.ts";
import { settled, troubledStore } from "../support/troubled-store.ts";
import { seated } from "../support/negotiations.ts";
import { Editor } from "./editor.ts";

const id = "R".repeat(22);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const seeds = process.env["SEED"]
  ? [Number(process.env["SEED"])]
  : Array.from({ length: 12 * Number(process.env["FUZZ"] ?? 1) }, (_, n) => 501 + n);

async function drafting(seed: number): Promise<void> {
  const random = chance(seed);
  const clock = manualClock();
  const store = troubledStore();
  const first = new Y.Doc();
  beginDraft(first, { content: [{ t: "text", text: "States should cooperate." }], reason: "" });
  const bytes = Y.encodeStateAsUpdate(first);
  await store.commit([{ kind: "text", room: id, updates: [{ bytes, person: null, at: clock.now() }] }]);
  const room = await Room.load({
    id,
    store,
    clock,
    limits: defaultLimits,
    log: silent,
    random: (count) => Uint8Array.from({ length: count }, () => random.below(256)),
    rules: { locks: () => new Set(), wordsOnly: true },
    hooks: {},
  });
  const allowance = new Allowance({ ...defaultLimits, updatesBurst: 1e9, accountBytesPerHour: 1e9 }, clock);
  const connect = (name: string, doc: Y.Doc): TestPeer =>
    new TestPeer(room, { ...seated(`delegation:${name}`), person: person(name) }, doc.clientID, clock, {
      doc,
      allowance,
    });
  const members = await Promise.all(
    ["XAA", "XAB", "XAC"].map(async (name) => {
      const doc = new Y.Doc();
      doc.clientID = await room.issueClientId(person(name));
      const line = connect(name, doc);
      await settled();
      const editors = [draftingBlocks.words, draftingBlocks.reason].map(
        (only) => new Editor(doc, { random, writable: true, only }),
      );
      return { name, doc, line, editors, lines: [line], typed: 0 };
    }),
  );
  let character = 0x4e00;
  const typed = new Set<string>();
  const struck = new Set<string>();
  for (let step = 0; step < 120; step++) {
    const member = random.pick(members);
    const editor = random.pick(member.editors);
    const { state } = editor;
    const words = state.doc.child(0);
    const at = 1 + random.below(words.content.size + 1);
    const before = words.textContent;
    switch (random.below(12)) {
      case 0:
        member.line.leave();
        break;
      case 1:
        member.line.leave();
        member.line = connect(member.name, member.doc);
        member.lines.push(member.line);
        break;
      case 2:
        store.held = !store.held;
        if (!store.held) await store.release();
        break;
      case 3:
        if (words.content.size > 3) editor.dispatch(state.tr.delete(at > 3 ? at - 3 : 1, at));
        break;
      case 4:
        if (words.content.size > 2)
          editor.dispatch(state.tr.addMark(1, 1 + words.content.size, schema.mark(random.pick(["strong", "em"]))));
        break;
      // What no editor of one paragraph may do: the binding holds it back, so that the room has nothing to refuse.
      case 5:
        editor.dispatch(state.tr.split(at));
        expect(editor.state.doc.childCount).toBe(1);
        break;
      case 6:
        editor.dispatch(state.tr.setNodeMarkup(0, schema.nodes.heading, words.attrs));
        expect(editor.state.doc.child(0).type.name).toBe("paragraph");
        break;
      default: {
        const fresh = String.fromCodePoint(character++) + String.fromCodePoint(character++);
        editor.dispatch(state.tr.insertText(fresh, at));
        for (const one of fresh) typed.add(one);
        member.line.mark(++member.typed);
      }
    }
    const after = editor.state.doc.child(0).textContent;
    for (const one of before) if (!after.includes(one)) struck.add(one);
    if (random() < 0.4) clock.advance(random.pick([2, 60, 1_000]));
    if (random() < 0.3) await settled();
    for (const { editors } of members)
      for (const each of editors) expect(each.state.doc.eq(each.binding.docNode())).toBe(true);
  }
  store.held = false;
  await store.release();
  for (const member of members) {
    member.line.leave();
    member.line = connect(member.name, member.doc);
    member.lines.push(member.line);
    member.line.mark(++member.typed);
  }
  for (let i = 0; i < 20; i++) {
    clock.advance(100);
    await settled();
  }
  await room.flush();
  await settled();
  expect(members.flatMap(({ lines }) => lines.flatMap(({ refusals }) => refusals))).toEqual([]);
  const held = JSON.stringify(blocksOf(room.doc).toJSON());
  for (const { doc, line, typed: last } of members) {
    expect(JSON.stringify(blocksOf(doc).toJSON())).toBe(held);
    expect(line.durable).toContain(last);
  }
  const { content, reason } = readDraft(room.doc, "replace");
  const there = flatText(content) + reason;
  expect([...typed].filter((one) => !there.includes(one) && !struck.has(one))).toEqual([]);
  const reopened = new Y.Doc();
  for (const update of (await store.text(id))?.updates ?? []) Y.applyUpdate(reopened, update);
  expect(JSON.stringify(blocksOf(reopened).toJSON())).toBe(held);
  for (const { editors } of members) for (const each of editors) each.view.destroy();
  await room.stop();
}

for (const seed of seeds)
  test(`[DRA9] seed ${seed}: three members write on and off line; nothing is refused, nothing is lost, all see the same`, () =>
    drafting(seed));
