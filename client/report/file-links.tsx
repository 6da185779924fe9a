/** Links to one document, as this seat sees it, in each of its formats: "Brief: Word · HTML". */
import { Fragment } from "react";
import { documentFormats } from "../../shared/wire/document-formats.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { say } from "../ui/voice.ts";

export function FileLinks({ title, name }: { readonly title: string; readonly name: string }) {
  const { slug, spelledSeat } = useNegotiation();
  return (
    <>
      {title}:{" "}
      {documentFormats.map((format, index) => {
        const words = say(`publication.format.${format}`);
        return (
          <Fragment key={format}>
            {index > 0 && " · "}
            <a href={paths.file(slug, name, format, spelledSeat)} aria-label={`${title}, ${words}`} download>
              {words}
            </a>
          </Fragment>
        );
      })}
    </>
  );
}
