/** Honest drafting through the server's own authorizer: nothing honest may be refused. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { defaultLimits } from "../../server/limits.ts";
import { authorizeUpdate } from "../../server/rooms/authorize-update.ts";
import { drafting } from "./fuzz.ts";
import { id, push } from "./support.ts";

const firstSeed = Number(process.env["FUZZ_SEED"] ?? 1);
const scripts = 60;

test.each([
  ["without locks", new Set<never>()],
  ["with an agreed paragraph", new Set([id("p1")])],
])(
  `[BIN9] the server refuses nothing that honest editors write, %s (from seed ${firstSeed})`,
  { timeout: 60_000 },
  (_, locked) => {
    let accepted = 0;
    for (let seed = firstSeed; seed < firstSeed + scripts; seed++) {
      const server = new Y.Doc();
      const rights = { owns: () => true, locked, limits: defaultLimits };
      drafting(seed, 60, {
        locks: locked,
        onBase: (base) => push(base, server),
        onUpdate: (update, by, origin) => {
          if (origin === "server") return Y.applyUpdate(server, update);
          const answer = authorizeUpdate(server, update, rights);
          if (answer.verdict === "refused" || answer.verdict === "gap") {
            throw new Error(`an update of ${by} was refused: ${JSON.stringify(answer)}`);
          }
          if (answer.verdict === "apply") Y.applyUpdate(server, answer.update);
          accepted++;
        },
      });
    }
    expect(accepted).toBeGreaterThan(scripts * 20);
  },
);
