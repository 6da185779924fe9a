/** A file from a word processor as what it says, whatever kind it is; one of a kind that is not read is told by name. */
import type { Archive } from "./archive.ts";
import { openArchive } from "./archive.ts";
import { readDocx } from "./docx.ts";
import { readOdt } from "./odt.ts";
import type { ReadDocument } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";
import type { ReadingLimits } from "./reading-limits.ts";

/** What begins a file of a kind that is known and not read. */
const beginnings: readonly (readonly [bytes: string, what: string])[] = [
  ["%PDF", "a PDF file"],
  ["{\\rtf", "an RTF file"],
  ["<", "a web page or XML file"],
];

/** Of files by older programs, and of encrypted ones by newer. */
const compound = [0xd0, 0xcf, 0x11, 0xe0];

/** @throws FileRefused */
export function readFile(bytes: Uint8Array, limits: ReadingLimits): ReadDocument {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw another(bytes);
  const archive = openArchive(bytes, limits);
  if (archive.has("content.xml")) return odt(archive, limits);
  if (archive.has("[Content_Types].xml")) return docx(archive, limits);
  throw new FileRefused("file-of-another-kind", "a packed file");
}

function odt(archive: Archive, limits: ReadingLimits): ReadDocument {
  const kind = archive.get("mimetype")?.trim() ?? "application/vnd.oasis.opendocument.text";
  if (!kind.startsWith("application/vnd.oasis.opendocument.text"))
    throw new FileRefused("file-of-another-kind", "an OpenDocument file, but no text");
  return readOdt(archive, limits);
}

function docx(archive: Archive, limits: ReadingLimits): ReadDocument {
  if (!/wordprocessingml|ms-word\./.test(archive.get("[Content_Types].xml") ?? ""))
    throw new FileRefused("file-of-another-kind", "an Office file, but no text");
  return readDocx(archive, limits);
}

function another(bytes: Uint8Array): FileRefused {
  if (compound.every((byte, at) => bytes[at] === byte)) {
    return Buffer.from(bytes).includes("EncryptedPackage", 0, "utf16le")
      ? new FileRefused("file-locked", "it is encrypted")
      : new FileRefused("file-of-another-kind", "a file of Word before 2007");
  }
  const begin = Buffer.from(bytes.subarray(0, 64)).toString("latin1").trimStart();
  const known = beginnings.find(([first]) => begin.startsWith(first))?.[1];
  return new FileRefused("file-of-another-kind", known ?? "a file of an unknown kind");
}
