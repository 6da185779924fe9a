/** Codecs of what the HTTP interface answers: the source of the OpenAPI document, and what tests hold every answer against. */
import * as z from "zod";
import { languages } from "../domain/languages.ts";
import { agreements } from "../domain/values.ts";
import type { RecordFrame, SeenEntry, Why } from "../domain/entries.ts";
import type { TablesRead, TextRead } from "./intake.ts";
import { brought, intakeNotices } from "./intake.ts";
import type { Recognised } from "../domain/editions.ts";
import type { ImportReport } from "../domain/import-text.ts";
import type { ComposedParagraph, ComposedReport } from "../domain/report.ts";
import { distributions } from "../domain/report.ts";
import { statementForms } from "../domain/adoption.ts";
import { groupKinds } from "../domain/groups.ts";
import { writtenKinds } from "../domain/papers.ts";
import { conditionStates } from "../domain/conditions.ts";
import { levels, questions } from "../domain/positions.ts";
import { bridgingAnswers } from "../domain/bridging.ts";
import { changes, fates } from "../domain/proposals.ts";
import type { SeenBridging } from "../domain/seen-bridging.ts";
import type { SeenProposal } from "../domain/seen-proposals.ts";
import type { AwaitedKind } from "../domain/awaited.ts";
import type {
  ChangedAnswer,
  ClientIdAnswer,
  CommandAnswer,
  FeedKey,
  FeedKeyMade,
  Invitation,
  Me,
  NegotiationInfo,
  NegotiationSummary,
  Problem,
  Receipts,
  LineAnswer,
  TicketAnswer,
  SeenAnswer,
} from "./api.ts";
import { lodgePosition } from "./commands.ts";
import {
  bridgingId,
  condition,
  correctionRequestId,
  delegationCode,
  delegationKind,
  disclosurePreset,
  draftingId,
  ground,
  groupId,
  level,
  method,
  packageId,
  paragraphCondition,
  paragraphId,
  part,
  positionId,
  proposalId,
  regionalGroup,
  remedy,
  silenceId,
  slug,
  span,
  spelledSeat,
  topic,
  versionName,
  wordingHash,
  personId,
} from "./values.ts";

const count = z.int().min(0);
const instant = z.iso.datetime({ precision: 3 }).describe("ISO 8601, UTC, with milliseconds");
const epoch = z.int().min(0).describe("Milliseconds since 1970, UTC");
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const address = z.url();

export const receipt = z.strictObject({ seq: count, hash, at: instant });
export const commandAnswer = z.strictObject({
  receipt,
  id: z.string().exactOptional().describe("The id of what was made, for example of a position"),
  link: address.exactOptional().describe("For `invite`: the one-time sign-in address"),
}) satisfies z.ZodType<CommandAnswer>;

export const me = z.strictObject({
  person: z.strictObject({ id: personId, name: z.string() }).nullable(),
  seats: z.array(z.strictObject({ negotiation: slug, title: z.string(), seat: spelledSeat, name: z.string() })),
  mayOpen: z.boolean(),
  mayUnarchive: z.boolean(),
}) satisfies z.ZodType<Me>;

export const negotiationSummaries = z.strictObject({
  negotiations: z.array(
    z.strictObject({
      slug,
      title: z.string(),
      agreed: count,
      total: count,
      circulatedAt: instant.nullable(),
      seats: z.array(spelledSeat),
    }) satisfies z.ZodType<NegotiationSummary>,
  ),
});

export const negotiationInfo = z.strictObject({
  slug,
  title: z.string(),
  method,
  disclosure: disclosurePreset,
  phases: z
    .array(z.strictObject({ disclosure: disclosurePreset, name: z.string().nullable(), from: instant, seq: count }))
    .describe("Every rule of disclosure there was, oldest first, and last the one that is announced, if one is"),
  silenceMinimumHours: z.number(),
  topics: z.array(topic),
  versions: z
    .array(
      z.strictObject({
        name: versionName.describe("In addresses: /n/S/v/NAME"),
        label: z.string(),
        symbol: z.string().nullable(),
        date: z.iso.date(),
        note: z.string().nullable(),
        seq: count,
        at: instant,
      }),
    )
    .describe("Issued versions, oldest first"),
  circulations: z.array(z.strictObject({ seq: count, at: instant, note: z.string().nullable() })),
  delegations: z.array(z.strictObject({ code: delegationCode, name: z.string(), kind: delegationKind, regionalGroup })),
  groups: z.array(
    z.strictObject({
      id: groupId,
      name: z.string(),
      kind: z.enum([...groupKinds, "regional"]),
      members: z.array(delegationCode),
      speaker: delegationCode.nullable(),
    }),
  ),
  rooms: z.strictObject({
    text: z.string().nullable().describe("Room of the live text; null where this caller may not join it"),
    record: z.string().describe("Room through which everyone is told of new entries"),
  }),
  rights: z
    .record(z.string(), z.string().nullable())
    .describe("For each act that is a matter of role: null where allowed, else the code of the refusal")
    .transform((rights) => rights as NegotiationInfo["rights"]),
  seat: spelledSeat.nullable(),
  seen: count
    .nullable()
    .describe("The last entry that this person in this seat has seen; null when unknown, or where many share the seat"),
  demo: z.boolean(),
}) satisfies z.ZodType<NegotiationInfo>;

export const seenAnswer = z.strictObject({ seen: count }) satisfies z.ZodType<SeenAnswer>;

const written = { id: z.string(), by: z.string(), at: epoch };
/** For the delegation's own seats alone. */
export const papers = z.strictObject({
  papers: z.array(
    z.union([
      z.strictObject({ ...written, kind: z.enum(writtenKinds), paragraph: paragraphId, text: z.string() }),
      z.strictObject({ ...written, kind: z.literal("draft"), position: lodgePosition }),
    ]),
  ),
});

const draftingRoom = z.strictObject({
  id: z.string(),
  at: epoch,
  change: z.enum(changes),
  paragraph: paragraphId,
  wording: wordingHash,
  to: part.exactOptional(),
  standing: z.enum(["invited", "joined"]),
  leader: delegationCode.nullable(),
  members: z
    .array(
      z.strictObject({
        code: delegationCode,
        standing: z.enum(["invited", "joined", "declined", "left", "taken-out"]),
        sponsors: wordingHash.nullable().describe("The words that it sponsors, and no others"),
      }),
    )
    .describe("Of an invitation only who asks and who is asked"),
  ended: z.strictObject({ at: epoch, by: delegationCode, proposal: proposalId.nullable() }).nullable(),
  room: z
    .string()
    .nullable()
    .describe("Where its words are, of the blocks `words` and `reason`; null before one has joined"),
});
/** For the delegations in them alone. */
export const draftingRooms = z.strictObject({ rooms: z.array(draftingRoom) });
export const draftingOpened = z.strictObject({ id: z.string(), rooms: z.array(draftingRoom) });

const named = z.strictObject({
  code: delegationCode,
  name: z.string(),
  group: z.strictObject({ id: groupId, name: z.string() }).exactOptional().describe("On whose behalf it spoke"),
});
export const inline = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("text"),
    text: z.string(),
    marks: z.array(z.enum(["strong", "em", "underline"])).exactOptional(),
  }),
  z.strictObject({ t: z.literal("footnote"), id: z.string(), text: z.string() }),
  z.strictObject({ t: z.literal("ref"), to: paragraphId }),
]);
const canonical = z
  .string()
  .describe(
    "Canonical text, in which spans count: a footnote or a reference is one U+FFFC, and the content says which",
  );
const counts = z.strictObject(
  Object.fromEntries(levels.map((name) => [name, count])) as Record<(typeof levels)[number], typeof count>,
);

const seenPosition = z.strictObject({
  id: positionId,
  level,
  by: named.exactOptional(),
  wording: wordingHash,
  stale: z.boolean(),
  standing: z.boolean(),
  confirmed: z.boolean(),
  placement: part.nullable(),
  endingHeard: z.enum(["withdrawn", "met"]).nullable(),
  asked: z.object({ whether: z.enum(questions), note: z.string().nullable() }).exactOptional(),
  declined: z.object({ whether: z.enum(questions), reason: z.string().nullable() }).exactOptional(),
  holder: z.string(),
  ofState: z.boolean(),
  at: epoch,
  span: span.exactOptional(),
  quoted: z
    .array(inline)
    .exactOptional()
    .describe("The words of `span` with their notes and references, as they stood in the wording it was taken on"),
  ground: ground.exactOptional(),
  reason: z.string().exactOptional(),
  remedy: remedy.exactOptional(),
  condition: z.string().exactOptional(),
  conditions: z.array(condition).exactOptional(),
  behind: z
    .strictObject({
      count,
      states: z.array(named),
      aligned: z.array(named),
      adds: z.array(z.strictObject({ by: named, words: z.string() })),
      departed: z.array(z.strictObject({ by: named, reason: z.string().exactOptional() })),
    })
    .exactOptional()
    .describe("For a group's position: how many states it counts for, and which of them said so or departed"),
});

const seenHunk = z.strictObject({
  from: count,
  to: count,
  content: z.array(inline),
  place: z.discriminatedUnion("state", [
    z.strictObject({ state: z.enum(["clean", "in-text"]), from: count, to: count }),
    z.strictObject({ state: z.literal("conflict"), why: z.enum(["changed", "taken", "ambiguous", "rewritten"]) }),
  ]),
});
const seenProposal = z.strictObject({
  id: proposalId,
  kind: z.enum(changes),
  by: named.exactOptional(),
  holder: z.string(),
  cosponsors: z.array(named),
  sponsors: count.describe("All of them, the author included, also those whose names may not be known"),
  heard: z.array(named).describe("Heard from the floor as joining it; they count once they join"),
  wording: wordingHash.describe("The words it was made on"),
  stale: z.boolean(),
  to: part.nullable(),
  confirmed: z.boolean(),
  at: epoch,
  supersedes: proposalId.nullable(),
  fate: z
    .strictObject({
      kind: z.enum(fates),
      at: epoch,
      reason: z.string().exactOptional(),
      into: proposalId.exactOptional(),
      block: paragraphId.exactOptional(),
      used: z.array(z.string()).exactOptional(),
    })
    .nullable(),
  text: canonical.exactOptional(),
  content: z.array(inline).exactOptional(),
  base: canonical.exactOptional(),
  baseContent: z.array(inline).exactOptional(),
  hunks: z
    .array(seenHunk)
    .exactOptional()
    .describe("What it changes: ranges of the words it was made on, and their place in today's words"),
  reason: z.string().exactOptional(),
  invited: z.literal(true).exactOptional(),
});
true satisfies keyof SeenProposal extends keyof z.infer<typeof seenProposal> ? true : never;

const seenBridging = z.strictObject({
  id: bridgingId,
  at: epoch,
  proposals: z.array(proposalId).describe("What it was made of"),
  base: canonical,
  baseContent: z.array(inline),
  text: canonical,
  content: z.array(inline),
  hunks: z.array(seenHunk).exactOptional(),
  reason: z.string().nullable(),
  asked: z
    .array(
      z.strictObject({
        by: named,
        answer: z.enum(bridgingAnswers).nullable(),
        reason: z.string().nullable(),
        at: epoch.nullable(),
        confirmed: z.boolean().describe("False: heard from the floor"),
        left: z.boolean().describe("Nothing that it proposed, and that was used, stands any more"),
      }),
    )
    .describe("The chair's team sees every answer, a sponsor its own"),
  ended: z
    .strictObject({ how: z.enum(["taken-up", "withdrawn"]), reason: z.string().nullable(), at: epoch })
    .nullable(),
});
true satisfies keyof SeenBridging extends keyof z.infer<typeof seenBridging> ? true : never;

const seenRequest = z.strictObject({
  id: z.string(),
  wording: wordingHash,
  confirmed: z.boolean(),
  at: epoch,
  by: named.exactOptional(),
  says: z.string().exactOptional(),
  span: span.exactOptional(),
  answer: z
    .strictObject({
      how: z.enum(["corrected", "not-corrected", "withdrawn"]),
      at: epoch,
      after: wordingHash.nullable(),
      reason: z.string().exactOptional(),
      outstanding: z
        .literal(true)
        .exactOptional()
        .describe("The words of the correction are not in circulation, or those complained of are again"),
    })
    .nullable(),
});

const composedParagraph = z.strictObject({
  id: paragraphId,
  number: z.string(),
  level: z.int().min(0).max(2),
  kind: z.enum(["heading", "paragraph"]),
  text: canonical,
  content: z.array(inline),
  part,
  status: z.enum(["agreed", "contested", "reopened", "open"]).nullable(),
  agreedBy: z.enum(agreements).nullable().describe("What agreed these words; null while they are not"),
  wording: wordingHash,
  counts: counts.nullable(),
  positions: z.array(seenPosition),
  proposals: z.array(seenProposal),
  bridging: z.array(seenBridging).describe("Bridging text put back to the proposers, for them and the chair's team"),
  quantifiers: z
    .array(
      z.strictObject({
        from: count,
        to: count,
        words: z.string(),
        by: z.array(named),
        warning: z.enum(["untied", "stale", "fewer", "more"]).exactOptional(),
      }),
    )
    .describe(
      "In the chair's summary: words such as `some States`, and for whom they speak; warnings for the chair's team",
    ),
  corrections: z.array(seenRequest).describe("Requests for a correction of fact in the chair's summary"),
});

const blockerKind = z.enum([
  "objection",
  "placement",
  "brackets",
  "alternatives",
  "reopened",
  "reopening-asked",
  "words-removed",
  "proposal",
]);

const frozenWording = z.strictObject({ paragraph: paragraphId, wording: wordingHash });

export const composedReport = z.strictObject({
  title: z.string(),
  slug,
  seq: count,
  circulatedAt: epoch.nullable(),
  parts: z.strictObject({ consensus: z.array(composedParagraph), chairSummary: z.array(composedParagraph) }),
  disclaimer: z.string().describe("What the chair's summary says of itself"),
  annex: z
    .array(
      z.strictObject({
        paragraph: paragraphId,
        number: z.string().nullable(),
        part,
        proposals: z.array(seenProposal),
        alternatives: z.array(
          z.strictObject({ id: paragraphId, text: canonical, content: z.array(inline), reason: z.string() }),
        ),
        corrections: z.array(seenRequest).describe("On a removed paragraph; of others they stand beside it"),
      }),
    )
    .describe("Annex to the chair's summary: proposals that were not taken up, or not in full, by paragraph"),
  alternatives: z
    .array(z.strictObject({ number: z.string(), paragraphs: z.array(paragraphId) }))
    .describe("Paragraphs of which one is to be chosen, with the number they take between them"),
  vacancies: z
    .array(
      z.strictObject({
        id: paragraphId,
        number: z.string(),
        part,
        after: paragraphId.nullable(),
        why: z.enum(["deleted", "moved"]),
      }),
    )
    .describe("Numbers of the last issued version that nothing stands for any more"),
  blockers: z.array(
    z.strictObject({
      paragraph: paragraphId,
      why: blockerKind,
      by: named.exactOptional(),
      position: positionId.exactOptional(),
      proposal: proposalId.exactOptional(),
    }),
  ),
  overview: z.strictObject({
    total: count,
    agreed: count,
    blocked: count.nullable().describe("Paragraphs that stand between here and consensus"),
    proposed: count.nullable().describe("Paragraphs on which nothing but proposals stands, for the chair to answer"),
    delegations: count.nullable(),
    steps: z.array(
      z.strictObject({
        paragraph: paragraphId,
        number: z.string(),
        by: z.array(named),
        kinds: z.array(blockerKind),
        remedies: z.array(remedy),
        words: count,
        whole: z.boolean().describe("Something here is about all of its paragraph, or may be"),
        links: z
          .array(
            z.strictObject({
              position: positionId,
              by: named.exactOptional(),
              condition,
              state: z.enum(conditionStates),
            }),
          )
          .describe("What the objections here hang on elsewhere, and how that stands"),
        frees: z
          .array(paragraphId)
          .describe("Other paragraphs that nothing would stand against once this one is settled"),
        falls: z.boolean().describe("Everything here falls by itself once the smallest set is settled"),
      }),
    ),
    smallest: z
      .strictObject({
        delegations: count.nullable(),
        things: count.describe("Objections, proposals, brackets and reopened paragraphs"),
        words: count,
        exact: z.boolean().describe("False when the search ended early, and a smaller set may exist"),
        rings: z.array(z.array(paragraphId)).describe("Paragraphs whose objections wait for each other"),
      })
      .nullable()
      .describe("What has to be settled one by one; everything else falls by itself"),
  }),
  silences: z.array(
    z.strictObject({
      id: z.string(),
      seq: count,
      at: epoch.describe("When it was announced"),
      whole: z.boolean(),
      paragraphs: z.array(frozenWording),
      deadline: epoch,
      zone: z.string(),
      lapses: z.boolean(),
      adopts: z.boolean(),
      note: z.string().nullable(),
      extensions: z.array(
        z.strictObject({
          at: epoch,
          from: epoch,
          to: epoch,
          reason: z.string().nullable(),
          outage: z.strictObject({ from: epoch, to: epoch, clock: z.literal(true).exactOptional() }).nullable(),
        }),
      ),
      breaks: z.array(
        z.strictObject({
          id: z.string(),
          at: epoch,
          paragraphs: z.array(paragraphId),
          inTime: z.boolean(),
          confirmed: z.boolean(),
          by: named.exactOptional(),
          reason: z.string().exactOptional(),
          alsoFor: z.array(named).exactOptional(),
        }),
      ),
      ended: z
        .discriminatedUnion("how", [
          z.strictObject({ how: z.literal("cancelled"), seq: count, at: epoch, reason: z.string() }),
          z.strictObject({ how: z.literal("closed"), seq: count, at: epoch, passed: z.array(frozenWording) }),
        ])
        .nullable(),
    }),
  ),
  adoption: z
    .strictObject({
      seq: count,
      at: epoch,
      byConsensus: z.boolean(),
      silence: z.string().nullable(),
      note: z.string().nullable(),
      objections: count.nullable(),
      by: z.array(named),
    })
    .nullable(),
  statements: z.array(
    z.strictObject({
      id: z.string(),
      seq: count,
      at: epoch,
      by: named,
      form: z.enum(statementForms),
      paragraphs: z.array(paragraphId),
      text: z.string(),
      confirmed: z.boolean(),
    }),
  ),
  packages: z
    .array(
      z.strictObject({
        id: packageId,
        title: z.string(),
        paragraphs: z.array(paragraphId),
        conditions: z.array(z.strictObject({ condition: paragraphCondition, state: z.enum(conditionStates) })),
        state: z.enum(conditionStates),
        releasedAt: epoch.nullable().describe("Null: prepared by the chair's team, which alone knows of it"),
        changed: z.boolean().describe("Other terms are prepared than those released; known to the chair's team"),
        withdrawn: z.strictObject({ at: epoch, reason: z.string().nullable() }).nullable(),
      }),
    )
    .describe("What the chair offers as a whole"),
  corrections: z
    .array(
      z.strictObject({
        paragraph: paragraphId,
        seq: count,
        at: epoch,
        reason: z.string(),
        before: z.string(),
        after: z.string(),
        content: z.strictObject({ before: z.array(inline), after: z.array(inline) }),
        label: z
          .string()
          .nullable()
          .describe("Of the version that carries it, such as Corr.1; null until one is issued"),
      }),
    )
    .describe("Editorial corrections that the chair made after the adoption"),
  distribution: z.enum(distributions).describe("How far it may be handed on"),
  language: z.enum(languages).describe("What it is written in"),
  lengths: z.strictObject({ consensus: count, chairSummary: count }),
});
// Times are plain numbers on the wire and branded in the domain, so the shapes are held together field by field.
true satisfies keyof ComposedReport extends keyof z.infer<typeof composedReport> ? true : never;
true satisfies keyof z.infer<typeof composedReport> extends keyof ComposedReport ? true : never;
true satisfies keyof ComposedParagraph extends keyof z.infer<typeof composedParagraph> ? true : never;

const awaitedKinds = [
  "to-confirm",
  "asked-met",
  "asked-dissociation",
  "words-in",
  "conditions-met",
  "condition-broken",
  "words-removed",
  "changed-after-objection",
  "changed-after-support",
  "words-corrected",
  "co-sponsor",
  "proposal-to-confirm",
  "bridging",
  "drafting",
  "group",
  "offer",
  "request-answered",
  "silence",
  "dissociation",
] as const satisfies readonly AwaitedKind[];
true satisfies AwaitedKind extends (typeof awaitedKinds)[number] ? true : never;
export const changed = z.strictObject({
  since: count,
  upTo: count,
  course: z
    .array(z.strictObject({ seq: count, at: epoch, kind: z.string() }))
    .describe("Versions, silences, the adoption and statements, each an entry of the record"),
  proposals: z.array(
    z.strictObject({
      proposal: proposalId,
      paragraph: paragraphId,
      outcome: z.enum(["used", "adapted", "not-used"]),
      fate: z.enum(fates),
      reason: z.string().nullable(),
      author: z.boolean().describe("False: it is a co-sponsor"),
      seq: count,
    }),
  ),
  agreed: z
    .array(
      z.strictObject({
        paragraph: paragraphId,
        how: z.enum(["reopened", "corrected", "anew"]),
        reason: z.string().nullable(),
        before: wordingHash,
        after: wordingHash.nullable(),
        seq: count,
      }),
    )
    .describe("Agreed words that were touched"),
  brackets: z
    .array(z.strictObject({ paragraph: paragraphId, opened: z.array(z.string()), lifted: z.array(z.string()) }))
    .describe("Where the delegation has a position or a proposal"),
  awaited: z
    .array(
      z.strictObject({
        kind: z.enum(awaitedKinds),
        paragraph: paragraphId.nullable(),
        position: positionId.exactOptional(),
        proposal: proposalId.exactOptional(),
        bridging: bridgingId.exactOptional(),
        drafting: draftingId.exactOptional(),
        group: groupId.exactOptional(),
        package: packageId.exactOptional(),
        request: correctionRequestId.exactOptional(),
        silence: silenceId.exactOptional(),
        until: epoch.nullable(),
        isNew: z.boolean(),
      }),
    )
    .describe("What waits for its answer, and until when"),
});
true satisfies keyof ChangedAnswer extends keyof z.infer<typeof changed> ? true : never;

const hidden = z.strictObject({ hidden: hash.describe("Salted commitment to what is not shown") });
export const seenEntry = z.union([
  z.strictObject({ seq: count, prev: hash, hash, sealed: z.literal(true) }),
  z.strictObject({
    v: z.literal(1),
    seq: count,
    prev: hash,
    hash,
    at: epoch,
    what: z.looseObject({ kind: z.string() }),
    who: z.union([
      z.strictObject({
        seat: z.looseObject({ role: z.string() }),
        onBehalfOf: delegationCode.exactOptional(),
        onBehalfOfGroup: groupId.exactOptional(),
        groupMembers: z.record(z.string(), z.string()).exactOptional().describe("Members and their pseudonyms there"),
      }),
      hidden,
    ]),
    person: z.union([z.strictObject({ id: z.string(), name: z.string() }), hidden]),
    why: z.union([
      z.strictObject({
        ground: ground.exactOptional(),
        reason: z.string().exactOptional(),
        remedy: remedy.exactOptional(),
        span: span.exactOptional(),
        condition: z.string().exactOptional(),
        conditions: z.array(condition).exactOptional(),
        alsoFor: z.array(delegationCode).exactOptional(),
        content: z.array(inline).exactOptional(),
        base: z.array(inline).exactOptional(),
        invited: z.array(delegationCode).exactOptional(),
        used: z.array(z.string()).exactOptional(),
      }),
      hidden,
    ]),
    salts: z.record(z.string(), z.string()),
  }),
]);
export const events = z
  .strictObject({ after: count, upTo: count, events: z.array(seenEntry) })
  .describe("Entries with `after < seq <= upTo`; sealed ones are sent with the next visible one");
const why = seenEntry.options[1].shape.why.options[0];
true satisfies keyof Why extends keyof z.infer<typeof why> ? true : never;
true satisfies keyof RecordFrame extends "kind" | keyof z.infer<typeof events> ? true : never;
true satisfies keyof Exclude<SeenEntry, { sealed: true }> extends keyof Exclude<
  z.infer<typeof seenEntry>,
  { sealed: true }
>
  ? true
  : never;

export const invitations = z.strictObject({
  invitations: z.array(
    z.strictObject({
      seat: spelledSeat,
      name: z.string(),
      link: address,
      expires: instant,
    }) satisfies z.ZodType<Invitation>,
  ),
});
export const feedKey = z.strictObject({
  expires: instant.nullable().describe("Null where there is none"),
}) satisfies z.ZodType<FeedKey>;
export const feedKeyMade = z.strictObject({
  expires: instant,
  atom: address,
  json: address,
  calendar: address,
}) satisfies z.ZodType<FeedKeyMade>;
export const receipts = z.strictObject({
  receipts: z.array(z.strictObject({ code: delegationCode, name: z.string(), at: instant })),
}) satisfies z.ZodType<Receipts>;
export const opened = z.strictObject({ slug });
/** What an import took, and how often it met each trouble. */
export const imported = z.strictObject({
  title: z.string().nullable().describe("What the text calls itself"),
  headings: count,
  paragraphs: z.strictObject({ consensus: count, "chair-summary": count }),
  footnotes: count,
  brackets: count,
  numbers: count,
  references: z
    .strictObject({
      found: count.describe("Numbers of paragraphs typed in the text that could be references, or became some"),
      renumbered: count.describe("How many of these paragraphs have another number here"),
    })
    .describe("Made references where `references` asked for it"),
  warnings: z.record(z.string(), count),
  places: z
    .array(
      z.strictObject({
        code: z.string(),
        paragraph: paragraphId.nullable().describe("Where it was met; null for words that have no place"),
        words: z.string().exactOptional().describe("What was left out"),
      }),
    )
    .describe("Where each trouble was met, as far as it is one place"),
  recognised: z
    .strictObject({
      byMark: count.describe("Blocks found by the hidden marks of a file that we wrote"),
      byWords: count,
      doubled: z.array(paragraphId).describe("Marked in several places in different words: the words decided"),
      contradicted: z.array(paragraphId).describe("Marked where the words of another block stand: the words decided"),
    })
    .exactOptional()
    .describe("Of a next edition") satisfies z.ZodType<Recognised | undefined>,
});
true satisfies keyof ImportReport extends keyof z.infer<typeof imported> ? true : never;
export const textRead = z.strictObject({
  format: z.enum(brought),
  encoding: z.string().nullable().describe("Of a file of words, by its name in the Encoding Standard"),
  changes: count.describe("How many changes are tracked in it"),
  text: z
    .string()
    .nullable()
    .describe("As it can be imported; null while changes are tracked in it and nobody has said what is done with them"),
  notices: z.array(
    z.strictObject({
      code: z.enum(intakeNotices),
      count,
      at: z
        .array(
          z.strictObject({
            before: z.string(),
            after: z.string(),
            words: z.string().exactOptional().describe("What was left out there"),
          }),
        )
        .describe("The first places where it was met, as far as they are known: between which words"),
    }),
  ),
}) satisfies z.ZodType<TextRead>;
export const tablesRead = z.strictObject({
  sheets: z.array(z.strictObject({ name: z.string(), cells: z.array(z.array(z.string())) })),
  formulas: count.describe("Cells that a program computes: what it last showed was read"),
}) satisfies z.ZodType<TablesRead>;
export const clientIdAnswer = z.strictObject({
  clientId: z.int().min(0).max(0xffff_ffff),
}) satisfies z.ZodType<ClientIdAnswer>;
export const ticketAnswer = z.strictObject({ ticket: z.string(), expires: instant }) satisfies z.ZodType<TicketAnswer>;
export const lineAnswer = z.strictObject({ line: z.string() }) satisfies z.ZodType<LineAnswer>;

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  reference: z.string().exactOptional(),
  paragraph: paragraphId.exactOptional(),
  paragraphs: z.array(paragraphId).exactOptional(),
  by: z.array(delegationCode).exactOptional(),
  issues: z.array(z.strictObject({ path: z.string(), message: z.string() })).exactOptional(),
}) satisfies z.ZodType<Problem>;

/** As oembed.com has it. */
export const oembed = z.strictObject({
  type: z.literal("rich"),
  version: z.literal("1.0"),
  title: z.string(),
  provider_name: z.string(),
  provider_url: address,
  html: z.string(),
  width: count,
  height: count,
});
