/**
 * What screen readers are told without asking: one polite region, spoken at most every five seconds and all at once,
 * nothing twice, and one assertive region for what cannot wait.
 */
import type { ReactNode } from "react";
import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";

interface Announcer {
  /** In the next batch. */
  readonly tell: (sentence: string) => void;
  /** At once: the connection was lost, a paragraph of yours was moved. */
  readonly warn: (sentence: string) => void;
}

const batchMs = 5000;
const Context = createContext<Announcer>({ tell: () => {}, warn: () => {} });
export const useAnnouncer = (): Announcer => useContext(Context);

export function AnnouncerProvider({ children }: { readonly children: ReactNode }) {
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  const waiting = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  const announcer = useMemo<Announcer>(
    () => ({
      tell: (sentence) => {
        waiting.current.push(sentence);
        timer.current ??= setTimeout(() => {
          timer.current = null;
          setPolite([...new Set(waiting.current.splice(0))].join(" "));
        }, batchMs);
      },
      warn: setAssertive,
    }),
    [],
  );
  return (
    <Context value={announcer}>
      {children}
      <div className="unseen" aria-live="polite" data-announcer="polite">
        {polite}
      </div>
      <div className="unseen" aria-live="assertive" data-announcer="assertive">
        {assertive}
      </div>
    </Context>
  );
}
