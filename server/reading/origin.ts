/** What a file says of where it comes from and when things were done in it. */
import type { EpochMs } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import type { Origin } from "../../shared/domain/returned.ts";
import type { Element } from "./xml.ts";

/** The property that our writers set: `SLUG SEQ MODE`. */
const spelled = /^([a-z0-9-]{1,64}) (\d{1,9}) (clean|review|compilation)$/;

/** @param properties among whose elements is one named `Rapporteur` */
export function originFrom(
  childrenOf: (parent: Element) => Iterable<Element>,
  properties: Element | null,
): Origin | null {
  for (const property of properties ? childrenOf(properties) : []) {
    const [, slug, seq, mode] = spelled.exec(property.textContent?.trim() ?? "") ?? [];
    if (slug !== undefined && mode !== undefined) return { slug, seq: Number(seq), mode };
  }
  return null;
}

/** An ISO date; null where it is none. */
export function timeFrom(text: string | null): EpochMs | null {
  const ms = Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text ?? "") ? (text ?? "") : `${text ?? ""}Z`);
  return Number.isNaN(ms) ? null : epochMs(ms);
}
