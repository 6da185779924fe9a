/** A desk in a page, on a negotiation told as it happens: what the desk states is decided by the real domain and comes back as frames. */
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from "lib0/encoding";
import type { ReactNode } from "react";
import { useState } from "react";
import { afterEach, vi } from "vitest";
import type { RecordFrame } from "../../../shared/domain/entries.ts";
import { viewerOf } from "../../../shared/domain/roster.ts";
import type { Paper, PaperDraft } from "../../../shared/domain/papers.ts";
import type { NegotiationInfo } from "../../../shared/wire/api.ts";
import { message, recordFrameVersion } from "../../../shared/wire/protocol.ts";
import type { Returned } from "../../../shared/domain/returned.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { seated } from "../../support/negotiations.ts";

// jsdom has neither of these.
vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
vi.stubGlobal("CSS", { escape: (text: string) => text });
Element.prototype.scrollIntoView = () => undefined;

const { DeskFrame } = await import("../../../client/frame/desk-frame.tsx");
const { AskedCorrections } = await import("../../../client/chair/asked-corrections.tsx");
const { AnswerRequest } = await import("../../../client/chair/answer-request.tsx");
const { AdoptDialog } = await import("../../../client/chair/adopt-dialog.tsx");
const { CirculateDialog } = await import("../../../client/chair/circulate-dialog.tsx");
const { FloorDialog } = await import("../../../client/chair/floor-dialog.tsx");
const { RosterDrawer } = await import("../../../client/chair/roster-drawer.tsx");
const { ImportDialog } = await import("../../../client/chair/import-dialog.tsx");
const { CommentsDialog } = await import("../../../client/report/comments-dialog.tsx");
const { ReturnedForDialog } = await import("../../../client/chair/returned-for-dialog.tsx");
const { DelegationDesk } = await import("../../../client/delegation/delegation-desk.tsx");
const { OverviewPage } = await import("../../../client/overview/overview-page.tsx");
const { NotSentError, RefusedError } = await import("../../../client/live/api.ts");
const { RecordConnection } = await import("../../../client/live/record-connection.ts");
const { useNegotiation } = await import("../../../client/live/use-negotiation.ts");
const { AnnouncerProvider } = await import("../../../client/ui/announcer.tsx");
const { ToastsProvider } = await import("../../../client/ui/toasts.tsx");
const { ShortcutsProvider } = await import("../../../client/ui/shortcuts.tsx");

// What comes when it is asked for comes at once here: compiling it takes longer than a test waits.
await Promise.all([
  import("../../../client/ui/modal.tsx"),
  import("../../../client/proposals/propose-dialog.tsx"),
  import("../../../client/delegation/position-dialog.tsx"),
  import("../../../client/report/returned-dialog.tsx"),
]);

afterEach(() => {
  cleanup();
  localStorage.clear();
});

/** The bytes of a type 110 frame. */
export function frameBytes(frame: RecordFrame): ArrayBuffer {
  const encoder = createEncoder();
  writeVarUint(encoder, message.record);
  writeVarUint(encoder, recordFrameVersion);
  writeVarString(encoder, JSON.stringify(frame));
  return toUint8Array(encoder).slice().buffer;
}

/** A socket that says what a test tells it to. */
export class TestSocket {
  binaryType: BinaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;

  open(): void {
    this.onopen?.();
  }

  says(frame: RecordFrame): void {
    this.onmessage?.({ data: frameBytes(frame) } as MessageEvent);
  }

  drops(code: number): void {
    this.onclose?.({ code } as CloseEvent);
  }

  close(): void {
    this.drops(1000);
  }
}

const info = (talks: ANegotiation, seat: string, seen: number | null): NegotiationInfo => ({
  slug: talks.row.slug,
  title: talks.record.settings.title,
  method: talks.record.settings.method,
  disclosure: talks.record.settings.disclosure,
  phases: [],
  silenceMinimumHours: 72,
  topics: [],
  versions: [],
  circulations: [],
  delegations: [...talks.record.delegations.values()],
  groups: [],
  rooms: { text: null, record: "record" },
  rights: {},
  seat,
  seen,
  demo: false,
});

function UntilClosed({ children }: { readonly children: (onClose: () => void) => ReactNode }) {
  const [isOpen, setIsOpen] = useState(true);
  return isOpen ? children(() => setIsOpen(false)) : null;
}

/** What a chair's desk has of the first request for a correction. */
function CorrectionDesk() {
  const { report } = useNegotiation();
  const paragraph = report.parts.chairSummary.find(({ corrections }) => corrections.length > 0)!;
  return (
    <>
      <AskedCorrections onShow={() => undefined} />
      <AnswerRequest request={paragraph.corrections[0]!} paragraph={paragraph} />
    </>
  );
}

export async function openDesk(
  talks: ANegotiation,
  seat: string,
  page:
    | ""
    | "/overview"
    | "/file"
    | "/import"
    | "/adopt"
    | "/circulate"
    | "/comments"
    | "/floor"
    | "/roster"
    | "/corrections" = "",
  known: number | null = null,
  kept: readonly Paper[] = [],
  clockAhead = 0,
) {
  const actor = seated(seat);
  const viewer = viewerOf(actor.seat);
  const keys: string[] = [];
  const line = { up: true };
  const seen = { upTo: known };
  let socket: TestSocket;
  let papers = kept;
  let returned: Returned | null = null;
  let cells: readonly (readonly string[])[] | null = null;
  const readFor: (DelegationCode | null)[] = [];
  const tell = (): void => socket.says(talks.frame(viewer, 0));
  const files = {
    readText: () => Promise.reject(new NotSentError("no answer")),
    readTables: async () => {
      if (cells === null) throw new NotSentError("no answer");
      return { sheets: [{ name: "", cells }], formulas: 0 };
    },
  };
  const api = {
    ...files,
    info: async () => info(talks, seat, seen.upTo),
    events: async (after: number) => talks.frame(viewer, after),
    submit: async (...[command, key]: Parameters<import("../../../client/live/api.ts").NegotiationApi["submit"]>) => {
      keys.push(key);
      if (!line.up) throw new NotSentError("no answer");
      const done = await talks.submit(command, actor, key);
      if (!done.ok) {
        const code = "refusal" in done ? done.refusal.code : "idempotency-mismatch";
        throw new RefusedError({ type: "", title: "", status: 409, code, detail: code });
      }
      tell();
      return done;
    },
    invite: async () => [],
    receipts: async () => [],
    clockAhead: async () => clockAhead,
    importText: async () => undefined,
    readReturned: async (_file: Blob, onBehalfOf: DelegationCode | null) => {
      readFor.push(onBehalfOf);
      if (returned === null) throw new NotSentError("no answer");
      return returned;
    },
    papers: async () => papers,
    keepPaper: async (paper: PaperDraft) => {
      const kept = { ...paper, by: actor.name, at: talks.now };
      return (papers = [...papers.filter(({ id }) => id !== paper.id), kept]);
    },
    dropPaper: async (id: string) => (papers = papers.filter((paper) => paper.id !== id)),
    releasePaper: async (id: string) => {
      const draft = papers.find((paper) => paper.id === id);
      if (draft?.kind !== "draft") throw new NotSentError("no such draft");
      const done = await api.submit(draft.position, id);
      papers = papers.filter((paper) => paper.id !== id);
      return done;
    },
    draftings: async () => [],
    openDrafting: () => Promise.reject(new NotSentError("no answer")),
    feedKey: () => Promise.reject(new NotSentError("no answer")),
    makeFeedKey: () => Promise.reject(new NotSentError("no answer")),
    endFeedKey: () => Promise.reject(new NotSentError("no answer")),
    actInDrafting: () => Promise.reject(new NotSentError("no answer")),
    tableDrafting: () => Promise.reject(new NotSentError("no answer")),
    webhooks: async () => [],
    addWebhook: () => Promise.reject(new NotSentError("no answer")),
    actOnWebhook: () => Promise.reject(new NotSentError("no answer")),
    seen: async (upTo: number) => void (seen.upTo = upTo),
    clientId: async () => 1,
  };
  const connection = new RecordConnection({
    connect: () => (socket = new TestSocket()),
    fetchAfter: api.events,
    now: () => Date.UTC(2026, 10, 5, 15),
  });
  socket!.open();
  tell();
  const me = { person: { id: actor.person, name: actor.name }, seats: [], mayOpen: false, mayUnarchive: false };
  const open = async () => ({ me, info: info(talks, seat, seen.upTo), api, connection, live: null });
  const never = () => Promise.reject(new NotSentError("no answer"));
  const house = {
    ...files,
    me: async () => me,
    open: async () => ({ slug: "" }),
    unarchive: never,
    negotiation: () => api,
  };
  const shown = {
    "": <DelegationDesk />,
    "/overview": <OverviewPage />,
    "/circulate": <CirculateDialog onClose={() => undefined} />,
    "/corrections": <CorrectionDesk />,
    "/roster": <RosterDrawer current={null} onShow={() => undefined} onClose={() => undefined} />,
    "/adopt": (
      <AdoptDialog
        rewrite={null}
        onUse={() => undefined}
        onRemove={null}
        onShow={() => undefined}
        onClose={() => undefined}
      />
    ),
    "/floor": (
      <UntilClosed>{(onClose) => <FloorDialog paragraph={talks.text[0]!} number="1" onClose={onClose} />}</UntilClosed>
    ),
    "/import": <ImportDialog onClose={() => undefined} />,
    "/comments": <UntilClosed>{(onClose) => <CommentsDialog onClose={onClose} />}</UntilClosed>,
    "/file": <UntilClosed>{(onClose) => <ReturnedForDialog onClose={onClose} />}</UntilClosed>,
  }[page];
  render(
    <AnnouncerProvider>
      <ToastsProvider>
        <ShortcutsProvider>
          <DeskFrame api={house} slug={talks.row.slug} seat={actor.seat} open={open}>
            {shown}
          </DeskFrame>
        </ShortcutsProvider>
      </ToastsProvider>
    </AnnouncerProvider>,
  );
  // The page that says a desk is coming has a heading of its own. Under a dialog it is there and not to be reached.
  await screen.findByRole("heading", { level: 1, name: talks.record.settings.title, hidden: true });
  const standing = () => [...talks.record.positions.values()].filter((position) => position.standing === "standing");
  return {
    user: userEvent.setup(),
    keys,
    line,
    socket: () => socket,
    tell,
    standing,
    seen,
    papers: () => papers,
    /** What the server reads in whatever file is uploaded. */
    reads: (file: Returned) => void (returned = file),
    readsTable: (rows: readonly (readonly string[])[]) => void (cells = rows),
    /** On whose behalf each was brought. */
    readFor,
  };
}
