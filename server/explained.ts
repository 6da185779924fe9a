/** Why something failed, for the person at the keyboard, where they can put it right. */
import { Hindrance } from "./care/hindrance.ts";
import { BadConfig } from "./config.ts";
import { Damaged, InUse, NewerDatabase, StorageTrouble } from "./store/port.ts";

/** Null for what only we can put right. */
export function explained(trouble: unknown): string | null {
  const known = [BadConfig, Hindrance, InUse, NewerDatabase, Damaged, StorageTrouble];
  if (known.some((kind) => trouble instanceof kind)) return (trouble as Error).message;
  // What the file system refused names its path.
  const { code, path, message } = trouble as NodeJS.ErrnoException;
  return typeof code === "string" && typeof path === "string" ? message : null;
}
