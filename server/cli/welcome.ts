/** What a started server says to the person who started it: where to click. */
import type { Holding } from "../../shared/domain/record.ts";
import { spellSeat } from "../../shared/domain/roster.ts";
import type { Identity } from "../http/identity.ts";
import { openerSeat, seatName } from "../http/identity.ts";
import type { Site } from "../http/origins.ts";
import type { Demo } from "../http/ports.ts";
import type { House } from "../negotiation/house.ts";

interface Place {
  readonly house: House;
  readonly identity: Identity;
  readonly site: Site;
}

/** The demo's addresses, and for each of its seats a link that is good once. */
export async function demoLinks({ house, identity, site }: Place, demo: Demo): Promise<string> {
  const negotiation = house.bySlug(demo.slug);
  if (!negotiation) throw new Error(`the demo ${demo.slug} is not open`);
  const bySeat = new Map<string, Holding>();
  for (const holding of negotiation.record.holdings) {
    if (!bySeat.has(spellSeat(holding.seat))) bySeat.set(spellSeat(holding.seat), holding);
  }
  const rows: [string, string][] = [];
  for (const [seat, { person, name, seat: held }] of bySeat) {
    const { token } = await identity.makeLink({ negotiation: negotiation.row.id, seat, name, person });
    rows.push([`${seatName(negotiation, held)} (${name})`, `${site.base}/enter/${token}`]);
  }
  return [
    `Demo: ${negotiation.record.settings.title}`,
    `  Every seat, as often as you like: ${site.base}/demo`,
    `  What the public sees:             ${site.base}/n/${demo.slug}`,
    "  One sign-in link a seat, each good once, for 24 hours:",
    ...aligned(rows),
  ].join("\n");
}

export async function welcome(
  place: Place,
  { version, dataDir, demo }: { readonly version: string; readonly dataDir: string; readonly demo: Demo | null },
): Promise<string> {
  const { house, identity, site } = place;
  const others = house.all().filter(({ row }) => row.slug !== demo?.slug);
  const lines = [`Rapporteur ${version} is ready at ${site.base}`, `Data in ${dataDir}`];
  if (demo) lines.push("", await demoLinks(place, demo));
  if (others.length > 0) {
    const rows = others.map(({ row, record }): [string, string] => [
      record.settings.title,
      `${site.base}/n/${row.slug}`,
    ]);
    lines.push("", "Negotiations:", ...aligned(rows));
  } else if (!demo) {
    const { token } = await identity.makeLink({ negotiation: null, seat: openerSeat, name: null });
    lines.push("", `Open the first negotiation (good once, for 24 hours): ${site.base}/enter/${token}`);
  }
  return [...lines, "", "Stop with Ctrl+C."].join("\n");
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(40, Math.max(...rows.map(([name]) => name.length)));
  return rows.map(([name, address]) => `    ${name.padEnd(width)}  ${address}`);
}
