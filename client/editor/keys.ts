/**
 * The editor's keys; single letters are never among them. Tab changes the level of a paragraph, so Escape first makes the next
 * Tab leave the editor: nobody is caught in it. Whoever came in by Tab and has done nothing here since goes on by Tab: who only
 * passes by changes nothing.
 */
import { baseKeymap } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import type { Command } from "prosemirror-state";
import { Plugin, Selection, TextSelection } from "prosemirror-state";
import { editorCommands as does } from "./commands.ts";

export function editorKeys(footnote: Command): Plugin[] {
  let leaving = false;
  /** Tab was pressed in the text: its release is not that of a Tab that led here. */
  let pressedHere = false;
  const passing = new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (_, { key }) => {
          if (key === "Tab") pressedHere = true;
          else if (!modifiers.has(key)) leaving = false;
          return false;
        },
        keyup: (_, { key }) => {
          if (key !== "Tab") return false;
          leaving ||= !pressedHere;
          pressedHere = false;
          return false;
        },
        mousedown: () => (leaving = false),
        blur: () => (pressedHere = false),
      },
    },
  });
  /** Taken even if nothing can change: Tab must not sometimes leave the text. */
  const level =
    (command: Command): Command =>
    (state, dispatch, view) => {
      if (leaving) return (leaving = false);
      command(state, dispatch, view);
      return true;
    };
  return [
    passing,
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
      "Ctrl-Home": toEdge("start"),
      "Shift-Ctrl-Home": toEdge("start", true),
      "Ctrl-End": toEdge("end"),
      "Shift-Ctrl-End": toEdge("end", true),
      "Meta-ArrowUp": toEdge("start"),
      "Shift-Meta-ArrowUp": toEdge("start", true),
      "Meta-ArrowDown": toEdge("end"),
      "Shift-Meta-ArrowDown": toEdge("end", true),
    }),
    keymap(baseKeymap),
  ];
}

/** Chromium and WebKit by themselves go no further than the beginning of a paragraph that is not on the screen yet. */
const toEdge =
  (edge: "start" | "end", extending = false): Command =>
  ({ doc, selection, tr }, dispatch) => {
    const { $head } = edge === "start" ? Selection.atStart(doc) : Selection.atEnd(doc);
    dispatch?.(tr.setSelection(TextSelection.between(extending ? selection.$anchor : $head, $head)).scrollIntoView());
    return true;
  };

const modifiers: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "Meta"]);
