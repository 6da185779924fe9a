/** The report as a file to change, and bringing it back: chosen on the desk, read on the server, shown with all that is in it before anything is recorded. */
import { Fragment, useState } from "react";
import type { Returned } from "../../shared/domain/returned.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { FileChoice } from "../ui/file-choice.tsx";
import { say } from "../ui/voice.ts";
import styles from "./returned-dialog.module.css";
import { ReturnedDialog } from "./returned-dialog.tsx";
import { useAttempt } from "./use-own-side.ts";

const formats = ["docx", "odt"] as const;

export function ReturnFile() {
  const { api, slug, spelledSeat } = useNegotiation();
  const attempt = useAttempt(say("returned.trouble"));
  const [isReading, setIsReading] = useState(false);
  const [file, setFile] = useState<Returned | null>(null);
  const read = async (chosen: File): Promise<void> => {
    setIsReading(true);
    setFile(await attempt(() => api.readReturned(chosen)));
    setIsReading(false);
  };
  return (
    <div className={styles["upload"]}>
      <small>{say("returned.lead")}</small>
      <small>
        {say("returned.download")}:{" "}
        {formats.map((format, index) => (
          <Fragment key={format}>
            {index > 0 && " · "}
            <a href={paths.review(slug, format, spelledSeat)} download>
              {say(`publication.format.${format}`)}
            </a>
          </Fragment>
        ))}
      </small>
      <FileChoice accept=".docx,.odt" disabled={isReading} onFile={(chosen) => void read(chosen)}>
        {say("returned.upload")}
      </FileChoice>
      <small role="status">{isReading && say("returned.reading")}</small>
      {file && <ReturnedDialog file={file} onClose={() => setFile(null)} />}
    </div>
  );
}
