/**
 * The caret stays where it was while the focus is elsewhere. A browser that is told to focus a text, as a dialog does when it closes,
 * puts the caret at its very start; ProseMirror notices by times, which fail for quick hands and slow machines, and whoever pressed
 * a key for the paragraph in hand then met the first one of the text.
 */
import { Plugin } from "prosemirror-state";

export const caretStays = new Plugin({
  props: {
    handleDOMEvents: {
      mousedown() {
        isPointing = true;
        setTimeout(() => (isPointing = false));
        return false;
      },
      focus(view) {
        if (!isPointing) view.focus();
        return false;
      },
    },
  },
});

/** A pointer that brings the focus says itself where the caret goes: in Firefox before the focus comes, elsewhere after. */
let isPointing = false;

/**
 * Lets ProseMirror read where the caret is. A browser may tell it only after the frame in which the caret moved (Firefox, when the text
 * scrolls with it); whatever is drawn before that would put the caret back. To be called before a change that nobody made here.
 * @param text the editor's element
 */
export function readCaret(text: HTMLElement): void {
  const { ownerDocument: page } = text;
  if (page.activeElement === text) page.dispatchEvent(new Event("selectionchange"));
}
