/**
 * The caret stays where it was while the focus is elsewhere. A browser that is told to focus a text, as a dialog does when it closes,
 * puts the caret at its very start; ProseMirror notices by times, which fail for quick hands and slow machines, and whoever pressed
 * a key for the paragraph in hand then met the first one of the text.
 */
import { Plugin } from "prosemirror-state";

export const caretStays = new Plugin({
  props: {
    handleDOMEvents: {
      // Of a click the place comes after its focus, so that the pointer still decides.
      focus(view) {
        view.focus();
        return false;
      },
    },
  },
});
