/**
 * Watches over the moments of one negotiation: settles each silence procedure once its deadline has passed and begins an announced phase,
 * across restarts and while nobody asks anything, and notices when the server was away (SIL6, SIL9, DIS11). Deadlines are moments: nothing here counts hours, so neither
 * summer time nor a machine that slept moves one.
 */
import type { Draft } from "../../shared/domain/acts/acting.ts";
import { Acting } from "../../shared/domain/acts/acting.ts";
import { extendForOutage } from "../../shared/domain/acts/silence.ts";
import type { Record } from "../../shared/domain/record.ts";
import type { Actor } from "../../shared/domain/roster.ts";
import { drainMs, hourMs, outageMs, runningSilences } from "../../shared/domain/silence.ts";
import type { Outage, Silence } from "../../shared/domain/silence.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import type { Clock } from "../rooms/clock.ts";

/** How often it is written down that the server is there while a silence runs: a third of the shortest outage that counts. */
const pulseMs = outageMs / 3;
/** A clock that is set forward by more than this, near a deadline, moves it (SIL9). */
const stepMs = 1_000;
/** How soon it is tried again when the disk refused. */
const retryMs = 1_000;

interface Watched {
  readonly record: () => Record;
  /** Writes down that the server was there at this moment. */
  readonly pulse: (at: EpochMs) => Promise<void>;
  /** Records an outage, begins a phase and settles what is due, in one act. */
  readonly settle: () => Promise<void>;
  readonly complain: (trouble: unknown) => void;
}

/** The same moment on the clock on the wall and on the one that nobody sets, which begins anew with the process. */
interface Moment {
  readonly at: EpochMs;
  readonly elapsed: number | null;
}

/** Due once what came in time has been decided. */
export const isDue = ({ deadline }: Silence, now: EpochMs): boolean => now >= deadline + drainMs;

/** When something falls due by itself. */
const momentsOf = (record: Record): readonly number[] => [
  ...runningSilences(record).map(({ deadline }) => deadline + drainMs),
  ...(record.settings.next ? [record.settings.next.from] : []),
];

export class SilenceWatch {
  readonly #clock: Clock;
  readonly #watched: Watched;
  /** When the server was last known to be there and able to write. */
  #awake: Moment;
  #cancel: (() => void) | null = null;
  #isBusy = false;

  constructor(clock: Clock, watched: Watched, awakeAt: EpochMs) {
    this.#clock = clock;
    this.#watched = watched;
    this.#awake = { at: awakeAt, elapsed: null };
  }

  /** Something was written at this moment. */
  awake(moment: Moment = this.#moment()): void {
    if (moment.at > this.#awake.at) this.#awake = moment;
  }

  #moment(): Moment {
    // The record takes whole milliseconds.
    return { at: this.#clock.now(), elapsed: Math.round(this.#clock.elapsed()) };
  }

  /** It was there all the time and its clock says that more went by than has passed; or it was away. */
  #away({ at, elapsed }: Moment): Outage | null {
    const since = this.#awake;
    const passed = elapsed === null || since.elapsed === null ? null : elapsed - since.elapsed;
    const step = passed === null || passed > outageMs ? 0 : at - since.at - passed;
    if (step > stepMs) return { from: epochMs(at - step), to: at, clock: true };
    return at - since.at > outageMs ? { from: since.at, to: at } : null;
  }

  /** Looks when to look again; to be called whenever the record changed. */
  look(): void {
    this.#cancel?.();
    this.#cancel = null;
    const record = this.#watched.record();
    const due = Math.min(...momentsOf(record));
    if (due === Infinity) return;
    const now = this.#clock.now();
    // No timer of the platform waits for months.
    const longest = runningSilences(record).length > 0 ? pulseMs : hourMs;
    const wait = due <= now ? retryMs : Math.min(longest, due - now);
    this.#cancel = this.#clock.after(wait, () => this.#tick());
  }

  /** Looks at once. */
  start(): void {
    if (momentsOf(this.#watched.record()).length > 0) this.#tick();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** What has to be recorded before anything else is decided: that the server was away, or that its clock was set. */
  afterOutage(record: Record, actor: Actor, now: EpochMs): readonly Draft[] {
    const running = runningSilences(record);
    const outage = running.length === 0 ? null : this.#away(this.#moment());
    if (!outage) return [];
    return running.flatMap((silence) => extendForOutage(silence, outage, new Acting(actor, now)) ?? []);
  }

  #tick(): void {
    this.look();
    if (this.#isBusy) return;
    const moment = this.#moment();
    const { at: now } = moment;
    const record = this.#watched.record();
    const isDueNow = momentsOf(record).some((moment) => moment <= now);
    const { settle, pulse, complain } = this.#watched;
    const runs = runningSilences(record).length > 0;
    if (!isDueNow && !runs) return;
    const wasAway = runs && this.#away(moment) !== null;
    this.#isBusy = true;
    (isDueNow || wasAway ? settle() : pulse(now).then(() => this.awake(moment)))
      .catch(complain)
      .finally(() => (this.#isBusy = false));
  }
}
