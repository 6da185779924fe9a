/** A process that does nothing but hold a SQLite store and do what its parent asks (see store-process.ts). */
import { openSqliteStore } from "../../server/store/sqlite-store.ts";
import type { AskedOfChild, SaidByChild } from "./store-process.ts";

const say = (said: SaidByChild): void => {
  process.send?.(said);
};
const trouble = (error: unknown) => {
  const { name, message } = error as Error;
  return { name, message };
};

try {
  const store = await openSqliteStore(process.argv[2] as string);
  process.on("message", ({ id, name, asked }: AskedOfChild) => {
    (store[name] as (...asked: unknown[]) => Promise<unknown>)(...asked).then(
      (value) => say({ id, value }),
      (error) => say({ id, trouble: trouble(error) }),
    );
  });
  // A parent that failed takes nobody with it.
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  say({ id: 0, value: null });
} catch (error) {
  say({ id: 0, trouble: trouble(error) });
  process.disconnect();
}
