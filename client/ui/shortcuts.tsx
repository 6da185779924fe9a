/**
 * Keyboard shortcuts: a part registers what it offers while it is on the page, and the list of them (Ctrl+/) is always what works now.
 * Never a single letter (WCAG 2.1.4); never Ctrl+Alt with a letter that some layout types with AltGr.
 */
import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
import { TextField } from "./field.tsx";
import styles from "./shortcuts.module.css";
import { say } from "./voice.ts";

export interface Shortcut {
  /** Such as "F8", "Shift+F8", "Ctrl+/", "Alt+PageDown". Ctrl is Command on a Mac. */
  readonly keys: string;
  readonly label: string;
  readonly act: () => void;
}

interface Registry {
  readonly add: (shortcuts: () => readonly Shortcut[]) => () => void;
  readonly openList: () => void;
}

const Context = createContext<Registry>({ add: () => () => {}, openList: () => {} });

/** Offered while the calling part is on the page. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { add } = useContext(Context);
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => add(() => latest.current), [add]);
}

export const useShortcutList = (): (() => void) => useContext(Context).openList;

export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const [offered] = useState(() => new Set<() => readonly Shortcut[]>());
  const [open, setOpen] = useState(false);
  const registry = useMemo<Registry>(
    () => ({
      add: (shortcuts) => {
        offered.add(shortcuts);
        return () => offered.delete(shortcuts);
      },
      openList: () => setOpen(true),
    }),
    [offered],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      const keys = keysOf(event);
      const all = [...offered].flatMap((shortcuts) => shortcuts());
      const found = all.find((shortcut) => shortcut.keys === keys);
      if (found) {
        event.preventDefault();
        found.act();
      } else if (keys === "Ctrl+/" || keys === "Alt+/") {
        event.preventDefault();
        setOpen(true);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [offered]);
  return (
    <Context value={registry}>
      {children}
      {open && <ShortcutList shortcuts={[...offered].flatMap((list) => list())} onClose={() => setOpen(false)} />}
    </Context>
  );
}

function keysOf(event: KeyboardEvent): string {
  const modifiers = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && event.key !== "/" && "Shift",
  ].filter(Boolean);
  return [...modifiers, event.key.length === 1 ? event.key.toUpperCase() : event.key].join("+");
}

function ShortcutList({
  shortcuts,
  onClose,
}: {
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}) {
  const [sought, setSought] = useState("");
  const all = [...shortcuts, { keys: "Ctrl+/", label: say("desk.shortcuts.list"), act: () => {} }];
  const found = all.filter(({ label }) => label.toLocaleLowerCase().includes(sought.toLocaleLowerCase()));
  return (
    <Dialog title={say("desk.shortcuts.title")} onClose={onClose}>
      <div className={styles["list"]}>
        <TextField
          label={say("desk.shortcuts.search")}
          value={sought}
          autoFocus
          onChange={(event) => setSought(event.target.value)}
        />
        <dl className={styles["keys"]}>
          {found.map(({ keys, label, act }) => (
            <div key={keys}>
              <dt>
                <button
                  type="button"
                  onClick={() => {
                    onClose();
                    act();
                  }}
                >
                  {label}
                </button>
              </dt>
              <dd>
                {keys.split("+").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
