/**
 * What a drafter wrote and the server has not acknowledged, kept in the browser so that a crash loses nothing (SPEC: SAV4).
 * Bound to room and person: another epoch of the text is another room, and another person's words would be refused.
 */
import type { KeptWords } from "./salvage.ts";

export interface LocalCopies {
  /** Unacknowledged updates of earlier page loads, oldest first, with the keys to forget them by. */
  unsent(): Promise<readonly { readonly key: number; readonly update: Uint8Array }[]>;
  /** Keeps an update until it is forgotten; answers its key. */
  keep(update: Uint8Array): Promise<number>;
  forget(keys: readonly number[]): Promise<void>;
  kept(): Promise<readonly KeptWords[]>;
  /** Replaces the words that were kept as drafts. */
  setKept(words: readonly KeptWords[]): Promise<void>;
}

const updates = "updates";
const drafts = "drafts";

/** Opens this browser's database; rejects where there is none, as in some private windows. */
export async function openLocalCopies(factory: IDBFactory, room: string, person: string): Promise<LocalCopies> {
  const opening = factory.open("rapporteur", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(updates, { autoIncrement: true }).createIndex("owner", "owner");
    opening.result.createObjectStore(drafts);
  };
  const db = await done(opening);
  const owner = `${room} ${person}`;
  const store = (name: string, mode: IDBTransactionMode): IDBObjectStore =>
    db.transaction(name, mode).objectStore(name);

  return {
    async unsent() {
      const index = store(updates, "readonly").index("owner");
      // Both requests belong to one transaction, so they see the same rows in the same order.
      const [keys, rows] = await Promise.all([done(index.getAllKeys(owner)), done(index.getAll(owner))]);
      return (rows as { update: Uint8Array }[]).map(({ update }, i) => ({ key: keys[i] as number, update }));
    },
    keep: async (update) => (await done(store(updates, "readwrite").add({ owner, update }))) as number,
    async forget(keys) {
      const rows = store(updates, "readwrite");
      await Promise.all(keys.map((key) => done(rows.delete(key))));
    },
    kept: async () => ((await done(store(drafts, "readonly").get(owner))) as KeptWords[] | undefined) ?? [],
    async setKept(words) {
      await done(store(drafts, "readwrite").put(words, owner));
    },
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("the browser's storage failed")));
  });
}
