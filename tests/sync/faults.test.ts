/** The mutation check: the fuzz is worth something if it finds each of these faults. */
import { schema } from "../../shared/schema/schema.ts";
import type { Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import type { Mapping } from "prosemirror-transform";
import { expect, test } from "vitest";
import type * as Y from "yjs";
import { BlockBinding } from "../../client/editor/binding/block-binding.ts";
import type { BodyEdit } from "../../client/editor/binding/body-edits.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { YBlock } from "../../shared/sync/model.ts";
import { blocksOf, bodyOf } from "../../shared/sync/model.ts";
import { drafting } from "./fuzz.ts";
import type { BindingClass } from "./editor.ts";

type Show = Parameters<BlockBinding["show"]>;

const faults: Readonly<Record<string, BindingClass>> = {
  "edits of one block are made first place first": class extends BlockBinding {
    protected override writeBody(body: Y.Text, edits: readonly BodyEdit[]): void {
      super.writeBody(body, edits.toReversed());
    }
    protected override settle(): void {}
  },
  "marks are not written": class extends BlockBinding {
    protected override writeBody(body: Y.Text, edits: readonly BodyEdit[]): void {
      super.writeBody(
        body,
        edits.filter((edit) => !("format" in edit)),
      );
    }
    protected override settle(): void {}
  },
  "a removal deletes the words, and notes nothing": class extends BlockBinding {
    protected override remove(node: Node): void {
      super.remove(node);
      (blocksOf(this.doc).get(String(node.attrs["id"])) as YBlock).delete("seen");
    }
  },
  "a removal taken back writes what the editor remembers over what others typed": class extends BlockBinding {
    protected override revive(id: ParagraphId, block: YBlock, node: Node): void {
      super.revive(id, block, node);
      const body = bodyOf(block);
      body?.delete(0, body.length);
      body?.insert(0, node.textContent);
    }
  },
  "added blocks all get one key": class extends BlockBinding {
    protected override place(...args: Parameters<BlockBinding["place"]>): Map<ParagraphId, string> {
      return new Map([...super.place(...args)].map(([id]) => [id, "h"]));
    }
    protected override settle(): void {}
  },
  "copies keep the id of the original": class extends BlockBinding {
    protected override identify(): Transaction | null {
      return null;
    }
  },
  "ids are given again in what came from others": class extends BlockBinding {
    protected override identify(was: Node, state: EditorState, mapping: Mapping): Transaction | null {
      const tr = super.identify(was, state, mapping) ?? state.tr;
      return state.doc.childCount > 6 && state.doc.child(0).attrs["id"] !== null
        ? tr.setNodeAttribute(0, "part", "chair-summary")
        : tr.docChanged
          ? tr
          : null;
    }
    protected override settle(): void {}
  },
  "locks are not looked at": class extends BlockBinding {
    protected override admits(was: Node, now: Node): boolean {
      const { locked } = this;
      this.setLocks(new Set());
      const admitted = super.admits(was, now);
      this.setLocks(locked);
      return admitted;
    }
  },
  "what others do to the order is not shown": class extends BlockBinding {
    protected override receive(dirty: Show[0]): void {
      super.show(dirty, false);
    }
  },
  "an edit of the same block that came with a removal is forgotten": class extends BlockBinding {
    protected override receive(dirty: Show[0], structure: boolean): void {
      super.show(structure ? new Map() : dirty, structure);
    }
  },
  "a delta is replayed without comparing": class extends BlockBinding {
    protected override showBlock(
      tr: Transaction,
      at: number,
      was: Node,
      stands: Node,
      delta: Show[0] extends ReadonlyMap<ParagraphId, infer D> ? D : never,
    ): void {
      super.showBlock(tr, at, was, delta ? stands.copy(was.content) : stands, delta);
    }
  },
  "what is shown is written back": class extends BlockBinding {
    protected override show(dirty: Show[0], structure: boolean): void {
      super.show(dirty, structure);
      for (const id of dirty.keys()) {
        const block = blocksOf(this.doc).get(id) as YBlock | undefined;
        if (block && !block.has("del")) this.transact(() => block.set("level", block.get("level")));
      }
    }
  },
  "every changed block is written whole": class extends BlockBinding {
    protected override writeBlock(edit: Parameters<BlockBinding["writeBlock"]>[0]): void {
      const body = bodyOf(blocksOf(this.doc).get(String(edit.now.attrs["id"])) as YBlock);
      if (body) {
        const empty = schema.node("paragraph");
        body.delete(0, body.length);
        super.writeBlock({ ...edit, was: edit.now.copy(empty.content) }, null);
      }
    }
    protected override settle(): void {}
  },
};

test.each(Object.entries(faults))("the fuzz finds that %s", { timeout: 60_000 }, (_, Binding) => {
  expect(() => {
    for (let seed = 1; seed <= 300; seed++) drafting(seed, 60, { Binding });
  }).toThrow(/^seed \d+/);
});
