import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin, UserConfig } from "vite";
import { createLogger } from "vite";
import { defineConfig } from "vitest/config";

// Two copies of either of these break `instanceof`, and with it merging.
const dedupe = ["yjs", "prosemirror-model"];

const logger = createLogger("warn");
const warnOnce = logger.warnOnce.bind(logger);
// Vite's own modules say so of each `composes: … from`, which has no place in a file; no style of ours names a file.
logger.warnOnce = (message, options) => {
  if (!message.includes("A PostCSS plugin did not pass the `from` option")) warnOnce(message, options);
};

const client: UserConfig = {
  root: "client",
  customLogger: logger,
  plugins: [react(), precompressed()],
  resolve: { dedupe },
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    manifest: true,
    // Our own bounds are of compressed bytes (tests/browser/desks); this one, in kilobytes as they are, is React, sentences and rules together.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      // How long each step took is no news of a build.
      checks: { bundlerTimings: false },
      output: {
        // What every page needs, in one file: else each piece that a desk uses too is a file of its own, and on a bad line its heads cost a kilobyte.
        codeSplitting: { groups: [{ name: "index", tags: ["$initial"] }] },
      },
    },
  },
};

/** Beside each file its compressed forms, as small as can be: on a bad line they are most of what a desk costs. */
function precompressed(): Plugin {
  return {
    name: "precompressed",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
      const compress = async (name: string): Promise<void> => {
        const path = join(dir ?? "", name);
        const bytes = await readFile(path);
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, best));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }));
      };
      await Promise.all(
        Object.keys(bundle)
          .filter((file) => /\.(?:js|css)$/.test(file))
          .map(compress),
      );
    },
  };
}

/** `vite build --ssr`: what `npm start` and the command line run. All files lie side by side: some find each other by `import.meta.url`. */
const server: UserConfig = {
  publicDir: false,
  resolve: { dedupe },
  plugins: ["server/http/pages/pages.css", "server/http/pages/embed.css", "server/publication/report.typ"].map(
    alongside,
  ),
  // Hundreds of small files, half of them for other databases: in one piece it starts in half the time.
  ssr: { noExternal: ["kysely"] },
  build: {
    ssr: true,
    outDir: "dist/server",
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        main: "server/main.ts",
        cli: "server/cli/main.ts",
        "sqlite-worker": "server/store/sqlite-worker.ts",
        "press-worker": "server/publication/press-worker.ts",
        "reader-child": "server/reading/reader-child.ts",
      },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
};

/** Puts a file that the server reads at run time beside its code. */
function alongside(file: string): Plugin {
  return {
    name: `alongside ${file}`,
    generateBundle() {
      const source = readFileSync(fileURLToPath(new URL(file, import.meta.url)));
      this.emitFile({ type: "asset", fileName: file.slice(file.lastIndexOf("/") + 1), source });
    },
  };
}

export default defineConfig(({ isSsrBuild }) => ({
  ...(isSsrBuild === true ? server : client),
  test: {
    root: ".",
    // Many tests start processes, and machines that run tests are busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Half of what a file takes it waits for browsers, servers and disks; by default one core of two would wait with it.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          root: ".",
          environment: "node",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/client/**", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: { name: "dom", root: ".", environment: "jsdom", include: ["tests/client/**/*.test.{ts,tsx}"] },
      },
    ],
  },
}));
