/** A negotiation opened from the archive of another server, over the web: for operators alone, whom the host invited (SPEC: ARC6, ARC7). */
import { spellSeat } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { Unarchived } from "../../../shared/wire/archive.ts";
import { unarchived } from "../../../shared/wire/archive.ts";
import { SlugTaken } from "../../negotiation/house.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import type { OpenableArchive } from "../../publication/archive.ts";
import { PressBusy, PressFailed } from "../../publication/press.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { seatName } from "../identity.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

const { say } = voiceIn("en");
const refusedArchive = (why: string): Trouble =>
  new Trouble("archive-refused", { detail: say("archive.open.refused", { why }) });
const busy = (): Trouble => new Trouble("busy", {}, { "Retry-After": "5" });

export function unarchiveRoutes({ house, identity, store, press, site, limits }: HttpPorts): readonly Endpoint[] {
  /** From its first byte to its answer: each takes memory of its size several times over. */
  let isTaken = false;

  async function checked(bytes: Uint8Array): Promise<OpenableArchive> {
    try {
      const found = await press.check(bytes, limits.archiveBytesUnpacked);
      if (!found.ok) throw refusedArchive(found.why);
      return found.archive;
    } catch (trouble) {
      if (trouble instanceof PressBusy) throw busy();
      if (trouble instanceof PressFailed) throw refusedArchive(say("archive.bad.costly"));
      throw trouble;
    }
  }

  /** For those who chair by its record, each as who they are; where nobody does, for whoever is to. */
  async function chairLinks(negotiation: LiveNegotiation): Promise<Unarchived["invitations"]> {
    const seat = { role: "chair" } as const;
    const to = { negotiation: negotiation.row.id, seat: spellSeat(seat) };
    const chairs = negotiation.record.holdings.filter((held) => held.seat.role === "chair");
    const wanted = chairs.length > 0 ? chairs : [{ name: seatName(negotiation, seat) }];
    const made = wanted.map((one) => ({
      name: one.name,
      ...identity.newLink({ ...to, name: one.name, ...("person" in one && { person: one.person }) }),
    }));
    await store.commit(made.map(({ write }) => write));
    return made.map(({ name, link }) => ({
      seat: to.seat,
      name,
      link: `${site.base}/enter/${link.token}`,
      expires: new Date(link.expiresAt).toISOString(),
    }));
  }

  return [
    endpoint(
      {
        method: "post",
        path: "/api/v1/archives",
        summary:
          "Checks an archive of which nothing is hidden and opens its negotiation, under its own name. For operators.",
        file: limits.archiveBytes,
        admit: async (caller, response) => {
          if (!(await identity.operatorOf(caller)))
            throw new Trouble(caller.kind === "public" ? "not-signed-in" : "not-allowed");
          if (isTaken) throw busy();
          isTaken = true;
          response.once("close", () => {
            isTaken = false;
          });
        },
        answer: unarchived,
        status: 201,
        problems: ["not-allowed", "busy", "archive-refused", "slug-taken"],
      },
      async ({ request: { body } }): Promise<Unarchived> => {
        const { manifest, entries, draft, holdings } = await checked(Buffer.isBuffer(body) ? body : new Uint8Array());
        const { slug, title, seq, hash, files } = manifest;
        try {
          const negotiation = await house.openFrom(slug, entries, draft, holdings);
          return {
            slug,
            title,
            seq,
            hash,
            texts: Object.keys(files).filter((name) => name.startsWith("texts/")).length,
            people: new Set(holdings.map(({ person }) => person)).size,
            invitations: await chairLinks(negotiation),
          };
        } catch (trouble) {
          if (!(trouble instanceof SlugTaken)) throw trouble;
          throw new Trouble("slug-taken", {
            detail: say("archive.open.refused", { why: say("archive.bad.taken", { slug }) }),
          });
        }
      },
    ),
  ];
}
