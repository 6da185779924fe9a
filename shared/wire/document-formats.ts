/** In which status table, lineage table, letters, certificates and briefs are written, best known first. */
export const documentFormats = ["pdf", "docx", "odt", "html", "md"] as const;
