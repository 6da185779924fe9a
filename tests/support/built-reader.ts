/** The door for files from outside as it runs in production: from the sources each process spends a second on its own start. */
import type { Reader } from "../../server/reading/reader.ts";
import { bundle } from "./bundle.ts";

export async function builtReader(): Promise<Reader> {
  const folder = await bundle("reader", {
    reader: "server/reading/reader.ts",
    "reader-child": "server/reading/reader-child.ts",
  });
  const built = (await import(`${folder}/reader.js`)) as typeof import("../../server/reading/reader.ts");
  return new built.Reader();
}
