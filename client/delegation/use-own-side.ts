/**
 * What is the delegation's own and comes on no line: asked for when the desk is opened, when somebody looks back at it, and when the server
 * says that it changed.
 */
import { useCallback, useEffect } from "react";
import { NotSentError, RefusedError } from "../live/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { useToast } from "../ui/toasts.tsx";

/** @param look the same function as long as what it asks for is the same; null asks for nothing */
export function useOwnSide(look: (() => Promise<void>) | null): void {
  const { onOwnSide } = useNegotiation();
  useEffect(() => {
    if (!look) return;
    // Reading again can wait for the line; what is here stays.
    const again = (): void => void look().catch(() => undefined);
    again();
    addEventListener("focus", again);
    const unsubscribe = onOwnSide(again);
    return () => {
      removeEventListener("focus", again);
      unsubscribe();
    };
  }, [look, onOwnSide]);
}

export type Attempt = <Answer>(what: () => Promise<Answer>) => Promise<Answer | null>;

/** Null when it was not done; that is then said. @param trouble when no answer came */
export function useAttempt(trouble: string): Attempt {
  const toast = useToast();
  return useCallback(
    async (what) => {
      try {
        return await what();
      } catch (thrown) {
        if (thrown instanceof RefusedError) toast({ sentence: thrown.problem.detail });
        else if (thrown instanceof NotSentError) toast({ sentence: trouble });
        else throw thrown;
        return null;
      }
    },
    [toast, trouble],
  );
}
