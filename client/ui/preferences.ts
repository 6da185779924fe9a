/** How this person likes to read and to press keys on this device: theme, size of text, proposals in the text, shortcuts. Kept on the device only. */
import { useSyncExternalStore } from "react";
import { remember, remembered } from "./device.ts";

export type Theme = "system" | "light" | "dark";
export const textSizes = [100, 112, 125, 150, 175, 200] as const;
export interface Preferences {
  readonly theme: Theme;
  readonly textSize: (typeof textSizes)[number];
  /** Whether proposals are drawn in the text they are about. */
  readonly showsProposals: boolean;
  /** Whether keys pressed alone set anything off. */
  readonly singleKeys: boolean;
  /** Keys chosen in place of a shortcut's own. */
  readonly keys: Readonly<Record<string, string>>;
}

const key = "rapporteur.preferences";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let preferences = stored();

function stored(): Preferences {
  const standard: Preferences = { theme: "system", textSize: 100, showsProposals: true, singleKeys: true, keys: {} };
  try {
    return { ...standard, ...(JSON.parse(remembered(key) ?? "{}") as Partial<Preferences>) };
  } catch {
    return standard; // Somebody else wrote it.
  }
}

/** Puts the preferences on the page; called once before the first paint, then at each change. */
export function applyPreferences(): void {
  const { theme, textSize } = preferences;
  const root = document.documentElement;
  root.dataset["theme"] = theme === "system" ? (system.matches ? "dark" : "light") : theme;
  root.style.setProperty("--scale", String(textSize / 100));
}

export function prefer(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  remember(key, JSON.stringify(preferences));
  applyPreferences();
  for (const listener of listeners) listener();
}

system.addEventListener("change", applyPreferences);

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => preferences,
  );
