/**
 * Keyboard shortcuts: a part registers what it offers while it is on the page, and the list of them (? or Ctrl+/) is always what works
 * now. What one key sets off can be changed and switched off (WCAG 2.1.4), and nothing is set off by typing.
 */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { usePreferences } from "./preferences.ts";
import { isTyped, keysFor, keysOf } from "./shortcut-keys.ts";
import { onDemand } from "./on-demand.tsx";
import { say } from "./voice.ts";

export interface Shortcut {
  /** Such as "F8", "Shift+F8", "Ctrl+/", "Alt+PageDown", until this person chooses others. Ctrl is Command on a Mac. */
  readonly keys: string;
  /** Always works with these keys, so that whoever switched off the rest finds back. */
  readonly fixed?: true;
  readonly label: string;
  readonly act: () => void;
}

const ShortcutList = onDemand(async () => (await import("./shortcut-list.tsx")).ShortcutList);

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
  const preferences = usePreferences();
  const all = useCallback(
    (): readonly Shortcut[] => [
      ...[...offered].flatMap((shortcuts) => shortcuts()),
      { keys: "?", label: say("desk.shortcuts.list"), act: () => setOpen(true) },
      { keys: "Ctrl+/", fixed: true, label: say("desk.shortcuts.listAlways"), act: () => setOpen(true) },
    ],
    [offered],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const pressed = event.isComposing ? null : keysOf(event);
      if (pressed === null || isTyped(pressed, event.target)) return;
      const found = all().find(({ keys, fixed }) => pressed === (fixed ? keys : keysFor(keys, preferences)));
      if (!found) return;
      event.preventDefault();
      found.act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [all, preferences]);
  return (
    <Context value={registry}>
      {children}
      {open && <ShortcutList shortcuts={all()} onClose={() => setOpen(false)} />}
    </Context>
  );
}
