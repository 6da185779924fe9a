/**
 * The store's questions and writes as SQLite sees them, one synchronous call each. `sqlite-worker.ts` puts the writes into transactions.
 * kysely spells the SQL and types its rows; the statements run in the same turn, so that nothing can come between them.
 */
import { randomInt } from "node:crypto";
import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from "@photostructure/sqlite";
import { DummyDriver, Kysely, sql, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { ExpressionBuilder, Compilable, RawBuilder } from "kysely";
import type { Entry } from "../../shared/domain/entries.ts";
import type { EpochMs, PersonId, WordingHash } from "../../shared/domain/values.ts";
import { checksumOfBytes, checksumOfDrafting, checksumOfNegotiation, checksumOfText, damaged } from "./checksums.ts";
import { versionOf } from "./migrations.ts";
import { genesis, LinkSpent, StaleRecord } from "./port.ts";
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
import type { Store, StoredText, Write } from "./port.ts";

/** A column `sum` is the row's checksum: see `checksums.ts`. */
interface Tables {
  negotiations: NegotiationRow & { sum: number };
  formerRooms: FormerRoom;
  /** How far each record goes: without it a last entry that went missing would be missed by nobody. */
  records: { negotiation: string; length: number; hash: string };
  entries: { negotiation: string; seq: number; entry: string; sum: number };
  wordings: { hash: WordingHash; canonical: string; sum: number };
  /** How far each text goes. */
  rooms: { room: string; upTo: number };
  textUpdates: { room: string; seq: number; at: EpochMs; person: PersonId | null; bytes: Uint8Array; sum: number };
  snapshots: { room: string; upTo: number; state: Uint8Array; sum: number };
  clientIds: { room: string; id: number; person: PersonId; at: EpochMs };
  answers: AnswerRow;
  persons: PersonRow;
  seatHoldings: SeatHolding;
  seen: SeenRow;
  papers: PaperRow & { sum: number };
  webhooks: WebhookRow & { sum: number };
  draftings: DraftingRow & { sum: number };
  feedKeys: FeedKeyRow;
  links: LinkRow;
  sessions: SessionRow;
  sessionPersons: { session: string; person: PersonId };
  tokens: TokenRow;
  pulses: { negotiation: string; at: EpochMs };
  deliveries: DeliveryRow;
  probes: { only: number; count: number };
}

/** The port's calls without their promises. */
export type SqliteTables = {
  [Call in Exclude<keyof Store, "close" | "writable">]: (
    ...asked: Parameters<Store[Call]>
  ) => Awaited<ReturnType<Store[Call]>>;
} & {
  /** Writes one row. */
  probe(): void;
};

export function sqliteTables(database: DatabaseSync): SqliteTables {
  const statements = new Map<string, StatementSync>();

  function statement(spelled: string): StatementSync {
    const known = statements.get(spelled) ?? database.prepare(spelled);
    statements.set(spelled, known);
    return known;
  }
  function rows<Row>(query: Compilable<Row>): Row[] {
    const { sql: spelled, parameters } = query.compile();
    return statement(spelled).all(...(parameters as never[])) as Row[];
  }
  const row = <Row>(query: Compilable<Row>): Row | null => rows(query)[0] ?? null;
  /** @returns how many rows changed */
  function change(query: Compilable): number {
    const { sql: spelled, parameters } = query.compile();
    return statement(spelled).run(...(parameters as never[])).changes;
  }

  // The one hot path: spelled anew for each update of a burst, the SQL would cost five times what the row does.
  const appendUpdate = database.prepare(
    "insert into textUpdates (room, seq, at, person, bytes, sum) values (?, ?, ?, ?, ?, ?)",
  );

  const record = (negotiation: string) =>
    row(tables.selectFrom("records").select(["length", "hash"]).where("negotiation", "=", negotiation)) ?? {
      length: 0,
      hash: genesis,
    };
  const lengthOfText = (room: string): number =>
    row(tables.selectFrom("rooms").select("upTo").where("room", "=", room))?.upTo ?? 0;

  function write(one: Write): void {
    switch (one.kind) {
      case "negotiation": {
        const holder = row(tables.selectFrom("negotiations").select("id").where("slug", "=", one.row.slug));
        if (holder && holder.id !== one.row.id) throw new StaleRecord(`the name ${one.row.slug} is taken`);
        const stored = { ...one.row, sum: checksumOfNegotiation(one.row) };
        change(
          tables
            .insertInto("negotiations")
            .values(stored)
            .onConflict((conflict) => conflict.column("id").doUpdateSet(stored)),
        );
        return;
      }
      case "former-room":
        change(tables.replaceInto("formerRooms").values(one.row));
        return;
      case "entries": {
        const { length, hash } = record(one.negotiation);
        if (one.after !== length) throw new StaleRecord(`the record stands at ${length}, not at ${one.after}`);
        let last = { length, hash };
        for (const entry of one.entries) {
          if (entry.seq !== last.length + 1 || entry.prev !== last.hash) {
            throw new StaleRecord(`entry ${entry.seq} does not follow the record`);
          }
          const spelled = JSON.stringify(entry);
          const sum = checksumOfText(`${one.negotiation} ${entry.seq}`, spelled);
          change(
            tables.insertInto("entries").values({ negotiation: one.negotiation, seq: entry.seq, entry: spelled, sum }),
          );
          last = { length: entry.seq, hash: entry.hash };
        }
        change(tables.replaceInto("records").values({ negotiation: one.negotiation, ...last }));
        return;
      }
      case "wordings":
        for (const { hash, canonical } of one.wordings) {
          change(tables.replaceInto("wordings").values({ hash, canonical, sum: checksumOfText(hash, canonical) }));
        }
        return;
      case "text": {
        let upTo = lengthOfText(one.room);
        for (const { bytes, person, at } of one.updates) {
          upTo += 1;
          appendUpdate.run(one.room, upTo, at, person, bytes, checksumOfBytes(`${one.room} ${upTo}`, bytes));
        }
        if (upTo > 0) change(tables.replaceInto("rooms").values({ room: one.room, upTo }));
        return;
      }
      case "answer":
        if (change(tables.insertInto("answers").orIgnore().values(one.row)) === 0) {
          throw new StaleRecord(`the key ${one.row.key} is answered already`);
        }
        return;
      case "person":
        change(
          tables
            .insertInto("persons")
            .values(one.row)
            .onConflict((conflict) => conflict.column("id").doUpdateSet(one.row)),
        );
        return;
      case "seat-holding":
        change(tables.insertInto("seatHoldings").orIgnore().values(one.row));
        return;
      case "seat-holding-ended":
        change(
          tables
            .deleteFrom("seatHoldings")
            .where("person", "=", one.row.person)
            .where("negotiation", "=", one.row.negotiation)
            .where("seat", "=", one.row.seat),
        );
        return;
      case "seen": {
        const { upTo } = one.row;
        change(
          tables
            .insertInto("seen")
            .values(one.row)
            .onConflict((conflict) =>
              conflict.columns(["person", "negotiation", "seat"]).doUpdateSet({ upTo }).where("seen.upTo", "<", upTo),
            ),
        );
        return;
      }
      case "paper": {
        const { paper } = one.row;
        const sum = checksumOfText(nameOfPaper(one.row), paper);
        change(
          tables
            .insertInto("papers")
            .values({ ...one.row, sum })
            .onConflict((conflict) =>
              conflict.columns(["negotiation", "delegation", "id"]).doUpdateSet({ paper, sum }),
            ),
        );
        return;
      }
      case "paper-gone":
        change(
          tables
            .deleteFrom("papers")
            .where("negotiation", "=", one.row.negotiation)
            .where("delegation", "=", one.row.delegation)
            .where("id", "=", one.row.id),
        );
        return;
      case "drafting": {
        const { room, drafting } = one.row;
        const sum = checksumOfDrafting(one.row);
        change(
          tables
            .insertInto("draftings")
            .values({ ...one.row, sum })
            .onConflict((conflict) => conflict.columns(["negotiation", "id"]).doUpdateSet({ room, drafting, sum })),
        );
        return;
      }
      case "webhook": {
        const { negotiation, id, webhook } = one.row;
        const sum = checksumOfText(`${negotiation} ${id}`, webhook);
        change(
          tables
            .insertInto("webhooks")
            .values({ ...one.row, sum })
            .onConflict((conflict) => conflict.columns(["negotiation", "id"]).doUpdateSet({ webhook, sum })),
        );
        return;
      }
      case "webhook-gone":
        change(
          tables.deleteFrom("webhooks").where("negotiation", "=", one.row.negotiation).where("id", "=", one.row.id),
        );
        return;
      case "link":
        change(tables.replaceInto("links").values(one.row));
        return;
      case "link-used": {
        const used = change(
          tables
            .updateTable("links")
            .set({ usedAt: one.at })
            .where("tokenHash", "=", one.tokenHash)
            .where("usedAt", "is", null)
            .where("expiresAt", ">", one.at),
        );
        if (used === 0) throw new LinkSpent("the link cannot be used");
        return;
      }
      case "session":
        change(tables.replaceInto("sessions").values(one.row));
        return;
      case "session-holds":
        if (!row(tables.selectFrom("sessions").select("tokenHash").where("tokenHash", "=", one.tokenHash))) {
          throw new StaleRecord("the session has ended");
        }
        change(tables.insertInto("sessionPersons").orIgnore().values({ session: one.tokenHash, person: one.person }));
        return;
      case "session-renewed":
        change(tables.updateTable("sessions").set({ expiresAt: one.expiresAt }).where("tokenHash", "=", one.tokenHash));
        return;
      case "session-ended":
        change(tables.deleteFrom("sessionPersons").where("session", "=", one.tokenHash));
        change(tables.deleteFrom("sessions").where("tokenHash", "=", one.tokenHash));
        return;
      case "pulse":
        change(tables.replaceInto("pulses").values({ negotiation: one.negotiation, at: one.at }));
        return;
      case "delivery":
        change(tables.insertInto("deliveries").orIgnore().values(one.row));
        return;
      case "feed-key":
        change(tables.replaceInto("feedKeys").values(one.row));
        return;
      case "feed-key-gone":
        change(tables.deleteFrom("feedKeys").where(isOf(one.row)));
        return;
      case "feed-keys-gone":
        change(tables.deleteFrom("feedKeys").where("negotiation", "=", one.negotiation));
        return;
      case "token":
        change(tables.replaceInto("tokens").values(one.row));
        return;
      case "token-ended":
        change(tables.deleteFrom("tokens").where("tokenHash", "=", one.tokenHash));
        return;
    }
  }

  function negotiations(): readonly NegotiationRow[] {
    return rows(tables.selectFrom("negotiations").selectAll().orderBy("createdAt").orderBy("id")).map(
      ({ sum, ...negotiation }) => {
        if (sum !== checksumOfNegotiation(negotiation)) throw damaged(`negotiations ${negotiation.id}`);
        return negotiation;
      },
    );
  }

  function entries(negotiation: string, after = 0): readonly Entry[] {
    const found = rows(
      tables
        .selectFrom("entries")
        .select(["seq", "entry", "sum"])
        .where("negotiation", "=", negotiation)
        .where("seq", ">", after)
        .orderBy("seq"),
    );
    const read = found.map(({ seq, entry, sum }, index): Entry => {
      const name = `${negotiation} ${seq}`;
      if (seq !== after + index + 1 || sum !== checksumOfText(name, entry)) throw damaged(`entries ${name}`);
      return JSON.parse(entry);
    });
    const { length, hash } = record(negotiation);
    const last = read.at(-1);
    if (Math.max(after, last?.seq ?? 0) !== Math.max(after, length) || (last && last.hash !== hash)) {
      throw damaged(`records ${negotiation}`);
    }
    return read;
  }

  function updatesFrom(room: string, first: number): readonly Uint8Array[] {
    const found = rows(
      tables
        .selectFrom("textUpdates")
        .select(["seq", "bytes", "sum"])
        .where("room", "=", room)
        .where("seq", ">=", first)
        .orderBy("seq"),
    );
    return found.map(({ seq, bytes, sum }, index) => {
      const name = `${room} ${seq}`;
      if (seq !== first + index || sum !== checksumOfBytes(name, bytes)) throw damaged(`textUpdates ${name}`);
      return bytes;
    });
  }

  function lastUpdates(room: string, most: number, mostBytes: number): readonly Uint8Array[] {
    const sizes = rows(
      tables
        .selectFrom("textUpdates")
        .select(["seq", sql<number>`length(bytes)`.as("size")])
        .where("room", "=", room)
        .orderBy("seq", "desc")
        .limit(most),
    );
    let bytes = 0;
    const few = sizes.filter(({ size }) => (bytes += size) <= mostBytes);
    const first = few.at(-1);
    return first ? updatesFrom(room, first.seq) : [];
  }

  function text(room: string): StoredText | null {
    const stored = row(tables.selectFrom("snapshots").selectAll().where("room", "=", room));
    if (stored && stored.sum !== checksumOfBytes(`${room} ${stored.upTo}`, stored.state))
      throw damaged(`snapshots ${room}`);
    const first = (stored?.upTo ?? 0) + 1;
    const updates = updatesFrom(room, first);
    const upTo = lengthOfText(room);
    if (upTo !== first + updates.length - 1) throw damaged(`rooms ${room}`);
    return upTo === 0 ? null : { snapshot: stored?.state ?? null, updates, upTo };
  }

  return {
    commit(writes) {
      for (const one of writes) write(one);
    },
    negotiations,
    formerRooms: () => rows(tables.selectFrom("formerRooms").selectAll()),
    negotiationBySlug: (slug) => negotiations().find((negotiation) => negotiation.slug === slug) ?? null,
    entries,
    wording(hash) {
      const found = row(tables.selectFrom("wordings").select(["canonical", "sum"]).where("hash", "=", hash));
      if (found && found.sum !== checksumOfText(hash, found.canonical)) throw damaged(`wordings ${hash}`);
      return found?.canonical ?? null;
    },

    text,
    lastUpdates,
    saveSnapshot(room, upTo, state) {
      if (upTo > lengthOfText(room)) throw new Error(`snapshot of ${room} at ${upTo}, which is not written`);
      const stored = { room, upTo, state, sum: checksumOfBytes(`${room} ${upTo}`, state) };
      change(
        tables
          .insertInto("snapshots")
          .values(stored)
          .onConflict((conflict) => conflict.column("room").doUpdateSet(stored).where("snapshots.upTo", "<", upTo)),
      );
    },
    issueClientId(room, person, at) {
      for (;;) {
        const id = randomInt(1, 2 ** 32);
        if (change(tables.insertInto("clientIds").orIgnore().values({ room, id, person, at })) === 1) return id;
      }
    },
    clientIds: (room) =>
      new Map(
        rows(tables.selectFrom("clientIds").select(["id", "person"]).where("room", "=", room)).map((issued) => [
          issued.id,
          issued.person,
        ]),
      ),

    answer: (negotiation, owner, key) =>
      row(
        tables
          .selectFrom("answers")
          .selectAll()
          .where("negotiation", "=", negotiation)
          .where("owner", "=", owner)
          .where("key", "=", key),
      ),
    forgetAnswers: (before) => change(tables.deleteFrom("answers").where("at", "<", before)),

    pulse: (negotiation) =>
      row(tables.selectFrom("pulses").select("at").where("negotiation", "=", negotiation))?.at ?? null,
    deliveries: (negotiation, silence) =>
      rows(
        tables
          .selectFrom("deliveries")
          .selectAll()
          .where("negotiation", "=", negotiation)
          .where("silence", "=", silence)
          .orderBy(rowid),
      ),

    person: (id) => row(tables.selectFrom("persons").selectAll().where("id", "=", id)),
    seatsOf: (person) =>
      rows(tables.selectFrom("seatHoldings").selectAll().where("person", "=", person).orderBy(rowid)),
    seen: ({ person, negotiation, seat }) =>
      rows(
        tables
          .selectFrom("seen")
          .select("upTo")
          .where("person", "=", person)
          .where("negotiation", "=", negotiation)
          .where("seat", "=", seat),
      )[0]?.upTo ?? null,
    papers: (negotiation, delegation) =>
      rows(
        tables
          .selectFrom("papers")
          .selectAll()
          .where("negotiation", "=", negotiation)
          .where("delegation", "=", delegation)
          .orderBy(rowid),
      ).map(({ sum, ...paper }) => {
        if (sum !== checksumOfText(nameOfPaper(paper), paper.paper)) throw damaged(`papers ${nameOfPaper(paper)}`);
        return paper;
      }),
    draftings: (negotiation) =>
      rows(tables.selectFrom("draftings").selectAll().where("negotiation", "=", negotiation).orderBy(rowid)).map(
        ({ sum, ...drafting }) => {
          if (sum !== checksumOfDrafting(drafting)) throw damaged(`draftings ${negotiation} ${drafting.id}`);
          return drafting;
        },
      ),
    webhooks: (negotiation) =>
      rows(tables.selectFrom("webhooks").selectAll().where("negotiation", "=", negotiation).orderBy(rowid)).map(
        ({ sum, ...row }) => {
          const name = `${row.negotiation} ${row.id}`;
          if (sum !== checksumOfText(name, row.webhook)) throw damaged(`webhooks ${name}`);
          return row;
        },
      ),
    holdersOf: (negotiation, seat) =>
      rows(
        tables
          .selectFrom("seatHoldings")
          .innerJoin("persons", "persons.id", "seatHoldings.person")
          .selectAll("persons")
          .where("negotiation", "=", negotiation)
          .where("seat", "=", seat)
          .orderBy(sql`"seatHoldings".rowid`),
      ),
    feedKey: (keyHash) => row(tables.selectFrom("feedKeys").selectAll().where("keyHash", "=", keyHash)),
    feedKeyOf: (holding) => row(tables.selectFrom("feedKeys").selectAll().where(isOf(holding))),
    link: (tokenHash) => row(tables.selectFrom("links").selectAll().where("tokenHash", "=", tokenHash)),
    session(tokenHash) {
      const session = row(tables.selectFrom("sessions").selectAll().where("tokenHash", "=", tokenHash));
      if (!session) return null;
      const held = rows(
        tables.selectFrom("sessionPersons").select("person").where("session", "=", tokenHash).orderBy(rowid),
      );
      return { ...session, persons: held.map(({ person }) => person) };
    },
    token: (tokenHash) => row(tables.selectFrom("tokens").selectAll().where("tokenHash", "=", tokenHash)),

    schemaVersion: () => versionOf(database),
    probe() {
      change(
        tables
          .insertInto("probes")
          .values({ only: 1, count: 1 })
          .onConflict((conflict) =>
            conflict.column("only").doUpdateSet((seen) => ({ count: seen("probes.count", "+", 1) })),
          ),
      );
    },
  };
}

/** kysely as a speller of queries: nothing is run through it. */
const tables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

const isOf =
  ({ person, negotiation, seat }: SeatHolding) =>
  (row: ExpressionBuilder<Tables, "feedKeys">) =>
    row.and({ person, negotiation, seat });

/** The order in which rows were written. */
const rowid: RawBuilder<number> = sql`rowid`;

const nameOfPaper = ({ negotiation, delegation, id }: Omit<PaperRow, "paper">): string =>
  `${negotiation} ${delegation} ${id}`;
