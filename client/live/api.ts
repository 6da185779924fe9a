/**
 * Requests to the server: what is asked, what is answered, and what went wrong in words a desk can show.
 * An answer that never came is told apart from a refusal: the first can be sent again with the same key, the second was decided.
 */
import type { Command } from "../../shared/domain/commands.ts";
import type { DraftingAct, DraftingOpening } from "../../shared/domain/drafting.ts";
import type { ImportFormat } from "../../shared/domain/import-text.ts";
import type { TablesRead, TextRead, TrackedChoice } from "../../shared/wire/intake.ts";
import type { DelegationCode, DraftingId, SilenceId } from "../../shared/domain/values.ts";
import type { RecordFrame } from "../../shared/domain/entries.ts";
import type { Paper, PaperDraft } from "../../shared/domain/papers.ts";
import type {
  ClientIdAnswer,
  CommandAnswer,
  DraftingRoomsAnswer,
  FeedKey,
  FeedKeyMade,
  Invitation,
  Me,
  NegotiationInfo,
  OpenNegotiation,
  Problem,
  Receipts,
  SeenDraftingRoom,
} from "../../shared/wire/api.ts";
import type { Returned } from "../../shared/domain/returned.ts";
import type { SeenWebhook, Webhooks } from "../../shared/wire/webhooks.ts";
import type { Unarchived } from "../../shared/wire/archive.ts";
import { apiPaths } from "../paths.ts";
import { sendFile } from "./send-file.ts";

interface Papers {
  readonly papers: readonly Paper[];
}

/** Files are read on the server, and nothing of them is kept. */
export interface Files {
  /** @param changes what is done with tracked changes; null while nobody has said */
  readText(file: File, changes: TrackedChoice | null): Promise<TextRead>;
  readTables(file: File): Promise<TablesRead>;
}

/** A text from outside. */
export interface ImportedText {
  readonly text: string;
  readonly format: ImportFormat;
  /** Typed numbers of paragraphs become references. */
  readonly references: boolean;
}

/** What one seat can ask of one negotiation. */
export interface NegotiationApi extends Files {
  info(): Promise<NegotiationInfo>;
  /** Entries after `after`, as far as this seat may see them. */
  events(after: number): Promise<Omit<RecordFrame, "kind">>;
  /** @param key the same for each attempt at the same intent, so that it is done once */
  submit(command: Command, key: string): Promise<CommandAnswer>;
  invite(seats: readonly string[], key: string): Promise<readonly Invitation[]>;
  /** Who has opened the text since a silence procedure was announced; for the chair alone. */
  receipts(silence: SilenceId): Promise<Receipts["receipts"]>;
  /** How far the server's clock is ahead of this device's, in milliseconds, to the second; null where nobody could say. */
  clockAhead(): Promise<number | null>;
  /** Puts a text from outside at the end of the draft. */
  importText(text: ImportedText, how: "append" | "next"): Promise<void>;
  /** What a file asks for that this seat's delegation sends back, or another's that the chair's team has it from. Nothing of it is recorded. */
  readReturned(file: Blob, onBehalfOf: DelegationCode | null): Promise<Returned>;
  /** The papers of this seat's delegation; each change answers with all of them. */
  papers(): Promise<readonly Paper[]>;
  keepPaper(paper: PaperDraft): Promise<readonly Paper[]>;
  dropPaper(id: string): Promise<readonly Paper[]>;
  /** States the position that a draft prepared. */
  releasePaper(id: string): Promise<CommandAnswer>;
  /** The private drafting rooms this seat's delegation is in or asked into; each act answers with all of them. */
  draftings(): Promise<readonly SeenDraftingRoom[]>;
  openDrafting(opening: DraftingOpening, key: string): Promise<DraftingRoomsAnswer & { readonly id: string }>;
  actInDrafting(id: DraftingId, act: DraftingAct): Promise<readonly SeenDraftingRoom[]>;
  /** Tables what the room holds; once however often it is asked. */
  tableDrafting(id: DraftingId): Promise<CommandAnswer>;
  /** The programs that are told of new entries, for the chair; each act answers with all of them. */
  webhooks(): Promise<readonly SeenWebhook[]>;
  /** Its secret is told this once. */
  addWebhook(url: string): Promise<{ readonly webhooks: readonly SeenWebhook[]; readonly secret: string }>;
  actOnWebhook(act: "test" | "resume" | "remove", id: string): Promise<readonly SeenWebhook[]>;
  /** Until when this person follows at a secret address; null where there is none. */
  feedKey(): Promise<FeedKey["expires"]>;
  /** Told this once, in place of the one before. */
  makeFeedKey(): Promise<FeedKeyMade>;
  endFeedKey(): Promise<void>;
  /** Remembers for this person how far they have seen the record. */
  seen(upTo: number): Promise<void>;
  /** A client id for one Y.Doc that writes in this room. */
  clientId(room: string): Promise<number>;
}

export interface HouseApi extends Files {
  me(): Promise<Me>;
  open(opening: OpenNegotiation, key: string): Promise<{ readonly slug: string }>;
  /** @param onSent how much of the file is there, from 0 to 1 */
  unarchive(file: Blob, onSent: (share: number) => void): Promise<Unarchived>;
  negotiation(slug: string, seat: string | null): NegotiationApi;
}

/** The server answered, and the answer is no. */
export class RefusedError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** No answer came: nobody knows whether it was done, and asking again with the same key is safe. */
export class NotSentError extends Error {}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export function httpApi(fetch: Fetch = (url, init) => globalThis.fetch(url, init)): HouseApi {
  const ask = async <Answer>(url: string, init: RequestInit = {}, seat: string | null = null): Promise<Answer> => {
    const headers = {
      accept: "application/json",
      ...(init.body !== undefined && { "content-type": "application/json" }),
      ...(seat !== null && { "Rapporteur-Seat": seat }),
      ...(init.headers as Record<string, string> | undefined),
    };
    return answered<Answer>(() => fetch(url, { ...init, headers, credentials: "same-origin" }));
  };
  const answered = async <Answer>(send: () => Promise<Response>): Promise<Answer> => {
    let response: Response;
    try {
      response = await send();
    } catch (trouble) {
      throw new NotSentError("no answer", { cause: trouble });
    }
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return body as Answer;
    // A gateway's own page is not our server's decision.
    if (!isProblem(body)) throw new NotSentError(`${response.status} without a reason`);
    if (response.status >= 500 || response.status === 429) throw new NotSentError(body.detail);
    throw new RefusedError(body);
  };
  const post = <Answer>(url: string, body: unknown, seat: string | null, key?: string): Promise<Answer> =>
    ask<Answer>(
      url,
      { method: "POST", body: JSON.stringify(body), headers: key === undefined ? {} : { "Idempotency-Key": key } },
      seat,
    );

  const files: Files = {
    readText: (file, changes) =>
      ask(apiPaths.readText(file.name, changes), {
        method: "POST",
        body: file,
        headers: { "content-type": "application/octet-stream" },
      }),
    readTables: (file) =>
      ask(apiPaths.readTables, { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } }),
  };

  return {
    ...files,
    me: () => ask<Me>(apiPaths.me),
    open: (opening, key) => post(apiPaths.negotiations, opening, null, key),
    unarchive: (file, onSent) => answered<Unarchived>(() => sendFile(apiPaths.archives, file, onSent)),
    negotiation: (slug, seat) => ({
      ...files,
      info: () => ask<NegotiationInfo>(apiPaths.negotiation(slug), {}, seat),
      events: (after) => ask(apiPaths.events(slug, after), {}, seat),
      submit: (command, key) => post<CommandAnswer>(apiPaths.commands(slug), { command }, seat, key),
      invite: async (seats, key) =>
        (await post<{ invitations: readonly Invitation[] }>(apiPaths.invitations(slug), { seats }, seat, key))
          .invitations,
      receipts: async (silence) => (await ask<Receipts>(apiPaths.receipts(slug, silence), {}, seat)).receipts,
      clockAhead: async () => {
        const asked = Date.now();
        const date = await fetch(apiPaths.alive, { method: "HEAD", cache: "no-store" }).then(
          ({ headers }) => headers.get("date"),
          () => null,
        );
        // The header has no milliseconds: half a second is right on average.
        return date === null ? null : Date.parse(date) + 500 - (asked + Date.now()) / 2;
      },
      importText: async (text, how) => void (await post(apiPaths.text(slug), { ...text, [how]: true }, seat)),
      readReturned: (file, onBehalfOf) =>
        ask(
          apiPaths.returnedFiles(slug, onBehalfOf),
          { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } },
          seat,
        ),
      papers: async () => (await ask<Papers>(apiPaths.papers(slug), {}, seat)).papers,
      keepPaper: async (paper) => (await post<Papers>(apiPaths.papers(slug), { paper }, seat)).papers,
      dropPaper: async (id) => (await post<Papers>(apiPaths.papers(slug, "/remove"), { id }, seat)).papers,
      releasePaper: (id) => post<CommandAnswer>(apiPaths.papers(slug, "/release"), { id }, seat),
      draftings: async () => (await ask<DraftingRoomsAnswer>(apiPaths.drafting(slug), {}, seat)).rooms,
      openDrafting: (opening, key) => post(apiPaths.drafting(slug), opening, seat, key),
      actInDrafting: async (id, act) =>
        (await post<DraftingRoomsAnswer>(apiPaths.drafting(slug, "/act"), { id, act }, seat)).rooms,
      tableDrafting: (id) => post<CommandAnswer>(apiPaths.drafting(slug, "/table"), { id }, seat),
      webhooks: async () => (await ask<Webhooks>(apiPaths.webhooks(slug), {}, seat)).webhooks,
      addWebhook: (url) => post(apiPaths.webhooks(slug), { url }, seat),
      actOnWebhook: async (act, id) =>
        (await post<Webhooks>(apiPaths.webhooks(slug, `/${act}`), { id }, seat)).webhooks,
      feedKey: async () => (await ask<FeedKey>(apiPaths.feedKey(slug), {}, seat)).expires,
      makeFeedKey: () => ask(apiPaths.feedKey(slug), { method: "POST" }, seat),
      endFeedKey: async () => void (await ask(apiPaths.feedKey(slug, "/end"), { method: "POST" }, seat)),
      seen: async (upTo) => void (await post(apiPaths.seen(slug), { upTo }, seat)),
      clientId: async (room) => (await post<ClientIdAnswer>(apiPaths.clientIds, { room }, seat)).clientId,
    }),
  };
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === "object" && body !== null && "code" in body && "detail" in body;
