/** Links to one document, as this seat sees it, in each of its formats: "Brief: Word · HTML". */
import { Fragment } from "react";
import { documentFormats } from "../../shared/wire/document-formats.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { say } from "../ui/voice.ts";

interface Linked {
  readonly title: string;
  /** Without it, the report itself. */
  readonly name?: string;
  readonly mode?: "review" | "compilation";
  readonly formats?: readonly ((typeof documentFormats)[number] | "xml" | "csv" | "json")[];
}

export function FileLinks({ title, name, mode, formats = documentFormats }: Linked) {
  const { slug, spelledSeat } = useNegotiation();
  return (
    <>
      {title}:{" "}
      {formats.map((format, index) => {
        const words = say(`publication.format.${format}`);
        return (
          <Fragment key={format}>
            {index > 0 && " · "}
            {/* In a tab of its own: a file that takes long shows there that it is being written, and the desk stays. */}
            <a
              href={paths.file(slug, name ?? null, format, spelledSeat, mode)}
              target="_blank"
              rel="noopener"
              aria-label={`${title}, ${words}`}
            >
              {words}
            </a>
          </Fragment>
        );
      })}
    </>
  );
}
