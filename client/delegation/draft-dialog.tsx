/** A position as an adviser prepares it: the same form, kept for the head of the delegation instead of stated. */
import type { ReactNode } from "react";
import { useState } from "react";
import type { LodgePosition } from "../../shared/domain/commands.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { useToast } from "../ui/toasts.tsx";
import { say } from "../ui/voice.ts";
import { newPaperId } from "./own-papers.tsx";
import type { Papers } from "./use-papers.ts";

interface Props {
  readonly name: string;
  readonly command: LodgePosition;
  readonly incomplete: string | null;
  readonly papers: Papers;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function DraftDialog({ name, command, incomplete, papers, onClose, children }: Props) {
  const toast = useToast();
  const [id] = useState(newPaperId);
  const save = async (): Promise<void> => {
    if (incomplete !== null || !(await papers.keep({ id, kind: "draft", position: command }))) return;
    onClose();
    toast({ sentence: say("desk.papers.draftKept") });
  };
  const title = say("desk.papers.saveDraft", { name });
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        onSubmit={() => void save()}
        footer={
          <>
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone="primary" disabledReason={incomplete}>
              {title}
            </Button>
          </>
        }
      >
        <p>{say("desk.papers.private")}</p>
        {children}
      </DialogForm>
    </Dialog>
  );
}
