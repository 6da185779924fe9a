/**
 * Which blocks are on the screen or close to it. They stand in order, so the first is found by halving: what is asked of each block
 * at each frame, as an IntersectionObserver asks it, costs more in a long text than the key that was pressed.
 */
import type { ParagraphId } from "../../shared/domain/values.ts";
import { parseParagraphId } from "../../shared/domain/values.ts";

const marginPx = 1000;

export class NearScreen {
  readonly #onChange: (near: ReadonlySet<ParagraphId> | null) => void;
  #text: HTMLElement | null = null;
  #near: ReadonlySet<ParagraphId> | null = new Set();
  #frame: number | null = null;

  /** @param onChange told once for all blocks that came near or went away together; null: all are wanted, for the page is printed */
  constructor(onChange: (near: ReadonlySet<ParagraphId> | null) => void) {
    this.#onChange = onChange;
    addEventListener("beforeprint", this.#all);
    addEventListener("afterprint", this.#look);
    addEventListener("scroll", this.look, { capture: true, passive: true });
    addEventListener("resize", this.look, { passive: true });
  }

  /** @param text whose children are the blocks */
  watch(text: HTMLElement): void {
    this.#text = text;
    this.look();
  }

  /** In the next frame: something moved, came or went. */
  readonly look = (): void => {
    this.#frame ??= requestAnimationFrame(this.#look);
  };

  readonly #look = (): void => {
    this.#frame = null;
    const near = new Set(this.#text ? nearIn(this.#text.children) : []);
    if (near.size === this.#near?.size && [...near].every((id) => this.#near?.has(id))) return;
    this.#near = near;
    this.#onChange(near);
  };

  readonly #all = (): void => {
    this.#near = null;
    this.#onChange(null);
  };

  destroy(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    removeEventListener("beforeprint", this.#all);
    removeEventListener("afterprint", this.#look);
    removeEventListener("scroll", this.look, { capture: true });
    removeEventListener("resize", this.look);
  }
}

function nearIn(blocks: HTMLCollection): ParagraphId[] {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.getBoundingClientRect().bottom < -marginPx) low = middle + 1;
    else high = middle;
  }
  const near: ParagraphId[] = [];
  for (let i = low; i < blocks.length; i++) {
    const block = blocks[i] as HTMLElement;
    if (block.getBoundingClientRect().top > innerHeight + marginPx) break;
    const id = parseParagraphId(block.dataset["id"]);
    if (id !== null) near.push(id);
  }
  return near;
}
