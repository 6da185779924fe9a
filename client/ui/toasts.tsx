/**
 * Short notices at the foot of the page, two at most and none twice: what was done, with a way to undo it for as long as
 * the notice stays.
 */
import type { ReactNode } from "react";
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { useAnnouncer } from "./announcer.tsx";
import { Button } from "./button.tsx";
import styles from "./toasts.module.css";
import { say } from "./voice.ts";

export interface Notice {
  readonly sentence: string;
  readonly actions?: readonly { readonly label: string; readonly act: () => void }[];
  /** More than a sentence, such as the wording that is offered. */
  readonly more?: ReactNode;
  /** What it is about. A later notice about the same takes its place: its way back would lead somewhere else by now. */
  readonly about?: string;
}

const staysMs = 10_000;
/** With more than a sentence to read. */
const staysLongMs = 30_000;
/** Whoever holds it: a pointer or a focus that was left there reads no more. */
const staysAtMostMs = 60_000;
type Show = (notice: Notice) => void;
const Context = createContext<Show>(() => {});
export const useToast = (): Show => useContext(Context);

interface Shown extends Notice {
  readonly key: number;
}

let nextKey = 0;

export function ToastsProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const { tell } = useAnnouncer();
  const show = useCallback<Show>(
    (notice) => {
      setShown((before) => {
        const others = before.filter(
          ({ about, sentence }) => sentence !== notice.sentence && (about === undefined || about !== notice.about),
        );
        return [...others.slice(-1), { ...notice, key: nextKey++ }];
      });
      tell(notice.sentence);
    },
    [tell],
  );
  const dismiss = useCallback((key: number) => setShown((before) => before.filter((one) => one.key !== key)), []);
  const toasts = useMemo(
    () => shown.map((notice) => <Toast key={notice.key} notice={notice} dismiss={dismiss} />),
    [shown, dismiss],
  );
  return (
    <Context value={show}>
      {children}
      <section className={styles["toasts"]} aria-label={say("desk.notices")}>
        {toasts}
      </section>
    </Context>
  );
}

function Toast({ notice, dismiss }: { readonly notice: Shown; readonly dismiss: (key: number) => void }) {
  const { key, more } = notice;
  // The same while it stays: another notice that comes must not make this one begin its time anew.
  const onDone = useCallback(() => dismiss(key), [dismiss, key]);
  // Someone who is reading it, or reaching for Undo, must not see it vanish.
  const [held, setHeld] = useState(false);
  const isLong = more !== undefined;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onDone, isLong ? staysLongMs : staysMs);
    return () => clearTimeout(timer);
  }, [held, isLong, onDone]);
  useEffect(() => {
    const timer = setTimeout(onDone, staysAtMostMs);
    return () => clearTimeout(timer);
  }, [onDone]);
  return (
    <div
      className={styles["toast"]}
      role="group"
      // A finger points at nothing once it is lifted.
      onPointerEnter={({ pointerType }) => setHeld(pointerType === "mouse")}
      onPointerLeave={() => setHeld(false)}
      // Focus that the user's own Tab brought: a dialog that closes may leave it here too, and nobody is reading then.
      onKeyUp={({ key: pressed }) => pressed === "Tab" && setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{notice.sentence}</p>
      {more}
      <div className={styles["actions"]}>
        {notice.actions?.map(({ label, act }) => (
          <Button
            key={label}
            size="small"
            onClick={() => {
              act();
              onDone();
            }}
          >
            {label}
          </Button>
        ))}
        <Button size="small" tone="quiet" onClick={onDone} aria-label={say("desk.dismiss")}>
          <span aria-hidden>✕</span>
        </Button>
      </div>
    </div>
  );
}
