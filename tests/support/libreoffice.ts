/**
 * People at LibreOffice, where it is at hand (`LIBREOFFICE=soffice`): what each does in a file of ours is noted, and one run of the program
 * does it all, saving each file as it saves. It has no other interface without a screen than its own Basic.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Hands } from "./random-edits.ts";

/** The program; null where nobody named it. */
export const libreOffice = process.env["LIBREOFFICE"] ?? null;

/** How it saves. */
const filters = { docx: "MS Word 2007 XML", odt: "writer8" } as const;
export type Saved = keyof typeof filters;

export interface Opened {
  readonly bytes: Uint8Array;
  readonly kind: Saved;
  readonly isTracking: boolean;
}

export class AtLibreOffice implements Hands {
  readonly file: Opened;
  readonly acts: (readonly (string | number)[])[] = [];
  readonly #words: Map<string, string>;

  /** @param wordsOf each paragraph, as they stand in the file */
  constructor(file: Opened, wordsOf: ReadonlyMap<string, string>) {
    this.file = file;
    this.#words = new Map(wordsOf);
  }

  wordsOf(id: string): string {
    return this.#words.get(id) ?? "";
  }

  replace(id: string, from: number, to: number, words: string): void {
    const before = this.wordsOf(id);
    this.#words.set(id, before.slice(0, from) + words + before.slice(to));
    this.acts.push(["replace", id, from, to, words]);
  }

  comment(id: string, from: number, to: number, text: string): void {
    this.acts.push(["comment", id, from, to, text]);
  }

  deleteParagraph(id: string): void {
    this.acts.push(["delete", id, 0, 0, ""]);
  }

  insertParagraph(after: string, words: string): void {
    this.acts.push(["insert", after, 0, 0, words]);
  }

  split(id: string, at: number): void {
    this.acts.push(["split", id, at, at, ""]);
  }
}

/** Does what was noted at each. @returns the files as saved, in their order */
export async function saved(program: string, those: readonly AtLibreOffice[], as: Saved): Promise<Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), "rapporteur-libreoffice-"));
  try {
    const plan: string[] = [];
    const outcomes: string[] = [];
    for (const [index, { file, acts }] of those.entries()) {
      const [from, to] = [join(folder, `${index}.${file.kind}`), join(folder, `${index}.saved.${as}`)];
      await writeFile(from, file.bytes);
      outcomes.push(to);
      plan.push(["open", from, file.isTracking ? 1 : 0, 0, filters[file.kind]].join("\t"));
      plan.push(...acts.map((act) => act.join("\t")), ["save", to, 0, 0, filters[as]].join("\t"));
    }
    await writeFile(join(folder, "plan"), `${plan.join("\n")}\n`);
    await run(program, folder);
    return await Promise.all(outcomes.map((name) => readFile(name)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(program: string, folder: string): Promise<void> {
  const start = (...more: readonly string[]): Promise<unknown> =>
    promisify(execFile)(
      program,
      ["--headless", "--norestore", `-env:UserInstallation=file://${folder}/profile`, ...more],
      { env: { ...process.env, PLAN: join(folder, "plan") } },
    );
  // The first start makes the profile, and would write over a library that is there already.
  await start("--terminate_after_init");
  const basic = join(folder, "profile/user/basic");
  await mkdir(join(basic, "Standard"), { recursive: true });
  await writeFile(join(basic, "script.xlc"), libraries);
  await writeFile(join(basic, "Standard/script.xlb"), library);
  await writeFile(join(basic, "Standard/Edits.xba"), edits);
  await start("macro:///Standard.Edits.Main");
}

const libraries = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"><library:library library:name="Standard" library:link="false"/></library:libraries>`;

const library = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Edits"/></library:library>`;

/** Places are counted from the beginning of our mark, as the caret goes. */
const edits = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" script:language="StarBasic">
Sub Main
  Dim file As Integer, line As String, act, doc, name As String
  Dim opened(1) As New com.sun.star.beans.PropertyValue
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "URL"
  opened(1).Name = "FilterName"
  saved(0).Name = "FilterName"
  file = FreeFile
  Open Environ("PLAN") For Input As #file
  Do While Not Eof(file)
    Line Input #file, line
    act = Split(line, Chr(9))
    Select Case act(0)
    Case "open"
      ' Without a window: one that was installed without a screen dies of drawing a comment.
      doc = CreateUnoService("com.sun.star.text.TextDocument")
      opened(0).Value = ConvertToURL(act(1))
      opened(1).Value = act(4)
      doc.load(opened())
      doc.RecordChanges = (act(2) = "1")
    Case "save"
      saved(0).Value = act(4)
      doc.storeToURL(ConvertToURL(act(1)), saved())
      doc.close(True)
    Case Else
      Edit(doc, act(0), act(1), CInt(act(2)), CInt(act(3)), act(4))
    End Select
  Loop
  Close #file
  StarDesktop.terminate()
End Sub

Sub Edit(doc, kind As String, id As String, first As Integer, last As Integer, words As String)
  Dim mark, place, name, note
  For Each name In doc.Bookmarks.ElementNames
    If Left(name, Len("para_" + id)) = "para_" + id Then mark = doc.Bookmarks.getByName(name).Anchor
  Next
  place = doc.Text.createTextCursorByRange(mark.Start)
  Select Case kind
  Case "replace"
    place.goRight(first, False)
    place.goRight(last - first, True)
    place.String = words
  Case "comment"
    place.goRight(first, False)
    place.goRight(last - first, True)
    note = doc.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author = "Jane Doe"
    note.Content = words
    doc.Text.insertTextContent(place, note, True)
  Case "delete"
    place.gotoStartOfParagraph(False)
    place.gotoEndOfParagraph(True)
    place.goRight(1, True)
    place.String = ""
  Case "insert"
    place.gotoEndOfParagraph(False)
    doc.Text.insertControlCharacter(place, 0, False)
    doc.Text.insertString(place, words, False)
  Case "split"
    place.goRight(first, False)
    doc.Text.insertControlCharacter(place, 0, False)
  End Select
End Sub
</script:module>`;
