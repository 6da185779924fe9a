/** The words of one block of a Y.Doc, which others write at the same time: the small editor with the report editor's binding and cursors. */
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { BlockBinding } from "./binding/block-binding.ts";
import { CompositionHold } from "./composition.ts";
import type { NameOf } from "./cursors.ts";
import { cursorsPlugin } from "./cursors.ts";
import type { ShownWords } from "./words-editor.ts";
import { newId, openWords } from "./words-editor.ts";

interface SharedWordsOptions extends ShownWords {
  readonly doc: Y.Doc;
  /** Has to stand in the text already. */
  readonly block: ParagraphId;
  readonly writable: boolean;
  readonly presence: { readonly awareness: Awareness; readonly nameOf: NameOf };
}

export interface SharedWords {
  /** Hold a provider's updates with it while an input method composes. */
  readonly composition: CompositionHold;
  destroy(): void;
}

export function mountSharedWords(place: HTMLElement, options: SharedWordsOptions): SharedWords {
  const { doc, block, writable, presence, ...shown } = options;
  // Ids and orders are for blocks that come; here none does.
  const binding = new BlockBinding(doc, { writable, mintId: newId, random: Math.random, only: block });
  const plugins = [binding.plugin(), cursorsPlugin(doc, presence.awareness, presence.nameOf)];
  const view = openWords(place, shown, writable, binding.docNode(), plugins);
  const composition = new CompositionHold(view.dom);
  return {
    composition,
    destroy() {
      composition.destroy();
      view.destroy();
    },
  };
}
