/** In which status table, lineage table, letters and briefs are written, best known first. */
export const documentFormats = ["pdf", "docx", "odt", "html"] as const;
