/** SHA-256 in hex: names of secrets and of commands in the store, which keeps neither. */
import { createHash } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
