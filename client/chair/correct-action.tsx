/** An editorial correction of agreed words: told to everyone, and before the adoption open to be contested (SPEC: COR, ADO3). */
import { useState } from "react";
import type { Block } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { WordsBox } from "../proposals/words-box.tsx";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
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
  const { report } = useNegotiation();
  // What it opened with: another's edit meanwhile makes the wording stale, and is refused in words.
  const [was] = useState(block);
  const before = flatText(was.content);
  const [content, setContent] = useState(was.content);
  const words = flatText(content);
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      wide
      name={say("versions.correct.name")}
      explains={say(report.adoption ? "versions.correct.explainsAdopted" : "versions.correct.explains")}
      command={{
        kind: "editorial-correction",
        paragraph: was.id,
        wording: wordingOf(was.content).hash,
        text: words,
        reason,
      }}
      done={say("versions.correct.done", { number })}
      incomplete={
        words === before ? say("refusals.nothing-changes") : reason.trim() === "" ? say("refusals.reason-needed") : null
      }
      onClose={onClose}
    >
      <WordsBox keepsEmbeds label={say("versions.correct.words")} block={was} onChange={setContent} />
      {words !== before && <Redline from={was.content} to={content} />}
      <TextField
        label={say("versions.issue.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
