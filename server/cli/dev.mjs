/** `npm run dev`: the server from its sources, started anew when one changes, with Vite serving the client's. */
import { first, installPackages, runTool } from "./set-up.mjs";

first(installPackages);
process.exitCode = runTool("tsx", [
  "watch",
  "--clear-screen=false",
  "--tsconfig",
  "server/tsconfig.json",
  "server/cli/main.ts",
  "serve",
  "--dev",
]);
