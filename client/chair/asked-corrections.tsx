/** Beside the open points: paragraphs of the summary where a correction of fact awaits an answer. They block nothing (SPEC: SUM13). */
import type { ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../ui/voice.ts";

export function AskedCorrections({ onShow }: { readonly onShow: (paragraph: ParagraphId) => void }) {
  const { report } = useNegotiation();
  const asked = [...report.parts.consensus, ...report.parts.chairSummary].filter(({ corrections }) =>
    corrections.some(({ answer }) => !answer),
  );
  const [first] = asked;
  if (!first) return null;
  return (
    <Button size="small" onClick={() => onShow(first.id)}>
      {say("desk.correctionsAsked", { count: asked.length })}
    </Button>
  );
}
