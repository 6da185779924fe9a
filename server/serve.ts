/** The server, put together from its adapters: the only place that names one. */
import { Reader } from "./reading/reader.ts";
import { Press } from "./publication/press.ts";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { readConfig } from "./config.ts";
import { lastBackup } from "./care/last-backup.ts";
import { controlPath, serveControl } from "./cli/control.ts";
import type { Workplace } from "./cli/operations.ts";
import { run } from "./cli/operations.ts";
import { welcome } from "./cli/welcome.ts";
import { demoSlug } from "./demo/build.ts";
import { openDemo } from "./demo/open.ts";
import { home, version } from "./home.ts";
import { makeApp } from "./http/app.ts";
import { gatekeeperOf } from "./http/gatekeeper.ts";
import { Identity } from "./http/identity.ts";
import { siteAt } from "./http/origins.ts";
import { Tickets } from "./http/tickets.ts";
import { listen } from "./listen.ts";
import { House } from "./negotiation/house.ts";
import type { Ports } from "./negotiation/ports.ts";
import { answerNotYet } from "./not-yet.ts";
import { systemClock } from "./rooms/clock.ts";
import { HeapGuard, processHeap } from "./rooms/memory-guard.ts";
import { attachSockets } from "./rooms/sockets.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { makeLog } from "./telemetry/log.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import { makeMetrics } from "./telemetry/metrics.ts";
import { Webhooks } from "./webhooks/deliveries.ts";
import { networksOf, outside } from "./webhooks/post.ts";

/** How long a stopping server may take to close what is open. */
const stopMs = 9_000;
/** How long those who are told to leave may take, and answers that are being written. */
const graceMs = 2_000;

/**
 * The data, opened for work. Nobody else can open it until it is closed.
 * @param port in the addresses of links
 * @param metrics told how long the disk takes
 * @throws what the store throws
 */
export async function openWorkplace(
  config: Config,
  port: number,
  metrics?: Metrics,
): Promise<Workplace & { close(): Promise<void> }> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const log = makeLog(config.logLevel);
  const onMigrated = (migrated: object): void =>
    log.warn(migrated, "database brought to this release; backed up before");
  const store = await openSqliteStore(config.dataDir, {
    release: version,
    onMigrated,
    ...(metrics && { onCommit: metrics.committed }),
  });
  const memory = new HeapGuard({ heap: processHeap(), clock: systemClock, limits: config.limits, log });
  const ports: Ports = {
    store,
    clock: systemClock,
    limits: config.limits,
    log,
    memory,
    random: (count) => randomBytes(count),
    chance: Math.random,
  };
  try {
    const house = await House.open(ports);
    const site = siteAt(config.publicUrl, config.host, port);
    const stopWatching = memory.watch(() => house.ease());
    const place = {
      ...ports,
      house,
      identity: new Identity(house, { ...ports, site }),
      site,
      press: new Press({ fontPaths: config.fontPaths }),
      reader: new Reader(),
    };
    return {
      ...place,
      playDemo: async () => {
        const isOpen = house.bySlug(demoSlug) !== null;
        const demo = await openDemo(house, place);
        if (isOpen) await demo.reset();
        return demo;
      },
      close: async () => {
        stopWatching();
        await place.press.close();
        place.reader.close();
        await house.stop();
        await store.close();
      },
    };
  } catch (trouble) {
    await store.close();
    throw trouble;
  }
}

interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the server and says where it is.
 * @param print the lines for whoever started it
 */
async function serve(
  config: Config,
  print: (lines: string) => void,
  { isDevelopment = false }: { readonly isDevelopment?: boolean } = {},
): Promise<Running> {
  const server = createServer({
    // Looked at each second, so that a caller who sends a header a minute is gone in six seconds.
    headersTimeout: 5_000,
    requestTimeout: 60_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 20_000,
  });
  const othersAnswer = answerNotYet(server);
  const port = await listen(server, config);
  const undo: (() => Promise<unknown> | void)[] = [() => closeServer(server)];
  const stop = async (): Promise<void> => {
    while (undo.length > 0) await undo.pop()?.();
  };
  try {
    const metrics = makeMetrics();
    const place = await openWorkplace(config, port, metrics);
    undo.push(() => place.close());
    const { house, log } = place;

    const wantsDemo = config.demo === "always" || house.bySlug(demoSlug) !== null || house.all().length === 0;
    const demo = config.demo !== "never" && wantsDemo ? await openDemo(house, place) : null;

    const development = isDevelopment ? await viteFor(server) : null;
    if (development) undo.push(() => development.close());
    const client = join(home, "dist", "client");
    const tickets = new Tickets(place);
    const gatekeeper = gatekeeperOf({ ...place, tickets, origins: place.site.origins });
    const webhooks = await Webhooks.open(place, outside(networksOf(config.webhookNetworks)));
    undo.push(() => webhooks.stop());
    const sockets = attachSockets(server, { ...place, gatekeeper });
    const app = makeApp({
      ...place,
      metrics,
      tickets,
      lines: sockets.lines,
      webhooks,
      version,
      trustProxy: config.trustProxy,
      demo,
      client: development === null && existsSync(join(client, "index.html")) ? client : null,
      development,
    });
    server.on("request", app);
    othersAnswer();
    undo.push(async () => {
      // Told to come back (1012) by their rooms, they close themselves; who does not is cut.
      await house.stop();
      await until(() => sockets.count === 0);
      sockets.close();
    });
    metrics.watch("sockets", () => sockets.count);
    metrics.watch("negotiations", () => house.all().length);
    metrics.watch("texts_awake", () => house.all().filter(({ textRoom }) => textRoom.isAwake).length);
    metrics.watch("texts_read_only", () => house.all().filter(({ textRoom }) => !textRoom.isWritable).length);
    metrics.watch("memory_full", () => Number(place.memory.isFull));
    metrics.watch("last_backup_timestamp_seconds", () => Date.parse(lastBackup(config.dataDir)?.at ?? "1970") / 1_000);
    // Last to open, first to close: what comes in here acts on everything else.
    undo.push(await serveControl(controlPath(config.dataDir), (name, args) => run(place, name, args)));

    print(await welcome(place, { version, dataDir: config.dataDir, demo }));
    log.info({ port, negotiations: house.all().length }, "ready");
    return { port, stop };
  } catch (trouble) {
    server.closeAllConnections();
    await stop();
    throw trouble;
  }
}

function closeServer(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  return new Promise((done) => {
    server.close(() => {
      clearTimeout(cut);
      done();
    });
  });
}

/** Until it is so, or the grace is over. */
async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + graceMs;
  while (!isSo() && performance.now() < end) await new Promise((next) => setTimeout(next, 20));
}

/** Stops on SIGTERM and SIGINT: sockets are told to come back, what is typed is on disk, and the process ends within ten seconds. */
function stopOnSignals(running: Running, exit: (code: number) => void): void {
  let stoppingSince: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== null) {
      // Whoever presses Ctrl+C again means it; the same press may come twice, from the terminal and through npm.
      if (signal === "SIGINT" && performance.now() - stoppingSince > 1_000) exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => exit(1), stopMs).unref();
    running.stop().then(
      () => exit(0),
      () => exit(1),
    );
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
}

/** Starts by the environment and stays until a signal. @throws what can be put right, in words: `explained` */
export async function serveUntilSignal(how: { readonly isDevelopment?: boolean } = {}): Promise<void> {
  const print = (lines: string): void => void process.stdout.write(`${lines}\n`);
  const running = await serve(readConfig(process.env), print, how);
  // oxlint-disable-next-line unicorn/no-process-exit
  stopOnSignals(running, (code) => process.exit(code));
}

/** Vite for the client's sources; only where it is installed. */
async function viteFor(server: ReturnType<typeof createServer>) {
  const { createServer: createVite } = await import("vite");
  return createVite({
    configFile: join(home, "vite.config.ts"),
    appType: "custom",
    server: { middlewareMode: { server } },
  });
}
