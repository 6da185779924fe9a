/** What adoption and statements do to the record (SPEC: ADO). */
import type { AdoptionWhat } from "../adoption.ts";
import type { Fact } from "../record.ts";
import type { Folding } from "./folding.ts";
import { agree } from "./silence.ts";

export function foldAdoption(next: Folding, fact: Fact, what: AdoptionWhat): void {
  const { seq, at, who } = fact;
  switch (what.kind) {
    case "adopted": {
      const { byConsensus, silence = null, note = null } = what;
      agree(next, fact, "adoption", what.agreed);
      next.set("adoption", { seq, at, byConsensus, silence, note });
      return;
    }
    case "statement-made": {
      const by = who && (who.onBehalfOf ?? ("delegation" in who.seat ? who.seat.delegation : null));
      // A statement is made to everybody, and so is its author known to everybody.
      if (!by) throw new Error(`evolve: statement ${what.id} by nobody`);
      const { kind: _, ...stated } = what;
      next.set("statements", [...next.state.statements, { ...stated, by, seq, at }]);
      return;
    }
  }
}
