/** A store whose disk the test can slow down, fill up or take away. */
import { memoryStore } from "../../server/store/memory-store.ts";
import type { Store, Write } from "../../server/store/port.ts";
import { StorageTrouble } from "../../server/store/port.ts";

export interface TroubledStore extends Store {
  /** Everything that was committed, in order. */
  readonly commits: (readonly Write[])[];
  /** Commits fail while this is set. */
  full: boolean;
  unreadable: boolean;
  /** While held, commits wait; `release` lets those that wait go on and holds those that follow. */
  held: boolean;
  readonly waiting: number;
  release(): Promise<void>;
}

export function troubledStore(store: Store = memoryStore()): TroubledStore {
  let waiting: (() => void)[] = [];
  const troubled: TroubledStore = {
    ...store,
    commits: [],
    full: false,
    unreadable: false,
    held: false,
    get waiting() {
      return waiting.length;
    },
    async commit(writes) {
      if (troubled.held) await new Promise<void>((resolve) => waiting.push(resolve));
      if (troubled.full) throw new StorageTrouble("the disk is full");
      await store.commit(writes);
      troubled.commits.push(writes);
    },
    async text(room) {
      if (troubled.unreadable) throw new StorageTrouble("the disk is gone");
      return store.text(room);
    },
    writable: async () => !troubled.full && store.writable(),
    async release() {
      for (const go of waiting.splice(0)) go();
      await settled();
    },
  };
  return troubled;
}

/** Lets everything that waits for a promise go on, as far as no timer is needed. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
