/** A small form for an act that goes on the record: named as its button, explained, sent, and closed with its receipt. */
import type { ReactNode } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import type { CommandAnswer } from "../../shared/wire/api.ts";
import { useStating } from "../live/use-negotiation.ts";
import type { Tone } from "../ui/button.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { useToast } from "../ui/toasts.tsx";
import { clockTime, say } from "../ui/voice.ts";

interface Props {
  readonly name: string;
  readonly tone?: Tone;
  readonly explains?: string;
  readonly command: Command;
  /** What was done, for the notice with the receipt. */
  readonly done: string | ((answer: CommandAnswer) => string);
  readonly wide?: boolean;
  /** Why the form cannot be sent as it is filled in. */
  readonly incomplete?: string | null;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  readonly onDone?: (answer: CommandAnswer) => void;
}

export function StateDialog({
  name,
  tone = "primary",
  explains,
  command,
  done,
  wide = false,
  incomplete = null,
  children,
  onClose,
  onDone,
}: Props) {
  const { busy, trouble, state } = useStating();
  const toast = useToast();
  const submit = async (): Promise<void> => {
    if (busy || incomplete !== null) return;
    const answer = await state(command);
    if (!answer) return;
    onClose();
    toast({ sentence: receiptSentence(typeof done === "string" ? done : done(answer), answer) });
    onDone?.(answer);
  };
  return (
    <Dialog title={name} wide={wide} onClose={onClose}>
      <DialogForm
        onSubmit={() => void submit()}
        trouble={trouble?.sentence}
        footer={
          <>
            {busy && <span role="status">{say("desk.notYetOnRecord")}</span>}
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone={tone} busy={busy} disabledReason={incomplete}>
              {trouble?.state === "not-sent" ? say("desk.retryNamed", { name }) : name}
            </Button>
          </>
        }
      >
        {explains && <p>{explains}</p>}
        {children}
      </DialogForm>
    </Dialog>
  );
}

export const receiptSentence = (done: string, { receipt }: CommandAnswer): string =>
  say("desk.receipt", { done, seq: String(receipt.seq), at: clockTime(Date.parse(receipt.at)) });
