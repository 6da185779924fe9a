/** Names as people type them: "Côte d’Ivoire" is found by "cote d'ivoire". */
export const foldedName = (name: string): string =>
  name.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase().trim();
