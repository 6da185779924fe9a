import { memoryStore } from "../../../server/store/memory-store.ts";
import { storeContract } from "../../contracts/store-contract.ts";

storeContract("memory", async () => memoryStore());
