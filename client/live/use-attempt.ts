/** Asking the server for something that is no statement: what goes wrong is said, and the desk goes on. */
import { useCallback } from "react";
import { useToast } from "../ui/toasts.tsx";
import { NotSentError, RefusedError } from "./api.ts";

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
