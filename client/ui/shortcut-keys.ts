/** How keys are written and what they stand for on this device: each person may change them, or do without those of one key (WCAG 2.1.4). */
import type { Preferences } from "./preferences.ts";

type KeyChoices = Pick<Preferences, "keys" | "singleKeys">;

/**
 * What was pressed, such as "F8", "Shift+F8", "Ctrl+/", "?"; null while only modifiers are down. Ctrl is Command on a Mac.
 * A sign says by itself whether it took Shift.
 */
export function keysOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): string | null {
  const { key } = event;
  if (["Control", "Meta", "Alt", "AltGraph", "Shift", "Dead", "Process", "Unidentified"].includes(key)) return null;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  const modifiers = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && !isSign && "Shift",
  ].filter(Boolean);
  return [...modifiers, key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key].join("+");
}

/** Pressed alone or with Shift: what a voice or a slip of the hand can set off. */
export const isSingleKey = (keys: string): boolean => !/(Ctrl|Alt)\+/.test(keys);

/** The keys that a shortcut has on this device; null when it is switched off. */
export function keysFor(standard: string, { keys, singleKeys }: KeyChoices): string | null {
  const chosen = keys[standard] ?? standard;
  return singleKeys || !isSingleKey(chosen) ? chosen : null;
}

/** Whether the keys write something where the focus is, so that they are no shortcut there. */
export const isTyped = (keys: string, focus: EventTarget | null): boolean =>
  /^(Shift\+)?(.|Space|Backspace|Delete|Enter)$/u.test(keys) &&
  focus instanceof Element &&
  focus.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])") !== null;

/** Keys that belong to everyone who moves about the page, and with AltGr to what is typed. */
export const isReserved = (keys: string): boolean =>
  /^(Shift\+)?(Tab|Enter|Space|Escape|Arrow\w+|Backspace|Delete|Home|End|PageUp|PageDown)$/.test(keys) ||
  /^Ctrl\+Alt\+.$/u.test(keys);
