/** What entries about packages do to the record (SPEC: PKG). */
import type { PackageWhat } from "../packages.ts";
import { termsOf } from "../packages.ts";
import type { Fact } from "../record.ts";
import type { Folding } from "./folding.ts";

export function foldPackage(next: Folding, fact: Fact, what: PackageWhat): void {
  const packages = next.map("packages");
  const before = packages.get(what.id);
  switch (what.kind) {
    case "package-prepared":
      packages.set(what.id, { released: null, withdrawn: null, ...before, id: what.id, ...termsOf(what) });
      return;
    case "package-released": {
      const terms = termsOf(what);
      const released = { ...terms, at: fact.at, audience: what.audience };
      packages.set(what.id, { id: what.id, ...terms, released, withdrawn: null });
      return;
    }
    case "package-withdrawn":
      // Told only to those who know of the package.
      if (before) packages.set(what.id, { ...before, withdrawn: { at: fact.at, reason: fact.why?.reason ?? null } });
      return;
  }
}
