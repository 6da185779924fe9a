/**
 * Every limit of the server with its reason, in one place. `LIMITS` (JSON) overrides any of them, for tests, benches and large meetings.
 * Bytes and counts are whole numbers; names end in their unit where it is not a count.
 */
export const defaultLimits = {
  // What one socket may send.
  /** Larger messages are cut by the websocket library itself (close 1009), before they are in memory as a whole. */
  frameBytes: 1024 * 1024,
  /** A message in more pieces than this is an attack on the reassembly buffer. */
  fragments: 1024,
  /** One update of the text. Clients split what they wrote offline below half a mebibyte; the rest is room for one large paste. */
  updateBytes: 768 * 1024,
  /** Structs and effective deletions in one update: some 20 ms to check. Five thousand offline keystrokes make some 10,000. */
  structsPerUpdate: 20_000,
  deletesPerUpdate: 20_000,
  /** UTF-16 units in one struct; keeps a peer from using up its own clock. */
  structLength: 1024 * 1024,
  /** Updates a second for ever, and at once: ten times the fastest typist, so that only a program meets it. */
  updatesPerSecond: 50,
  updatesBurst: 200,
  /** The same for frames of any kind: each update may bring a mark and a cursor. */
  framesPerSecond: 250,
  framesBurst: 1_000,
  /** A cursor, a selection and a name take some 300 bytes. */
  presenceBytes: 2 * 1024,

  // What one account or address may hold.
  /** A person's tabs on all devices. */
  socketsPerAccount: 32,
  /** A mission behind one address. */
  socketsPerAddress: 200,
  connectsPerSecond: 20,
  connectsBurst: 40,
  /** A long report is 200 kB; nobody types ten in an hour. */
  accountBytesPerHour: 2 * 1024 * 1024,

  // What one room may hold.
  /** Encoded live state; the longest drafts known are below 1 MiB. */
  roomBytes: 8 * 1024 * 1024,
  blocks: 10_000,
  blockCharacters: 20_000,
  /** Encoded live state of a drafting room: one paragraph, its reason, and what was struck on the way. */
  draftingBytes: 1024 * 1024,

  // What is sent, and how long it may wait.
  /** Updates that arrive within this time are committed with one disk sync. */
  batchMs: 2,
  /** Readers get one merged update in this time: costs a third of the processor time of single ones, and no reader sees the difference. */
  readerBatchMs: 50,
  presenceBatchMs: 100,
  /** A whole state is sent to no socket that has this much unsent, nor more often than `statesPerTenSeconds`. */
  stateBufferBytes: 1024 * 1024,
  statesPerTenSeconds: 5,
  /** A larger state is told by its name to whoever can fetch it: on the worst of lines this much takes eight seconds, and after thirty it would be taken for dead. */
  frameStateBytes: 64 * 1024,
  /** How long a named state can be fetched after it was told or asked for, and how much of them a room keeps. */
  namedStateMs: 600_000,
  namedStatesBytes: 32 * 1024 * 1024,
  /** A reader with this much unsent gets nothing new until it has caught up, then one merged update. */
  skipBytes: 512 * 1024,
  /** A socket with this much unsent, or this much waiting for it, is closed; it comes back and resynchronises. */
  slowBytes: 4 * 1024 * 1024,
  /** What was told of late is kept for readers whose line drops for a moment; more than this, and they get the whole. */
  recentBytes: 256 * 1024,
  recentUpdates: 1_000,
  /** How long a socket that was told to close may take before it is cut. */
  closeGraceMs: 2_000,
  /** Ping, and the frame that keeps stock providers from dropping an idle connection after 30 s. */
  pingMs: 15_000,
  pingMisses: 2,
  /** What is told to a line over HTTP within this time goes in one answer: each costs a request. */
  lineBatchMs: 100,
  /** Of one line over HTTP: a poll for each answer, and a body for each round trip of somebody who types. */
  lineRequestsPerSecond: 50,
  lineRequestsBurst: 200,

  // What the memory takes: percent of the heap that are needed, after a collection. Above them V8 collects ever more often, and in the end gives up.
  /** New lines, texts that would have to be opened to be read, documents and files are refused. */
  heapFullPercent: 65,
  /** Statements that need a text which nobody has open are refused too. */
  heapBrimPercent: 75,

  // The store.
  /** A snapshot is saved after so many updates or bytes, so that opening costs the snapshot and not the history. */
  snapshotUpdates: 1_000,
  snapshotBytes: 1024 * 1024,
  /** A text that nobody writes and nobody asked for in so long is kept as its bytes, a seventh of it; opening it again takes some milliseconds. */
  restMs: 60_000,
  /** How often a room that could not write asks whether it can again. */
  probeMs: 1_000,

  // What HTTP takes.
  /** A position with its reason and the words concerned takes some 10 kB at most. */
  bodyBytes: 128 * 1024,
  /** Notes, drafts and the like that one delegation keeps for itself. */
  papersOfDelegation: 2_000,
  /** Drafting rooms that one delegation leads and has not closed. */
  draftingsOfDelegation: 100,
  webhooksOfNegotiation: 10,
  /** Of one secret address of feeds: some readers behind it, each for two feeds and a calendar, every quarter of an hour or when its owner asks. */
  feedsPerMinute: 10,
  feedsBurst: 60,
  /** A whole text to import: as many characters as `importLimits` has, each spelled as long as JSON can, and what any body has around them. */
  reportBytes: 6 * 2_000_000 + 128 * 1024,
  /** A whole negotiation in one file: of five years some 50 MB, which pack into a tenth. One is checked at a time. */
  archiveBytes: 32 * 1024 * 1024,
  archiveBytesUnpacked: 128 * 1024 * 1024,
  /** Of one account: each file that somebody brings takes a process of its own. */
  filesPerMinute: 10,
  filesBurst: 20,
  /** Of one address; a mission's many people may stand behind it. Pages and their parts, everything. */
  requestsPerSecond: 100,
  requestsBurst: 2_000,
  /** Of one account: twenty a second is no person. */
  commandsPerSecond: 20,
  commandsBurst: 500,
};

export type Limits = Readonly<typeof defaultLimits>;

const example = `LIMITS='{"socketsPerAccount": 64}'`;

/**
 * The limits with those overrides that `json` names; undefined or empty: the defaults.
 * @throws an error that names the bad limit, the reason and an example
 */
export function limitsFrom(json: string | undefined): Limits {
  if (json === undefined || json.trim() === "") return defaultLimits;
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    throw new Error(`LIMITS is not JSON. Example: ${example}`);
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Error(`LIMITS must be a JSON object of names and numbers. Example: ${example}`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaultLimits, name))
      throw new Error(`LIMITS: there is no limit "${name}". Example: ${example}`);
    if (!Number.isSafeInteger(value) || (value as number) < 1) {
      throw new Error(
        `LIMITS: "${name}" must be a whole number of at least 1, not ${JSON.stringify(value)}. Example: ${example}`,
      );
    }
  }
  return { ...defaultLimits, ...given };
}
