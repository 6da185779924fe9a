import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { storeContract } from "../../contracts/store-contract.ts";

storeContract("SQLite", () => openSqliteStore(mkdtempSync(join(tmpdir(), "rapporteur-store-"))));
