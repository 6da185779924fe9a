/** Whether files keep to the schema of Akoma Ntoso. */
import { validateXML } from "xmllint-wasm";
import { akomaNtoso } from "./negotiated-texts.ts";

/** What is wrong with them, line by line; empty for valid files. The schema is large: ask for many files at once. */
export async function faultsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const [schema, imported] = akomaNtoso!;
  const { errors } = await validateXML({
    xml: Object.entries(files).map(([fileName, contents]) => ({ fileName, contents })),
    schema: schema!,
    preload: imported!,
    initialMemoryPages: 1_024,
    maxMemoryPages: 8_192,
  });
  return errors.map(({ rawMessage }) => rawMessage);
}
