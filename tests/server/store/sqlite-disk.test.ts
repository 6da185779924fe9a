/** Disks that are full, slow or read-only. Linux only: `prlimit` and `setpriv` (util-linux) take the disk away without special rights. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { StorageTrouble } from "../../../server/store/port.ts";
import { databaseName } from "../../../server/store/sqlite-engine.ts";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { aRecord, aText, anAppend, anId, noon, words } from "../../contracts/store-contract.ts";
import { limitFileSize } from "../../support/disk-limit.ts";
import { storeProcess } from "../../support/store-process.ts";

const aFolder = (): string => mkdtempSync(join(tmpdir(), "rapporteur-disk-"));

test("[STO10] a full disk refuses writes and keeps nothing of them; reading goes on; writing resumes when there is room", async () => {
  const { store, process, kill } = await storeProcess(aFolder());
  onTestFinished(kill);
  await store.commit([aText("room", "before"), anAppend("talks", aRecord(1))]);
  expect(await store.writable()).toBe(true);

  limitFileSize(process.pid!, 0);
  const refused = await Promise.allSettled([
    store.commit([aText("room", "lost"), anAppend("talks", aRecord(2).slice(1))]),
    store.commit([aText("other", "lost")]),
    store.saveSnapshot("room", 1, new Uint8Array(10_000)),
    store.issueClientId("room", anId() as never, noon),
  ]);
  for (const outcome of refused) {
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(StorageTrouble) });
  }
  expect(await store.writable()).toBe(false);
  expect(await words(store, "room")).toEqual(["before"]);
  expect(await store.text("other")).toBeNull();
  expect(await store.entries("talks")).toEqual(aRecord(1));

  limitFileSize(process.pid!, "unlimited");
  expect(await store.writable()).toBe(true);
  await store.commit([aText("room", "after"), anAppend("talks", aRecord(2).slice(1))]);
  await kill();
  const again = await openSqliteStoreOf(process.spawnargs);
  expect(await words(again, "room")).toEqual(["before", "after"]);
  expect(await again.entries("talks")).toEqual(aRecord(2));
  expect(await again.clientIds("room")).toEqual(new Map());
});

test("[STO10] a disk that fills up in the middle of a burst: exactly what was acknowledged is there", async () => {
  const { store, process, kill } = await storeProcess(aFolder());
  onTestFinished(kill);
  await store.commit([aText("room", "first")]);
  limitFileSize(process.pid!, 200_000);
  const typed = Array.from({ length: 400 }, (_, index) => `key ${index} ${"x".repeat(1000)}`);
  const outcomes = await Promise.allSettled(typed.map((key) => store.commit([aText("room", key)])));
  const acknowledged = typed.filter((_, index) => outcomes[index]?.status === "fulfilled");
  limitFileSize(process.pid!, "unlimited");
  await store.commit([aText("room", "last")]);
  await kill();
  const again = await openSqliteStoreOf(process.spawnargs);
  expect(acknowledged.length).toBeLessThan(typed.length);
  expect(await words(again, "room")).toEqual(["first", ...acknowledged, "last"]);
});

test("[STO15] where no thread can be had to read beside a write, the one that writes answers", async () => {
  const folder = aFolder();
  const store = await openSqliteStore(folder);
  onTestFinished(() => store.close());
  await store.commit([aText("room", "before")]);
  // Whoever opens the file anew finds none; who has it open goes on.
  renameSync(join(folder, databaseName), join(folder, "elsewhere.sqlite"));
  for (const word of ["after", "later"]) {
    const [, known] = await Promise.all([store.commit([aText("room", word)]), words(store, "room")]);
    expect(known).toContain("before");
  }
  expect(await words(store, "room")).toEqual(["before", "after", "later"]);
});

test("[STO10] [STO15] a slow disk makes commits wait, not the server nor those who read", async () => {
  const folder = aFolder();
  const store = await openSqliteStore(folder);
  onTestFinished(() => store.close());
  // Another connection that holds the write lock stands for a sync that does not return.
  const disk = new DatabaseSync(join(folder, "rapporteur.sqlite"));
  disk.exec("begin immediate");
  let isDone = false;
  const commit = store.commit([aText("room", "slow")]).then(() => {
    isDone = true;
  });
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  expect(await words(store, "room")).toBeNull();
  expect(await store.negotiations()).toEqual([]);
  expect(isDone).toBe(false);
  disk.exec("rollback");
  disk.close();
  await commit;
  expect(await words(store, "room")).toEqual(["slow"]);
});

test("[STO10] a database that may not be written is read all the same", async () => {
  const folder = aFolder();
  const before = await openSqliteStore(folder);
  await before.commit([aText("room", "before")]);
  await before.close();
  chmodSync(join(folder, "rapporteur.sqlite"), 0o400);
  const { store, kill } = await storeProcess(folder, withoutPrivileges);
  onTestFinished(kill);
  await expect(store.commit([aText("room", "lost")])).rejects.toThrow(StorageTrouble);
  expect(await store.writable()).toBe(false);
  expect(await words(store, "room")).toEqual(["before"]);
});

test("[STO10] a folder that may not be written, or is a file, stops the start by its name", async () => {
  const folder = aFolder();
  chmodSync(folder, 0o500);
  const refusal = storeProcess(folder, withoutPrivileges);
  await expect(refusal).rejects.toThrow(StorageTrouble);
  await expect(refusal).rejects.toThrow(folder);

  const file = join(aFolder(), "data");
  writeFileSync(file, "a file where the folder should be");
  await expect(openSqliteStore(file)).rejects.toThrow(StorageTrouble);
  await expect(openSqliteStore(file)).rejects.toThrow(file);
});

// Needs the right to mount, which root has and a container's root often has not.
if (spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status !== 0) {
  console.info("file systems of one's own (F3, F5) not shown here: nothing can be mounted");
} else {
  /** A command in a mount namespace of its own, in which the folder is a file system of its own. */
  const onItsOwn = (folder: string, options: string, then = "true"): readonly string[] => [
    "unshare",
    "-m",
    "sh",
    "-c",
    `mount -t tmpfs -o ${options} tmpfs "$0" && ${then} && exec "$@"`,
    folder,
  ];

  test("[STO10] a file system without room refuses writes and keeps what was acknowledged; enlarged, it takes them again", async () => {
    const folder = aFolder();
    const { store, process, kill } = await storeProcess(folder, onItsOwn(folder, "size=1m"));
    onTestFinished(kill);
    const acknowledged: string[] = [];
    const fill = async (): Promise<void> => {
      for (let nth = 0; nth < 400; nth++) {
        const key = `key ${nth} ${"x".repeat(4_000)}`;
        await store.commit([aText("room", key)]);
        acknowledged.push(key);
      }
    };
    await expect(fill()).rejects.toThrow(StorageTrouble);
    expect(await words(store, "room")).toEqual(acknowledged);
    const enlarged = ["-t", String(process.pid), "-m", "mount", "-o", "remount,size=64m", folder];
    expect(spawnSync("nsenter", enlarged).status).toBe(0);
    expect(await store.writable()).toBe(true);
    await store.commit([aText("room", "last")]);
    expect(await words(store, "room")).toEqual([...acknowledged, "last"]);
  });

  test("[STO10] a file system that is mounted read-only stops the start by its name", async () => {
    const [folder, before] = [aFolder(), aFolder()];
    const made = await openSqliteStore(before);
    await made.commit([aText("room", "before")]);
    await made.close();
    const readOnly = onItsOwn(folder, "size=8m", `cp -a ${before}/. "$0" && mount -o remount,ro "$0"`);
    const refusal = storeProcess(folder, readOnly);
    await expect(refusal).rejects.toThrow(StorageTrouble);
    await expect(refusal).rejects.toThrow(folder);
  });
}

test("a folder that is not there yet is made", async () => {
  const folder = join(aFolder(), "deep", "data");
  const store = await openSqliteStore(folder);
  await store.commit([aText("room", "one")]);
  await store.close();
  const again = await openSqliteStore(folder);
  expect(await words(again, "room")).toEqual(["one"]);
  await again.close();
});

/** Root writes whatever the permissions say; without this one capability it does not. */
const withoutPrivileges =
  process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] : [];

async function openSqliteStoreOf(spawnargs: readonly string[]): ReturnType<typeof openSqliteStore> {
  const store = await openSqliteStore(spawnargs.at(-1) as string);
  onTestFinished(() => store.close());
  return store;
}
