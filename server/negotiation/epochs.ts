/**
 * A new epoch: after the data went back in time, every negotiation gets new rooms. A browser that saw later words can then not merge them
 * in by itself; it is told to load the page again (SOC3), and what it had not saved becomes a draft there (SAV10).
 */
import * as Y from "yjs";
import { Acting } from "../../shared/domain/acts/acting.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { epochMs, mintId } from "../../shared/domain/values.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import type { FormerRoom, NegotiationRow, RoomId, Store, Write } from "../store/port.ts";
import { sealAll, theServer } from "./live-negotiation.ts";

interface Epoch {
  /** When the data were as they are. */
  readonly from: EpochMs;
  readonly now: EpochMs;
  /** Rooms that the store does not know of, of times that it has forgotten. */
  readonly others: readonly FormerRoom[];
  readonly random: (count: number) => Uint8Array;
}

/**
 * The words, and who wrote them in Yjs, stay as they are; the rooms' names are new, and the record says why. One negotiation after the
 * other, so that memory holds one: whoever dies meanwhile begins again with the data as they were, which only a copy of them allows.
 */
export async function beginEpochs(store: Store, epoch: Epoch): Promise<void> {
  await store.commit(epoch.others.map((row): Write => ({ kind: "former-room", row })));
  for (const row of await store.negotiations()) await store.commit(await newEpoch(store, row, epoch));
}

async function newEpoch(store: Store, row: NegotiationRow, { from, now, random }: Epoch): Promise<readonly Write[]> {
  const record = evolve(emptyRecord, await store.entries(row.id));
  const act = new Acting(theServer, epochMs(Math.max(record.at, now)));
  const entries = sealAll(record, [act.draft({ kind: "data-restored", from })], random);
  const fresh = { ...row, textRoom: mintId(random), recordRoom: mintId(random) };
  const former = (room: RoomId, kind: FormerRoom["kind"]): Write => ({
    kind: "former-room",
    row: { room, negotiation: row.id, kind },
  });
  const words = async (from: RoomId, to: RoomId): Promise<readonly Write[]> => {
    const stored = await store.text(from);
    return stored ? [{ kind: "text", room: to, updates: [{ bytes: stateOf(stored), person: null, at: now }] }] : [];
  };
  const draftings = (await store.draftings(row.id)).map(async (drafting): Promise<readonly Write[]> => {
    const room = mintId(random);
    return [
      { kind: "drafting", row: { ...drafting, room } },
      former(drafting.room, drafting.id),
      ...(await words(drafting.room, room)),
    ];
  });
  return [
    { kind: "negotiation", row: fresh },
    { kind: "entries", negotiation: row.id, after: record.seq, entries },
    former(row.textRoom, "text"),
    former(row.recordRoom, "record"),
    // Which of them were ended since, nobody knows any more.
    { kind: "feed-keys-gone", negotiation: row.id },
    ...(await words(row.textRoom, fresh.textRoom)),
    ...(await Promise.all(draftings)).flat(),
  ];
}

function stateOf({ snapshot, updates }: NonNullable<Awaited<ReturnType<Store["text"]>>>): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot);
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}
