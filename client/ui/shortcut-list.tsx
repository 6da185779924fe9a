/** The list of shortcuts: what works now, with what keys; and where they are changed or switched off, on this device. */
import type { KeyboardEvent } from "react";
import { useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Choice, TextField } from "./field.tsx";
import { prefer, usePreferences } from "./preferences.ts";
import { isReserved, keysFor, keysOf } from "./shortcut-keys.ts";
import styles from "./shortcuts.module.css";
import type { Shortcut } from "./shortcuts.tsx";
import { say } from "./voice.ts";

interface Props {
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}

export function ShortcutList({ shortcuts, onClose }: Props) {
  const preferences = usePreferences();
  const [sought, setSought] = useState("");
  /** The standard keys of the shortcut that is being changed. */
  const [changing, setChanging] = useState<string | null>(null);
  const [told, setTold] = useState("");
  const found = shortcuts.filter(({ label }) => label.toLocaleLowerCase().includes(sought.toLocaleLowerCase()));

  const choose = (standard: string, pressed: string): void => {
    const { [standard]: _, ...others } = preferences.keys;
    prefer({ keys: pressed === standard ? others : { ...others, [standard]: pressed } });
  };

  const press = (shortcut: Shortcut, event: KeyboardEvent): void => {
    const pressed = keysOf(event);
    if (pressed === "Tab" || pressed === "Shift+Tab") return setChanging(null);
    event.preventDefault();
    event.stopPropagation();
    if (pressed === null) return;
    if (pressed === "Escape") {
      setTold("");
      return setChanging(null);
    }
    const other = shortcuts.find((one) => one !== shortcut && (preferences.keys[one.keys] ?? one.keys) === pressed);
    if (isReserved(pressed)) return setTold(say("desk.shortcuts.reserved", { keys: pressed }));
    if (other) return setTold(say("desk.shortcuts.taken", { keys: pressed, label: other.label }));
    choose(shortcut.keys, pressed);
    setTold(say("desk.shortcuts.changed", { keys: pressed, label: shortcut.label }));
    setChanging(null);
  };

  return (
    <Dialog title={say("desk.shortcuts.title")} onClose={onClose}>
      <div className={styles["list"]}>
        <TextField
          label={say("desk.shortcuts.search")}
          value={sought}
          autoFocus
          onChange={(event) => setSought(event.target.value)}
        />
        <Choice
          inline
          label={say("desk.shortcuts.single")}
          value={preferences.singleKeys ? "on" : "off"}
          options={[
            { value: "on", label: say("desk.shortcuts.on") },
            { value: "off", label: say("desk.shortcuts.off") },
          ]}
          onChange={(chosen) => prefer({ singleKeys: chosen === "on" })}
        />
        <p role="status" className={styles["told"]}>
          {told}
        </p>
        <dl className={styles["keys"]}>
          {found.map((shortcut) => {
            const { keys: standard, label, act, fixed } = shortcut;
            const keys = fixed ? standard : keysFor(standard, preferences);
            return (
              <div key={standard}>
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
                  {keys === null ? say("desk.shortcuts.off") : keys.split("+").map((key) => <kbd key={key}>{key}</kbd>)}
                  {!fixed && (
                    <Button
                      size="small"
                      tone="quiet"
                      aria-label={say("desk.shortcuts.changeOf", { label })}
                      aria-pressed={changing === standard}
                      onClick={() => {
                        setChanging(standard);
                        setTold(say("desk.shortcuts.press", { label }));
                      }}
                      onKeyDown={(event) => changing === standard && press(shortcut, event)}
                      onBlur={() => setChanging(null)}
                    >
                      {say(changing === standard ? "desk.shortcuts.pressing" : "desk.shortcuts.change")}
                    </Button>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
        {(Object.keys(preferences.keys).length > 0 || !preferences.singleKeys) && (
          <p>
            <Button
              onClick={() => {
                prefer({ keys: {}, singleKeys: true });
                setTold(say("desk.shortcuts.asBefore"));
              }}
            >
              {say("desk.shortcuts.restore")}
            </Button>
          </p>
        )}
        <p className={styles["told"]}>{say("desk.shortcuts.kept")}</p>
      </div>
    </Dialog>
  );
}
