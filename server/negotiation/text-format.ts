/** How a text from outside is to be read when nobody says: Markdown shows itself by its headings, its footnotes or its emphasis. */
import type { ImportFormat } from "../../shared/domain/import-text.ts";

export const formatOf = (text: string): ImportFormat =>
  /^#{1,6} \S|^\[\^[^\]]+\]:|\*\*\S/m.test(text) ? "markdown" : "plain";
