/** A SQLite store in a process of its own, for tests that kill it or take its disk away. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Store } from "../../server/store/port.ts";
import { readTrouble } from "../../server/store/sqlite-trouble.ts";
import type { SpelledTrouble } from "../../server/store/sqlite-trouble.ts";
import { bundle } from "./bundle.ts";

export interface AskedOfChild {
  readonly id: number;
  readonly name: keyof Store;
  readonly asked: readonly unknown[];
}
export type SaidByChild = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly trouble: SpelledTrouble }
);

export interface StoreProcess {
  /** Its calls are answered by the process, or rejected when it dies. */
  readonly store: Store;
  readonly process: ChildProcess;
  /** SIGKILL; resolves when it is dead. */
  readonly kill: () => Promise<void>;
}

let built: Promise<string> | undefined;

/**
 * @param as the command before `node`, for instance one that takes privileges away
 * @throws what opening the store throws
 */
export async function storeProcess(folder: string, as: readonly string[] = []): Promise<StoreProcess> {
  built ??= bundle("store", {
    "store-child": "tests/support/store-child.ts",
    "sqlite-worker": "server/store/sqlite-worker.ts",
  });
  const [command, ...words] = [...as, process.execPath, `${await built}/store-child.js`, folder];
  const child = spawn(command, words, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  });
  const exited = once(child, "exit");

  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (trouble: Error) => void }>();
  child.on("message", (said: SaidByChild) => {
    const asked = waiting.get(said.id);
    waiting.delete(said.id);
    if ("trouble" in said) asked?.reject(readTrouble(said.trouble));
    else asked?.resolve(said.value);
  });
  const fail = (): void => {
    for (const { reject } of waiting.values()) reject(new Error("the process died"));
    waiting.clear();
  };
  child.on("exit", fail);
  const answerTo = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
    });
  await answerTo(0);

  let calls = 0;
  const ask = (name: keyof Store, asked: readonly unknown[]): Promise<unknown> => {
    calls += 1;
    const answer = answerTo(calls);
    // Its death may be known here only by the message that does not go through.
    child.send({ id: calls, name, asked } satisfies AskedOfChild, (trouble) => {
      if (trouble) fail();
    });
    return answer;
  };
  const store = new Proxy({} as Store, {
    get:
      (_, name) =>
      (...asked: unknown[]) =>
        ask(name as keyof Store, asked),
  });
  return {
    store,
    process: child,
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
