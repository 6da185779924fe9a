/** A store whose calls go wrong when told to: to see what becomes of everything above it (security.md F4, F17, F18). */
import { setTimeout as wait } from "node:timers/promises";
import type { Store } from "../../server/store/port.ts";
import { StorageTrouble } from "../../server/store/port.ts";

export type Fault =
  /** Nothing is done, and the caller is told so. */
  | { readonly does: "fail"; readonly trouble?: Error }
  /** All is done, but the caller hears that it was not: the answer got lost on its way. */
  | { readonly does: "lose-answer"; readonly trouble?: Error }
  /** Nothing happens until `release()`; then all is done. */
  | { readonly does: "hang" }
  | { readonly does: "wait"; readonly ms: number };

export interface FailingStore extends Store {
  /** The `nth` call of the method from now, 1 being the next, goes wrong; with `"every"`, all of them until `heal()`. */
  fault(method: keyof Store, nth: number | "every", fault: Fault): void;
  /** Takes every fault back and lets those that hang go on. */
  heal(): void;
  /** Lets the calls that hang go on. */
  release(): void;
  /** How many calls of the method there were. */
  calls(method: keyof Store): number;
}

export function failingStore(inner: Store): FailingStore {
  const counts = new Map<string, number>();
  let faults: { method: string; at: number | "every"; fault: Fault }[] = [];
  let hanging: (() => void)[] = [];

  const release = (): void => {
    for (const goOn of hanging) goOn();
    hanging = [];
  };
  const controls = {
    fault: (method: keyof Store, nth: number | "every", fault: Fault): void => {
      faults.push({ method, at: nth === "every" ? nth : (counts.get(method) ?? 0) + nth, fault });
    },
    heal: (): void => {
      faults = [];
      release();
    },
    release,
    calls: (method: keyof Store): number => counts.get(method) ?? 0,
  };

  async function call(method: keyof Store, asked: readonly unknown[]): Promise<unknown> {
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    const fault = faults.find((one) => one.method === method && (one.at === "every" || one.at === count))?.fault;
    const go = (): Promise<unknown> => (inner[method] as (...asked: readonly unknown[]) => Promise<unknown>)(...asked);
    switch (fault?.does) {
      case undefined:
        return go();
      case "fail":
        throw fault.trouble ?? new StorageTrouble(`${method} was made to fail`);
      case "lose-answer":
        await go();
        throw fault.trouble ?? new StorageTrouble(`the answer of ${method} was lost`);
      case "hang":
        await new Promise<void>((resolve) => hanging.push(resolve));
        return go();
      case "wait":
        await wait(fault.ms);
        return go();
    }
  }

  return new Proxy(controls as FailingStore, {
    get: (_, name) =>
      name in controls
        ? controls[name as keyof typeof controls]
        : name in inner
          ? (...asked: readonly unknown[]) => call(name as keyof Store, asked)
          : undefined,
  });
}
