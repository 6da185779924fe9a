/**
 * Packages: paragraphs that stand or fall together, as the chair offers them (SPEC: PKG). What the chair's team prepares is its own
 * until it is released; the release states the whole, so that nothing sealed has to be opened afterwards.
 */
import type { Condition, ConditionState, ParagraphCondition, SeenCondition } from "./conditions.ts";
import { stateOf, together } from "./conditions.ts";
import { isAmong } from "./disclosure.ts";
import type { Audience } from "./positions.ts";
import type { Record } from "./record.ts";
import type { Viewer } from "./roster.ts";
import type { Text } from "./text.ts";
import type { EpochMs, PackageId, ParagraphId } from "./values.ts";

/** Prepared or offered and not withdrawn, in one negotiation (PKG6). */
export const mostPackages = 300;

/** What a package says: the paragraphs it links, and how each is to be. */
export interface Terms {
  readonly title: string;
  readonly paragraphs: readonly ParagraphId[];
  readonly conditions: readonly ParagraphCondition[];
}

export interface Package extends Terms {
  readonly id: PackageId;
  /** As everybody who may know it knows it. The terms above are as the team prepared them last. */
  readonly released: (Terms & { readonly at: EpochMs; readonly audience: Audience }) | null;
  readonly withdrawn: { readonly at: EpochMs; readonly reason: string | null } | null;
}

export type PackageWhat =
  | ({ readonly kind: "package-prepared"; readonly id: PackageId } & Terms)
  | ({ readonly kind: "package-released"; readonly id: PackageId; readonly audience: Audience } & Terms)
  | { readonly kind: "package-withdrawn"; readonly id: PackageId };

export type PackageCommand =
  /** Without `package` a new one. */
  | {
      readonly kind: "prepare-package";
      readonly package?: PackageId;
      readonly title: string;
      readonly paragraphs: readonly ParagraphId[];
      readonly conditions?: readonly ParagraphCondition[];
    }
  | { readonly kind: "release-package"; readonly package: PackageId }
  | { readonly kind: "withdraw-package"; readonly package: PackageId; readonly reason?: string };

/** A package as one viewer may know of it. */
export interface SeenPackage {
  readonly id: PackageId;
  readonly title: string;
  readonly paragraphs: readonly ParagraphId[];
  readonly conditions: readonly SeenCondition[];
  readonly state: ConditionState;
  /** Null: only the chair's team knows of it. */
  readonly releasedAt: EpochMs | null;
  /** The team has prepared other terms than it released. */
  readonly changed: boolean;
  readonly withdrawn: { readonly at: EpochMs; readonly reason: string | null } | null;
}

export function seePackages(record: Record, text: Text, viewer: Viewer): readonly SeenPackage[] {
  return [...record.packages.values()].flatMap((offer) => {
    const { id, released, withdrawn } = offer;
    const isOurs = viewer.kind === "team";
    if (!isOurs && (!released || !isAmong(viewer, released.audience))) return [];
    const terms = isOurs ? offer : (released ?? offer);
    const conditions = terms.conditions.map((condition) => ({ condition, state: stateOf(condition, record, text) }));
    return [
      {
        id,
        title: terms.title,
        paragraphs: terms.paragraphs,
        conditions,
        state: together(conditions.map(({ state }) => state)),
        releasedAt: released?.at ?? null,
        changed: isOurs && released !== null && hasOtherTerms(offer, released),
        withdrawn,
      },
    ];
  });
}

const hasOtherTerms = (a: Terms, b: Terms): boolean => JSON.stringify(termsOf(a)) !== JSON.stringify(termsOf(b));

export const termsOf = ({ title, paragraphs, conditions }: Terms): Terms => ({ title, paragraphs, conditions });

/** The paragraphs that conditions name. */
export const namedBy = (conditions: readonly Condition[]): readonly ParagraphId[] =>
  conditions.flatMap((condition) => (condition.is === "stands" ? [] : [condition.paragraph]));
