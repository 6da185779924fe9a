/** Makes the data folder of our server: a negotiation on screen with the text of the bench, and further ones like it. */
import { readConfig } from "../../../server/config.ts";
import { openWorkplace } from "../../../server/serve.ts";
import { systemClock } from "../../../server/rooms/clock.ts";
import type { Delegation, DelegationKind } from "../../../shared/domain/roster.ts";
import type { Text } from "../../../shared/domain/text.ts";
import type { DelegationCode, PersonId } from "../../../shared/domain/values.ts";
import type { History } from "./history.ts";

/** What whoever drives the server has to know. */
export interface Seeded {
  readonly slug: string;
  readonly rooms: readonly string[];
  /** A program in the chair's seat. */
  readonly chair: string;
  readonly delegations: readonly { readonly code: string; readonly token: string }[];
}

export const slugOf = (index: number): string => `bench-${index}`;

/**
 * @param text an empty history: none
 * @param method on screen everyone may join the live text
 */
export async function seed(
  dataDir: string,
  {
    past,
    text = [],
    negotiations = 1,
    states = 0,
    method = "on-screen",
  }: {
    past: History | null;
    text?: Text;
    negotiations?: number;
    states?: number;
    method?: "on-screen" | "chair-pen";
  },
): Promise<Seeded> {
  const config = readConfig({ DATA_DIR: dataDir, DEMO: "0", LOG_LEVEL: "error", PORT: "1" });
  const place = await openWorkplace(config, 1);
  const host = { person: "H".repeat(22) as PersonId, name: "Host", seat: { role: "secretariat" } } as const;
  const settings = { title: "Draft report", method, disclosure: "open", silenceMinimumHours: 72 } as const;
  const delegations = Array.from({ length: states }, (_, index): Delegation => ({
    code: codeOf(index),
    name: `State ${index}`,
    kind: "member-state" satisfies DelegationKind,
    regionalGroup: "none",
  }));
  const made = [];
  for (let index = 0; index < negotiations; index++) {
    const negotiation = await place.house.create({ slug: slugOf(index), settings, delegations, text }, host);
    if (past) await write(place.store, negotiation.row.textRoom, past);
    made.push(negotiation);
  }
  const [first] = made;
  if (!first) throw new Error("no negotiation was asked for");
  const chair = await place.identity.makeToken(first, { role: "chair" }, "Chair");
  const tokens = [];
  for (const { code } of delegations) {
    const token = await place.identity.makeToken(first, { role: "delegation", delegation: code }, `Head of ${code}`);
    tokens.push({ code, token });
  }
  await place.close();
  return { slug: first.row.slug, rooms: made.map(({ row }) => row.textRoom), chair, delegations: tokens };
}

const codeOf = (index: number): DelegationCode =>
  `X${String.fromCharCode(65 + Math.floor(index / 26))}${String.fromCharCode(65 + (index % 26))}` as DelegationCode;

/** As the room would have: each update in the log, and a snapshot that is a while old. */
async function write(
  store: Awaited<ReturnType<typeof openWorkplace>>["store"],
  room: string,
  { updates, snapshot }: History,
): Promise<void> {
  const at = systemClock.now();
  for (let from = 0; from < updates.length; from += 5_000) {
    const some = updates.slice(from, from + 5_000).map((bytes) => ({ bytes, person: null, at }));
    await store.commit([{ kind: "text", room, updates: some }]);
  }
  await store.saveSnapshot(room, snapshot.upTo, snapshot.state);
}
