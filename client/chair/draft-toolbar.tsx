/** The editor's toolbar: one stop for Tab, arrows inside, Alt+F10 to come here. A press leaves the caret where it is. */
import type { Command } from "prosemirror-state";
import { Toolbar } from "react-aria-components/Toolbar";
import { useRef } from "react";
import type { ReportEditor } from "../editor/report-editor.ts";
import { proposalGlyph } from "../../shared/messages/glyphs.ts";
import { Button } from "../ui/button.tsx";
import { prefer, usePreferences } from "../ui/preferences.ts";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { say } from "../ui/voice.ts";
import styles from "./draft.module.css";

const groups = [
  ["strong", "em", "underline"],
  ["toggleHeading", "shallower", "deeper"],
  ["footnote", "bracket"],
  ["moveUp", "moveDown"],
  ["undo", "redo"],
] as const;

const signs: Readonly<Record<(typeof groups)[number][number], string>> = {
  strong: "B",
  em: "I",
  underline: "U",
  toggleHeading: "H",
  shallower: "⇤",
  deeper: "⇥",
  footnote: "¹",
  bracket: "[ ]",
  moveUp: "↑",
  moveDown: "↓",
  undo: "↶",
  redo: "↷",
};

export function DraftToolbar({ editor }: { readonly editor: ReportEditor }) {
  const bar = useRef<HTMLDivElement>(null);
  const { showsProposals } = usePreferences();
  useShortcuts([
    {
      keys: "Alt+F10",
      label: say("desk.shortcuts.toolbar"),
      act: () => bar.current?.querySelector("button")?.focus(),
    },
  ]);
  return (
    <Toolbar ref={bar} aria-label={say("desk.toolbar.name")} className={styles["toolbar"]!}>
      {groups.map((group) => (
        <div key={group[0]} className={styles["group"]}>
          {group.map((name) => (
            <Button
              key={name}
              size="small"
              tone="quiet"
              aria-label={say(`desk.toolbar.${name}`)}
              title={say(`desk.toolbar.${name}`)}
              data-command={name}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => editor.run(editor.commands[name] satisfies Command)}
            >
              <span aria-hidden>{signs[name]}</span>
            </Button>
          ))}
        </div>
      ))}
      <div className={styles["group"]}>
        <Button
          size="small"
          tone="quiet"
          aria-label={say("proposals.drawn.show")}
          title={say("proposals.drawn.show")}
          aria-pressed={showsProposals}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => prefer({ showsProposals: !showsProposals })}
        >
          <span aria-hidden>{proposalGlyph}</span>
        </Button>
      </div>
    </Toolbar>
  );
}
