/** Text as an XML file can hold it: characters that XML 1.0 has no way to write are left out, broken surrogates replaced. */
import { wellFormed } from "../../shared/domain/canonical-json.ts";

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

export const inXml = (text: string): string => wellFormed(text).replace(unwritable, "");
