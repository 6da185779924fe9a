/** Makes the data folder of our server: a negotiation on screen with the text of the bench, and further ones like it. */
import { randomBytes } from "node:crypto";
import { readConfig } from "../../../server/config.ts";
import { sealAll } from "../../../server/negotiation/live-negotiation.ts";
import { openWorkplace } from "../../../server/serve.ts";
import { systemClock } from "../../../server/rooms/clock.ts";
import type { Draft } from "../../../shared/domain/acts/acting.ts";
import { openNegotiation } from "../../../shared/domain/acts/settings.ts";
import type { Command } from "../../../shared/domain/commands.ts";
import { decide } from "../../../shared/domain/decide.ts";
import type { Entry, Settings } from "../../../shared/domain/entries.ts";
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import type { Actor, Delegation, DelegationKind, Seat } from "../../../shared/domain/roster.ts";
import type { Text } from "../../../shared/domain/text.ts";
import type { DelegationCode, PersonId } from "../../../shared/domain/values.ts";
import { mintId } from "../../../shared/domain/values.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import type { History } from "./history.ts";

/** What whoever drives the server has to know. */
export interface Seeded {
  readonly slug: string;
  readonly rooms: readonly string[];
  /** A program in the chair's seat. */
  readonly chair: string;
  /** The secret of a link by which a browser takes it. */
  readonly link: string;
  readonly delegations: readonly { readonly code: string; readonly token: string }[];
}

export const slugOf = (index: number): string => `bench-${index}`;

/**
 * @param text an empty history: none
 * @param method on screen everyone may join the live text
 * @param positions so many are taken on the text, which is circulated first
 */
export async function seed(
  dataDir: string,
  {
    past,
    text = [],
    negotiations = 1,
    states = 0,
    method = "on-screen",
    positions = 0,
  }: {
    past: History | null;
    text?: Text;
    negotiations?: number;
    states?: number;
    method?: "on-screen" | "chair-pen";
    positions?: number;
  },
): Promise<Seeded> {
  const config = readConfig({ DATA_DIR: dataDir, DEMO: "0", LOG_LEVEL: "error", PORT: "1" });
  const place = await openWorkplace(config, 1);
  const settings = { title: "Draft report", method, disclosure: "open", silenceMinimumHours: 72 } as const;
  const delegations = Array.from({ length: states }, (_, index): Delegation => ({
    code: codeOf(index),
    name: `State ${index}`,
    kind: "member-state" satisfies DelegationKind,
    regionalGroup: "none",
  }));
  const made = [];
  for (let index = 0; index < negotiations; index++) {
    const slug = slugOf(index);
    const negotiation = await place.house.openWhole(
      slug,
      entriesOf({ slug, settings, delegations, text, positions }),
      text,
    );
    if (past) await write(place.store, negotiation.row.textRoom, past);
    made.push(negotiation);
  }
  const [first] = made;
  if (!first) throw new Error("no negotiation was asked for");
  const chair = await place.identity.makeToken(first, { role: "chair" }, "Chair");
  const link = await place.identity.makeLink({ negotiation: first.row.id, seat: "chair", name: "Chair" });
  const tokens = [];
  for (const { code } of delegations) {
    const token = await place.identity.makeToken(first, { role: "delegation", delegation: code }, `Head of ${code}`);
    tokens.push({ code, token });
  }
  await place.close();
  const rooms = made.map(({ row }) => row.textRoom);
  return { slug: first.row.slug, rooms, chair, link: link.token, delegations: tokens };
}

const codeOf = (index: number): DelegationCode =>
  `X${String.fromCharCode(65 + Math.floor(index / 26))}${String.fromCharCode(65 + (index % 26))}` as DelegationCode;

const inSeat = (seat: Seat): Actor => ({ person: "H".repeat(22) as PersonId, name: "Host", seat });

/** The position that is taken as the nth: one delegation after the other goes through the text. */
export function nthPosition(nth: number, text: Text): { readonly state: number; readonly command: Command } {
  const { id: paragraph, content } = text[nth % text.length] as Text[number];
  const level = (["objection", "support", "reservation"] as const)[nth % 3] as "objection";
  const { hash: wording } = wordingOf(content);
  return { state: Math.floor(nth / text.length), command: { kind: "lodge-position", paragraph, wording, level } };
}

interface Begun {
  readonly slug: string;
  readonly settings: Settings;
  readonly delegations: readonly Delegation[];
  readonly text: Text;
  readonly positions: number;
}

/** As the house would have written them, act by act, but without waiting for a disk each time. */
function entriesOf({ slug, settings, delegations, text, positions }: Begun): readonly Entry[] {
  const entries: Entry[] = [];
  let record = emptyRecord;
  const now = systemClock.now();
  const append = (drafts: readonly Draft[]): void => {
    const sealed = sealAll(record, drafts, randomBytes);
    record = evolve(record, sealed);
    entries.push(...sealed);
  };
  const act = (command: Command, seat: Seat): void => {
    const decided = decide({ record, text }, command, inSeat(seat), now, () => mintId(randomBytes));
    if (!decided.ok) throw new Error(`${command.kind} was refused: ${decided.refusal.code}`);
    append(decided.value.drafts);
  };
  append(openNegotiation(slug, settings, delegations, inSeat({ role: "secretariat" }), now));
  if (positions > 0) act({ kind: "circulate" }, { role: "chair" });
  for (let nth = 0; nth < positions; nth++) {
    const { state, command } = nthPosition(nth, text);
    act(command, { role: "delegation", delegation: (delegations[state] as Delegation).code });
  }
  return entries;
}

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
