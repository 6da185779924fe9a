/**
 * A new epoch: after the data went back in time, every negotiation gets new rooms. A browser that saw later words can then not merge them
 * in by itself; it is told to load the page again (SOC3), and what it had not saved becomes a draft there (SAV10).
 */
import * as Y from "yjs";
import { mintId } from "../../shared/domain/values.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import type { FormerRoom, NegotiationRow, RoomId, Store, Write } from "../store/port.ts";

/**
 * All negotiations at once, or none. The words, and who wrote them in Yjs, stay as they are; only the rooms' names are new.
 * @param others rooms that the store does not know of, of times that it has forgotten
 */
export async function beginEpochs(
  store: Store,
  others: readonly FormerRoom[],
  random: (count: number) => Uint8Array,
  now: EpochMs,
): Promise<void> {
  const rows = await store.negotiations();
  const epochs = await Promise.all(rows.map((row) => newEpoch(store, row, random, now)));
  const writes = others.map((row): Write => ({ kind: "former-room", row }));
  await store.commit([...writes, ...epochs.flat()]);
}

async function newEpoch(
  store: Store,
  row: NegotiationRow,
  random: (count: number) => Uint8Array,
  now: EpochMs,
): Promise<readonly Write[]> {
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
    former(row.textRoom, "text"),
    former(row.recordRoom, "record"),
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
