/** A short name for the address of a negotiation, made from its title: small Latin letters, digits and hyphens. */

/** @param typing a hyphen at the end is kept, because more may follow */
export function slugOf(title: string, typing = false): string {
  const slug = title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "");
  if (typing) return slug.slice(0, longest);
  // No word is cut where there are others.
  const whole = slug.length <= longest ? slug : slug.slice(0, longest + 1).replace(/-[^-]*$/, "");
  return whole.slice(0, longest).replace(/-+$/, "");
}

const longest = 40;
