/** A short name for the address of a negotiation, made from its title: small Latin letters, digits and hyphens. */

/** @param typing a hyphen at the end is kept, because more may follow */
export function slugOf(title: string, typing = false): string {
  const slug = title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, longest);
  return typing ? slug : slug.replace(/-+$/, "");
}

const longest = 40;
