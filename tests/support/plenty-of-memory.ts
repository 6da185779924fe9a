/** A memory guard that never minds, for tests of everything else. */
import type { MemoryGuard } from "../../server/rooms/memory-guard.ts";

export const plentyOfMemory: MemoryGuard = { isFull: false, isBrimful: false };
