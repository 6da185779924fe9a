/** The papers of this delegation, as its seats share them. */
import { useCallback, useMemo, useState } from "react";
import type { Paper, PaperDraft } from "../../shared/domain/papers.ts";
import { isSprung, mayWithPapers, paragraphOf } from "../../shared/domain/papers.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import type { CommandAnswer } from "../../shared/wire/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import { useAttempt } from "../live/use-attempt.ts";
import { useOwnSide } from "./use-own-side.ts";

export interface Papers {
  readonly all: readonly Paper[];
  /** Tripwires whose words were lost, as sentences. */
  readonly sprung: readonly { readonly paper: Paper; readonly sentence: string }[];
  readonly mayWrite: boolean;
  readonly mayRelease: boolean;
  /** False when it was not kept; that is then said. */
  readonly keep: (paper: PaperDraft) => Promise<boolean>;
  readonly drop: (id: string) => Promise<boolean>;
  readonly release: (id: string) => Promise<CommandAnswer | null>;
}

export function usePapers(): Papers {
  const { api, record, text, seat } = useNegotiation();
  const [all, setAll] = useState<readonly Paper[]>([]);
  const mayRead = mayWithPapers(seat, "read");

  const attempt = useAttempt(say("desk.papers.trouble"));
  const take = useCallback(
    async (what: () => Promise<readonly Paper[]>): Promise<boolean> => {
      const papers = await attempt(what);
      if (papers) setAll(papers);
      return papers !== null;
    },
    [attempt],
  );

  const look = useCallback(async () => setAll(await api.papers()), [api]);
  useOwnSide(mayRead ? look : null);

  return useMemo(() => {
    return {
      all,
      sprung: all
        .filter((paper) => isSprung(paper, record))
        .map((paper) => {
          const words = paper.kind === "draft" ? "" : paper.text;
          const number = numberOf(paragraphOf(paper), { record, text, voice });
          const sentence =
            number === "" ? say("desk.papers.sprungGone", { words }) : say("desk.papers.sprung", { number, words });
          return { paper, sentence };
        }),
      mayWrite: mayWithPapers(seat, "write"),
      mayRelease: mayWithPapers(seat, "release"),
      keep: (paper) => take(() => api.keepPaper(paper)),
      drop: (id) => take(() => api.dropPaper(id)),
      release: async (id) => {
        const answer = await attempt(() => api.releasePaper(id));
        if (answer) await take(() => api.papers());
        return answer;
      },
    };
  }, [all, record, text, seat, api, take, attempt]);
}
