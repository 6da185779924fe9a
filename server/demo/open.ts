/** The demo among the negotiations of a server: opened at first start, and brought back to its beginning on request. */
import type { PersonId } from "../../shared/domain/values.ts";
import { mintId } from "../../shared/domain/values.ts";
import type { Demo } from "../http/ports.ts";
import type { House } from "../negotiation/house.ts";
import type { Ports } from "../negotiation/ports.ts";
import type { NegotiationRow, Write } from "../store/port.ts";
import { buildDemo, demoSlug } from "./build.ts";

type DemoPorts = Pick<Ports, "clock" | "random">;

/** Opens the demo, with everyone in their seats, unless it is there already. */
export async function openDemo(house: House, ports: DemoPorts): Promise<Demo> {
  if (!house.bySlug(demoSlug)) await begin(house, ports);
  return { slug: demoSlug, reset: () => reset(house, ports) };
}

async function begin(house: House, { clock, random }: DemoPorts, known?: ReadonlyMap<string, PersonId>): Promise<void> {
  const { slug, entries, text, persons, seats } = buildDemo(clock.now(), random, () => mintId(random), known);
  const people = (row: NegotiationRow): Write[] => [
    ...persons.map((person): Write => ({ kind: "person", row: person })),
    ...seats.map((holding): Write => ({ kind: "seat-holding", row: { ...holding, negotiation: row.id } })),
  ];
  await house.openWhole(slug, entries, text, people);
}

/** The beginning again, under the same address and with the same people; every desk is told to load again. */
function reset(house: House, ports: DemoPorts): Promise<void> {
  const again = async (): Promise<void> => {
    const before = house.bySlug(demoSlug);
    // Who joined later has no part in the beginning; of two of one name the earlier is of the cast.
    const known = new Map(before?.record.holdings.toReversed().map(({ name, person }) => [name, person]));
    if (before) await house.retire(before);
    await begin(house, ports, known);
  };
  const done = (resetting.get(house) ?? Promise.resolve()).catch(() => undefined).then(again);
  resetting.set(house, done);
  return done;
}

/** Two visitors, or the command line, may ask at once: one after the other. */
const resetting = new WeakMap<House, Promise<void>>();
