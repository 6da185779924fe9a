/** The private drafting rooms of this delegation, and what it does in them. */
import { useCallback, useMemo, useState } from "react";
import type { DraftingAct, DraftingOpening } from "../../shared/domain/drafting.ts";
import { mayInDrafting } from "../../shared/domain/drafting.ts";
import type { DraftingId } from "../../shared/domain/values.ts";
import type { CommandAnswer, SeenDraftingRoom } from "../../shared/wire/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say } from "../ui/voice.ts";
import { useAttempt } from "../live/use-attempt.ts";
import { useOwnSide } from "./use-own-side.ts";

export interface Draftings {
  readonly all: readonly SeenDraftingRoom[];
  readonly mayDecide: boolean;
  readonly mayWrite: boolean;
  /** The id of the room; null when it was not opened, which is then said. @param key the same when it is tried again */
  readonly open: (opening: DraftingOpening, key: string) => Promise<string | null>;
  readonly act: (id: DraftingId, act: DraftingAct) => Promise<boolean>;
  readonly table: (id: DraftingId) => Promise<CommandAnswer | null>;
}

export function useDraftings(): Draftings {
  const { api, seat } = useNegotiation();
  const [all, setAll] = useState<readonly SeenDraftingRoom[]>([]);
  const look = useCallback(async () => setAll(await api.draftings()), [api]);
  useOwnSide(mayInDrafting(seat, "read") ? look : null);
  const attempt = useAttempt(say("drafting.trouble"));
  return useMemo(
    () => ({
      all,
      mayDecide: mayInDrafting(seat, "decide"),
      mayWrite: mayInDrafting(seat, "write"),
      async open(opening, key) {
        const opened = await attempt(() => api.openDrafting(opening, key));
        if (opened) setAll(opened.rooms);
        return opened?.id ?? null;
      },
      async act(id, act) {
        const rooms = await attempt(() => api.actInDrafting(id, act));
        if (rooms) setAll(rooms);
        return rooms !== null;
      },
      table: (id) => attempt(() => api.tableDrafting(id)),
    }),
    [all, seat, api, attempt],
  );
}
