/** What SQLite's errors mean to the port: the disk's doing, damaged bytes, or a mistake of ours. */
import { Damaged, InUse, LinkSpent, NewerDatabase, StaleRecord, StorageTrouble } from "./port.ts";

const kinds = { Damaged, InUse, LinkSpent, NewerDatabase, StaleRecord, StorageTrouble };

/** An error as it travels between threads: classes get lost on the way. */
export interface SpelledTrouble {
  readonly name: string;
  readonly message: string;
}

export function spellTrouble(trouble: unknown): SpelledTrouble {
  if (!(trouble instanceof Error)) return { name: "Error", message: String(trouble) };
  const { message } = trouble;
  switch (causeOf(trouble)) {
    case "damage":
      return { name: "Damaged", message: `the database is damaged (${message}); restore the data from a backup` };
    case "disk":
      return { name: "StorageTrouble", message: `the disk refused: ${message}` };
    case "other":
      return { name: trouble.name, message };
  }
}

export function readTrouble({ name, message }: SpelledTrouble): Error {
  return name in kinds ? new kinds[name as keyof typeof kinds](message) : new Error(`${name}: ${message}`);
}

/** True when nothing that was written beside it can be trusted to arrive either. */
export const isOfTheDisk = (trouble: unknown): boolean => trouble instanceof Error && causeOf(trouble) !== "other";

/** SQLite's result codes, https://www.sqlite.org/rescode.html: the low byte is the kind. */
const corrupt = 11;
const notADatabase = 26;
const error = 1;
const constraint = 19;
const mismatch = 20;
const misuse = 21;
const outOfRange = 25;

function causeOf(trouble: Error): "damage" | "disk" | "other" {
  const { code, errcode, syscall } = trouble as { code?: unknown; errcode?: unknown; syscall?: unknown };
  if (code !== "ERR_SQLITE_ERROR") return syscall === undefined ? "other" : "disk";
  // @photostructure/sqlite gives no number when reading rows fails, and reading fails only by damage or by the disk.
  if (errcode === undefined) return trouble.message.includes("malformed") ? "damage" : "disk";
  switch (Number(errcode) % 256) {
    case corrupt:
    case notADatabase:
    // Every statement of ours runs in the tests: one that SQLite no longer understands speaks of tables that are not as they were made.
    case error:
      return "damage";
    case constraint:
    case mismatch:
    case misuse:
    case outOfRange:
      return "other";
    default:
      return "disk";
  }
}
