/**
 * Moving a paragraph to the other part, from wherever that is asked: a paragraph that nobody else has seen goes at once and can be
 * called back for ten seconds; for any other it is said once more first.
 */
import type { ReactNode } from "react";
import { useCallback, useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { useToast } from "../ui/toasts.tsx";
import { say, voice } from "../ui/voice.ts";
import { MoveDialog } from "./move-dialog.tsx";
import type { Rewrite } from "./reporting.tsx";

interface Moving {
  readonly move: (paragraph: ComposedParagraph) => void;
  /** What is asked first, where something is. */
  readonly dialog: ReactNode;
}

export function useMoving(rewrite: Rewrite): Moving {
  const { record, submit } = useNegotiation();
  const toast = useToast();
  const [asking, setAsking] = useState<ComposedParagraph | null>(null);
  const moveAtOnce = useCallback(
    async (paragraph: ComposedParagraph): Promise<void> => {
      const { id, part } = paragraph;
      const to = part === "consensus" ? "chair-summary" : "consensus";
      const command: Command = { kind: "move-paragraph", paragraph: id, to };
      const key = crypto.randomUUID();
      const attempt = async (): Promise<void> => {
        const sent = await submit(command, key);
        if (sent.state === "refused") return toast({ about: id, sentence: sent.sentence });
        if (sent.state === "not-sent") {
          const again = { label: say("desk.retry"), act: () => void attempt() };
          return toast({ about: id, sentence: sent.sentence, actions: [again] });
        }
        const undo = (): void => void submit({ ...command, to: part }, crypto.randomUUID());
        toast({
          about: id,
          sentence: say("desk.move.done", { number: sayNumber(paragraph, voice), part: say(`words.part.${to}`) }),
          actions: [{ label: say("desk.undo"), act: undo }],
        });
      };
      await attempt();
    },
    [submit, toast],
  );
  const move = useCallback(
    (paragraph: ComposedParagraph): void => {
      if (record.wordings.has(paragraph.id)) setAsking(paragraph);
      else void moveAtOnce(paragraph);
    },
    [record, moveAtOnce],
  );
  return {
    move,
    dialog: asking && (
      <MoveDialog key={asking.id} paragraph={asking} rewrite={rewrite} onClose={() => setAsking(null)} />
    ),
  };
}
