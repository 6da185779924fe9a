/**
 * Tagging a paragraph's part in one click. It acts on the record at once, with a prefilled reason once others have seen the paragraph,
 * and can be undone for ten seconds. What had no consensus can then be reported as what some States proposed.
 */
import { useCallback } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { statesIn } from "../../shared/domain/roster.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { useToast } from "../ui/toasts.tsx";
import { list, say } from "../ui/voice.ts";
import { reportiveWording } from "./reportive-wording.ts";

/** @param rewrite puts other words in a paragraph of the draft; null where it cannot be written */
export function useMoving(rewrite: ((paragraph: ParagraphId, words: string) => void) | null) {
  const { record, submit } = useNegotiation();
  const toast = useToast();
  return useCallback(
    async (paragraph: ComposedParagraph): Promise<void> => {
      const { id, number, part, text } = paragraph;
      const to = part === "consensus" ? "chair-summary" : "consensus";
      const seen = record.wordings.has(id);
      const command: Command = {
        kind: "move-paragraph",
        paragraph: id,
        to,
        ...(seen && { reason: say(to === "chair-summary" ? "desk.move.noConsensus" : "desk.move.back") }),
      };
      const key = crypto.randomUUID();
      const attempt = async (): Promise<void> => {
        const sent = await submit(command, key);
        if (sent.state === "refused") return toast({ about: id, sentence: sent.sentence });
        if (sent.state === "not-sent") {
          const again = { label: say("desk.retry"), act: () => void attempt() };
          return toast({ about: id, sentence: sent.sentence, actions: [again] });
        }
        const reportive = to === "chair-summary" && rewrite ? reportiveWording(paragraph, statesIn(record)) : null;
        const undo = (): void => {
          const back: Command = { ...command, to: part, ...(seen && { reason: say("desk.move.undone") }) };
          void submit(back, crypto.randomUUID());
        };
        toast({
          about: id,
          sentence: say("desk.move.done", { number, part: say(`words.part.${to}`) }),
          ...(reportive && {
            more: (
              <details open>
                <summary>{say("desk.reportive.offer")}</summary>
                <p dir="auto">{reportive.words}</p>
                <small>
                  {reportive.views
                    .map(({ words, who }) => say("desk.reportive.speaksFor", { words, who: list(who) }))
                    .join(" ")}
                </small>
              </details>
            ),
          }),
          actions: [
            ...(reportive && rewrite
              ? [
                  {
                    label: say("desk.reportive.use"),
                    act: () => {
                      rewrite(id, reportive.words);
                      toast({
                        about: id,
                        sentence: say("desk.reportive.used"),
                        actions: [{ label: say("desk.undo"), act: () => rewrite(id, text) }],
                      });
                    },
                  },
                ]
              : []),
            { label: say("desk.undo"), act: undo },
          ],
        });
      };
      await attempt();
    },
    [record, submit, toast, rewrite],
  );
}
