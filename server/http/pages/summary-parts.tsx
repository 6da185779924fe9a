/** What is said of a paragraph of the chair's summary, or was before it was removed: for whom its words speak, and what is said to be wrong in it. */
import type { ReactNode } from "react";
import type { ComposedParagraph } from "../../../shared/domain/report.ts";
import type { SeenRequest } from "../../../shared/domain/summary.ts";
import { say, speaker } from "./speaker.ts";
import { stop } from "./words.tsx";

interface Props {
  readonly paragraph: Pick<ComposedParagraph, "quantifiers" | "corrections">;
  /** What this reader can do with a request that has no answer. */
  readonly act?: (request: SeenRequest) => ReactNode;
}

export function OnSummary({ paragraph: { quantifiers, corrections }, act }: Props) {
  const tied = quantifiers.filter(({ by }) => by.length > 0);
  if (tied.length + corrections.length === 0) return null;
  return (
    <ul className="said">
      {tied.map(({ from, words, by }) => (
        <li key={from} className="why">
          {say("summary.speaksFor", { words, names: speaker.list(by.map(({ name }) => name)) })}
        </li>
      ))}
      {corrections.map((request) => (
        <li key={request.id}>
          <Asked request={request} />
          {request.answer === null && act?.(request)}
        </li>
      ))}
    </ul>
  );
}

function Asked({ request: { by, says, confirmed, answer } }: { readonly request: SeenRequest }) {
  return (
    <>
      {by ? say("summary.request.asks", { who: by.name }) : say("summary.request.asksHidden")}
      {!confirmed && ` (${say("record.lodgedFloor")})`}
      {says === undefined ? "." : `: ${stop(says)}`}{" "}
      <strong>{answer ? say(`summary.request.answered.${answer.how}`) : say("summary.request.waiting")}</strong>
      {answer?.outstanding && ` ${say("summary.request.outstanding")}`}
      {answer?.reason && (
        <span className="why"> {stop(say("summary.request.because", { reason: answer.reason }))}</span>
      )}
    </>
  );
}
