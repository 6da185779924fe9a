/** The live text of one seat: its line to the server and what the text says now, as plain data beside the Y.Doc that editors hold. */
import type { RecordFrame } from "../../shared/domain/entries.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { RecoveredWords } from "../../shared/sync/report-text.ts";
import { ReportText } from "../../shared/sync/report-text.ts";
import { apiPaths } from "../paths.ts";
import { fetchInParts } from "./fetch-in-parts.ts";
import { openLocalCopies } from "./local-copies.ts";
import type { ConnectedText } from "./text-connection.ts";
import { TextConnection } from "./text-connection.ts";
import { ways } from "./ways.ts";

export interface LiveText {
  readonly mayWrite: boolean;
  readonly connected: () => ConnectedText;
  /** Null until the first state has come. The same array until something changes. */
  readonly text: () => Text | null;
  readonly recovered: () => readonly RecoveredWords[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Resolves once the server has all that was typed here, or after some seconds without a line. */
  settled(): Promise<void>;
  dismissRefusal(): void;
  /** See `TextConnection`. */
  passThrough(pass: (deliver: () => void) => void): () => void;
  close(): void;
}

export interface LiveTextPorts {
  readonly negotiation: string;
  readonly room: string;
  readonly seat: string;
  /** Keeps the unsaved words of two people on one device apart. */
  readonly person: string;
  /** Null for those who only read. */
  readonly clientId: (() => Promise<number>) | null;
  readonly isLocked: (paragraph: ParagraphId) => boolean;
  readonly onRecord: (frame: RecordFrame) => void;
  /** The last entry of the record that is here; not for rooms whose line tells nothing of it. */
  readonly after?: number;
}

const settleMs = 5_000;

export async function openLiveText(ports: LiveTextPorts): Promise<LiveText> {
  const { negotiation, room, seat, person, clientId, isLocked, onRecord, after } = ports;
  // Without a database, as in some private windows, everything works but the copy on this device.
  const owner = { negotiation, person: encodeURIComponent(`${seat} ${person}`), room };
  const copies = clientId && (await openLocalCopies(owner).catch(() => null));
  const connection = new TextConnection({
    server: `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/sync`,
    room,
    params: { seat, ...(after !== undefined && { after: String(after) }) },
    clientId,
    copies,
    isLocked,
    onRecord,
    now: Date.now,
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    connect: ways.open,
    fetchState: (name, size, onBytes, signal) =>
      fetchInParts((from) => apiPaths.state(room, name, from), size, { "Rapporteur-Seat": seat }, onBytes, signal),
    page: window,
  });
  return liveTextOf(connection, clientId !== null);
}

export function liveTextOf(connection: TextConnection, mayWrite: boolean): LiveText {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  let { doc } = connection.getSnapshot();
  let report = new ReportText(doc);
  doc.on("update", tell);
  connection.subscribe(() => {
    const fresh = connection.getSnapshot().doc;
    if (fresh !== doc) {
      // A refusal was answered with a fresh document.
      report.destroy();
      doc = fresh;
      report = new ReportText(doc);
      doc.on("update", tell);
    }
    tell();
  });
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    mayWrite,
    connected: connection.getSnapshot,
    text: () => (connection.getSnapshot().isSynced ? report.text() : null),
    recovered: () => report.recovered(),
    subscribe,
    settled: () =>
      new Promise((resolve) => {
        const done = (): void => {
          unsubscribe();
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(done, settleMs);
        const unsubscribe = subscribe(() => {
          if (connection.getSnapshot().saved.kind === "saved") done();
        });
        if (connection.getSnapshot().saved.kind === "saved") done();
      }),
    dismissRefusal: () => connection.dismissRefusal(),
    passThrough: (pass) => connection.passThrough(pass),
    close: () => {
      connection.close();
      listeners.clear();
    },
  };
}
