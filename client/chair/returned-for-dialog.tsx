/** A file that a delegation gave to the chair's team, read for it: what it asks for is stated on its behalf, as if it were heard from the floor. */
import { useState } from "react";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ReturnedChoice } from "../report/returned-choice.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { Select } from "../ui/field.tsx";
import { language, say } from "../ui/voice.ts";

/** What the dialog within sends comes up to this one as well, and must not close it. */
const statesNothing = (): void => undefined;

export function ReturnedForDialog({ onClose }: { readonly onClose: () => void }) {
  const { record } = useNegotiation();
  const [code, setCode] = useState<DelegationCode | "">("");
  const delegations = [...record.delegations.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <Dialog title={say("returned.floor.name")} onClose={onClose}>
      <DialogForm onSubmit={statesNothing} footer={<Button onClick={onClose}>{say("desk.cancel")}</Button>}>
        <p>{say("returned.floor.explains")}</p>
        <Select
          label={say("returned.floor.whose")}
          value={code}
          options={[
            { value: "" as const, label: "" },
            ...delegations.map((delegation) => ({ value: delegation.code, label: delegation.name })),
          ]}
          onChange={setCode}
        />
        {code !== "" && <ReturnedChoice onBehalfOf={code} />}
      </DialogForm>
    </Dialog>
  );
}
