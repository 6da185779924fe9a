/** Links to one document in each of its formats. */
import { Fragment } from "react";
import { documentFormats } from "../../../shared/wire/document-formats.ts";
import { say } from "./speaker.ts";

/** "Status of paragraphs: Word · HTML" */
export const FileLinks = ({
  title,
  path,
  query = "",
  formats = documentFormats,
}: {
  readonly title: string;
  /** Without an extension. */
  readonly path: string;
  readonly query?: string;
  readonly formats?: readonly ((typeof documentFormats)[number] | "xml" | "csv" | "json")[];
}) => (
  <>
    {title}:{" "}
    {formats.map((format, index) => (
      <Fragment key={format}>
        {index > 0 && " · "}
        <a href={`${path}.${format}${query}`} aria-label={`${title}, ${say(`publication.format.${format}`)}`}>
          {say(`publication.format.${format}`)}
        </a>
      </Fragment>
    ))}
  </>
);
