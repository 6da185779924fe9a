/** The store in memory: for tests, and the plainest statement of what the port promises. Nothing outlives the process. */
import { randomInt } from "node:crypto";
import type { Entry } from "../../shared/domain/entries.ts";
import type { EpochMs, PersonId } from "../../shared/domain/values.ts";
import type {
  AnswerRow,
  DeliveryRow,
  DraftingRow,
  FeedKeyRow,
  FormerRoom,
  LinkRow,
  NegotiationRow,
  PaperRow,
  PersonRow,
  SeatHolding,
  SeenRow,
  SessionRow,
  TokenRow,
  WebhookRow,
} from "./port.ts";
import type { Store, Write } from "./port.ts";
import { genesis, LinkSpent, StaleRecord, StorageTrouble } from "./port.ts";

interface Room {
  readonly updates: Uint8Array[];
  snapshot: { readonly upTo: number; readonly state: Uint8Array } | null;
}

/** @param someUint32 from which client ids are issued; not 0 */
export function memoryStore(someUint32 = (): number => randomInt(1, 2 ** 32)): Store {
  const negotiations = new Map<string, NegotiationRow>();
  const formerRooms = new Map<string, FormerRoom>();
  const records = new Map<string, readonly Entry[]>();
  const wordings = new Map<string, string>();
  const rooms = new Map<string, Room>();
  const clientIds = new Map<string, Map<number, PersonId>>();
  const answers = new Map<string, AnswerRow>();
  const persons = new Map<string, PersonRow>();
  const holdings = new Map<string, SeatHolding>();
  const seen = new Map<string, SeenRow>();
  const papers = new Map<string, PaperRow>();
  const draftings = new Map<string, DraftingRow>();
  const webhooks = new Map<string, WebhookRow>();
  const feedKeys = new Map<string, FeedKeyRow>();
  const links = new Map<string, LinkRow>();
  const sessions = new Map<string, SessionRow & { readonly persons: readonly PersonId[] }>();
  const tokens = new Map<string, TokenRow>();
  const pulses = new Map<string, EpochMs>();
  const deliveries = new Map<string, DeliveryRow>();
  let closed = false;

  const mustBeOpen = (): void => {
    if (closed) throw new StorageTrouble("the store is closed");
  };

  /** Does one write and remembers how to take it back. */
  function write(write: Write, undo: (() => void)[]): void {
    const set = <Value>(map: Map<string, Value>, key: string, value: Value | undefined): void => {
      const before = map.get(key);
      undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
      if (value === undefined) map.delete(key);
      else map.set(key, value);
    };
    switch (write.kind) {
      case "negotiation": {
        const holder = [...negotiations.values()].find(({ slug }) => slug === write.row.slug);
        if (holder && holder.id !== write.row.id) throw new StaleRecord(`the name ${write.row.slug} is taken`);
        return set(negotiations, write.row.id, write.row);
      }
      case "former-room":
        return set(formerRooms, write.row.room, write.row);
      case "entries": {
        const stored = records.get(write.negotiation) ?? [];
        if (write.after !== stored.length) {
          throw new StaleRecord(`the record stands at ${stored.length}, not at ${write.after}`);
        }
        let last = stored.at(-1)?.hash ?? genesis;
        for (const [index, entry] of write.entries.entries()) {
          if (entry.seq !== write.after + index + 1 || entry.prev !== last) {
            throw new StaleRecord(`entry ${entry.seq} does not follow the record`);
          }
          last = entry.hash;
        }
        return set(records, write.negotiation, [...stored, ...structuredClone(write.entries)]);
      }
      case "wordings":
        for (const { hash, canonical } of write.wordings) set(wordings, hash, canonical);
        return;
      case "text": {
        if (write.updates.length === 0) return;
        const room = rooms.get(write.room) ?? { updates: [], snapshot: null };
        const length = room.updates.length;
        set(rooms, write.room, room);
        undo.push(() => room.updates.splice(length));
        room.updates.push(...write.updates.map(({ bytes }) => new Uint8Array(bytes)));
        return;
      }
      case "answer": {
        const key = answerKey(write.row.negotiation, write.row.owner, write.row.key);
        if (answers.has(key)) throw new StaleRecord(`the key ${write.row.key} is answered already`);
        return set(answers, key, write.row);
      }
      case "person":
        return set(persons, write.row.id, write.row);
      case "seat-holding":
        return set(holdings, holdingKey(write.row), write.row);
      case "seat-holding-ended":
        return set(holdings, holdingKey(write.row), undefined);
      case "seen": {
        const upTo = Math.max(write.row.upTo, seen.get(holdingKey(write.row))?.upTo ?? 0);
        return set(seen, holdingKey(write.row), { ...write.row, upTo });
      }
      case "paper":
        return set(papers, paperKey(write.row), write.row);
      case "paper-gone":
        return set(papers, paperKey(write.row), undefined);
      case "webhook":
        return set(webhooks, `${write.row.negotiation} ${write.row.id}`, write.row);
      case "webhook-gone":
        return set(webhooks, `${write.row.negotiation} ${write.row.id}`, undefined);
      case "feed-key":
        return set(feedKeys, holdingKey(write.row), write.row);
      case "feed-key-gone":
        return set(feedKeys, holdingKey(write.row), undefined);
      case "feed-keys-gone":
        for (const row of [...feedKeys.values()].filter(({ negotiation }) => negotiation === write.negotiation)) {
          set(feedKeys, holdingKey(row), undefined);
        }
        return;
      case "drafting":
        return set(draftings, `${write.row.negotiation} ${write.row.id}`, write.row);
      case "link":
        return set(links, write.row.tokenHash, write.row);
      case "link-used": {
        const link = links.get(write.tokenHash);
        if (!link || link.usedAt !== null || link.expiresAt <= write.at) throw new LinkSpent("the link cannot be used");
        return set(links, write.tokenHash, { ...link, usedAt: write.at });
      }
      case "session":
        return set(sessions, write.row.tokenHash, {
          ...write.row,
          persons: sessions.get(write.row.tokenHash)?.persons ?? [],
        });
      case "session-holds": {
        const session = sessions.get(write.tokenHash);
        if (!session) throw new StaleRecord("the session has ended");
        return set(sessions, write.tokenHash, {
          ...session,
          persons: [...new Set([...session.persons, write.person])],
        });
      }
      case "session-renewed": {
        const session = sessions.get(write.tokenHash);
        if (session) set(sessions, write.tokenHash, { ...session, expiresAt: write.expiresAt });
        return;
      }
      case "session-ended":
        return set(sessions, write.tokenHash, undefined);
      case "pulse":
        return set(pulses, write.negotiation, write.at);
      case "delivery": {
        const { negotiation, silence, delegation } = write.row;
        const key = `${negotiation} ${silence} ${delegation}`;
        return set(deliveries, key, deliveries.get(key) ?? write.row);
      }
      case "token":
        return set(tokens, write.row.tokenHash, write.row);
      case "token-ended":
        return set(tokens, write.tokenHash, undefined);
    }
  }

  return {
    async commit(writes) {
      mustBeOpen();
      const undo: (() => void)[] = [];
      try {
        for (const one of writes) write(one, undo);
      } catch (trouble) {
        for (const takeBack of undo.toReversed()) takeBack();
        throw trouble;
      }
    },

    async negotiations() {
      mustBeOpen();
      return [...negotiations.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async formerRooms() {
      mustBeOpen();
      return [...formerRooms.values()];
    },
    async negotiationBySlug(slug) {
      mustBeOpen();
      return [...negotiations.values()].find((row) => row.slug === slug) ?? null;
    },
    async entries(negotiation, after = 0) {
      mustBeOpen();
      return structuredClone((records.get(negotiation) ?? []).slice(after));
    },
    async wording(hash) {
      mustBeOpen();
      return wordings.get(hash) ?? null;
    },

    async text(name) {
      mustBeOpen();
      const room = rooms.get(name);
      if (!room) return null;
      return {
        snapshot: room.snapshot && new Uint8Array(room.snapshot.state),
        updates: room.updates.slice(room.snapshot?.upTo ?? 0).map((bytes) => new Uint8Array(bytes)),
        upTo: room.updates.length,
      };
    },
    async lastUpdates(name, most, mostBytes) {
      mustBeOpen();
      const last: Uint8Array[] = [];
      let bytes = 0;
      for (const update of rooms.get(name)?.updates.toReversed() ?? []) {
        bytes += update.length;
        if (last.length === most || bytes > mostBytes) break;
        last.unshift(new Uint8Array(update));
      }
      return last;
    },
    async saveSnapshot(name, upTo, state) {
      mustBeOpen();
      const room = rooms.get(name);
      if (!room || upTo > room.updates.length) throw new Error(`snapshot of ${name} at ${upTo}, which is not written`);
      if (upTo > (room.snapshot?.upTo ?? 0)) room.snapshot = { upTo, state: new Uint8Array(state) };
    },
    async issueClientId(room, person) {
      mustBeOpen();
      const issued = clientIds.get(room) ?? new Map<number, PersonId>();
      clientIds.set(room, issued);
      let id = someUint32();
      while (issued.has(id)) id = someUint32();
      issued.set(id, person);
      return id;
    },
    async clientIds(room) {
      mustBeOpen();
      return new Map(clientIds.get(room));
    },

    async answer(negotiation, owner, key) {
      mustBeOpen();
      return answers.get(answerKey(negotiation, owner, key)) ?? null;
    },
    async forgetAnswers(before) {
      mustBeOpen();
      const old = [...answers].filter(([, { at }]) => at < before);
      for (const [key] of old) answers.delete(key);
      return old.length;
    },

    async pulse(negotiation) {
      mustBeOpen();
      return pulses.get(negotiation) ?? null;
    },
    async deliveries(negotiation, silence) {
      mustBeOpen();
      return [...deliveries.values()].filter((row) => row.negotiation === negotiation && row.silence === silence);
    },

    async person(id) {
      mustBeOpen();
      return persons.get(id) ?? null;
    },
    async seatsOf(person) {
      mustBeOpen();
      return [...holdings.values()].filter((holding) => holding.person === person);
    },
    async seen(holding) {
      mustBeOpen();
      return seen.get(holdingKey(holding))?.upTo ?? null;
    },
    async webhooks(negotiation) {
      mustBeOpen();
      return [...webhooks.values()].filter((row) => row.negotiation === negotiation);
    },
    async papers(negotiation, delegation) {
      mustBeOpen();
      return [...papers.values()].filter((row) => row.negotiation === negotiation && row.delegation === delegation);
    },
    async draftings(negotiation) {
      mustBeOpen();
      return [...draftings.values()].filter((row) => row.negotiation === negotiation);
    },
    async holdersOf(negotiation, seat) {
      mustBeOpen();
      return [...holdings.values()]
        .filter((holding) => holding.negotiation === negotiation && holding.seat === seat)
        .flatMap((holding) => persons.get(holding.person) ?? []);
    },
    async feedKey(keyHash) {
      mustBeOpen();
      return [...feedKeys.values()].find((row) => row.keyHash === keyHash) ?? null;
    },
    async feedKeyOf(holding) {
      mustBeOpen();
      return feedKeys.get(holdingKey(holding)) ?? null;
    },
    async link(tokenHash) {
      mustBeOpen();
      return links.get(tokenHash) ?? null;
    },
    async session(tokenHash) {
      mustBeOpen();
      return sessions.get(tokenHash) ?? null;
    },
    async token(tokenHash) {
      mustBeOpen();
      return tokens.get(tokenHash) ?? null;
    },

    async writable() {
      return !closed;
    },
    async schemaVersion() {
      mustBeOpen();
      return 1;
    },
    async close() {
      closed = true;
    },
  };
}

const answerKey = (negotiation: string, owner: string, key: string): string => `${negotiation} ${owner} ${key}`;
const paperKey = ({ negotiation, delegation, id }: Omit<PaperRow, "paper">): string =>
  `${negotiation} ${delegation} ${id}`;
const holdingKey = ({ person, negotiation, seat }: SeatHolding): string => `${person} ${negotiation} ${seat}`;
