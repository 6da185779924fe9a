/** Statements made one after the other, each once however often it is tried: what became of each. */
import { useRef, useState } from "react";
import type { Sent } from "../live/use-negotiation.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import type { Statement } from "./returned-commands.ts";

export interface Tabling {
  /** By the statement's id; null before the first was made. */
  readonly results: ReadonlyMap<string, Sent> | null;
  readonly isBusy: boolean;
  /** Those that were decided already are not made again. Stops where no answer comes. */
  readonly table: (statements: readonly Statement[]) => Promise<void>;
}

export function useTabling(): Tabling {
  const { submit } = useNegotiation();
  const [results, setResults] = useState<ReadonlyMap<string, Sent> | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const keys = useRef(new Map<string, string>());
  const table = async (statements: readonly Statement[]): Promise<void> => {
    setIsBusy(true);
    const known = new Map([...(results ?? [])].filter(([, { state }]) => state !== "not-sent"));
    setResults(new Map(known));
    for (const { id, command } of statements) {
      if (known.has(id)) continue;
      const key = keys.current.get(id) ?? crypto.randomUUID();
      keys.current.set(id, key);
      const sent = await submit(command, key);
      known.set(id, sent);
      setResults(new Map(known));
      if (sent.state === "not-sent") break;
    }
    setIsBusy(false);
  };
  return { results, isBusy, table };
}
