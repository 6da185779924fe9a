/** A negotiation goes to another server in its archive, and is the same there. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { ServerProcess } from "../../support/server-process.ts";

export async function isEqualElsewhere(server: ServerProcess, slug: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rapporteur-archive-"));
  const [first, second] = [join(folder, "first.zip"), join(folder, "second.zip")];
  const elsewhere = await ServerProcess.start();
  try {
    const began = performance.now();
    await server.cli("archive", "--negotiation", slug, "--out", first);
    expect(await server.cli("verify", first)).toContain("Nothing of the record is hidden");
    expect(await elsewhere.cli("unarchive", first)).toContain(`/n/${slug}`);
    await elsewhere.cli("archive", "--negotiation", slug, "--out", second);
    // The same record, texts, report and draft are the same bytes.
    expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
    const verified = (at: ServerProcess): Promise<string> => at.cli("verify", "--negotiation", slug);
    expect(await verified(elsewhere)).toBe(await verified(server));
    for (const address of [`/n/${slug}.json`, `/n/${slug}/record.json`, `/n/${slug}/research.zip`]) {
      const [here, there] = await Promise.all(
        [server, elsewhere].map(async ({ base }) => Buffer.from(await (await fetch(base + address)).arrayBuffer())),
      );
      expect([address, there!.equals(here!)]).toEqual([address, true]);
    }
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    process.stdout.write(`\nan archive of ${statSync(first).size} bytes went to another server in ${seconds} s\n`);
  } finally {
    await elsewhere.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
