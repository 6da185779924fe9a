/**
 * One negotiation as one seat sees it: who we are, the record, the text we read, the report made of both, and the one way to state
 * something. Nothing is shown as stated before its receipt has come: there is no optimistic state.
 */
import {
  createContext,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Command } from "../../shared/domain/commands.ts";
import type { SeenEntry } from "../../shared/domain/entries.ts";
import type { Record } from "../../shared/domain/record.ts";
import type { SeenRecord } from "../../shared/domain/seen-record.ts";
import type { RefusalCode } from "../../shared/domain/refusals.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Act, Target } from "../../shared/domain/rights.ts";
import { whyNot } from "../../shared/domain/rights.ts";
import type { Actor, Seat, Viewer } from "../../shared/domain/roster.ts";
import { viewerOf } from "../../shared/domain/roster.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { ParagraphId, PersonId } from "../../shared/domain/values.ts";
import type { CommandAnswer, NegotiationInfo } from "../../shared/wire/api.ts";
import { list, say } from "../ui/voice.ts";
import type { NegotiationApi } from "./api.ts";
import { RefusedError } from "./api.ts";
import type { LiveText } from "./live-text.ts";
import type { Line, RecordConnection } from "./record-connection.ts";

/** Where a statement is on its way to the record. */
export type Sent =
  | { readonly state: "on-record"; readonly answer: CommandAnswer }
  /** The server decided against it. */
  | { readonly state: "refused"; readonly sentence: string; readonly code: string }
  /** No answer: it may be sent again as it is, and will be done once. */
  | { readonly state: "not-sent"; readonly sentence: string };

export interface Negotiation {
  readonly slug: string;
  readonly seat: Seat;
  readonly spelledSeat: string;
  readonly name: string;
  readonly viewer: Viewer;
  readonly info: NegotiationInfo;
  readonly record: SeenRecord;
  readonly entries: readonly SeenEntry[];
  readonly line: Line;
  /** What this seat reads: the draft of the chair's team, the live text on screen, else what was circulated. */
  readonly text: Text;
  readonly live: LiveText | null;
  readonly report: ComposedReport;
  readonly api: NegotiationApi;
  /** @param key one for each intent; the same when it is tried again */
  readonly submit: (command: Command, key: string) => Promise<Sent>;
  /** The reason, as a sentence, why this seat cannot do this now; null when it can. */
  readonly whyNot: (act: Act, target?: Target) => string | null;
  readonly reconnect: () => void;
  /** See `RecordConnection`. */
  readonly onOwnSide: RecordConnection["onOwnSide"];
}

export const NegotiationContext = createContext<Negotiation | null>(null);

export function useNegotiation(): Negotiation {
  const negotiation = useContext(NegotiationContext);
  if (!negotiation) throw new Error("useNegotiation: outside of a desk");
  return negotiation;
}

interface Sources {
  readonly slug: string;
  readonly seat: Seat;
  readonly spelledSeat: string;
  readonly name: string;
  readonly info: NegotiationInfo;
  readonly api: NegotiationApi;
  readonly connection: RecordConnection;
  /** The live text where this seat may read it. */
  readonly liveText: Text | null;
  readonly live: LiveText | null;
}

/** The negotiation from its sources; made once in the frame of the desk and handed down. */
export function useNegotiationFrom(sources: Sources): Negotiation {
  const { slug, seat, spelledSeat, name, info, api, connection, liveText, live } = sources;
  const { record, entries, line } = useSyncExternalStore(connection.subscribe, connection.seen);
  const viewer = useMemo(() => viewerOf(seat), [seat]);
  const text = liveText ?? record.text;
  const report = useMemo(() => composeReport(record, text, viewer), [record, text, viewer]);

  const submit = useCallback(
    async (command: Command, key: string): Promise<Sent> => {
      // A decision on the text must find there what was typed here a moment ago.
      if (live?.mayWrite) await live.settled();
      try {
        const answer = await api.submit(command, key);
        void connection.reach(answer.receipt.seq);
        return { state: "on-record", answer };
      } catch (trouble) {
        if (trouble instanceof RefusedError) {
          const { code, by, detail } = trouble.problem;
          return {
            state: "refused",
            code,
            sentence: refusalSentence(
              code,
              by?.map((who) => nameOf(record, who)),
              detail,
            ),
          };
        }
        return { state: "not-sent", sentence: say("desk.notSent") };
      }
    },
    [api, connection, record, live],
  );

  const why = useCallback(
    (act: Act, target?: Target): string | null => {
      if (line.state === "ended") return say(`desk.ended.${line.why}`);
      const refusal = whyNot(actorIn(seat, name), act, record, { ...target, draft: text });
      return (
        refusal &&
        refusalSentence(
          refusal.code,
          refusal.by?.map((who) => nameOf(record, who)),
        )
      );
    },
    [seat, name, record, text, line],
  );

  return useMemo(
    () => ({
      slug,
      seat,
      spelledSeat,
      name,
      viewer,
      info,
      record,
      entries,
      line,
      text,
      live,
      report,
      api,
      submit,
      whyNot: why,
      reconnect: () => connection.reconnect(),
      onOwnSide: connection.onOwnSide,
    }),
    [
      slug,
      seat,
      spelledSeat,
      name,
      viewer,
      info,
      record,
      entries,
      line,
      text,
      live,
      report,
      api,
      submit,
      why,
      connection,
    ],
  );
}

/** Rights hang on the seat; which person sits in it only the server knows and needs. */
const actorIn = (seat: Seat, name: string): Actor => ({ seat, name, person: "" as PersonId });

const nameOf = (record: Record, code: string): string =>
  record.delegations.get(code as Parameters<Record["delegations"]["get"]>[0])?.name ?? code;

/** The sentence for a code that we know, else what the server says. */
function refusalSentence(code: string, by: readonly string[] = [], detail?: string): string {
  if (code === "contested" && by.length > 0) {
    return say("desk.contestedBy", { count: by.length, who: list(by) });
  }
  if (!isRefusalCode(code)) return detail ?? say("desk.refusedOtherwise", { code });
  return say(`refusals.${code}`);
}

const isRefusalCode = (code: string): code is RefusalCode => {
  try {
    return say(`refusals.${code as RefusalCode}`) !== "";
  } catch {
    return false;
  }
};

/** An intent that is being carried to the record by one form: its key lasts until it is on the record or changes. */
export interface Stating {
  readonly busy: boolean;
  readonly trouble: Exclude<Sent, { state: "on-record" }> | null;
  /** Answers with the receipt once it is on the record, else null; the trouble is then in `trouble`. */
  readonly state: (command: Command) => Promise<CommandAnswer | null>;
}

export function useStating(): Stating {
  const { submit } = useNegotiation();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Stating["trouble"]>(null);
  const intent = useRef({ command: "", key: "" });
  const state = useCallback(
    async (command: Command): Promise<CommandAnswer | null> => {
      const spelled = JSON.stringify(command);
      if (intent.current.command !== spelled) intent.current = { command: spelled, key: crypto.randomUUID() };
      setBusy(true);
      setTrouble(null);
      const sent = await submit(command, intent.current.key);
      setBusy(false);
      if (sent.state === "on-record") {
        intent.current.command = "";
        return sent.answer;
      }
      setTrouble(sent);
      return null;
    },
    [submit],
  );
  return { busy, trouble, state };
}

/** How far the report beside the text may be behind what is typed. */
const behindMs = 100;

/**
 * The live text, a moment later: the report beside the text need not keep pace with each key, and must not hold up the frame that shows
 * it. Made in a transition, so that the next key comes first.
 */
export function useLiveText(source: LiveText | null): Text | null {
  const [text, setText] = useState<Text | null>(() => source?.text() ?? null);
  useEffect(() => {
    if (!source) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const refresh = (): void => {
      timer = null;
      startTransition(() => setText(source.text()));
    };
    const unsubscribe = source.subscribe(() => (timer ??= setTimeout(refresh, behindMs)));
    refresh();
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [source]);
  return text;
}

/** A paragraph of the report by its id. */
export function paragraphIn(report: ComposedReport, id: ParagraphId | null) {
  if (id === null) return null;
  const { consensus, chairSummary } = report.parts;
  const is = (paragraph: { id: ParagraphId; kind: string }): boolean => paragraph.id === id;
  return consensus.find(is) ?? chairSummary.find(is) ?? null;
}
