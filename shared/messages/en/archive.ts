/** The archive of a negotiation, in words: the README inside of it. */
export const archive = {
  title: "{title}: archive",
  about:
    "This file holds the negotiation “{title}” ({slug}) up to entry {seq} of its record, made on {day}, as {reader} may see it.",
  reader: { host: "whoever keeps the server", public: "everyone", seat: "the seat {seat}" },
  contents: "What is in it",
  files: {
    manifest: "archive.json: what this archive is, and the SHA-256 of every other file in it.",
    record:
      "record.jsonl: the record, an entry a line. Where something may not be known to its reader, a salted hash of it stands in its place; an entry of which nothing may be known is there with its number and hashes alone.",
    report: "report.json: the report in its two parts, with statuses, positions and proposals.",
    texts: "texts/: each version that was issued, and the text circulated last, to be read without any program.",
    draft: "draft.json: the text that its reader had before them, block by block.",
    schema: "schema.json: the JSON Schema of these files.",
  },
  check: "How to check it",
  checkChain:
    "Each entry's hash covers its number, the hash of the entry before, and a commitment to each of its five sections (at, person, what, who, why). A commitment is the SHA-256 of the canonical JSON (RFC 8785) of [salt, section]; where a section is hidden, its commitment is given as it is. The hash is the SHA-256 of the canonical JSON of the five commitments with v, seq and prev. So nobody can change, leave out or put in an entry without every later hash being another.",
  checkHead:
    "Compare the hash of entry {seq} with somebody else who was there. If it is the same, you both have the same record, hidden parts included: {hash}",
  checkCommand: "Rapporteur checks all of this: verify FILE",
  proven:
    "The chain proves the entries, and with them the words of every version. The report and the draft are proven by their checksums only. What is hidden or sealed is proven to be there, not what it says.",
  whole: "This is the whole record: unarchive FILE opens the negotiation on another server, equal to this one.",
  partial:
    "Some of the record is hidden from its reader, so that no negotiation can be opened from it. Whoever keeps the server can make a whole one.",
  without:
    "Not in it: sign-in links and tokens, each delegation's own papers, private drafting rooms, who opened the text when, and who typed which letter.",
} as const;
