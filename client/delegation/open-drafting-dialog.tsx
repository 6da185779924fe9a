/** *Open a drafting room*: what is drafted was chosen with *Propose wording*; here, who is asked in, and who will then see what. */
import { useState } from "react";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { AskDelegations } from "../report/ask-delegations.tsx";
import type { BegunProposal } from "../proposals/propose-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { say } from "../ui/voice.ts";
import type { Draftings } from "./use-draftings.ts";

interface Props {
  readonly begun: BegunProposal;
  /** As a phrase. */
  readonly subject: string;
  readonly code: DelegationCode;
  readonly draftings: Draftings;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

export function OpenDraftingDialog({ begun, subject, code, draftings, onClose, onOpen }: Props) {
  const [invited, setInvited] = useState<readonly DelegationCode[]>([]);
  const [busy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const id = await draftings.open({ ...begun, invited }, key);
    setBusy(false);
    if (id !== null) onOpen(id);
  };
  const name = say("drafting.open.name");
  return (
    <Dialog title={name} onClose={onClose}>
      <DialogForm
        onSubmit={() => void submit()}
        footer={
          <>
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone="primary" busy={busy}>
              {name}
            </Button>
          </>
        }
      >
        <p>
          <strong>{subject}</strong>
        </p>
        <AskDelegations
          label={say("drafting.open.ask")}
          add={say("drafting.open.askNobody")}
          uninvite={(other) => say("drafting.open.unask", { name: other })}
          asked={invited}
          except={[code]}
          onChange={setInvited}
        />
        <p>{say("drafting.open.effect")}</p>
      </DialogForm>
    </Dialog>
  );
}
