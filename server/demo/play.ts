/**
 * The demo's 90 seconds: one paragraph from contested to agreed, through the same commands that people send, in their own time.
 * Whoever follows is told each step with what the two sides then have before them.
 */
import type { Command } from "../../shared/domain/commands.ts";
import type { Position } from "../../shared/domain/positions.ts";
import type { Record } from "../../shared/domain/record.ts";
import { circulatedBlock } from "../../shared/domain/rights.ts";
import type { Actor, Viewer } from "../../shared/domain/roster.ts";
import type { Overview } from "../../shared/domain/report.ts";
import type { Status } from "../../shared/domain/status.ts";
import { isBlocking } from "../../shared/domain/status.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { mintId } from "../../shared/domain/values.ts";
import { canonicalText, flatToCanonical, wordingOf } from "../../shared/domain/wording.ts";
import { blocksOf, bodyOf, yBlock } from "../../shared/sync/model.ts";
import type { LiveNegotiation } from "../negotiation/live-negotiation.ts";
import type { Ports } from "../negotiation/ports.ts";
import type { Name } from "./cast.ts";
import { cast, states } from "./cast.ts";

const team: Viewer = { kind: "team" };
const lunari: Viewer = { kind: "delegation", code: states.lunari.code };

/** What the play is about: an objection that says which words should stand in the place of which. */
export interface Phrase {
  readonly paragraph: ParagraphId;
  readonly objection: Position;
  readonly quote: string;
  readonly remedy: string;
}

/** Null once the play has been played, or someone has done a part of it. */
export function phraseIn(talks: Pick<LiveNegotiation, "record" | "textFor">): Phrase | null {
  const { record } = talks;
  const objection = [...record.positions.values()].find(
    (position) => isBlocking(position) && position.by === states.lunari.code && position.remedy?.kind === "replace",
  );
  const remedy = objection?.remedy?.text;
  if (!objection?.span || remedy === undefined) return null;
  const { paragraph, wording, span } = objection;
  const words = [circulatedBlock(record, paragraph), blocksById(talks.textFor(team)).get(paragraph)];
  if (words.some((block) => !block || wordingOf(block.content).hash !== wording)) return null;
  return { paragraph, objection, quote: span.quote, remedy };
}

/** The paragraph as one side has it before it. */
export interface Glance {
  readonly words: string;
  readonly status: Status | null;
  readonly overview: Overview;
  readonly own: "objects" | "wordsIn" | "noObjection";
}

type CueName = "stands" | "objects" | "words" | "circulated" | "met" | "agreed";

interface Cue {
  readonly name: CueName;
  /** Seconds after the beginning. */
  readonly at: number;
  readonly does?: (stage: Stage) => Promise<void>;
}

const cues: readonly Cue[] = [
  { name: "stands", at: 0 },
  { name: "objects", at: 14 },
  { name: "words", at: 32, does: (stage) => stage.useTheirWords() },
  { name: "circulated", at: 48, does: (stage) => stage.ask("hale", () => ({ kind: "circulate" })) },
  {
    name: "met",
    at: 66,
    does: (stage) =>
      stage.ask("kirre", ({ phrase, wording }) => ({ kind: "confirm-met", position: phrase.objection.id, wording })),
  },
  {
    name: "agreed",
    at: 82,
    does: (stage) => stage.ask("hale", ({ phrase: { paragraph }, wording }) => ({ kind: "gavel", paragraph, wording })),
  },
];
const lengthSeconds = 90;

export interface Beat {
  readonly name: CueName;
  readonly at: number;
  readonly chair: Glance;
  readonly lunari: Glance;
}

/** One playing of it. */
export class Performance {
  readonly phrase: Phrase;
  /** What has happened so far. */
  readonly beats: Beat[] = [];
  state: "playing" | "over" | "interrupted" = "playing";
  readonly #followers = new Set<Follower>();

  /** @throws when the paragraph is not as the play begins with it: ask `phraseIn` first */
  constructor(talks: LiveNegotiation, ports: Pick<Ports, "clock" | "random" | "log">) {
    const phrase = phraseIn(talks);
    if (!phrase) throw new Error("the paragraph of the play is not as it was in the beginning");
    this.phrase = phrase;
    void this.#play(new Stage(talks, phrase, ports), ports);
  }

  /** Tells every beat, those of the past at once. @returns stops it */
  follow(follower: Follower): () => void {
    for (const beat of this.beats) follower.onBeat(beat);
    if (this.state === "playing") this.#followers.add(follower);
    else follower.onEnd(this.state);
    return () => void this.#followers.delete(follower);
  }

  async #play(stage: Stage, { clock, log }: Pick<Ports, "clock" | "log">): Promise<void> {
    const began = clock.now();
    const until = (seconds: number): Promise<void> =>
      new Promise((resolve) => clock.after(Math.max(0, began + seconds * 1_000 - clock.now()), resolve));
    try {
      for (const { name, at, does } of cues) {
        if (at > 0) await until(at);
        await does?.(stage);
        const beat = { name, at, chair: stage.glance(team), lunari: stage.glance(lunari) };
        this.beats.push(beat);
        for (const { onBeat } of this.#followers) onBeat(beat);
      }
      await until(lengthSeconds);
      this.state = "over";
    } catch (trouble) {
      // Most likely a visitor acted in between; that is what the demo is for.
      log.info({ err: trouble }, "the demo's play was interrupted");
      this.state = "interrupted";
    }
    for (const { onEnd } of this.#followers) onEnd(this.state);
    this.#followers.clear();
  }
}

interface Follower {
  readonly onBeat: (beat: Beat) => void;
  readonly onEnd: (how: "over" | "interrupted") => void;
}

/** The negotiation as the play acts on it. */
class Stage {
  readonly #talks: LiveNegotiation;
  readonly #phrase: Phrase;
  readonly #random: Ports["random"];

  constructor(talks: LiveNegotiation, phrase: Phrase, { random }: Pick<Ports, "random">) {
    this.#talks = talks;
    this.#phrase = phrase;
    this.#random = random;
  }

  /** What the chair's button does: the asked words in the place of those objected to, in the draft. */
  async useTheirWords(): Promise<void> {
    const { paragraph, quote, remedy } = this.#phrase;
    const room = this.#talks.textRoom;
    await room.transact(() => {
      const block = yBlock(blocksOf(room.doc), paragraph);
      const body = block && bodyOf(block);
      const content = blocksById(this.#talks.textFor(team)).get(paragraph)?.content ?? [];
      const from = canonicalText(content).indexOf(quote);
      if (!body || from < 0) throw new Error("the words objected to are not there any more");
      const place = flatToCanonical(content).toFlat({ from, to: from + quote.length });
      room.doc.transact(() => {
        body.delete(place.from, place.to - place.from);
        body.insert(place.from, remedy);
      });
      return { writes: [], result: undefined };
    });
  }

  async ask(by: Name, command: (about: { phrase: Phrase; wording: Position["wording"] }) => Command): Promise<void> {
    const { record } = this.#talks;
    const actor = actorNamed(record, cast[by].name);
    const block = circulatedBlock(record, this.#phrase.paragraph);
    if (!actor || !block) throw new Error(`${by} cannot act now`);
    const asked = command({ phrase: this.#phrase, wording: wordingOf(block.content).hash });
    const answer = await this.#talks.submit(asked, actor, mintId(this.#random));
    if (!answer.ok) throw new Error(`${by} was refused: ${JSON.stringify(answer)}`);
  }

  glance(viewer: Viewer): Glance {
    const { paragraph, objection, remedy } = this.#phrase;
    const { parts, overview } = this.#talks.report(viewer);
    const seen = [...parts.consensus, ...parts.chairSummary].find(({ id }) => id === paragraph);
    if (!seen) throw new Error("the paragraph of the play was removed");
    const stands = seen.positions.some(({ id, standing }) => id === objection.id && standing);
    const own = !stands ? "noObjection" : seen.text.includes(remedy) ? "wordsIn" : "objects";
    return { words: seen.text, status: seen.status, overview, own };
  }
}

function actorNamed(record: Record, wanted: string): Actor | null {
  const held = record.holdings.find(({ name }) => name === wanted);
  return held ? { person: held.person, name: held.name, seat: held.seat } : null;
}
