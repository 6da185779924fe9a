/** What the chair can do with a silence procedure, and who has opened the text since. */
import { useEffect, useState } from "react";
import type { SeenSilence } from "../../shared/domain/report.ts";
import type { Receipts } from "../../shared/wire/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { BreakDialog } from "../report/break-dialog.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { list, moment, say } from "../ui/voice.ts";
import { AnnounceDialog } from "./announce-dialog.tsx";
import type { ChosenDeadline } from "./deadline-field.tsx";
import { DeadlineField } from "./deadline-field.tsx";

type Doing = "extend" | "cancel" | "floor" | "again";

export function SilenceActs({ silence }: { readonly silence: SeenSilence }) {
  const { seat, whyNot, record } = useNegotiation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = (): void => setDoing(null);
  const { id, ended } = silence;
  if (ended) {
    const cameToNothing = ended.how === "cancelled" || ended.passed.length < silence.paragraphs.length;
    if (!cameToNothing || record.adoption) return null;
    return (
      <>
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("announce-silence")}
          onClick={() => setDoing("again")}
        >
          {say("silence.announce.again")}
        </Button>
        {doing === "again" && <AnnounceDialog like={silence} onClose={close} />}
      </>
    );
  }
  return (
    <>
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("extend-silence")}
        onClick={() => setDoing("extend")}
      >
        {say("silence.extend.name")}
      </Button>
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("cancel-silence")}
        onClick={() => setDoing("cancel")}
      >
        {say("silence.cancel.name")}
      </Button>
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("break-silence")}
        onClick={() => setDoing("floor")}
      >
        {say("silence.floor.name")}
      </Button>
      {seat.role === "chair" && <ReceiptList silence={silence} />}
      {doing === "extend" && <ExtendDialog silence={silence} onClose={close} />}
      {doing === "cancel" && <CancelDialog procedure={id} onClose={close} />}
      {doing === "floor" && <BreakDialog silence={silence} isFromFloor onClose={close} />}
    </>
  );
}

function ExtendDialog({ silence, onClose }: { readonly silence: SeenSilence; readonly onClose: () => void }) {
  const { id, deadline, zone } = silence;
  const [chosen, setChosen] = useState<ChosenDeadline>({ at: deadline, zone });
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      name={say("silence.extend.name")}
      explains={say("silence.extend.explains")}
      command={{ kind: "extend-silence", procedure: id, deadline: chosen.at ?? deadline, reason }}
      done={say("silence.extend.done")}
      incomplete={
        chosen.at === null
          ? say("silence.announce.incomplete")
          : chosen.at <= deadline
            ? say("refusals.deadline-not-later")
            : null
      }
      onClose={onClose}
    >
      <DeadlineField chosen={chosen} onChange={setChosen} />
      <TextBox
        label={say("silence.extend.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}

export function CancelDialog({
  procedure,
  onClose,
}: {
  readonly procedure: SeenSilence["id"];
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      name={say("silence.cancel.name")}
      explains={say("silence.cancel.explains")}
      command={{ kind: "cancel-silence", procedure, reason }}
      done={say("silence.cancel.done")}
      incomplete={reason.trim() === "" ? say("refusals.reason-needed") : null}
      onClose={onClose}
    >
      <TextBox
        label={say("silence.cancel.reason")}
        value={reason}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}

/** Fetched when it is opened: it is in no record that others could fold. */
function ReceiptList({ silence }: { readonly silence: SeenSilence }) {
  const { api, record } = useNegotiation();
  const [isOpen, setIsOpen] = useState(false);
  const [found, setFound] = useState<Receipts["receipts"] | "failed" | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    let left = false;
    const fetchThem = (): void =>
      void api.receipts(silence.id).then(
        (receipts) => !left && setFound(receipts),
        () => !left && setFound("failed"),
      );
    fetchThem();
    const again = setInterval(fetchThem, refreshMs);
    return () => {
      left = true;
      clearInterval(again);
    };
  }, [api, silence.id, isOpen]);
  const delegations = [...record.delegations.values()];
  const opened = found === "failed" || found === null ? [] : found;
  const notYet = delegations.filter(({ code }) => !opened.some((one) => one.code === code));
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{say("silence.receipts.title")}</summary>
      {found === "failed" && <p role="alert">{say("silence.receipts.failed")}</p>}
      {found !== "failed" && found !== null && (
        <>
          <p>{say("silence.receipts.opened", { count: opened.length, all: delegations.length })}</p>
          <ul>
            {opened.map(({ code, name, at }) => (
              <li key={code}>
                {name}, {moment(Date.parse(at))}
              </li>
            ))}
          </ul>
          {notYet.length > 0 && (
            <p>{say("silence.receipts.notYet", { names: list(notYet.map(({ name }) => name)) })}</p>
          )}
        </>
      )}
      <p>{say("silence.receipts.only")}</p>
    </details>
  );
}

const refreshMs = 30_000;
