/**
 * What a drafter wrote and the server has not acknowledged, kept in the browser so that a crash loses nothing (SPEC: SAV4).
 * Bound to room and person: another epoch of the text is another room, into which nothing may be merged by itself, and another person's
 * words would be refused.
 */
import type { KeptWords } from "./salvage.ts";

export interface Unsent {
  readonly key: number;
  readonly update: Uint8Array;
}

export interface LocalCopies {
  /** Unacknowledged updates of earlier page loads, oldest first, with the keys to forget them by. */
  unsent(): Promise<readonly Unsent[]>;
  /** The same, made in earlier epochs of this text. */
  unsentBefore(): Promise<readonly Unsent[]>;
  /** Keeps an update until it is forgotten; answers its key once it is kept, rejects where there is no room. */
  keep(update: Uint8Array): Promise<number>;
  /** Asks the browser never to drop any of it by itself; false where it does not promise. */
  persist(): Promise<boolean>;
  forget(keys: readonly number[]): Promise<void>;
  kept(): Promise<readonly KeptWords[]>;
  /** Replaces the words that were kept as drafts. */
  setKept(words: readonly KeptWords[]): Promise<void>;
}

const updates = "updates";
const drafts = "drafts";

/** Whose copies: no name holds a space. */
export interface Owner {
  readonly negotiation: string;
  readonly person: string;
  readonly room: string;
}

/** Opens this browser's database; rejects where there is none, as in some private windows. */
export async function openLocalCopies({ negotiation, person, room }: Owner): Promise<LocalCopies> {
  const opening = indexedDB.open("rapporteur", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(updates, { autoIncrement: true }).createIndex("owner", "owner");
    opening.result.createObjectStore(drafts);
  };
  const db = await done(opening);
  const writer = `${negotiation} ${person}`;
  const owner = `${writer} ${room}`;
  const store = (name: string, mode: IDBTransactionMode): IDBObjectStore =>
    db.transaction(name, mode).objectStore(name);

  async function rowsOf(owners: IDBKeyRange): Promise<readonly (Unsent & { readonly owner: string })[]> {
    const index = store(updates, "readonly").index("owner");
    // Both requests belong to one transaction, so they see the same rows in the same order.
    const [keys, rows] = await Promise.all([done(index.getAllKeys(owners)), done(index.getAll(owners))]);
    return (rows as { owner: string; update: Uint8Array }[]).map((row, i) => ({ ...row, key: keys[i] as number }));
  }

  return {
    unsent: () => rowsOf(IDBKeyRange.only(owner)),
    unsentBefore: async () =>
      (await rowsOf(IDBKeyRange.bound(`${writer} `, `${writer} \uffff`))).filter((row) => row.owner !== owner),
    keep: async (update) => (await written(store(updates, "readwrite").add({ owner, update }))) as number,
    persist: async () => (await navigator.storage?.persist()) ?? false,
    async forget(keys) {
      const rows = store(updates, "readwrite");
      await Promise.all(keys.map((key) => written(rows.delete(key))));
    },
    kept: async () => ((await done(store(drafts, "readonly").get(writer))) as KeptWords[] | undefined) ?? [],
    async setKept(words) {
      await written(store(drafts, "readwrite").put(words, writer));
    },
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("the browser's storage failed")));
  });
}

/** A request can succeed and be undone all the same: of a full device one learns when the transaction ends. */
function written<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const { transaction } = request;
    transaction?.addEventListener("complete", () => resolve(request.result));
    transaction?.addEventListener("abort", () => reject(transaction.error ?? new Error("the browser keeps nothing")));
  });
}
