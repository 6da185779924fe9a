/** What jsdom lacks: it lays nothing out, and ProseMirror asks where things are. */
const nowhere = { top: 0, bottom: 0, left: 0, right: 0, width: 0, height: 0, x: 0, y: 0, toJSON: () => null };
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => nowhere;
document.elementFromPoint = () => null;

export function placeOnPage(): HTMLElement {
  return document.body.appendChild(document.createElement("div"));
}
