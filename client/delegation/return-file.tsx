/** The report as a file to change, and bringing it back. */
import { Fragment } from "react";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { ReturnedChoice } from "../report/returned-choice.tsx";
import { say } from "../ui/voice.ts";
import styles from "./return-file.module.css";

const formats = ["docx", "odt"] as const;

export function ReturnFile() {
  const { slug, spelledSeat } = useNegotiation();
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
      <ReturnedChoice onBehalfOf={null} />
    </div>
  );
}
