/** What a version said comes back into the draft by an act: one paragraph of it, or all of its text (SPEC: VER6). */
import { useState } from "react";
import { changedBlocks } from "../../shared/domain/redline.ts";
import type { Block } from "../../shared/domain/text.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { Version } from "../../shared/domain/versions.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ChangeList } from "../report/changes.tsx";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Select, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

/** Versions in which the paragraph stood in other words, or at all where it was removed, the latest first. */
export const restorable = (versions: readonly Version[], id: ParagraphId, block: Block | null): readonly Version[] =>
  versions
    .filter(({ text }) => {
      const was = blocksById(text).get(id);
      return was && (!block || wordingOf(was.content).hash !== wordingOf(block.content).hash);
    })
    .toReversed();

interface Props {
  /** Its number now, or the one that is vacant since it was removed. Null: the whole text. */
  readonly paragraph: { readonly id: ParagraphId; readonly number: string } | null;
  readonly onClose: () => void;
}

export function RestoreDialog({ paragraph, onClose }: Props) {
  const { record, text } = useNegotiation();
  const block = paragraph && (blocksById(text).get(paragraph.id) ?? null);
  const [versions] = useState(
    paragraph ? restorable(record.versions, paragraph.id, block) : record.versions.toReversed(),
  );
  const [name, setName] = useState(versions[0]?.name ?? "");
  const [reason, setReason] = useState("");
  const version = versions.find((one) => one.name === name);
  if (!version) return null;
  const { label } = version;
  const was = paragraph && blocksById(version.text).get(paragraph.id);
  const changes = paragraph ? [] : changedBlocks(text, version.text);
  const isSame = paragraph
    ? !was || (block !== null && wordingOf(was.content).hash === wordingOf(block.content).hash)
    : changes.length === 0;
  return (
    <StateDialog
      wide
      name={say(paragraph ? (block ? "versions.restore.name" : "versions.restore.removed") : "versions.restore.whole")}
      explains={say(
        paragraph
          ? block
            ? "versions.restore.explains"
            : "versions.restore.explainsRemoved"
          : "versions.restore.explainsWhole",
        { number: paragraph?.number ?? "" },
      )}
      command={{ kind: "restore", version: name, ...(paragraph && { paragraph: paragraph.id }), reason }}
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
      {paragraph && was && <Redline from={block ? block.content : ""} to={was.content} />}
      {!paragraph && changes.length > 0 && <ChangeList changes={changes} text={text} />}
      <TextField
        label={say("versions.issue.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
