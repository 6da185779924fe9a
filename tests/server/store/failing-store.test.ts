import { expect, test } from "vitest";
import { memoryStore } from "../../../server/store/memory-store.ts";
import { StorageTrouble } from "../../../server/store/port.ts";
import { storeContract, aText, words } from "../../contracts/store-contract.ts";
import { failingStore } from "../../support/failing-store.ts";

storeContract("memory behind a wrapper that lets everything through", async () => failingStore(memoryStore()));

test("the second commit from now fails and leaves nothing; the third succeeds", async () => {
  const store = failingStore(memoryStore());
  await store.commit([aText("room", "one")]);
  store.fault("commit", 2, { does: "fail" });
  await store.commit([aText("room", "two")]);
  await expect(store.commit([aText("room", "three")])).rejects.toThrow(StorageTrouble);
  await store.commit([aText("room", "four")]);
  expect(await words(store, "room")).toEqual(["one", "two", "four"]);
  expect(store.calls("commit")).toBe(4);
});

test("an answer that got lost leaves the commit done", async () => {
  const store = failingStore(memoryStore());
  store.fault("commit", 1, { does: "lose-answer", trouble: new Error("cut") });
  await expect(store.commit([aText("room", "one")])).rejects.toThrow("cut");
  expect(await words(store, "room")).toEqual(["one"]);
});

test("a call that hangs is done on release, a slow one after its time, and healing ends a standing fault", async () => {
  const store = failingStore(memoryStore());
  store.fault("commit", 1, { does: "hang" });
  const hanging = store.commit([aText("room", "one")]);
  expect(await words(store, "room")).toBeNull();
  store.release();
  await hanging;
  store.fault("text", "every", { does: "fail" });
  await expect(store.text("room")).rejects.toThrow(StorageTrouble);
  await expect(store.text("room")).rejects.toThrow(StorageTrouble);
  store.heal();
  store.fault("text", 1, { does: "wait", ms: 1 });
  expect(await words(store, "room")).toEqual(["one"]);
});
