/** Server code as it runs in production: bundled to JavaScript, so that child processes start in a tenth of a second. */
import { fileURLToPath } from "node:url";
import { build } from "vite";

const top = fileURLToPath(new URL("../..", import.meta.url));

/**
 * @param name of the folder, under node_modules so that packages are found from it
 * @param entries name of each file to make, and the source it starts from, seen from the top folder
 * @returns the folder
 */
export async function bundle(name: string, entries: Readonly<Record<string, string>>): Promise<string> {
  const outDir = `${top}node_modules/.cache/tests/${name}-${process.pid}`;
  await build({
    root: top,
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: ["kysely"] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: entries,
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
  return outDir;
}
