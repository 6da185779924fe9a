/** How this device shows the page: theme, size of text; and where the shortcuts are listed. */
import type { Theme } from "../ui/preferences.ts";
import { prefer, textSizes, usePreferences } from "../ui/preferences.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Choice } from "../ui/field.tsx";
import { useShortcutList } from "../ui/shortcuts.tsx";
import { say } from "../ui/voice.ts";
import styles from "./reading-dialog.module.css";

const themes: readonly Theme[] = ["system", "light", "dark"];

export function ReadingDialog({ onClose }: { readonly onClose: () => void }) {
  const { theme, textSize } = usePreferences();
  const openShortcuts = useShortcutList();
  return (
    <Dialog title={say("desk.reading.title")} onClose={onClose}>
      <div className={styles["body"]}>
        <Choice
          inline
          label={say("desk.reading.theme")}
          value={theme}
          options={themes.map((value) => ({ value, label: say(`desk.reading.themes.${value}`) }))}
          onChange={(chosen) => prefer({ theme: chosen })}
        />
        <Choice
          inline
          label={say("desk.reading.size")}
          value={String(textSize)}
          options={textSizes.map((size) => ({ value: String(size), label: `${size} %` }))}
          onChange={(chosen) => prefer({ textSize: textSizes.find((size) => String(size) === chosen) ?? 100 })}
        />
        <p>
          <Button
            onClick={() => {
              onClose();
              openShortcuts();
            }}
          >
            {say("desk.shortcuts.title")}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
