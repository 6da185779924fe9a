/**
 * The files inside a document, unpacked within limits (SPEC: REA): what a header promises is checked before a byte is unpacked, and no
 * name in it is ever used as a path.
 */
import { strFromU8, unzipSync } from "fflate";
import { FileRefused } from "./read-document.ts";

export interface ArchiveLimits {
  /** Of all that is unpacked. */
  readonly inflatedBytes: number;
  readonly entries: number;
  /** Unpacked to packed, in files above `ratioFromBytes`: text packs to a tenth or less, a bomb to a thousandth. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

export type Archive = ReadonlyMap<string, string>;

/** The readable files (XML, and the name of the kind) of a document by their names. @throws FileRefused */
export function openArchive(bytes: Uint8Array, limits: ArchiveLimits): Archive {
  const names = new Set<string>();
  let inflated = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (names.size >= limits.entries)
          throw new FileRefused("file-unsafe", `more than ${limits.entries} files in it`);
        if (names.has(name) || !isPlain(name)) throw new FileRefused("file-unsafe", "a name in it is no plain name");
        names.add(name);
        if (!/\.(?:xml|rels)$|^mimetype$/.test(name)) return false;
        inflated += originalSize;
        if (inflated > limits.inflatedBytes)
          throw new FileRefused("file-too-large", `more than ${limits.inflatedBytes} bytes when unpacked`);
        if (originalSize > limits.ratioFromBytes && originalSize > limits.ratio * Math.max(1, size))
          throw new FileRefused("file-unsafe", `packed more than ${limits.ratio} times`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused("file-damaged", error instanceof Error ? error.message : String(error));
  }
  return new Map(Object.entries(files).map(([name, file]) => [name, strFromU8(file)]));
}

const isPlain = (name: string): boolean =>
  !/[\\\0:]|^\//.test(name) && name.split("/").every((step) => step !== ".." && step !== ".");
