/** Negotiations as a whole: those there are, one as this caller sees it, opening a new one. */
import { groupsIn, membersOf } from "../../../shared/domain/groups.ts";
import { canonicalJson } from "../../../shared/domain/canonical-json.ts";
import { formatOf, importText } from "../../../shared/domain/import-text.ts";
import type { Act } from "../../../shared/domain/rights.ts";
import { whyNot } from "../../../shared/domain/rights.ts";
import type { Actor, Viewer } from "../../../shared/domain/roster.ts";
import { spellSeat, thePublic, viewerOf } from "../../../shared/domain/roster.ts";
import type { ParagraphId, SilenceId } from "../../../shared/domain/values.ts";
import { mintId } from "../../../shared/domain/values.ts";
import type { Me, NegotiationInfo, NegotiationSummary, Receipts, SeenAnswer } from "../../../shared/wire/api.ts";
import * as answers from "../../../shared/wire/answers.ts";
import { commandKinds } from "../../../shared/wire/commands.ts";
import { eventsQuery, importBody, openNegotiation, seenBody } from "../../../shared/wire/requests.ts";
import { sha256 } from "../../negotiation/hash.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import type { SeatHolding } from "../../store/port.ts";
import { StaleRecord } from "../../store/port.ts";
import { sendCachedJson } from "../cached-json.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { seatName } from "../identity.ts";
import type { HttpPorts } from "../ports.ts";
import { refused, Trouble } from "../problems.ts";

export const underNegotiation = (rest: string): string => `/api/v1/negotiations/:slug${rest}`;

/** The negotiation a request names, and who the request is in it. Unknown and not to be seen are the same answer. */
export function negotiationOf(
  { house, identity }: HttpPorts,
  { params, caller, seat }: Pick<Asked<unknown, unknown>, "params" | "caller" | "seat">,
): { readonly negotiation: LiveNegotiation; readonly actor: Actor | null; readonly viewer: Viewer } {
  const negotiation = house.bySlug(params["slug"] ?? "");
  if (!negotiation) throw new Trouble("not-found");
  const actor = identity.actorIn(caller, negotiation, seat);
  return { negotiation, actor, viewer: actor ? viewerOf(actor.seat) : thePublic };
}

/** Whose marker it is; null where many share a seat, and each device keeps its own. */
const markerOf = ({ row }: LiveNegotiation, { person, seat }: Actor): SeatHolding | null =>
  seat.role === "observer" ? null : { person, negotiation: row.id, seat: spellSeat(seat) };

const acts: readonly Act[] = [...commandKinds, "write-text", "read-live-text"];
const iso = (ms: number): string => new Date(ms).toISOString();

export function negotiationRoutes(ports: HttpPorts): readonly Endpoint[] {
  const { house, identity, store, clock, random, demo } = ports;
  const newId = (): ParagraphId => mintId(random) as ParagraphId;

  return [
    endpoint(
      { method: "get", path: "/api/v1/me", summary: "Who asks, and the seats they hold.", answer: answers.me },
      async ({ caller }): Promise<Me> => {
        const held = house
          .all()
          .flatMap((negotiation) =>
            identity
              .actorsIn(caller, negotiation)
              .map(({ person, name, seat }) => ({ negotiation, person, name, seat })),
          );
        const opener = await identity.openerOf(caller);
        const person = held[0] ?? opener;
        return {
          person: person ? { id: person.person, name: person.name } : null,
          seats: held.map(({ negotiation, seat }) => ({
            negotiation: negotiation.row.slug,
            title: negotiation.record.settings.title,
            seat: spellSeat(seat),
            name: seatName(negotiation, seat),
          })),
          mayOpen: opener !== null,
          mayUnarchive: (await identity.operatorOf(caller)) !== null,
        };
      },
    ),
    endpoint(
      {
        method: "get",
        path: "/api/v1/negotiations",
        summary: "The negotiations this caller may see.",
        answer: answers.negotiationSummaries,
      },
      ({ caller }): { negotiations: NegotiationSummary[] } => ({
        negotiations: house.all().map((negotiation) => {
          const { record, row } = negotiation;
          const seats = identity.actorsIn(caller, negotiation).map(({ seat }) => seat);
          // What the public may count is the same for all; a desk counts for itself.
          const { agreed, total } = negotiation.report(thePublic).overview;
          const circulated = record.circulations.at(-1);
          return {
            slug: row.slug,
            title: record.settings.title,
            agreed,
            total,
            circulatedAt: circulated ? iso(circulated.at) : null,
            seats: [...new Set(seats.map(spellSeat))],
          };
        }),
      }),
    ),
    endpoint(
      {
        method: "post",
        path: "/api/v1/negotiations",
        summary: "Opens a negotiation; the caller takes its chair.",
        body: openNegotiation,
        once: true,
        large: true,
        answer: answers.opened,
        status: 201,
        problems: ["not-allowed", "slug-taken", "idempotency-mismatch"],
      },
      async ({ caller, body, key }) => {
        const opener = await identity.openerOf(caller);
        if (!opener) throw new Trouble(caller.kind === "public" ? "not-signed-in" : "not-allowed");
        const once = { negotiation: "", owner: opener.person, key, bodyHash: sha256(canonicalJson(body)) };
        const answered = async (): Promise<unknown> => {
          const known = await store.answer(once.negotiation, once.owner, key);
          if (!known) return null;
          if (known.bodyHash !== once.bodyHash) throw new Trouble("idempotency-mismatch");
          return JSON.parse(known.answer);
        };
        const earlier = await answered();
        if (earlier) return earlier;
        const {
          slug,
          title,
          method,
          disclosure,
          silenceMinimumHours = 72,
          delegations,
          text,
          format,
          references,
        } = body;
        const seat = { role: "chair" } as const;
        const answer = { slug };
        try {
          await house.create(
            {
              slug,
              settings: { title, method, disclosure, silenceMinimumHours },
              delegations,
              ...(text !== undefined && {
                text: importText(text, format ?? formatOf(text), newId)[references ? "referring" : "text"],
              }),
              takesSeat: true,
            },
            { ...opener, seat },
            (row) => [
              { kind: "seat-holding", row: { person: opener.person, negotiation: row.id, seat: spellSeat(seat) } },
              { kind: "answer", row: { ...once, answer: JSON.stringify(answer), at: clock.now() } },
            ],
          );
        } catch (trouble) {
          // The same request came twice at once and the other one was faster, or somebody else took the name.
          if (!(trouble instanceof StaleRecord)) throw trouble;
          const faster = await answered();
          if (!faster) throw new Trouble("slug-taken");
          return faster;
        }
        return answer;
      },
    ),
    endpoint(
      {
        method: "get",
        path: underNegotiation(""),
        summary: "A negotiation: its rules, roster, rooms, and what this caller may do.",
        seated: true,
        answer: answers.negotiationInfo,
      },
      async (asked): Promise<NegotiationInfo> => {
        const { negotiation, actor } = negotiationOf(ports, asked);
        const mine = actor && markerOf(negotiation, actor);
        const { record, row } = negotiation;
        const { title, method, disclosure, silenceMinimumHours } = record.settings;
        const rights = Object.fromEntries(acts.map((act) => [act, whyNot(actor, act, record)?.code ?? null]));
        const joins = rights["write-text"] === null || rights["read-live-text"] === null;
        return {
          slug: row.slug,
          title,
          method,
          disclosure,
          phases: record.phases.map(({ disclosure: rule, name, from, seq }) => ({
            disclosure: rule,
            name,
            from: iso(from),
            seq,
          })),
          silenceMinimumHours,
          topics: record.topics,
          versions: record.versions.map(({ name, label, symbol, date, note, seq, at }) => ({
            name,
            label,
            symbol,
            date: date ?? iso(at).slice(0, 10),
            note,
            seq,
            at: iso(at),
          })),
          circulations: record.circulations.map(({ seq, at, note }) => ({ seq, at: iso(at), note })),
          delegations: [...record.delegations.values()],
          groups: groupsIn(record).map((group) => {
            const { id, name, kind, speaker } = group;
            return { id, name, kind, speaker, members: membersOf(record, group) };
          }),
          rooms: { text: joins ? row.textRoom : null, record: row.recordRoom },
          rights,
          seat: actor && spellSeat(actor.seat),
          seen: mine && (await store.seen(mine)),
          demo: demo?.slug === row.slug,
        };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/seen"),
        summary: "Remembers, for this person alone, how far they have seen the record in this seat.",
        body: seenBody,
        seated: true,
        answer: answers.seenAnswer,
        problems: ["not-allowed"],
      },
      async (asked): Promise<SeenAnswer> => {
        const { negotiation, actor, viewer } = negotiationOf(ports, asked);
        const mine = actor && markerOf(negotiation, actor);
        if (!mine) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
        // No further than what is visible: a number beyond it would tell of what is sealed (DIS4).
        const upTo = Math.min(asked.body.upTo, negotiation.report(viewer).seq);
        const known = await store.seen(mine);
        if (known !== null && known >= upTo) return { seen: known };
        await store.commit([{ kind: "seen", row: { ...mine, upTo } }]);
        return { seen: upTo };
      },
    ),
    endpoint(
      {
        method: "get",
        path: underNegotiation("/report"),
        summary: "The two-part report, composed for this caller.",
        seated: true,
        answer: answers.composedReport,
      },
      async (asked) => {
        const { negotiation, viewer } = negotiationOf(ports, asked);
        await sendCachedJson(asked.request, asked.response, negotiation.report(viewer));
      },
    ),
    endpoint(
      {
        method: "get",
        path: underNegotiation("/events"),
        summary: "The record after an entry, without holes: what this caller may not see is sealed.",
        query: eventsQuery,
        seated: true,
        answer: answers.events,
      },
      (asked) => {
        const { negotiation, viewer } = negotiationOf(ports, asked);
        const { events, after, upTo } = negotiation.frame(viewer, asked.query.after);
        return { events, after, upTo };
      },
    ),
    endpoint(
      {
        method: "get",
        path: underNegotiation("/silences/:silence/receipts"),
        summary: "Who has opened the text since this silence procedure was announced. For the chair alone.",
        seated: true,
        answer: answers.receipts,
        problems: ["only-the-chair", "silence-unknown"],
      },
      async (asked): Promise<Receipts> => {
        const { negotiation, actor } = negotiationOf(ports, asked);
        const { record } = negotiation;
        if (actor?.seat.role !== "chair") throw new Trouble("only-the-chair");
        const silence = record.silences.get(asked.params["silence"] as SilenceId);
        if (!silence) throw new Trouble("silence-unknown");
        const rows = await negotiation.deliveries(silence.id);
        return {
          receipts: rows.map(({ delegation: code, at }) => ({
            code,
            name: record.delegations.get(code)?.name ?? code,
            at: iso(at),
          })),
        };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/text"),
        summary: "Imports a text, Markdown or plain, into the draft.",
        body: importBody,
        seated: true,
        large: true,
        answer: answers.imported,
        problems: ["not-allowed", "text-not-empty"],
      },
      async (asked) => {
        const { negotiation, actor, viewer } = negotiationOf(ports, asked);
        if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
        const no = whyNot(actor, "write-text", negotiation.record);
        if (no) throw refused(no);
        const { text, format, references, append, next } = asked.body;
        if (append !== true && next !== true && negotiation.textFor(viewer).length > 0)
          throw new Trouble("text-not-empty");
        const read = importText(text, format ?? formatOf(text), newId);
        const taken = references ? { ...read, text: read.referring } : read;
        if (next === true) {
          const edition = await negotiation.takeEdition(taken);
          if (!edition.ok) throw refused(edition.refusal);
          return { ...read.report, recognised: edition.value };
        }
        const refusal = await negotiation.appendText(taken.text);
        if (refusal) throw refused(refusal);
        return read.report;
      },
    ),
  ];
}
