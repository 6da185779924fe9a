/**
 * A negotiation that uses every kind of entry, with canaries in it: words and identifiers that stand nowhere else, each with those who
 * may read it. Who may is said here once more and in other words than the product's, so that a test of it can fail in both directions.
 *
 * To add a kind of entry: name it in `everyKind`, let somebody do it in one of the chapters, and give `word` or `id` what it must keep.
 */
import type { LiveNegotiation } from "../../server/negotiation/live-negotiation.ts";
import { Allowance } from "../../server/rooms/allowance.ts";
import type { Command } from "../../shared/domain/commands.ts";
import type { DisclosurePreset, RecordFrame, SeenEntry, What } from "../../shared/domain/entries.ts";
import type { Audience, Disclosure, Level } from "../../shared/domain/positions.ts";
import { audiences } from "../../shared/domain/positions.ts";
import type { FateOfTheChair } from "../../shared/domain/proposals.ts";
import type { Actor, Delegation, DelegationKind, Viewer as Eyes } from "../../shared/domain/roster.ts";
import { parseSeat, spellSeat, thePublic } from "../../shared/domain/roster.ts";
import { drainMs, runningSilences } from "../../shared/domain/silence.ts";
import type { Block, TextEdit } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type {
  BridgingId,
  CorrectionRequestId,
  DelegationCode,
  DraftingId,
  EpochMs,
  GroupId,
  PackageId,
  PersonId,
  PositionId,
  ProposalId,
  SilenceId,
} from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { writeEdits } from "../../shared/sync/write-edits.ts";
import { GlassPress } from "./glass-press.ts";
import type { HttpServer } from "./http-server.ts";
import { httpServer } from "./http-server.ts";
import { KeptPress } from "./kept-press.ts";
import type { ManualClock } from "./manual-clock.ts";
import { manualClock } from "./manual-clock.ts";
import { chance } from "./random.ts";
import { heading, idOf, paragraph } from "./table.ts";

/** The compiler asks for a new kind of entry here, the test for somebody who makes one. */
export const everyKind = Object.keys({
  "negotiation-opened": 0,
  "settings-changed": 0,
  "agenda-set": 0,
  "delegation-entered": 0,
  "delegation-changed": 0,
  "delegation-removed": 0,
  "seat-invited": 0,
  "seat-taken": 0,
  "seat-revoked": 0,
  circulated: 0,
  "version-issued": 0,
  "change-covered": 0,
  "paragraph-corrected": 0,
  "correction-contested": 0,
  "text-restored": 0,
  "position-lodged": 0,
  "position-confirmed": 0,
  "position-withdrawn": 0,
  "position-ending-heard": 0,
  "position-asked": 0,
  "position-reaffirmed": 0,
  "position-met": 0,
  "position-followed": 0,
  "position-lapsed": 0,
  "silence-announced": 0,
  "silence-extended": 0,
  "silence-cancelled": 0,
  "silence-broken": 0,
  "silence-closed": 0,
  adopted: 0,
  "statement-made": 0,
  "paragraph-gavelled": 0,
  "paragraph-reopened": 0,
  "paragraph-moved": 0,
  "bracket-lifted": 0,
  "group-made": 0,
  "group-renamed": 0,
  "group-invited": 0,
  "group-joined": 0,
  "group-left": 0,
  "group-speaker-named": 0,
  "group-dissolved": 0,
  "alignment-stated": 0,
  "departure-stated": 0,
  "proposal-tabled": 0,
  "proposal-confirmed": 0,
  "proposal-cosponsored": 0,
  "proposal-cosponsor-left": 0,
  "proposal-withdrawn": 0,
  "proposal-disposed": 0,
  "bridging-put": 0,
  "bridging-answered": 0,
  "bridging-ended": 0,
  "package-prepared": 0,
  "package-released": 0,
  "package-withdrawn": 0,
  "alternatives-grouped": 0,
  "alternative-ungrouped": 0,
  "alternative-chosen": 0,
  "quantifier-tied": 0,
  "correction-requested": 0,
  "correction-answered": 0,
  "correction-request-withdrawn": 0,
  "data-restored": 0,
} satisfies { readonly [K in What["kind"]]: 0 });

/** What a viewer reads as: the chair's team, one delegation, or everybody. */
export type Side = "team" | "public" | DelegationCode;

export interface Viewer {
  readonly name: string;
  readonly side: Side;
  /** Null: asks without one. */
  readonly token: string | null;
}

export const eyesOf = ({ side }: Viewer): Eyes =>
  side === "team" ? { kind: "team" } : side === "public" ? thePublic : { kind: "delegation", code: side };

export interface Canary {
  readonly word: string;
  /** What it is, for who reads a failure. */
  readonly of: string;
  readonly may: (viewer: Viewer) => boolean;
}

const xaa = "XAA" as DelegationCode;
const xab = "XAB" as DelegationCode;
const xac = "XAC" as DelegationCode;
const xad = "XAD" as DelegationCode;
const xae = "XAE" as DelegationCode;
const xag = "XAG" as DelegationCode;

const states = ["XAA Freedonia", "XAB Sylvania", "XAC Osterlich", "XAD Lunari", "XAE Calidora", "XAG Marshovia"];
const delegation = (code: string, name: string, kind: DelegationKind = "member-state"): Delegation => ({
  code: code as DelegationCode,
  name,
  kind,
  regionalGroup: "none",
});
const roster = [
  ...states.map((state) => delegation(state.slice(0, 3), state.slice(4))),
  delegation("XAF", "Holy Quarter", "observer-state"),
];

const seats = [
  "chair",
  "facilitator",
  "secretariat",
  "adviser:XAA",
  "reader:XAA",
  "adviser:XAB",
  "reader:XAC",
  ...["XAA", "XAB", "XAC", "XAD", "XAE", "XAF", "XAG"].map((code) => `delegation:${code}`),
  "stakeholder:press-1",
  "observer",
];
const sideOf = (seat: string): Side => {
  const [role = "", code = ""] = seat.split(":");
  if (["chair", "facilitator", "secretariat"].includes(role)) return "team";
  return ["delegation", "adviser", "reader"].includes(role) ? (code as DelegationCode) : "public";
};

/** The rule of each preset (ruling 10), and what an owner makes of it: never narrower, a name and a reason never without existence. */
const presets: { readonly [P in DisclosurePreset]: Disclosure } = {
  closed: { existence: "delegations", name: "chair", reason: "chair" },
  delegations: { existence: "public", name: "delegations", reason: "delegations" },
  open: { existence: "public", name: "public", reason: "public" },
};
const widest = (...among: readonly Audience[]): Audience =>
  audiences[Math.max(...among.map((one) => audiences.indexOf(one)))]!;
function ruleOf(preset: DisclosurePreset, chosen: Disclosure | null = null): Disclosure {
  const rule = presets[preset];
  const [name, reason] = [widest(rule.name, chosen?.name ?? "chair"), widest(rule.reason, chosen?.reason ?? "chair")];
  return { name, reason, existence: widest(rule.existence, chosen?.existence ?? "chair", name, reason) };
}

/**
 * What an owner can ask for, with what comes of it: of the ways that come to the same one each, for a page costs by the entry. That the others
 * come to it too is seen in `tests/domain/rules.test.ts`.
 */
function widenings(preset: DisclosurePreset): readonly (readonly [Disclosure, Disclosure])[] {
  const ways = audiences.flatMap((existence) =>
    audiences.flatMap((name) => audiences.map((reason): Disclosure => ({ existence, name, reason }))),
  );
  // Of each the one that asks for least.
  const different = new Map(
    ways.toReversed().map((way) => {
      const widened = ruleOf(preset, way);
      return [Object.values(widened).join(), [way, widened]] as const;
    }),
  );
  return [...different.values()];
}

type May = Canary["may"];
/** That audience, and whose it is. */
const to =
  (audience: Audience, ...own: readonly DelegationCode[]): May =>
  ({ side }) =>
    side === "team" ||
    audience === "public" ||
    (side !== "public" && (audience === "delegations" || own.includes(side)));
const teamOnly = to("chair");
const everybody = to("public");
const only =
  (...sides: readonly Side[]): May =>
  ({ side }) =>
    sides.includes(side);

export interface Telling {
  /** The rules that follow one another: the first from the opening on. */
  readonly phases: readonly [DisclosurePreset, ...DisclosurePreset[]];
  /** Under these rules two delegations change places in what they do: nobody who may not know who did what may see a difference. */
  readonly swapped?: ReadonlySet<DisclosurePreset>;
}

/** Words that stand in no other paragraph, so that nothing follows them there. */
const wordsFor = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `w${name}${n}`);
const fixed = [
  "split",
  "beside",
  "lapsing",
  "reworded",
  "draft",
  "kept",
  "bracketed",
  "drafted",
  "alternative",
  "another",
];
const perPhase = [
  "objected",
  "spans",
  "group",
  "proposed",
  "floor",
  "silent",
  "passing",
  "agreed",
  "moved",
  "gone",
  "other",
  "bridged",
  "calledoff",
  "stood",
  "heard",
  "met",
  "rephrased",
  "taken",
  "part",
  "bracketing",
  "summed",
];

/** Worlds share it, and what is written of them. `DOCUMENTS=1` writes each file; else what files are made of is walked, which is all that can be in them. */
const press = process.env["DOCUMENTS"] ? new KeptPress() : new GlassPress();

/** What a world is made of. */
interface Parts {
  readonly server: HttpServer;
  readonly talks: LiveNegotiation;
  readonly clock: ManualClock;
  readonly telling: Telling;
  /** What a webhook was sent, as it comes. */
  readonly posted: readonly SeenEntry[];
  /** Identifiers and salts are the same from here on, however many were made before. */
  readonly reseed: (seed: number) => void;
}

export class World {
  readonly server: HttpServer;
  readonly talks: LiveNegotiation;
  readonly clock: ManualClock;
  readonly viewers: Viewer[] = [];
  readonly canaries: Canary[] = [];
  readonly proposals: ProposalId[] = [];
  drafting = { id: "" as DraftingId, room: "" };
  /** Frames told to each viewer as things happened. */
  readonly heard = new Map<string, Uint8Array[]>();
  readonly telling: Telling;
  readonly #posted: readonly SeenEntry[];
  readonly #reseed: (seed: number) => void;
  readonly #chance = chance(5);
  /** Objections whose words change later. */
  readonly #overtaken: { readonly id: PositionId; readonly code: DelegationCode; readonly name: string }[] = [];
  #group = "" as GroupId;

  private constructor({ server, talks, clock, telling, posted, reseed }: Parts) {
    this.server = server;
    this.talks = talks;
    this.clock = clock;
    this.telling = telling;
    this.#posted = posted;
    this.#reseed = reseed;
  }

  /** Up to the eve of the adoption: the draft holds words that were not circulated, proposals wait for their fate. */
  static async open(telling: Telling): Promise<World> {
    const clock = manualClock();
    let random = chance(1);
    const reseed = (seed: number): void => void (random = chance(seed));
    const huge = { requestsBurst: 1e9, commandsBurst: 1e9, connectsBurst: 1e9, socketsPerAccount: 1e6 };
    const posted: SeenEntry[] = [];
    const server = await httpServer({
      slug: "elsewhere",
      outside: {
        post: (_url, _headers, body) => {
          posted.push(...(JSON.parse(body) as { data: { record: RecordFrame } }).data.record.events);
          return Promise.resolve({ status: 204 });
        },
      },
      clock,
      limits: huge,
      // The same in every world, so that nothing that names it tells two of them apart.
      publicUrl: "http://talks.example",
      press,
      random: (count) => Uint8Array.from({ length: count }, () => random.below(256)),
      chance: chance(2),
    });
    const settings = {
      title: "Draft report",
      method: "chair-pen",
      disclosure: telling.phases[0],
      silenceMinimumHours: 0,
    } as const;
    const named = [...fixed, ...telling.phases.flatMap((_, phase) => perPhase.map((name) => `${phase}${name}`))];
    const text = [
      heading("heading", "Norms"),
      ...named.map((name) => {
        const words = wordsFor(name, name.endsWith("spans") ? 27 : 9).join(" ");
        return paragraph(name, name.endsWith("moved") ? `${words} some States` : words);
      }),
      paragraph("bracket", "wbracket0 [wbracket1] wbracket2"),
    ];
    const chair: Actor = { person: "C".repeat(22) as PersonId, name: "The chair", seat: { role: "chair" } };
    const talks = await server.ports.house.create(
      { slug: "talks", settings, delegations: roster, text, takesSeat: true },
      chair,
    );
    await server.ports.webhooks.add(talks, "https://follows.example/hook");
    const world = new World({ server, talks, clock, telling, posted, reseed });
    await world.#gathers();
    for (const [phase, preset] of telling.phases.entries()) {
      if (phase === 1) await world.does("chair", { kind: "set-disclosure", preset });
      if (phase === 2) await world.#announcesPhase(preset);
      await world.#statesPositions(phase, preset);
      await world.#statesAsGroup(phase, preset);
      await world.#proposes(phase, preset);
      await world.#bridges(phase, preset);
      await world.#packs(phase, preset);
      await world.#fallsSilent(phase, preset);
      await world.#corrects(phase, preset);
    }
    await world.#draftsTogether();
    await world.#redrafts(telling.phases.at(-1)!);
    return world;
  }

  // ---------- what happens ----------

  /** People come, groups are made, the text is circulated and issued. */
  async #gathers(): Promise<void> {
    const { identity } = this.server.ports;
    for (const seat of seats) {
      // Whoever sits for a delegation is known to it and to the chair's team; the team acts in office.
      const own = sideOf(seat);
      const name =
        own === "team"
          ? `Person in ${seat}`
          : this.word(
              `the name of who holds ${seat}`,
              (viewer) => viewer.name === seat || viewer.side === "team" || (own !== "public" && viewer.side === own),
            );
      this.viewers.push({ name: seat, side: own, token: await identity.makeToken(this.talks, parseSeat(seat)!, name) });
    }
    this.viewers.push(
      { name: "nobody", side: "public", token: null },
      { name: "the chair of other talks", side: "public", token: await this.server.token("chair") },
    );
    for (const viewer of this.viewers) this.#listens(viewer);
    await this.does("chair", { kind: "circulate", note: this.word("a note of circulation", everybody) });
    await this.does("chair", { kind: "issue-version", label: "Zero draft" });
    const paragraphs = [idOf("alternative"), idOf("another")];
    await this.does("chair", { kind: "group-alternatives", paragraphs });
    await this.does("chair", { kind: "ungroup-alternative", paragraph: idOf("another") });
    await this.does("chair", { kind: "group-alternatives", paragraphs });
    const chosen = this.word("why an alternative was chosen", everybody);
    const choice = { kind: "choose-alternative", paragraph: idOf("alternative"), others: "chair-summary" } as const;
    await this.does("chair", { ...choice, reason: chosen });
    const gone = "adviser:XAG";
    const name = this.word("the name of an adviser whose seat was taken back", to("chair", xag));
    const token = await identity.makeToken(this.talks, parseSeat(gone)!, name);
    const { person } = this.#actor(gone);
    this.viewers.push({ name: "a revoked adviser", side: "public", token });
    await this.does("delegation:XAG", { kind: "revoke-seat", seat: parseSeat(gone)!, person });
    const invited = this.word("a stakeholder who was invited", teamOnly);
    await this.does("chair", { kind: "invite", seat: { role: "stakeholder", stakeholder: invited } });
    await this.does("chair", { kind: "set-agenda", topics: [{ id: "norms", title: this.word("a topic", everybody) }] });
    const late = delegation("XAH", this.word("a delegation that came late", everybody));
    await this.does("chair", { kind: "add-delegation", delegation: late });
    await this.does("chair", { kind: "change-delegation", delegation: { ...late, kind: "un-entity" } });
    await this.does("chair", { kind: "remove-delegation", delegation: late.code });
    const invite = [xaa, xab, xac, xad, xae];
    const group = { kind: "create-group", of: "political" } as const;
    this.#group = (await this.does("chair", { ...group, name: "the Coast", invite })) as GroupId;
    for (const code of invite) await this.does(`delegation:${code}`, { kind: "join-group", group: this.#group });
    await this.does("chair", { kind: "change-group", group: this.#group, name: "the Coastal States", invite: [xag] });
    await this.does("delegation:XAB", { kind: "leave-group", group: this.#group });
    await this.does("chair", { kind: "name-speaker", group: this.#group, speaker: xae });
    const idle = (await this.does("chair", { ...group, name: "the Idle States", invite: [] })) as GroupId;
    await this.does("chair", { kind: "dissolve-group", group: idle });
    // A delegation's own papers, in no log.
    for (const kind of ["note", "instruction", "fallback", "tripwire"] as const) {
      const paper = {
        id: kind.padEnd(22, "0"),
        kind,
        paragraph: idOf("split"),
        text: this.word(`a ${kind}`, only(xaa)),
      };
      const row = { negotiation: this.talks.row.id, delegation: xaa, id: paper.id };
      const whole = { ...paper, by: "An adviser", at: this.clock.now() };
      await this.server.ports.store.commit([{ kind: "paper", row: { ...row, paper: JSON.stringify(whole) } }]);
    }
  }

  /** The last rule is announced ahead, and begins by itself. */
  async #announcesPhase(preset: DisclosurePreset): Promise<void> {
    const from = (this.clock.now() + 30_000) as EpochMs;
    const phase = this.word("the name of a phase", everybody);
    await this.does("chair", { kind: "set-disclosure", preset, phase, from });
    await this.#passes(40_000);
  }

  async #statesPositions(phase: number, preset: DisclosurePreset): Promise<void> {
    const rule = ruleOf(preset);
    const [first, second] = this.#pair(preset);
    const objection = await this.#lodges(`${phase}objected`, `delegation:${first}`, "objection", {
      reason: this.word(`phase ${phase}, ${preset}: reason of an objection`, to(rule.reason, first)),
      condition: this.word(`phase ${phase}, ${preset}: condition of an objection`, to(rule.reason, first)),
      remedy: { kind: "replace", text: this.word(`phase ${phase}, ${preset}: remedy`, to(rule.reason, first)) },
      ground: "mandate",
      conditions: [{ is: "agreed", paragraph: idOf("beside") }],
    });
    this.id(objection, `phase ${phase}, ${preset}: an objection`, to(rule.existence, first));
    await this.does("chair", {
      kind: "ask-author",
      position: objection,
      whether: "dissociation",
      note: this.word(
        `phase ${phase}, ${preset}: what the chair asked the author of an objection`,
        only("team", first),
      ),
    });
    for (const code of [xaa, second]) {
      const reason = this.word(`phase ${phase}, ${preset}: concern of ${code}`, to(rule.reason, code));
      await this.#lodges(`${phase}objected`, `delegation:${code}`, code === second ? "concern" : "question", {
        reason,
      });
    }
    await this.#lodges(`${phase}other`, `delegation:${first}`, "objection", {});
    await this.#lodges(`${phase}other`, `delegation:${second}`, "support", {});
    await this.#lodges(`${phase}other`, "delegation:XAF", "concern", {
      reason: this.word(
        `phase ${phase}, ${preset}: comment of an observer state`,
        to(rule.reason, "XAF" as DelegationCode),
      ),
    });
    // Everything that an owner can make of the rule, on words of its own each.
    const words = wordsFor(`${phase}spans`, 27);
    for (const [index, [disclosure, widened]] of widenings(preset).entries()) {
      const about = `phase ${phase}, ${preset} widened to ${Object.values(disclosure).join("/")}`;
      const quote = words[index]!;
      const from = words.join(" ").indexOf(quote);
      const made = await this.#lodges(`${phase}spans`, "delegation:XAB", "reservation", {
        span: { from, to: from + quote.length, quote },
        reason: this.word(`${about}: reason`, to(widened.reason, xab)),
        disclosure,
      });
      this.id(made, `${about}: position`, to(widened.existence, xab));
    }
    // From the floor.
    const heard = await this.#lodges(`${phase}floor`, "secretariat", "objection", {
      onBehalfOf: second,
      reason: this.word(`phase ${phase}, ${preset}: reason heard from the floor`, to(rule.reason, second)),
    });
    await this.does(`delegation:${second}`, { kind: "confirm-position", position: heard });
    await this.does("secretariat", { kind: "withdraw-position", position: heard });
    await this.does(`delegation:${second}`, { kind: "confirm-position", position: heard });
    const withdrawn = await this.#lodges(`${phase}floor`, `delegation:${first}`, "question", {});
    await this.does(`delegation:${first}`, { kind: "withdraw-position", position: withdrawn });
    for (const [name, code] of [
      ["stood", first],
      ["met", second],
      ["rephrased", first],
    ] as const) {
      const id = await this.#lodges(`${phase}${name}`, `delegation:${code}`, "objection", {});
      this.#overtaken.push({ id, code, name: `${phase}${name}` });
    }
  }

  /** On behalf of a group, aligned with, departed from. */
  async #statesAsGroup(phase: number, preset: DisclosurePreset): Promise<void> {
    const rule = ruleOf(preset);
    const [first, second] = this.#pair(preset);
    // Whoever spoke before has a pseudonym here already, and the same whichever of the two it is.
    for (const code of [first, second]) await this.#lodges(`${phase}group`, `delegation:${code}`, "question", {});
    const members = [xaa, xac, xad, xae];
    const stated = await this.#lodges(`${phase}group`, "delegation:XAE", "reservation", {
      onBehalfOfGroup: this.#group,
      reason: this.word(`phase ${phase}, ${preset}: reason of a group`, to(rule.reason, ...members)),
    });
    this.id(stated, `phase ${phase}, ${preset}: a group's position`, to(rule.existence, ...members));
    const adds = this.word(`phase ${phase}, ${preset}: what a member adds`, to(rule.reason, second));
    await this.does(`delegation:${second}`, { kind: "align", position: stated, adds });
    const reason = this.word(`phase ${phase}, ${preset}: why a member departed`, to(rule.reason, first));
    await this.does(`delegation:${first}`, { kind: "depart", paragraph: idOf(`${phase}group`), reason });
  }

  async #proposes(phase: number, preset: DisclosurePreset): Promise<void> {
    const name = `${phase}proposed`;
    const [first, second] = this.#pair(preset);
    const tables = async (
      code: DelegationCode,
      disclosure: Disclosure | null,
      invited: readonly DelegationCode[] = [],
    ) => {
      const rule = ruleOf(preset, disclosure);
      const about = `phase ${phase}, ${preset}${disclosure ? ` widened to ${Object.values(disclosure).join("/")}` : ""}`;
      const id = (await this.does(`delegation:${code}`, {
        kind: "table-proposal",
        ...this.#on(name),
        text: `${wordsFor(name, 4).join(" ")} ${this.word(`${about}: proposed words`, to(rule.reason, code, ...invited))}`,
        reason: this.word(`${about}: reason of a proposal`, to(rule.reason, code, ...invited)),
        ...(invited.length > 0 && { invited }),
        ...(disclosure && { disclosure }),
      })) as ProposalId;
      this.id(id, `${about}: a proposal`, to(rule.existence, code, ...invited));
      return id;
    };
    const shared = await tables(first, null, [second, xae]);
    await this.does(`delegation:${second}`, { kind: "cosponsor", proposal: shared });
    await this.does("delegation:XAE", { kind: "cosponsor", proposal: shared });
    await this.does("delegation:XAE", { kind: "cosponsor", proposal: shared, leave: true });
    this.proposals.push(shared, await tables(second, null));
    this.proposals.push(await tables(xab, { existence: "public", name: "chair", reason: "chair" }));
    this.proposals.push(await tables(xab, { existence: "chair", name: "delegations", reason: "delegations" }));
    this.proposals.push(await tables(xab, { existence: "chair", name: "chair", reason: "public" }));
    const withdrawn = await tables(first, null);
    await this.does(`delegation:${first}`, { kind: "withdraw-proposal", proposal: withdrawn });
    const earlier = await tables(second, null);
    const amended = (await this.does(`delegation:${second}`, {
      kind: "amend-proposal",
      proposal: earlier,
      wording: this.#on(name).wording,
      text: `${wordsFor(name, 3).join(" ")} ${this.word(`phase ${phase}, ${preset}: amended words`, to(ruleOf(preset).reason, second))}`,
    })) as ProposalId;
    this.proposals.push(amended);
    await this.#disposes(phase, preset, tables);
    const rule = ruleOf(preset);
    const heard = (await this.does("secretariat", {
      kind: "table-proposal",
      ...this.#on(`${phase}floor`),
      text: this.word(`phase ${phase}, ${preset}: words proposed from the floor`, to(rule.reason, first, second)),
      onBehalfOf: second,
      invited: [first],
    })) as ProposalId;
    await this.does(`delegation:${second}`, { kind: "confirm-proposal", proposal: heard });
    await this.does("secretariat", { kind: "cosponsor", proposal: heard, onBehalfOf: first });
    this.proposals.push(heard);
  }

  /** A proposal for every fate that the chair can give; what is taken up of it goes into the draft. */
  async #disposes(
    phase: number,
    preset: DisclosurePreset,
    tables: (code: DelegationCode, disclosure: null, invited: readonly DelegationCode[]) => Promise<ProposalId>,
  ): Promise<void> {
    const [first, second] = this.#pair(preset);
    const rule = ruleOf(preset);
    const disposes = async (
      proposal: ProposalId,
      fate: FateOfTheChair,
      more: Partial<Extract<Command, { kind: "dispose-proposal" }>> = {},
    ): Promise<void> => {
      const reason = this.word(`phase ${phase}, ${preset}: why a proposal is ${fate}`, to(rule.reason, first, second));
      await this.does("secretariat", { kind: "dispose-proposal", proposal, fate, reason, ...more });
    };
    const into = this.proposals.at(-1)!;
    await disposes(await tables(first, null, [second]), "not-taken-up");
    await disposes(await tables(first, null, [second]), "merged", { into });
    await disposes(await tables(first, null, [second]), "superseded", { into });
    for (const [name, fate] of [
      ["taken", "taken-up"],
      ["part", "taken-up-in-part"],
      ["bracketing", "bracketed"],
      ["summed", "in-chair-summary"],
    ] as const) {
      const words = wordsFor(`${phase}${name}`, 9);
      const proposal = (await this.does(`delegation:${first}`, {
        kind: "table-proposal",
        ...this.#on(`${phase}${name}`),
        text: [`before${phase}${name}`, ...words, `after${phase}${name}`].join(" "),
        invited: [second],
      })) as ProposalId;
      await this.does(`delegation:${second}`, { kind: "cosponsor", proposal });
      await disposes(proposal, fate, fate === "taken-up-in-part" ? { hunks: [1] } : {});
    }
  }

  /** Bridging text is put back to two proposers, who see each other's words in it; one answers, and it is withdrawn. */
  async #bridges(phase: number, preset: DisclosurePreset): Promise<void> {
    const rule = ruleOf(preset);
    const [first, second] = this.#pair(preset);
    const about = `phase ${phase}, ${preset}:`;
    const on = this.#on(`${phase}bridged`);
    const base = wordsFor(`${phase}bridged`, 9).join(" ");
    const words: string[] = [];
    const proposals: ProposalId[] = [];
    for (const code of [first, second]) {
      const word = this.word(`${about} words of a bridging text`, to(rule.reason, first, second));
      words.push(word);
      const text = `${base} ${word}`;
      proposals.push((await this.does(`delegation:${code}`, { kind: "table-proposal", ...on, text })) as ProposalId);
    }
    const put = await this.does("chair", {
      kind: "put-bridging",
      ...on,
      proposals,
      text: `${base} ${words.join(" ")} ${this.word(`${about} bridging words`, only("team", first, second))}`,
      reason: this.word(`${about} why bridging text was put`, only("team", first, second)),
    });
    const bridging = put as BridgingId;
    this.id(bridging, `${about} a bridging text`, only("team", first, second));
    const answer = this.word(`${about} an answer to bridging text`, only("team", first));
    await this.does(`delegation:${first}`, { kind: "answer-bridging", bridging, answer: "objection", reason: answer });
    await this.does("secretariat", { kind: "answer-bridging", bridging, answer: "accept", onBehalfOf: second });
    const reason = this.word(`${about} why bridging text was withdrawn`, only("team", first, second));
    await this.does("chair", { kind: "withdraw-bridging", bridging, reason });
    this.proposals.push(...proposals);
  }

  /** One package is released and withdrawn, one stays with the chair's team. */
  async #packs(phase: number, preset: DisclosurePreset): Promise<void> {
    const audience = widest(ruleOf(preset).reason, "delegations");
    const about = `phase ${phase}, ${preset}:`;
    const prepares = async (may: May): Promise<PackageId> => {
      const title = this.word(`${about} title of a package`, may);
      const paragraphs = [idOf("split"), idOf("beside")];
      const made = (await this.does("chair", { kind: "prepare-package", title, paragraphs })) as PackageId;
      this.id(made, `${about} a package`, may);
      return made;
    };
    const released = await prepares(to(audience));
    await this.does("chair", { kind: "release-package", package: released });
    const reason = this.word(`${about} why a package was withdrawn`, to(audience));
    await this.does("chair", { kind: "withdraw-package", package: released, reason });
    await prepares(teamOnly);
  }

  /** One silence is extended and broken, one passes, one is cancelled. */
  async #fallsSilent(phase: number, preset: DisclosurePreset): Promise<void> {
    const rule = ruleOf(preset);
    const [first, second] = this.#pair(preset);
    const announce = (name: string, note: string): Promise<string> =>
      this.does("chair", {
        kind: "announce-silence",
        scope: [idOf(`${phase}${name}`)],
        deadline: (this.clock.now() + 60_000) as EpochMs,
        zone: "UTC",
        note,
      });
    const about = `phase ${phase}, ${preset}:`;
    const broken = (await announce("silent", this.word(`${about} note of a silence`, to(rule.existence)))) as SilenceId;
    this.id(broken, `${about} a silence that was broken`, to(rule.existence));
    const deadline = (this.clock.now() + 90_000) as EpochMs;
    const extended = this.word(`${about} why a silence was extended`, to(rule.existence));
    await this.does("chair", { kind: "extend-silence", procedure: broken, deadline, reason: extended });
    const breach = await this.does(`delegation:${first}`, {
      kind: "break-silence",
      procedure: broken,
      reason: this.word(`${about} why silence was broken`, to(rule.reason, first)),
      alsoFor: [second],
    });
    this.id(breach, `${about} a break of silence`, to(rule.existence, first));
    const cancelled = (await announce(
      "calledoff",
      this.word(`${about} note of a cancelled silence`, to(rule.existence)),
    )) as SilenceId;
    const reason = this.word(`${about} why a silence was cancelled`, to(rule.existence));
    await this.does("chair", { kind: "cancel-silence", procedure: cancelled, reason });
    const fallen = (await announce("heard", "A silence that is broken from the floor.")) as SilenceId;
    await this.does("secretariat", { kind: "break-silence", procedure: fallen, onBehalfOf: second });
    const passing = await announce("passing", this.word(`${about} note of a silence that passed`, to(rule.existence)));
    // What was agreed by it is known to all, and by which procedure.
    this.id(passing, `${about} a silence that passed`, everybody);
    await this.#passes(90_000 + drainMs);
  }

  async #corrects(phase: number, preset: DisclosurePreset): Promise<void> {
    const rule = ruleOf(preset);
    const [first] = this.#pair(preset);
    const name = `${phase}agreed`;
    const about = `phase ${phase}, ${preset}:`;
    await this.does("chair", { kind: "gavel", ...this.#on(name) });
    await this.does("chair", {
      kind: "editorial-correction",
      ...this.#on(name),
      text: `${wordsFor(name, 8).join(" ")} ${this.word(`${about} corrected words`, everybody)}`,
      reason: this.word(`${about} why it was corrected`, everybody),
    });
    const why = this.word(`${about} why a correction was contested`, to(rule.reason, first));
    await this.does(`delegation:${first}`, { kind: "contest-correction", paragraph: idOf(name), reason: why });
    await this.does("chair", { kind: "gavel", ...this.#on(`${phase}gone`) });
    const reopened = this.word(`${about} why it was reopened`, everybody);
    await this.does("chair", { kind: "reopen", paragraph: idOf(`${phase}gone`), reason: reopened });
    const reason = this.word(`${about} why it was moved`, everybody);
    await this.does("chair", { kind: "move-paragraph", paragraph: idOf(`${phase}moved`), to: "chair-summary", reason });
    const on = this.#on(`${phase}moved`);
    const from = this.#words(`${phase}moved`).indexOf("some States");
    await this.does("chair", { kind: "tie-quantifier", ...on, from, delegations: [xaa] });
    for (const ending of ["answered", "withdrawn"]) {
      const text = this.word(`${about} a correction of fact that is ${ending}`, to(rule.reason, first));
      const request = (await this.does(`delegation:${first}`, {
        kind: "request-correction",
        ...on,
        text,
      })) as CorrectionRequestId;
      this.id(request, `${about} that a correction is asked for and ${ending}`, to(rule.existence, first));
      const refused = this.word(
        `${about} why a correction is ${ending}`,
        ending === "answered" ? to(rule.reason, first) : only(),
      );
      if (ending === "answered")
        await this.does("secretariat", { kind: "answer-correction", request, corrected: false, reason: refused });
      else await this.does(`delegation:${first}`, { kind: "withdraw-correction-request", request });
    }
  }

  /** In a room that is in no log: one delegation has joined, one is asked in. */
  async #draftsTogether(): Promise<void> {
    const { drafting } = this.talks;
    const words = this.word("words that are drafted together", only(xaa, xab));
    const opening = {
      change: "replace",
      ...this.#on("drafted"),
      content: [{ t: "text", text: `${this.#words("drafted")} ${words}` }],
      reason: this.word("the reason of what is drafted together", only(xaa, xab)),
      invited: [xab, xag],
    } as const;
    const opened = await drafting.begin(opening, this.#actor("delegation:XAA"), "drafting");
    if (!opened.ok) throw new Error(JSON.stringify(opened));
    await drafting.act(opened.value, { kind: "join" }, this.#actor("delegation:XAB"));
    this.id(opened.value, "that words are drafted together", only(xaa, xab, xag));
    const room = drafting.seenBy(xaa).find(({ id }) => id === opened.value)!.room!;
    this.id(room, "the room in which they are drafted", only(xaa, xab));
    this.drafting = { id: opened.value, room };
  }

  /** Words change and positions with them; then the draft goes on, unseen. */
  async #redrafts(preset: DisclosurePreset): Promise<void> {
    const rule = ruleOf(preset);
    const quote = wordsFor("split", 9).slice(4).join(" ");
    const from = this.#words("split").indexOf(quote);
    await this.#lodges("split", "delegation:XAA", "objection", { span: { from, to: from + quote.length, quote } });
    const lapsing = await this.#lodges("lapsing", "delegation:XAA", "objection", {
      reason: this.word("reason of an objection that lapses", to(rule.reason, xaa)),
    });
    this.id(lapsing, "an objection that lapses", to(rule.existence, xaa));
    const reworded = await this.#lodges("reworded", "delegation:XAA", "objection", {});
    const met = await this.#lodges("reworded", "delegation:XAB", "objection", {});
    await this.#types([
      this.#retyped("split", wordsFor("split", 4).join(" ")),
      this.#retyped("beside", `${wordsFor("beside", 3).join(" ")} ${quote}`),
      this.#retyped("lapsing", wordsFor("lapsed", 9).join(" ")),
      this.#retyped("reworded", wordsFor("again", 9).join(" ")),
      this.#retyped("kept", wordsFor("kept", 6).join(" ")),
      ...this.#overtaken.map(({ name }) => this.#retyped(name, wordsFor(`${name}anew`, 9).join(" "))),
    ]);
    const overtaken = this.#overtaken.map(({ name }) => name);
    for (const name of ["split", "beside", "lapsing", "reworded", "kept", ...overtaken]) {
      const reason = this.word(`why ${name} was changed, in the version that has the change`, everybody);
      await this.does("secretariat", { kind: "cover-change", paragraph: idOf(name), reason });
    }
    await this.does("chair", { kind: "issue-version", label: "Rev.1", note: this.word("a cover note", everybody) });
    await this.does("delegation:XAA", {
      kind: "reaffirm-position",
      position: reworded,
      wording: this.#on("reworded").wording,
    });
    await this.does("delegation:XAB", { kind: "confirm-met", position: met, wording: this.#on("reworded").wording });
    for (const { id: position, code, name } of this.#overtaken) {
      const { wording } = this.#on(name);
      if (name.endsWith("stood"))
        await this.does(`delegation:${code}`, { kind: "reaffirm-position", position, wording });
      if (name.endsWith("met")) await this.does(`delegation:${code}`, { kind: "confirm-met", position, wording });
    }
    await this.does("chair", {
      kind: "announce-silence",
      scope: [idOf("lapsing"), ...overtaken.filter((name) => name.endsWith("rephrased")).map(idOf)],
      deadline: (this.clock.now() + 30_000) as EpochMs,
      zone: "UTC",
      lapses: true,
    });
    await this.#passes(30_000 + drainMs);
    const restored = this.word("why words were restored", everybody);
    await this.does("chair", { kind: "restore", version: "zero-draft", paragraph: idOf("kept"), reason: restored });
    // Unseen from here on.
    await this.#types([
      this.#retyped("draft", `${wordsFor("draft", 4).join(" ")} ${this.word("words of the draft", this.#unissued)}`),
      {
        kind: "insert-block",
        after: idOf("draft"),
        block: paragraph("fresh", this.word("a paragraph of the draft", this.#unissued)),
      },
    ]);
    this.id(idOf("fresh"), "the id of a paragraph of the draft", this.#unissued);
    const cover = this.word("why the draft was changed", this.#unissued);
    await this.does("secretariat", { kind: "cover-change", paragraph: idOf("draft"), reason: cover });
    const { wording } = this.#on("bracket", true);
    const lifted = this.word("why a bracket was lifted in the draft", this.#unissued);
    const bracket = { kind: "lift-bracket", paragraph: idOf("bracket"), wording, at: 10, how: "keep" } as const;
    await this.does("secretariat", { ...bracket, reason: lifted });
    const move = { kind: "move-paragraph", paragraph: idOf("fresh"), to: "chair-summary" } as const;
    await this.does("secretariat", { ...move, reason: this.word("why it was moved in the draft", this.#unissued) });
  }

  /** What nobody may know of but the chair's team and, of its own, one delegation. */
  async actsUnseen(): Promise<void> {
    await this.does("delegation:XAA", { kind: "invite", seat: parseSeat("reader:XAA")! });
    await this.#types([this.#retyped("draft", `${flatText(this.#block("draft", true).content)} unseen`)]);
    await this.does("secretariat", { kind: "cover-change", paragraph: idOf("draft"), reason: "Unseen." });
    const paper = { id: "unseen".padEnd(22, "0"), kind: "note", paragraph: idOf("split"), text: "Unseen." };
    const row = { negotiation: this.talks.row.id, delegation: xaa, id: paper.id };
    await this.server.ports.store.commit([{ kind: "paper", row: { ...row, paper: JSON.stringify(paper) } }]);
    const sponsor = { kind: "sponsor", wording: null } as const;
    await this.talks.drafting.act(this.drafting.id, sponsor, this.#actor("delegation:XAB"));
  }

  /** Circulated, adopted with what still stands, and stated on. */
  async adopts(): Promise<void> {
    // Those who walked had identifiers made: of some worlds more than of others.
    this.#reseed(3);
    for (const proposal of this.proposals)
      await this.does("chair", {
        kind: "dispose-proposal",
        proposal,
        fate: "not-taken-up",
        reason: "Not at this stage.",
      });
    const bracketed = this.telling.phases.map((_, phase) => `${phase}bracketing`);
    await this.#types(bracketed.map((name) => this.#retyped(name, wordsFor(name, 9).join(" "))));
    const covers = [
      { paragraph: idOf("fresh"), reason: "A paragraph of the chair's." },
      ...bracketed.map((name) => ({ paragraph: idOf(name), reason: "Without brackets." })),
    ];
    await this.does("chair", { kind: "issue-version", label: "Final draft", covers });
    this.#isIssued = true;
    for (const { id, part, kind, content } of this.talks.record.text) {
      if (kind !== "paragraph" || part !== "consensus" || !this.talks.record.gavels.get(id)?.reopened) continue;
      await this.does("chair", { kind: "gavel", paragraph: id, wording: wordingOf(content).hash });
    }
    await this.does("chair", { kind: "adopt", note: this.word("a note of adoption", everybody) });
    const text = this.word("a statement", everybody);
    const statement = { kind: "make-statement", form: "dissociation", paragraphs: [idOf("split")] } as const;
    await this.does("delegation:XAA", { ...statement, text });
  }

  /** Entries as a webhook was sent them, when all are. */
  async posted(): Promise<readonly SeenEntry[]> {
    const { upTo } = this.talks.frame(thePublic, 0);
    while ((this.#posted.at(-1)?.seq ?? 0) < upTo) await new Promise((next) => setTimeout(next));
    return this.#posted;
  }

  /** In the room of the record, from the first circulation on. */
  #listens(who: Viewer): void {
    const frames: Uint8Array[] = [];
    const socket = {
      bufferedAmount: 0,
      readyState: 1,
      close: () => undefined,
      terminate: () => undefined,
      send: (frame: Uint8Array) => void frames.push(frame),
    };
    const { limits } = this.server.ports;
    const allowance = new Allowance(limits, this.clock);
    this.talks.recordRoom.join(socket, {
      actor: null,
      viewer: eyesOf(who),
      access: () => "read",
      allowance,
      after: 0,
    });
    this.heard.set(who.name, frames);
  }

  #isIssued = false;
  readonly #unissued: May = (viewer) => viewer.side === "team" || this.#isIssued;

  // ---------- what it is told with ----------

  /** A word that stands nowhere else. */
  word(of: string, may: May): string {
    const word = `zq${String(this.canaries.length).padStart(4, "0")}qz`;
    this.canaries.push({ word, of, may });
    return word;
  }

  /** An identifier tells that there is something. */
  id(word: string, of: string, may: May): void {
    this.canaries.push({ word, of, may });
  }

  async does(seat: string, command: Command): Promise<string> {
    this.clock.advance(1_000);
    const done = await this.talks.submit(command, this.#actor(seat), `key ${this.talks.record.seq}`);
    if (!done.ok) throw new Error(`${command.kind} by ${seat}: ${JSON.stringify(done)}`);
    return done.id ?? "";
  }

  async #lodges(
    name: string,
    seat: string,
    level: Level,
    more: Partial<Extract<Command, { kind: "lodge-position" }>>,
  ): Promise<PositionId> {
    return (await this.does(seat, { kind: "lodge-position", ...this.#on(name), level, ...more })) as PositionId;
  }

  /** Who does what the two interchangeable delegations do. */
  #pair(preset: DisclosurePreset): readonly [DelegationCode, DelegationCode] {
    return this.telling.swapped?.has(preset) ? [xad, xac] : [xac, xad];
  }

  #actor(seat: string): Actor {
    const held = this.talks.record.holdings.findLast((holding) => spellSeat(holding.seat) === seat);
    if (!held) throw new Error(`nobody holds ${seat}`);
    return { person: held.person, name: held.name, seat: held.seat };
  }

  #block(name: string, inDraft = false): Block {
    const text = inDraft ? this.talks.textFor({ kind: "team" }) : this.talks.record.text;
    const block = text.find(({ id }) => id === idOf(name));
    if (!block) throw new Error(`no paragraph ${name}`);
    return block;
  }

  #words(name: string): string {
    return flatText(this.#block(name).content);
  }

  #on(name: string, inDraft = false) {
    const { id, content } = this.#block(name, inDraft);
    return { paragraph: id, wording: wordingOf(content).hash };
  }

  #retyped(name: string, text: string): TextEdit {
    return { kind: "replace-content", paragraph: idOf(name), content: [{ t: "text", text }] };
  }

  /** Typed by the chair's team. */
  async #types(edits: readonly TextEdit[]): Promise<void> {
    const { textRoom } = this.talks;
    await textRoom.transact(() => {
      writeEdits(textRoom.doc, edits, this.#chance);
      return { writes: [], result: undefined };
    });
  }

  /** Time, in steps that no server takes for an outage; what falls due on the way is settled before it goes on. */
  async #passes(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 20_000) {
      this.clock.advance(Math.min(left, 20_000));
      const due = (): boolean =>
        runningSilences(this.talks.record).some(({ deadline }) => deadline + drainMs <= this.clock.now());
      do await new Promise((next) => setTimeout(next));
      while (due());
    }
  }
}
