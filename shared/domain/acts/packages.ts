/** The chair links paragraphs to a package, offers it, and takes it back (SPEC: PKG); and what may be a condition at all (SPEC: CON). */
import type { Condition, ParagraphCondition } from "../conditions.ts";
import { audienceOfReasons, widerOf } from "../disclosure.ts";
import type { PackageCommand } from "../packages.ts";
import { mostPackages, namedBy, termsOf } from "../packages.ts";
import type { Record } from "../record.ts";
import type { Refusal } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import { circulatedBlock } from "../rights.ts";
import { blocksById } from "../text.ts";
import type { PackageId, ParagraphId } from "../values.ts";
import { accept } from "../values.ts";
import { wordingOf } from "../wording.ts";
import type { Acting, Answer, Negotiation } from "./acting.ts";

type Of<K extends PackageCommand["kind"]> = Extract<PackageCommand, { readonly kind: K }>;

export function decidePackage(
  negotiation: Negotiation,
  command: PackageCommand,
  act: Acting,
  mint: () => string,
): Answer {
  switch (command.kind) {
    case "prepare-package":
      return prepare(negotiation, command, act, mint);
    case "release-package":
      return release(negotiation.record, command, act);
    case "withdraw-package":
      return withdraw(negotiation.record, command, act);
  }
}

function prepare(
  { record, text }: Negotiation,
  { package: earlier, title, paragraphs: listed, conditions = [] }: Of<"prepare-package">,
  act: Acting,
  mint: () => string,
): Answer {
  const no = earlier === undefined ? null : whyNotOffer(record, earlier);
  if (no) return refuse(no);
  const paragraphs = [...new Set(listed)];
  const here = blocksById(text);
  const unknown = [...paragraphs, ...namedBy(conditions)].find((id) => !here.has(id));
  if (unknown) return refuse({ code: "paragraph-unknown", paragraph: unknown });
  const terms = { title, paragraphs, conditions };
  const offered = [...record.packages.values()].filter(({ withdrawn }) => withdrawn === null);
  if (earlier === undefined && offered.length >= mostPackages) return refuse({ code: "too-many" });
  const before = earlier === undefined ? null : record.packages.get(earlier);
  if (before && JSON.stringify(termsOf(before)) === JSON.stringify(terms)) return refuse({ code: "nothing-changes" });
  const id = earlier ?? (mint() as PackageId);
  return accept({ drafts: [act.draft({ kind: "package-prepared", id, ...terms })], id });
}

/** PKG2: the entry carries the whole, of what everybody has read; a paragraph without a condition of its own is to stay as it is. */
function release(record: Record, { package: id }: Of<"release-package">, act: Acting): Answer {
  const offer = record.packages.get(id);
  if (!offer) return refuse({ code: "package-unknown" });
  const no = whyNotOffer(record, id);
  if (no) return refuse(no);
  const spoken = new Set<ParagraphId>(namedBy(offer.conditions));
  const stay = offer.paragraphs.filter((paragraph) => !spoken.has(paragraph));
  const conditions = [
    ...offer.conditions,
    ...stay.map((paragraph): ParagraphCondition => ({ is: "stays", paragraph })),
  ];
  const unseen = [...offer.paragraphs, ...spoken].find((paragraph) => !circulatedBlock(record, paragraph));
  if (unseen) return refuse({ code: "not-circulated", paragraph: unseen });
  const terms = { ...termsOf(offer), conditions: conditions.map((one) => asCirculated(record, one)) };
  if (offer.released && JSON.stringify(termsOf(offer.released)) === JSON.stringify(terms))
    return refuse({ code: "nothing-changes" });
  // Offered to those who negotiate, at the least; further when reasons are known further.
  const audience = widerOf("delegations", audienceOfReasons(record.settings.disclosure));
  return act.decided({ kind: "package-released", id, audience, ...terms });
}

function withdraw(record: Record, { package: id, reason = "" }: Of<"withdraw-package">, act: Acting): Answer {
  const no = whyNotOffer(record, id);
  if (no) return refuse(no);
  return act.decided({ kind: "package-withdrawn", id }, reason.trim() === "" ? {} : { reason: reason.trim() });
}

function whyNotOffer(record: Record, id: PackageId): Refusal | null {
  const offer = record.packages.get(id);
  if (!offer) return { code: "package-unknown" };
  return offer.withdrawn ? { code: "package-withdrawn" } : null;
}

/** CON1: conditions of a position on `about` name other paragraphs that were circulated, and packages that were released. */
export function whyUnfit(record: Record, conditions: readonly Condition[], about: ParagraphId): Refusal | null {
  for (const condition of conditions) {
    if (condition.is === "stands") {
      const no = record.packages.get(condition.package)?.released
        ? whyNotOffer(record, condition.package)
        : { code: "package-unknown" as const };
      if (no) return no;
      continue;
    }
    const { paragraph } = condition;
    // What is asked of the paragraph itself is a remedy.
    if (paragraph === about) return { code: "condition-unfit", paragraph };
    if (!record.wordings.has(paragraph)) return { code: "paragraph-unknown", paragraph };
    if (condition.is === "stays" && condition.wording && !record.wordings.get(paragraph)?.includes(condition.wording))
      return { code: "wording-unknown", paragraph };
  }
  return null;
}

/** "Stays" is about words that were read: those named, or those in circulation now. */
export function asCirculated<C extends Condition>(record: Record, condition: C): C {
  if (condition.is !== "stays") return condition;
  const block = circulatedBlock(record, condition.paragraph);
  if (!block) return condition;
  return {
    ...condition,
    part: condition.part ?? block.part,
    ...(condition.words === undefined && { wording: condition.wording ?? wordingOf(block.content).hash }),
  };
}
