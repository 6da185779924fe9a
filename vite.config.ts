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

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

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
        // In one file: else each piece that something else uses too is a file of its own, and on a bad line its heads cost a kilobyte and more.
        codeSplitting: {
          groups: [{ name: firstOf("index.html", "chair/chair-desk.tsx", "delegation/delegation-desk.tsx") }],
        },
      },
    },
  },
};

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Names what the page loads before anything else, and what both desks do before they show anything. */
function firstOf(page: string, one: string, other: string): (id: string, modules: Modules) => string | null {
  let first: ReadonlySet<string> | null = null;
  return (id, modules) => {
    const loadedBy = (entry: string) => loadedWith(pathOf(`client/${entry}`), modules);
    if (first === null) {
      const others = loadedBy(other);
      const both = [...loadedBy(one)].filter((module) => others.has(module));
      first = new Set([...loadedBy(page), ...both]);
    }
    return first.has(id) ? "index" : null;
  };
}

/** A module with all that it cannot begin without. */
function loadedWith(id: string, modules: Modules, found = new Set<string>()): ReadonlySet<string> {
  if (!found.has(id)) {
    found.add(id);
    for (const needed of modules.getModuleInfo(id)?.importedIds ?? []) loadedWith(needed, modules, found);
  }
  return found;
}

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
      const source = readFileSync(pathOf(file));
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
