/** Choosing a file that comes back: read on the server, and shown with all that is in it before anything is recorded. */
import { useState } from "react";
import type { Returned } from "../../shared/domain/returned.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useAttempt } from "../live/use-attempt.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { FileChoice } from "../ui/file-choice.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { say } from "../ui/voice.ts";

const ReturnedDialog = onDemand(async () => (await import("./returned-dialog.tsx")).ReturnedDialog);

/** @param onBehalfOf whose file it is, where the chair's team brings it; null: the seat's own delegation's */
export function ReturnedChoice({ onBehalfOf }: { readonly onBehalfOf: DelegationCode | null }) {
  const { api } = useNegotiation();
  const attempt = useAttempt(say("returned.trouble"));
  const [isReading, setIsReading] = useState(false);
  const [file, setFile] = useState<Returned | null>(null);
  const read = async (chosen: File): Promise<void> => {
    setIsReading(true);
    setFile(await attempt(() => api.readReturned(chosen, onBehalfOf)));
    setIsReading(false);
  };
  return (
    <>
      <FileChoice accept=".docx,.odt" size="small" disabled={isReading} onFile={(chosen) => void read(chosen)}>
        {say("returned.upload")}
      </FileChoice>
      <small role="status">{isReading && say("returned.reading")}</small>
      {file && <ReturnedDialog file={file} onBehalfOf={onBehalfOf} onClose={() => setFile(null)} />}
    </>
  );
}
