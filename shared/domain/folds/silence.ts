/** What entries about silence do to the record (SPEC: SIL). */
import type { Fact } from "../record.ts";
import type { Silence, SilenceWhat, Wording } from "../silence.ts";
import type { Agreement, SilenceId } from "../values.ts";
import type { Folding } from "./folding.ts";

type OfSilence = Exclude<SilenceWhat, { readonly kind: "position-lapsed" }>;

export function foldSilence(next: Folding, fact: Fact, what: OfSilence): void {
  const { seq, at } = fact;
  switch (what.kind) {
    case "silence-announced": {
      const { kind: _, note = null, ...announced } = what;
      const silence: Silence = { ...announced, note, seq, at, extensions: [], breaks: [], ended: null };
      next.map("silences").set(what.id, silence);
      return;
    }
    case "silence-extended":
      amend(next, what.silence, ({ deadline, extensions }) => {
        const { reason = null, outage = null } = what;
        const extension = { at, from: deadline, to: what.deadline, reason, outage };
        return { deadline: what.deadline, extensions: [...extensions, extension] };
      });
      return;
    case "silence-cancelled":
      amend(next, what.silence, () => ({ ended: { how: "cancelled", seq, at, reason: what.reason } }));
      return;
    case "silence-broken":
      amend(next, what.silence, ({ breaks }) => {
        const { kind: _, silence: __, ...stated } = what;
        const { who, why } = fact;
        const by = who ? (who.onBehalfOf ?? ("delegation" in who.seat ? who.seat.delegation : null)) : null;
        const group = who?.onBehalfOfGroup ?? null;
        const broken = { ...stated, seq, at, by, group, reason: why?.reason ?? null, alsoFor: why?.alsoFor ?? [] };
        return { breaks: [...breaks, broken] };
      });
      return;
    case "silence-closed":
      agree(next, fact, "silence", what.passed);
      amend(next, what.silence, () => ({ ended: { how: "closed", seq, at, passed: what.passed } }));
      return;
  }
}

/** What is agreed is told by gavels alone, whatever brought them. */
export function agree(next: Folding, { seq, at }: Fact, by: Agreement, wordings: readonly Wording[]): void {
  for (const { paragraph, wording } of wordings)
    next.map("gavels").set(paragraph, { by, wording, seq, at, reopened: null });
}

function amend(next: Folding, id: SilenceId, change: (silence: Silence) => Partial<Silence>): void {
  const silence = next.state.silences.get(id);
  // Who may not know of a procedure still learns what was agreed by it.
  if (silence) next.map("silences").set(id, { ...silence, ...change(silence) });
}
