/** Which blocks are on the screen or close to it. */
import type { ParagraphId } from "../../shared/domain/values.ts";
import { parseParagraphId } from "../../shared/domain/values.ts";

/** Below this everything is drawn at once and nothing is watched. */
export const longText = 500;
const margin = "1000px";

export class NearScreen {
  readonly #observer: IntersectionObserver;
  readonly #near = new Set<ParagraphId>();

  /** @param onChange told once for all blocks that came near or went away together */
  constructor(onChange: (near: ReadonlySet<ParagraphId>) => void) {
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const id = parseParagraphId((target as HTMLElement).dataset["id"]);
          if (id === null) continue;
          if (isIntersecting) this.#near.add(id);
          else this.#near.delete(id);
        }
        onChange(new Set(this.#near));
      },
      { rootMargin: margin },
    );
  }

  watch(block: HTMLElement): void {
    this.#observer.observe(block);
  }

  forget(block: HTMLElement): void {
    this.#observer.unobserve(block);
    const id = parseParagraphId(block.dataset["id"]);
    if (id !== null) this.#near.delete(id);
  }

  destroy(): void {
    this.#observer.disconnect();
  }
}
