/**
 * The servers beside each other (`npm run bench -- --only server`): the same work, through each one's own protocol, in one run.
 * `--quick` takes smaller crowds; `--peers a,b` those that are installed. Rows of ours alone are in `ours.ts`. What fails or takes too long is
 * named in the table and costs no other figure; when the time for all is over, or at SIGTERM, the table is printed as far as it goes.
 */
import { EventEmitter, setMaxListeners } from "node:events";
import { parseArgs } from "node:util";
import { history } from "./history.ts";
import { lodging, publicPage } from "./ours.ts";
import type { Work } from "./rows.ts";
import { burst, coldStart, idleReaders, kills, presence, resuming, saturation, storm, typing } from "./rows.ts";
import type { ServerKind, Template } from "./servers.ts";
import { killServers, names, template } from "./servers.ts";
import { Sheet } from "./sheet.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    peers: { type: "string", default: "" },
    /** Rows whose name holds this. */
    row: { type: "string", default: "" },
  },
});
const { quick, row } = values;
const there = values.peers.split(",").filter((name): name is ServerKind => name in names);
setMaxListeners(0);
EventEmitter.defaultMaxListeners = 0;

/** For one server's part in one row, and for all. */
const longest = { each: quick ? 30_000 : 60_000, all: quick ? 180_000 : 720_000 };

const sheet = new Sheet();
const all: readonly ServerKind[] = ["limit", "ours", ...there];

interface Row {
  readonly work: string;
  readonly kinds: readonly ServerKind[];
  readonly from: () => Promise<Template>;
  readonly run: Work;
}

async function compare({ work, from, run }: Row, kinds: readonly ServerKind[]): Promise<void> {
  const began = performance.now();
  if (kinds.length > 0) console.error(work);
  for (const kind of kinds) {
    try {
      if (performance.now() > longest.all) throw new Error("there was no time left");
      sheet.add(work, kind, await inTime(run(kind, await from())));
    } catch (trouble) {
      // The others are measured all the same, and the table says what happened.
      sheet.fail(work, kind, trouble instanceof Error ? trouble.message : String(trouble));
      killServers();
    }
  }
  if (kinds.length > 0) console.error(`  ${Math.round((performance.now() - began) / 1_000)} s`);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("took too long")), longest.each);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

// Of a server that was killed something may still be on its way.
process.on("unhandledRejection", (trouble) => console.error(`  ${String(trouble)}`));
process.on("SIGTERM", () => {
  killServers();
  tell();
});

const crowd = quick ? 400 : 2_000;
const few = quick ? 200 : 500;
const seconds = quick ? 3 : 8;
const edits = quick ? 26_000 : 260_000;
const positions = quick ? 500 : 5_000;
const plain = once(() => template(history(quick ? 2_000 : 5_000)));
const long = once(() => template(history(edits)));
/** In memory there is nothing to come back to. */
const kept = all.filter((kind) => kind !== "websocket");

const steady = `typing: 10 people × 5 keys/s, ${crowd} readers`;
const twenty = `typing: 20 people × 5 keys/s, ${crowd} readers`;
const pasted = `burst: 100 keys at once, ${crowd} readers`;
const most = `saturation: ${crowd / 2} readers`;
const cold = `cold start: ${edits} edits of history, 195 kB of text`;
const back = `${few} readers come at once after a start`;
const resumed = `${few} readers come back after a moment`;
const here = `presence: ${few} readers say that they are here`;
const idle = `${crowd} readers look on`;
const killed = "SIGKILL while people type";
const lodged = `lodge-position: ${positions} positions, 300 paragraphs`;
const published = "a new text circulated: everyone fetches the public page";

const every: readonly Row[] = [
  { work: steady, kinds: ["limit", "gathered", "ours", ...there], from: plain, run: typing(crowd, seconds) },
  { work: twenty, kinds: ["limit", "ours"], from: plain, run: typing(crowd, seconds, 20) },
  { work: pasted, kinds: all, from: plain, run: burst(crowd) },
  { work: most, kinds: all, from: plain, run: saturation(crowd / 2, quick ? 2 : 6) },
  { work: published, kinds: ["ours"], from: plain, run: publicPage(quick ? 1_000 : 10_000) },
  { work: lodged, kinds: ["ours"], from: plain, run: lodging(positions, crowd, quick ? 20 : 60) },
  { work: killed, kinds: ["ours", ...there], from: plain, run: kills(quick ? 1 : 3) },
  { work: cold, kinds: kept, from: long, run: coldStart(quick ? 1 : 3) },
  { work: back, kinds: kept, from: long, run: storm(few) },
  { work: resumed, kinds: all, from: long, run: resuming(few) },
  { work: here, kinds: all, from: plain, run: presence(few) },
  { work: idle, kinds: all, from: plain, run: idleReaders(crowd) },
  // The largest is above.
  ...[crowd / 4, crowd / 2].map((size): Row => ({
    work: `growth: 10 people × 5 keys/s, ${size} readers`,
    kinds: ["ours"],
    from: plain,
    run: typing(size, seconds),
  })),
];
const rows = every.filter(({ work }) => work.includes(row));
/** Slow, and held against no goal: they have what time is left. */
const isContext = (kind: ServerKind): boolean => kind === "level" || kind === "hocuspocus3";
for (const one of rows)
  await compare(
    one,
    one.kinds.filter((kind) => !isContext(kind)),
  );
if (!quick) for (const one of rows) await compare(one, one.kinds.filter(isContext));
tell();

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Holds what was measured against the goals, and ends. */
function tell(): never {
  const ours = (work: string, figure: string): number | null => sheet.of(work, figure, "ours");
  /** The best of the peers: what we are held against. */
  const best = (work: string, figure: string): number | null => {
    const theirs = there.map((kind) => sheet.of(work, figure, kind)).filter((value) => value !== null);
    return theirs.length > 0 ? Math.min(...theirs) : null;
  };
  const limit = (work: string, figure: string): number | null => sheet.of(work, figure, "limit");
  const inverse = (value: number | null): number | null => (value === null ? null : 1 / value);

  const hop = "to another writer's screen p95";
  const delivery = "server CPU per key and reader";
  const last = "last key on a reader's screen p95";
  sheet.goal("a key on another writer's screen, × the limit: ≤ 1", 1, ours(steady, hop), limit(steady, hop));
  sheet.goal(
    "server CPU per key and reader, × the best peer: ≤ 0.3",
    0.3,
    ours(steady, delivery),
    best(steady, delivery),
  );
  sheet.goal("a key on a reader's screen, p95: ≤ 100 ms", 100, ours(steady, "to a reader's screen p95"));
  sheet.goal("the same with 20 people, × with 10: ≤ 0.6", 0.6, ours(twenty, delivery), ours(steady, delivery));
  sheet.goal("burst p95, × Hocuspocus: < 1", 1, ours(pasted, last), sheet.of(pasted, last, "hocuspocus4"));
  sheet.goal("burst p95, × @y/websocket-server: ≤ 0.04", 0.04, ours(pasted, last), sheet.of(pasted, last, "websocket"));
  sheet.goal(
    "saturation, time per update, × Hocuspocus: ≤ 0.67",
    1 / 1.5,
    inverse(ours(most, "updates to all")),
    inverse(sheet.of(most, "updates to all", "hocuspocus4")),
  );
  sheet.goal(
    "cold start, wall, × the limit: ≤ 1.2",
    1.2,
    ours(cold, "connect to complete"),
    limit(cold, "connect to complete"),
  );
  sheet.goal("cold start, CPU, × the limit: ≤ 1.5", 1.5, ours(cold, "server CPU"), limit(cold, "server CPU"));
  sheet.goal(
    "first sync of a live reader, bytes, × the peers: ≤ 0.2",
    0.2,
    ours(cold, "first sync"),
    best(cold, "first sync"),
  );
  sheet.goal(
    "the public page, bytes, × a peer's first sync: ≤ 0.2",
    0.2,
    ours(published, "compressed"),
    best(cold, "first sync"),
  );
  sheet.goal(
    "all back after a start, wall, × the limit: ≤ 1.3",
    1.3,
    ours(back, "all complete"),
    limit(back, "all complete"),
  );
  sheet.goal("all back after a start, CPU each: ≤ 1.5 ms", 1.5, ours(back, "server CPU each"));
  sheet.goal("back after a moment, bytes each: ≤ 1 kB", 1_000, ours(resumed, "bytes each"));
  sheet.goal("presence of readers, × the best peer: ≤ 0.1", 0.1, ours(here, "server CPU"), best(here, "server CPU"));
  sheet.goal("memory per idle reader: ≤ 34 KiB", 34, ours(idle, "memory each"));
  sheet.goal("lost of what was acknowledged or seen: 0 %", 0, ours(killed, "lost of what was acknowledged or seen"));
  sheet.goal("lodge-position to receipt, p95: ≤ 25 ms", 25, ours(lodged, "to receipt p95"));
  sheet.goal("lodge-position to all screens, p95: ≤ 150 ms", 150, ours(lodged, "to all screens p95"));
  sheet.goal("10,000 readers fetch within a minute: < 20 % of a core", 20, ours(published, "of a core"));
  sheet.print();
  process.exit(0);
}
