/** Where this release lies, from its sources or built: the folder of its package.json, and its version. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const home = above(dirname(fileURLToPath(import.meta.url)));
export const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { readonly version: string };

function above(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("no package.json above the server's own files");
  return above(parent);
}
