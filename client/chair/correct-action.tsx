/** An editorial correction of agreed words: told to everyone, and open to be contested (SPEC: COR). */
import { useState } from "react";
import type { Block } from "../../shared/domain/text.ts";
import { embedCharacter, flatText } from "../../shared/domain/text.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

export function CorrectAction({ block, number }: { readonly block: Block; readonly number: string }) {
  const { whyNot } = useNegotiation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("editorial-correction")}
        onClick={() => setOpen(true)}
      >
        {say("versions.correct.name")}
      </Button>
      {isOpen && <CorrectDialog block={block} number={number} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Props {
  readonly block: Block;
  readonly number: string;
  readonly onClose: () => void;
}

function CorrectDialog({ block, number, onClose }: Props) {
  const before = flatText(block.content);
  const [words, setWords] = useState(before);
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      wide
      name={say("versions.correct.name")}
      explains={say("versions.correct.explains")}
      command={{
        kind: "editorial-correction",
        paragraph: block.id,
        wording: wordingOf(block.content).hash,
        text: words,
        reason,
      }}
      done={say("versions.correct.done", { number })}
      incomplete={
        words === before ? say("refusals.nothing-changes") : reason.trim() === "" ? say("refusals.reason-needed") : null
      }
      onClose={onClose}
    >
      <TextBox
        label={say("versions.correct.words")}
        help={before.includes(embedCharacter) ? say("versions.correct.embeds", { sign: embedCharacter }) : undefined}
        rows={5}
        value={words}
        autoFocus
        onChange={(event) => setWords(event.target.value)}
      />
      {words !== before && <Redline from={before} to={words} />}
      <TextField
        label={say("versions.issue.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
