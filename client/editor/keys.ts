/**
 * The editor's keys; single letters are never among them. Tab changes the level of a paragraph, so Escape first makes the next
 * Tab leave the editor: nobody is caught in it.
 */
import { baseKeymap } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import type { Command, Plugin } from "prosemirror-state";
import { editorCommands as does } from "./commands.ts";

export function editorKeys(footnote: Command): Plugin[] {
  let leaving = false;
  /** Taken even if nothing can change: Tab must not sometimes leave the text. */
  const level =
    (command: Command): Command =>
    (state, dispatch, view) => {
      if (leaving) return (leaving = false);
      command(state, dispatch, view);
      return true;
    };
  return [
    keymap({
      "Mod-b": does.strong,
      "Mod-i": does.em,
      "Mod-u": does.underline,
      Enter: does.split,
      "Shift-Enter": does.split,
      Tab: level(does.deeper),
      "Shift-Tab": level(does.shallower),
      Escape: () => {
        leaving = true;
        return false;
      },
      "Alt-Shift-ArrowUp": does.moveUp,
      "Alt-Shift-ArrowDown": does.moveDown,
      "Ctrl-Alt-f": footnote,
      "Ctrl-Shift-[": does.bracket,
      "Ctrl-Alt-h": does.toggleHeading,
      "Mod-z": does.undo,
      "Mod-y": does.redo,
      "Shift-Mod-z": does.redo,
    }),
    keymap(baseKeymap),
  ];
}
