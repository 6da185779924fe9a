/** The server of a simulated run: the real house and rooms on the simulated disk, clock and lines. It dies and is started again. */
import type { RoomId } from "../../server/store/port.ts";
import { StaleRecord, StorageTrouble } from "../../server/store/port.ts";
import { defaultLimits } from "../../server/limits.ts";
import type { Opening } from "../../server/negotiation/house.ts";
import { House } from "../../server/negotiation/house.ts";
import type { LiveNegotiation } from "../../server/negotiation/live-negotiation.ts";
import type { Ports } from "../../server/negotiation/ports.ts";
import { Allowance } from "../../server/rooms/allowance.ts";
import type { Access } from "../../server/rooms/peer.ts";
import type { Actor, Viewer } from "../../shared/domain/roster.ts";
import { epochMs } from "../../shared/domain/values.ts";
import type { Disk } from "./disk.ts";
import { Line } from "./line.ts";
import type { Client } from "./line.ts";
import type { World } from "./world.ts";
import { plentyOfMemory } from "../support/plenty-of-memory.ts";

/** Of what a run sees, the rooms' limits are none: whoever is slow or types much is not hostile here. */
const limits = {
  ...defaultLimits,
  framesBurst: 1e9,
  updatesBurst: 1e9,
  statesPerTenSeconds: 1e6,
  accountBytesPerHour: 1e12,
  snapshotUpdates: 25,
  skipBytes: 2_000,
  restMs: 700,
};
const startOfTime = 1_800_000_000_000;

export interface Knock {
  readonly room: RoomId;
  readonly actor: Actor | null;
  readonly viewer: Viewer;
  readonly access: Access;
  readonly after?: number;
}

export class Server {
  /** The wall clock is wrong by so much; what is to happen after a time is not moved by that. */
  clockIsOffBy = 0;
  house: House | null = null;
  readonly disk: Disk;
  readonly #world: World;
  readonly #lines = new Set<Line>();
  /** Counts processes. */
  #process = 0;

  constructor(world: World, disk: Disk) {
    this.#world = world;
    this.disk = disk;
  }

  get talks(): LiveNegotiation | null {
    return this.house?.all()[0] ?? null;
  }

  now(): number {
    return startOfTime + Math.floor(this.#world.now) + this.clockIsOffBy;
  }

  /** For whoever has the disk to themselves. */
  random = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => this.#world.chance.below(256));

  /** What this process has of the world, as long as it lives. */
  #ports(): Ports {
    const [world, process] = [this.#world, this.#process];
    const isAlive = (): boolean => process === this.#process;
    const tell = (details: object, words: string): void => {
      const trouble = "err" in details && details.err instanceof Error ? details.err : null;
      world.tell(`server: ${words}${trouble ? ` (${trouble.message})` : ""}`);
      const isBug = trouble && !(trouble instanceof StorageTrouble) && !(trouble instanceof StaleRecord);
      if (isBug) world.accuse(`${words}: ${trouble.stack}`);
    };
    return {
      store: this.disk.attach(isAlive),
      clock: {
        now: () => epochMs(this.now()),
        elapsed: () => world.now,
        after: (ms, run) => world.after(ms, () => isAlive() && run()),
      },
      limits,
      log: { info: () => undefined, warn: tell, error: tell },
      memory: plentyOfMemory,
      random: this.random,
      chance: world.chance,
    };
  }

  async open(opening: Opening, actor: Actor): Promise<void> {
    this.house = await House.open(this.#ports());
    await this.house.create(opening, actor);
  }

  crash(): void {
    this.#world.tell("server: dies");
    this.#process++;
    this.house = null;
    for (const line of this.#lines) line.breakOff("server");
    this.#lines.clear();
  }

  /** Tries until it is there, as whoever watches over it does. */
  async start(): Promise<void> {
    if (this.house) return;
    const process = ++this.#process;
    try {
      const house = await House.open(this.#ports());
      if (process !== this.#process) return;
      this.house = house;
      this.#world.tell("server: is ready");
    } catch (trouble) {
      if (!(trouble instanceof StorageTrouble)) this.#world.accuse(`it does not start: ${String(trouble)}`);
      await this.#world.pause(1_000);
      if (process === this.#process) await this.start();
    }
  }

  /** Opens a line to a room, or says with which code not. */
  admit(client: Client, knock: Knock): Line | number {
    const talks = this.talks;
    if (!talks) return 1006;
    const found = this.house?.byRoom(knock.room);
    if (!found) return this.house?.byFormerRoom(knock.room) ? 4409 : 1006;
    const line = new Line(this.#world, client, () => this.#lines.delete(line));
    this.#lines.add(line);
    const clock = { now: () => epochMs(this.now()), elapsed: () => this.#world.now, after: () => () => undefined };
    line.enter(found.kind === "text" ? talks.textRoom : talks.recordRoom, {
      actor: knock.actor,
      viewer: knock.viewer,
      access: () => knock.access,
      allowance: new Allowance(limits, clock),
      ...(knock.after !== undefined && { after: knock.after }),
    });
    return line;
  }

  /**
   * A request and its answer. Either may be lost, and a request that was sent again may arrive twice.
   * @returns null when no answer came
   */
  async ask<T>(what: string, request: (talks: LiveNegotiation) => T | Promise<T>, isBad: boolean): Promise<T | null> {
    const { chance } = this.#world;
    const arrives = async (): Promise<T | null> => {
      await this.#world.pause(5 + chance() * 200);
      const process = this.#process;
      const talks = this.talks;
      if (!talks) return null;
      try {
        const answer = await request(talks);
        return process === this.#process ? answer : null;
      } catch (trouble) {
        this.#world.tell(`${what}: ${String(trouble)}`);
        const isTold = trouble instanceof StorageTrouble || trouble instanceof StaleRecord;
        if (!isTold) this.#world.accuse(`${what} was answered with a fault: ${String(trouble)}`);
        return null;
      }
    };
    if (isBad && chance() < 0.1) return this.#world.pause(3_000).then(() => null);
    const answer = this.#world.within(8_000, arrives());
    if (isBad && chance() < 0.1) void arrives();
    const came = await answer;
    await this.#world.pause(5 + chance() * 200);
    return isBad && chance() < 0.1 ? null : came;
  }
}
