/** People at the table as programs reach them: each came in by a link, holds a cookie, and speaks through the interface over HTTP. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "../../../shared/domain/commands.ts";
import type { RecordFrame } from "../../../shared/domain/entries.ts";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import type { CommandAnswer, Invitation, NegotiationInfo, Problem } from "../../../shared/wire/api.ts";
import type { ServerProcess } from "../../support/server-process.ts";

/** Where the negotiation is held, and how long everything took there. */
export class Venue {
  readonly server: ServerProcess;
  readonly slug: string;
  /** Milliseconds each command took, by its kind; those that met a server that was down are not among them. */
  readonly took = new Map<string, number[]>();
  bytesSent = 0;
  bytesRead = 0;
  /** Requests that had an answer. */
  answered = 0;
  /** How long the server took to come back the last time it was killed, in seconds. */
  absence = 0;
  #isUp: Promise<void> = Promise.resolve();

  constructor(server: ServerProcess, slug: string) {
    this.server = server;
    this.slug = slug;
  }

  get path(): string {
    return `${this.server.base}/api/v1/negotiations/${this.slug}`;
  }

  /** Resolves when the server answers again, if it is down. */
  isUp(): Promise<void> {
    return this.#isUp;
  }

  /** As in a power cut. Whoever asks meanwhile asks again, the same. */
  async kill(): Promise<void> {
    let up = (): void => undefined;
    this.#isUp = new Promise((resolve) => (up = resolve));
    this.#killedAt = performance.now();
    await this.server.kill();
    this.#comeBack = up;
  }

  #killedAt = 0;
  #comeBack = (): void => undefined;

  async start(): Promise<void> {
    await this.server.start();
    this.absence = (performance.now() - this.#killedAt) / 1_000;
    this.#comeBack();
  }

  /** Takes the seat of a link as a browser does. */
  async enter(link: string, seat: string): Promise<Seat> {
    const origin = new URL(link).origin;
    const entered = await fetch(link, { method: "POST", headers: { origin }, redirect: "manual" });
    const cookie = entered.headers.getSetCookie()[0]?.split(";")[0];
    if (entered.status !== 303 || cookie === undefined) throw new Error(`${seat} was not let in: ${entered.status}`);
    return new Seat(this, seat, { cookie, origin, "rapporteur-seat": seat });
  }

  /** One line for each kind of command: how many, and how long half and nearly all of them took. */
  figures(): string {
    const at = (sorted: readonly number[], share: number): string =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1).padStart(7);
    const line = (kind: string, times: readonly number[]): string => {
      const sorted = times.toSorted((a, b) => a - b);
      return `${kind.padEnd(22)}${String(times.length).padStart(6)}${at(sorted, 0.5)}${at(sorted, 0.95)}${at(sorted, 1)}`;
    };
    const kinds = [...this.took].toSorted((a, b) => b[1].length - a[1].length);
    const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
    return [
      `${"command".padEnd(22)} times    p50    p95    max  (ms)`,
      ...kinds.map(([kind, times]) => line(kind, times)),
      line(
        "all",
        kinds.flatMap(([, times]) => times),
      ),
      `${megabytes(this.bytesSent)} sent, ${megabytes(this.bytesRead)} read`,
    ].join("\n");
  }
}

export class Seat {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly #venue: Venue;

  constructor(venue: Venue, name: string, headers: Readonly<Record<string, string>>) {
    this.#venue = venue;
    this.name = name;
    this.headers = headers;
  }

  info = (): Promise<NegotiationInfo> => this.read("");
  report = (): Promise<ComposedReport> => this.read("/report");
  events = (after = 0): Promise<RecordFrame> => this.read(`/events?after=${after}`);

  async read<Answer>(path: string): Promise<Answer> {
    const answer = await this.#ask(`${this.#venue.path}${path}`);
    if (answer.status !== 200) throw new Error(`${this.name}, ${path}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as Answer;
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    const answer = await this.#ask(`${this.#venue.server.base}${path}`, body);
    if (answer.status >= 300) throw new Error(`${this.name}, ${path}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as Answer;
  }

  async invite(seats: readonly string[]): Promise<readonly Invitation[]> {
    const path = `/api/v1/negotiations/${this.#venue.slug}/invitations`;
    return (await this.post<{ invitations: Invitation[] }>(path, { seats })).invitations;
  }

  /** The act, which must stand. */
  async do(command: Command): Promise<CommandAnswer> {
    const answer = await this.try(command);
    if ("code" in answer) throw new Error(`${this.name}, ${JSON.stringify(command)}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The words in which the act is refused; it must not stand. */
  async refused(command: Command): Promise<string> {
    const answer = await this.try(command);
    if (!("code" in answer)) throw new Error(`${this.name}: ${JSON.stringify(command)} was not refused`);
    return `${answer.status} ${answer.code}: ${answer.detail}`;
  }

  async try(command: Command): Promise<CommandAnswer | Problem> {
    const started = performance.now();
    const answer = await this.#ask(`${this.#venue.path}/commands`, { command });
    if (answer.tries === 1) {
      const times = this.#venue.took.get(command.kind) ?? [];
      times.push(performance.now() - started);
      this.#venue.took.set(command.kind, times);
    }
    return JSON.parse(answer.body) as CommandAnswer | Problem;
  }

  /** Asked again under the same key until there is an answer: a server that died may have done it already. */
  async #ask(url: string, body?: unknown): Promise<{ status: number; body: string; tries: number }> {
    const sent = body === undefined ? null : JSON.stringify(body);
    const posting = sent !== null && {
      method: "POST",
      body: sent,
      headers: { ...this.headers, "content-type": "application/json", "idempotency-key": randomUUID() },
    };
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(url, posting || { headers: this.headers });
        const text = await response.text();
        this.#venue.bytesSent += sent?.length ?? 0;
        this.#venue.bytesRead += text.length;
        this.#venue.answered += 1;
        return { status: response.status, body: text, tries };
      } catch (trouble) {
        if (tries > 200) throw trouble;
        await Promise.all([this.#venue.isUp(), pause(20)]);
      }
    }
  }
}
