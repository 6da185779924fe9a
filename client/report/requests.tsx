/** What delegations say is wrong in a paragraph of the chair's summary as a matter of fact, with the chair's answers. */
import type { ReactNode } from "react";
import type { SeenRequest } from "../../shared/domain/summary.ts";
import { moment, say } from "../ui/voice.ts";
import styles from "./requests.module.css";

interface Props {
  readonly requests: readonly SeenRequest[];
  readonly actions: (request: SeenRequest) => ReactNode;
}

export function Requests({ requests, actions }: Props) {
  if (requests.length === 0) return null;
  return (
    <section className={styles["requests"]} aria-label={say("summary.request.title")}>
      <p className={styles["title"]}>{say("summary.request.title")}</p>
      <ul>
        {requests.map((request) => (
          <li key={request.id}>
            <Request request={request} />
            {request.answer === null && actions(request)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Request({ request: { by, says, confirmed, at, answer } }: { readonly request: SeenRequest }) {
  return (
    <>
      <p>
        <strong>{by ? say("summary.request.asks", { who: by.name }) : say("summary.request.asksHidden")}</strong>
        {!confirmed && ` (${say("record.lodgedFloor")})`}{" "}
        <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>
      </p>
      {says !== undefined && <p dir="auto">{says}</p>}
      <p className={styles["answer"]}>
        {answer ? say(`summary.request.answered.${answer.how}`) : say("summary.request.waiting")}
        {answer?.outstanding && ` ${say("summary.request.outstanding")}`}
        {answer?.reason && ` ${say("summary.request.because", { reason: answer.reason })}`}
      </p>
    </>
  );
}
