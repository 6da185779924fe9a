/**
 * One of the chair's team at work in a simulated run: words in a paragraph of their own, tokens strewn into those that all share and struck
 * again, on line and off. Keeps account of what the server called saved. Speaks the protocol as y-websocket does.
 */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { sync } from "../../server/rooms/frames.ts";
import type { Actor } from "../../shared/domain/roster.ts";
import { lockedParagraphs } from "../../shared/domain/status.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { blocksOf, bodyOf, contentOf, newYBlock, yBlock } from "../../shared/sync/model.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";
import { closeCode, message } from "../../shared/wire/protocol.ts";
import type { History } from "../support/history.ts";
import { Strewn, Words } from "../support/history.ts";
import { idOf } from "../support/table.ts";
import { encodeFrame } from "../support/test-peer.ts";
import type { Surroundings } from "./listener.ts";
import { Listener } from "./listener.ts";

export class Typist extends Listener {
  doc: Y.Doc | null = null;
  readonly #history: () => History;
  readonly #shared: readonly ParagraphId[];
  #words: Words | null = null;
  #strewn: Strewn | null = null;
  /** Each mark, by its number: the clock it stands for. */
  #marks: number[] = [];
  #acknowledged = -1;
  #isResynced = false;
  #isFetching = false;
  #sessions = 0;

  constructor(
    surroundings: Surroundings,
    name: string,
    actor: Actor,
    history: () => History,
    shared: readonly ParagraphId[],
  ) {
    super(surroundings, name, actor, { kind: "text", access: "write" });
    this.#history = history;
    this.#shared = shared;
  }

  /** Everything written is called saved. */
  get isSaved(): boolean {
    return this.doc !== null && this.isOnline && this.#acknowledged >= Y.getState(this.doc.store, this.doc.clientID);
  }

  /** Sits down: a page of one's own, with a client id from the server. */
  async sitDown(): Promise<void> {
    if (this.doc || this.#isFetching) return;
    this.#isFetching = true;
    const issued = await this.server.ask(
      `${this.name} asks for a client id`,
      async (talks) => ({
        room: talks.row.textRoom,
        id: await talks.textRoom.issueClientId(this.actor!.person),
      }),
      true,
    );
    this.#isFetching = false;
    if (!issued || this.doc) return;
    this.doc = new Y.Doc();
    this.doc.clientID = issued.id;
    blocksOf(this.doc);
    this.#marks = [];
    this.#acknowledged = -1;
    this.loaded(issued.room);
    const { doc } = this;
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this && doc === this.doc) this.line?.give(encodeFrame(message.sync, sync.update, update));
    });
    const page = `${this.name}p${++this.#sessions}x`;
    this.#words = this.#history().watch(new Words(idOf(page)));
    this.#strewn = this.#history().strew(new Strewn(page));
    this.world.tell(`${this.name} sits down as ${issued.id}`);
    this.connect();
  }

  /** Not before there is a page. */
  override connect(): void {
    if (this.doc) super.connect();
  }

  type(): void {
    const doc = this.#ready();
    if (!doc || !this.#words) return;
    const { paragraph } = this.#words;
    if (this.#isLocked(paragraph)) return;
    const blocks = blocksOf(doc);
    if (!blocks.has(paragraph)) {
      blocks.set(paragraph, newYBlock({ kind: "paragraph", level: 0, part: "consensus", content: [] }, "m"));
    }
    const body = bodyOf(yBlock(blocks, paragraph)!)!;
    const word = `w${this.#words.typed.length}.`;
    body.insert(body.length, word);
    this.#words.type(word, this.#clock(doc));
    this.#mark();
  }

  /** A token somewhere between those of others. */
  strew(): void {
    const doc = this.#ready();
    const body = doc && this.#sharedBody(doc);
    if (!doc || !body) return;
    const text = flatText(contentOf(body));
    const gaps = [0, ...[...text.matchAll(/>/g)].map(({ index }) => index + 1)];
    const token = this.#strewn!.token();
    body.insert(this.world.chance.pick(gaps), token);
    this.#strewn!.put(token, this.#clock(doc));
    this.#mark();
  }

  /** Takes one of one's own out again. */
  strike(): void {
    const doc = this.#ready();
    const body = doc && this.#sharedBody(doc);
    if (!doc || !body) return;
    const text = flatText(contentOf(body));
    const there = this.#strewn!.standing.filter((token) => text.includes(token));
    if (there.length === 0) return;
    const token = this.world.chance.pick(there);
    body.delete(text.indexOf(token), token.length);
    // A deletion has no clock of its own; what is written after it has.
    const next = this.#strewn!.token();
    body.insert(0, next);
    this.#strewn!.strike(token, this.#clock(doc));
    this.#strewn!.put(next, this.#clock(doc));
    this.#mark();
  }

  /** Asks whether everything is saved, as the desk does now and then. */
  ask(): void {
    this.#mark();
  }

  protected override entered(): void {
    this.#isResynced = false;
    if (this.doc) this.line?.give(encodeFrame(message.sync, sync.step1, Y.encodeStateVector(this.doc)));
  }

  protected override stoodFor(mark: number): readonly [number, number] | null {
    const clock = this.#marks[mark];
    return this.doc && clock !== undefined ? [this.doc.clientID, clock] : null;
  }

  protected override hearText(type: number, decoder: decoding.Decoder): void {
    const { doc } = this;
    if (!doc) return;
    if (type === message.sync) {
      const kind = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (kind !== sync.step1) return Y.applyUpdate(doc, bytes, this);
      this.line?.give(encodeFrame(message.sync, sync.step2, Y.encodeStateAsUpdate(doc, bytes)));
      this.#isResynced = true;
      this.#mark();
    } else if (type === message.durable) this.#saved(decoding.readVarUint(decoder));
    else if (type === message.refused) this.#refused(JSON.parse(decoding.readVarString(decoder)) as TextRefusal);
  }

  /** What was written and not saved is not in the new page; a person would find it among the drafts. */
  protected override beginAnew(): void {
    this.doc?.destroy();
    this.doc = null;
    void this.sitDown();
  }

  protected override endedWith(code: number): void {
    // After a refusal, which was heard and is accounted for.
    if (code !== closeCode.notAllowed) super.endedWith(code);
  }

  #refused({ code, paragraph }: TextRefusal): void {
    this.world.tell(`${this.name} is refused: ${code} ${paragraph ?? ""}`);
    if (code !== "paragraph-locked" && code !== "text-frozen") {
      this.world.accuse(`${this.name}, who is honest, was refused: ${code}`);
    }
    this.hangUp();
    this.beginAnew();
  }

  #saved(mark: number): void {
    const clock = this.#marks[mark];
    if (clock === undefined) return this.world.accuse(`${this.name} is told of mark ${mark}, which was never made`);
    this.#acknowledged = Math.max(this.#acknowledged, clock);
    this.#words?.save(clock);
    this.#strewn?.save(clock);
  }

  #mark(): void {
    if (!this.doc || !this.line || !this.#isResynced) return;
    this.#marks.push(this.#clock(this.doc));
    this.line.give(encodeFrame(message.mark, this.#marks.length - 1));
  }

  /** The page once it has shown the text. */
  #ready(): Y.Doc | null {
    return this.doc && blocksOf(this.doc).size > 0 && this.upTo > 0 ? this.doc : null;
  }

  #sharedBody(doc: Y.Doc): Y.Text | null {
    const open = this.#shared.filter((id) => !this.#isLocked(id));
    if (open.length === 0) return null;
    const block = yBlock(blocksOf(doc), this.world.chance.pick(open));
    return block && bodyOf(block);
  }

  /** As the editor knows it, which may be a moment late. */
  #isLocked(paragraph: ParagraphId): boolean {
    return lockedParagraphs(this.oracle.teamRecord(this.seen)).has(paragraph);
  }

  #clock(doc: Y.Doc): number {
    return Y.getState(doc.store, doc.clientID);
  }
}
