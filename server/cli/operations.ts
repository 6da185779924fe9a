/** What the command line can do to the data, the same whether a server runs on it or not. */
import * as z from "zod";
import { verifySeen } from "../../shared/domain/chain.ts";
import type { ImportReport } from "../../shared/domain/import-text.ts";
import { importText } from "../../shared/domain/import-text.ts";
import { parseSeat, spellSeat, thePublic } from "../../shared/domain/roster.ts";
import type { ParagraphId, PersonId } from "../../shared/domain/values.ts";
import { mintId } from "../../shared/domain/values.ts";
import { sayEditionRefused, sayRecognised } from "../../shared/messages/editions.ts";
import { sayPlace } from "../../shared/messages/met-in-file.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { trackedChoices } from "../../shared/wire/intake.ts";
import { lineInput } from "../../shared/wire/text-input.ts";
import { slug, spelledSeat } from "../../shared/wire/values.ts";
import { version as release } from "../home.ts";
import type { Identity } from "../http/identity.ts";
import { openerSeat, seatExists, seatName } from "../http/identity.ts";
import type { Demo } from "../http/ports.ts";
import type { Site } from "../http/origins.ts";
import type { House } from "../negotiation/house.ts";
import { SlugTaken } from "../negotiation/house.ts";
import type { LiveNegotiation } from "../negotiation/live-negotiation.ts";
import { ServerFull } from "../negotiation/live-negotiation.ts";
import type { Ports } from "../negotiation/ports.ts";
import { BadArchive, openable, readArchive, writeArchive } from "../publication/archive.ts";
import { formats, shown } from "../publication/formats.ts";
import type { Reader } from "../reading/reader.ts";
import { ReaderBusy } from "../reading/reader.ts";
import { takeText } from "../intake/text-of.ts";
import type { Press } from "../publication/press.ts";
import { Damaged, StorageTrouble } from "../store/port.ts";
import type { Outcome } from "./control.ts";
import { demoLinks } from "./welcome.ts";

export interface Workplace extends Ports {
  readonly house: House;
  readonly identity: Identity;
  readonly site: Site;
  readonly press: Press;
  readonly reader: Reader;
  /** Opens the demo, or brings its beginning back. */
  readonly playDemo: () => Promise<Demo>;
}

/** Thrown for what the person at the keyboard can put right. */
class Mistake extends Error {}

interface Operation<Args> {
  readonly args: z.ZodType<Args>;
  readonly run: (place: Workplace, args: Args) => Promise<string> | string;
}

const operation = <Args>(args: z.ZodType<Args>, run: Operation<Args>["run"]): Operation<unknown> => ({
  args,
  run: run as Operation<unknown>["run"],
});

const inNegotiation = { negotiation: slug };
const seated = { ...inNegotiation, seat: spelledSeat, name: lineInput(120).exactOptional() };
const broughtFile = {
  bytes: z.base64(),
  file: z.string(),
  changes: z.enum(trackedChoices, `must be one of ${trackedChoices.join(", ")}`).exactOptional(),
  references: z.boolean(),
};

export const operations = {
  link: operation(
    z.strictObject({
      ...seated,
      negotiation: slug.exactOptional(),
      seat: z.union([spelledSeat, z.literal(openerSeat)]),
    }),
    async ({ house, identity, site }, { negotiation: of, seat, name = null }) => {
      if ((of === undefined) !== (seat === openerSeat)) {
        throw new Mistake(`--seat ${openerSeat} is for no negotiation; every other seat needs --negotiation`);
      }
      const negotiation = of === undefined ? null : existing(house, of);
      // Always with a name: a link of the host's is good whoever has come since.
      const called = name ?? (negotiation && seatName(negotiation, seatIn(negotiation, seat)));
      const { token } = await identity.makeLink({ negotiation: negotiation?.row.id ?? null, seat, name: called });
      return `${site.base}/enter/${token}`;
    },
  ),
  token: operation(z.strictObject(seated), ({ house, identity }, { negotiation: of, seat, name }) => {
    const negotiation = existing(house, of);
    return identity.makeToken(negotiation, seatIn(negotiation, seat), name ?? `Program of ${seat}`);
  }),
  new: operation(
    z.strictObject({
      title: lineInput(300),
      slug,
      from: z.strictObject(broughtFile).exactOptional(),
    }),
    async ({ house, random, reader, site }, { title, slug: name, from }) => {
      const settings = { title, method: "chair-pen", disclosure: "delegations", silenceMinimumHours: 72 } as const;
      const read = from && (await bring(reader, from, () => mint(random) as ParagraphId));
      const host = { person: mint(random) as PersonId, name: "Host", seat: { role: "secretariat" } } as const;
      try {
        await house.create({ slug: name, settings, delegations: [], ...(read && { text: read.text }) }, host);
      } catch (trouble) {
        if (trouble instanceof SlugTaken) throw new Mistake(`there is a negotiation named ${name} already`);
        throw trouble;
      }
      return `${site.base}/n/${name}`;
    },
  ),
  import: operation(
    z.strictObject({ ...inNegotiation, ...broughtFile, append: z.boolean(), next: z.boolean() }),
    async ({ house, random, reader }, { negotiation: of, append, next, ...file }) => {
      const negotiation = existing(house, of);
      if (!append && !next && negotiation.textFor({ kind: "team" }).length > 0) {
        throw new Mistake(
          `${of} has a text already; --append adds to its end, --next puts a later edition in its place`,
        );
      }
      const read = await bring(reader, file, () => mint(random) as ParagraphId);
      const { record } = negotiation;
      const text = negotiation.textFor({ kind: "team" });
      const taken = next ? await negotiation.takeEdition(read) : null;
      const refusal = next ? (taken?.ok === false ? taken.refusal : null) : await negotiation.appendText(read.text);
      const speaking = { record, text, voice: voiceIn("en") };
      if (refusal) throw new Mistake(`${of} cannot take this edition: ${sayEditionRefused(refusal, speaking)}`);
      const { headings, paragraphs } = read.report;
      return [
        `${headings} headings, ${paragraphs.consensus} paragraphs of consensus text, ${paragraphs["chair-summary"]} of chair's summary`,
        ...(taken?.ok ? sayRecognised(taken.value, speaking) : []),
        ...read.troubles,
      ].join("\n");
    },
  ),
  export: operation(
    z.strictObject({ ...inNegotiation, format: z.string() }),
    async (place, { negotiation: of, format }) => {
      const negotiation = existing(place.house, of);
      const known = formats[format];
      if (!known) throw new Mistake(`--format must be one of ${Object.keys(formats).join(", ")}`);
      // As the socket carries it, whatever kind of file it is.
      return Buffer.from(await known.write(shown(negotiation, thePublic), "clean", place)).toString("base64");
    },
  ),
  archive: operation(z.strictObject(inNegotiation), async ({ house }, { negotiation: of }) => {
    const negotiation = existing(house, of);
    const team = { kind: "team" } as const;
    const { entries } = negotiation;
    const [report, draft] = [negotiation.report(team), negotiation.textFor(team)];
    const file = await writeArchive({ reader: "host", events: entries, report, draft, release }, voiceIn("en"));
    return Buffer.from(file).toString("base64");
  }),
  unarchive: operation(z.strictObject({ archive: z.base64() }), async ({ house, site }, { archive }) => {
    const { manifest, entries, draft, holdings } = openable(readArchive(Buffer.from(archive, "base64")));
    try {
      await house.openFrom(manifest.slug, entries, draft, holdings);
    } catch (trouble) {
      if (trouble instanceof SlugTaken) throw new Mistake(trouble.message);
      throw trouble;
    }
    return `${site.base}/n/${manifest.slug}`;
  }),
  verify: operation(z.strictObject(inNegotiation), async ({ house, store }, { negotiation: of }) => {
    const negotiation = existing(house, of);
    // From the disk, not from memory: what is kept is what is checked.
    const verdict = verifySeen(await store.entries(negotiation.row.id), null);
    if (!verdict.ok) throw new Mistake(`the record of ${of} is not whole: entry ${verdict.seq}, ${verdict.why}`);
    await store.text(negotiation.row.textRoom);
    for (const hash of [...negotiation.record.wordings.values()].flat()) {
      if ((await store.wording(hash)) === null) throw new Mistake(`the wording ${hash} of ${of} is missing`);
    }
    return `The record of ${of} is whole: ${verdict.last.seq} entries, the last with hash ${verdict.last.hash}.`;
  }),
  /** For `doctor`, which reads the data itself. */
  examine: operation(z.strictObject({}), async ({ house, store }) => {
    if (!(await store.writable())) throw new Mistake("it runs, and cannot write");
    return `it runs, can write, and serves ${house.all().length} negotiations`;
  }),
  demo: operation(z.strictObject({}), async (place) => demoLinks(place, await place.playDemo())),
} satisfies { readonly [name: string]: Operation<unknown> };

export type OperationName = keyof typeof operations;

export async function run(place: Workplace, name: string, given: unknown): Promise<Outcome> {
  if (!Object.hasOwn(operations, name)) return { ok: false, says: `there is no command ${name}` };
  const { args, run: perform } = operations[name as OperationName];
  const parsed = args.safeParse(given);
  if (!parsed.success) {
    const says = parsed.error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`).join("\n");
    return { ok: false, says };
  }
  try {
    return { ok: true, says: await perform(place, parsed.data) };
  } catch (trouble) {
    if ([Mistake, BadArchive, ReaderBusy, ServerFull, StorageTrouble, Damaged].some((kind) => trouble instanceof kind))
      return { ok: false, says: (trouble as Error).message };
    throw trouble;
  }
}

function existing(house: House, of: string): LiveNegotiation {
  const negotiation = house.bySlug(of);
  if (negotiation) return negotiation;
  const known = house.all().map(({ row }) => row.slug);
  throw new Mistake(
    `there is no negotiation ${of}; ${known.length > 0 ? `there are: ${known.join(", ")}` : "there is none yet"}`,
  );
}

function seatIn(negotiation: LiveNegotiation, spelled: string) {
  const seat = parseSeat(spelled);
  if (!seat) throw new Error(`the codec let the seat ${spelled} pass`);
  if (seatExists(negotiation, seat)) return seat;
  const known = [...negotiation.record.delegations.keys()].join(", ");
  throw new Mistake(`${spellSeat(seat)}: this delegation is not on the roster${known ? `; there are: ${known}` : ""}`);
}

const mint = (random: Ports["random"]): string => mintId(random);

type Brought = z.infer<z.ZodObject<typeof broughtFile>>;

/** A file as a text, and in sentences what of it was repaired or left out. @throws Mistake */
async function bring(reader: Reader, { bytes, file, changes, references }: Brought, newId: () => ParagraphId) {
  const answer = await takeText(reader, { bytes: Buffer.from(bytes, "base64"), name: file, changes: changes ?? null });
  if (!answer.ok) throw new Mistake(`${file} cannot be read: ${answer.refusal.detail}`);
  const read = answer.value;
  if (read.text === null) {
    throw new Mistake(
      `${file} holds ${read.changes} tracked changes; say what is done with them: --changes ${trackedChoices.join("|")}`,
    );
  }
  const imported = importText(read.text, read.format === "plain" ? "plain" : "markdown", newId);
  const voice = voiceIn("en");
  const { say } = voice;
  const warnings = Object.entries(imported.report.warnings) as [keyof ImportReport["warnings"], number][];
  const { found, renumbered } = imported.report.references;
  const typed = [
    say(`desk.import.references.${references ? "made" : "found"}`, { count: found }),
    ...(references
      ? []
      : [
          ...(renumbered > 0 ? [say("desk.import.references.renumbered", { count: renumbered })] : []),
          "With --references they become references.",
        ]),
  ].join(" ");
  const troubles = [
    ...(found > 0 ? [typed] : []),
    ...read.notices.flatMap(({ code, count, at }) => [
      say(`desk.import.notice.${code}`, { count }),
      ...at.map((place) => `  ${sayPlace(place, voice)}`),
    ]),
    ...warnings.map(([code, count]) => say(`desk.import.warning.${code}`, { count })),
  ];
  return { ...imported, text: references ? imported.referring : imported.text, troubles };
}
