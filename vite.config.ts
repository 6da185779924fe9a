import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "client",
  plugins: [react()],
  // Two copies of either of these break `instanceof`, and with it merging.
  resolve: { dedupe: ["yjs", "prosemirror-model"] },
  build: { outDir: "../dist/client", emptyOutDir: true, manifest: true },
  test: {
    root: ".",
    // Many tests start processes, and machines that run tests are busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          root: ".",
          environment: "node",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/client/**"],
        },
      },
      {
        extends: true,
        test: { name: "dom", root: ".", environment: "jsdom", include: ["tests/client/**/*.test.{ts,tsx}"] },
      },
    ],
  },
});
