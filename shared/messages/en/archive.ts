/** The archive of a negotiation, in words: the README inside of it, and what is said when one is opened. */
import { plural } from "../plural.ts";

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
  checkCommand:
    "Rapporteur checks all of this: verify FILE. Whoever would rather trust none of its code finds docs/verify-archive.py beside it, which needs nothing but Python, or writes the like from the lines above.",
  proven:
    "The chain proves the entries, and with them the words of every version. The report and the draft are proven by their checksums only. What is hidden or sealed is proven to be there, not what it says.",
  whole: "This is the whole record: unarchive FILE opens the negotiation on another server, equal to this one.",
  partial:
    "Some of the record is hidden from its reader, so that no negotiation can be opened from it. Whoever keeps the server can make a whole one.",
  without:
    "Not in it: sign-in links and tokens, each delegation's own papers, private drafting rooms, who opened the text when, and who typed which letter.",
  /** Why a file is not taken; after "The archive was not opened:". */
  bad: {
    missing: "{file} is missing in it",
    another: "it is no archive of Rapporteur: archive.json says something else",
    newer:
      "it is of format {format}, written by Rapporteur {release}; this release reads format {known}: use that release, or a newer one",
    altered: "{file} is not what was written",
    foreign: "{file} is not part of it",
    broken: "its record is not whole: entry {seq}, {why}",
    end: "its record ends with entry {seq}, and it says {said} or another hash",
    slug: "its record is of {slug}, and it says {said}",
    text: "{file} does not say what the record says",
    large: "it holds more than any archive does",
    stranger: "{file} is not part of an archive",
    packed: "it cannot be unpacked: {why}",
    json: "{what} is not JSON",
    form: "{what} is not as format {format} has it",
    unfollowed: "this release cannot follow its record: {why}",
    hidden: "some of its record is hidden from {reader}: no negotiation can be opened from it",
    taken: "there is a negotiation named {slug} already",
    costly:
      "checking it takes more time or memory than it may here; whoever keeps the server can try the command unarchive",
  },
  /** Opened on the page of whoever may open negotiations. */
  open: {
    heading: "From an archive",
    lead: "Another server's negotiation, with its whole record: the file that whoever keeps that server makes with the command archive. One downloaded from a report's page is to keep and to check: it leaves out what its reader may not know, and where anything is left out no negotiation can be opened from it. The file is checked before anything is kept, and opened under its own name.",
    choose: "Choose an archive…",
    sending: "Sending {name}…",
    checking: "Checking every entry, text and checksum of {name}…",
    refused: "The archive was not opened: {why}. Nothing of it was kept.",
    lost: "No answer came, so that nobody can say here whether it was opened. Look on the front page for the negotiation before you try again.",
    tooLarge:
      "The archive was not opened: it is larger than this server takes on this page. Nothing of it was kept; whoever keeps the server can open it with the command unarchive.",
    done: "It is open again, as it was.",
    read: "Read it",
    whole:
      "Each of the {seq} entries of its record follows from the one before. Compare the hash of the last with somebody who was there: if it is the same, so is the record.",
    texts: plural({ one: "{count} text says what the record says.", other: "{count} texts say what the record says." }),
    proven: "The draft is proven by its checksum only.",
    people: plural({
      one: "{count} person holds a seat in it, and nobody is signed in. The chair comes in with this link, everybody else with one that whoever keeps the server makes.",
      other:
        "{count} people hold seats in it, and nobody is signed in. The chair comes in with this link, everybody else with one that whoever keeps the server makes.",
    }),
  },
} as const;
