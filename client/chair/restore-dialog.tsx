/** What a version said comes back into the draft by an act: one paragraph of it, or all of its text (SPEC: VER6). */
import { useState } from "react";
import { changedBlocks } from "../../shared/domain/redline.ts";
import type { Block } from "../../shared/domain/text.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { Version } from "../../shared/domain/versions.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ChangeList } from "../report/changes.tsx";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Select, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

/** Versions in which the paragraph stood in other words, the latest first. */
export const restorable = (versions: readonly Version[], { id, content }: Block): readonly Version[] =>
  versions
    .filter(({ text }) => {
      const was = blocksById(text).get(id);
      return was && wordingOf(was.content).hash !== wordingOf(content).hash;
    })
    .toReversed();

interface Props {
  /** Null: the whole text. */
  readonly paragraph: { readonly block: Block; readonly number: string } | null;
  readonly onClose: () => void;
}

export function RestoreDialog({ paragraph, onClose }: Props) {
  const { record, text } = useNegotiation();
  const [versions] = useState(paragraph ? restorable(record.versions, paragraph.block) : record.versions.toReversed());
  const [name, setName] = useState(versions[0]?.name ?? "");
  const [reason, setReason] = useState("");
  const version = versions.find((one) => one.name === name);
  if (!version) return null;
  const { label } = version;
  const was = paragraph && blocksById(version.text).get(paragraph.block.id);
  const changes = paragraph ? [] : changedBlocks(text, version.text);
  const isSame = paragraph
    ? !was || wordingOf(was.content).hash === wordingOf(paragraph.block.content).hash
    : changes.length === 0;
  return (
    <StateDialog
      wide
      name={say(paragraph ? "versions.restore.name" : "versions.restore.whole")}
      explains={say(paragraph ? "versions.restore.explains" : "versions.restore.explainsWhole")}
      command={{ kind: "restore", version: name, ...(paragraph && { paragraph: paragraph.block.id }), reason }}
      done={
        paragraph
          ? say("versions.restore.done", { number: paragraph.number, label })
          : say("versions.restore.doneWhole", { label })
      }
      incomplete={
        isSame ? say("refusals.nothing-changes") : reason.trim() === "" ? say("refusals.reason-needed") : null
      }
      onClose={onClose}
    >
      <Select
        label={say("versions.restore.version")}
        value={name}
        options={versions.map((one) => ({ value: one.name, label: one.label }))}
        onChange={setName}
      />
      {paragraph && was && <Redline from={canonicalText(paragraph.block.content)} to={canonicalText(was.content)} />}
      {!paragraph && changes.length > 0 && <ChangeList changes={changes} text={text} />}
      <TextField
        label={say("versions.issue.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
