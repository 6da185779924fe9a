/** The 90 seconds over a real negotiation, its rooms and a store in memory; only time is held. */
import { expect, test } from "vitest";
import { cast } from "../../../server/demo/cast.ts";
import { demoSlug } from "../../../server/demo/build.ts";
import type { Beat } from "../../../server/demo/play.ts";
import { Performance, phraseIn } from "../../../server/demo/play.ts";
import { defaultLimits } from "../../../server/limits.ts";
import { House } from "../../../server/negotiation/house.ts";
import { Allowance } from "../../../server/rooms/allowance.ts";
import { verifySeen } from "../../../shared/domain/chain.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { viewerOf } from "../../../shared/domain/roster.ts";
import { closeCode } from "../../../shared/wire/protocol.ts";
import { aDemo, aSunday } from "./support.ts";

const team: Viewer = { kind: "team" };

const watched = (performance: Performance): Promise<{ beats: readonly Beat[]; how: string }> =>
  new Promise((resolve) => {
    const beats: Beat[] = [];
    performance.follow({ onBeat: (beat) => beats.push(beat), onEnd: (how) => resolve({ beats, how }) });
  });

test("in 90 seconds paragraph 24 goes from contested to agreed, through commands that are on the record", async () => {
  const { house, ports, talks } = await aDemo();
  const before = talks().record.seq;
  const performance = new Performance(talks(), ports);
  const { beats, how } = await watched(performance);
  expect(how).toBe("over");
  expect(beats.map(({ name, chair, lunari }) => [name, chair.status, chair.overview.agreed, lunari.own])).toEqual([
    ["stands", "contested", 27, "objects"],
    ["objects", "contested", 27, "objects"],
    ["words", "contested", 27, "objects"],
    ["circulated", "contested", 27, "wordsIn"],
    ["met", "open", 27, "noObjection"],
    ["agreed", "agreed", 28, "noObjection"],
  ]);
  expect(ports.clock.now() - aSunday).toBe(90_000);

  const drafted = beats[2]!;
  expect(drafted.chair.words).toContain("taking into account the different capacities of States, to receive");
  expect(drafted.lunari.words).toContain("available at all hours");
  expect(beats[3]!.lunari.words).toBe(drafted.chair.words);

  const { overview } = talks().report(team);
  expect(overview).toMatchObject({ total: 36, agreed: 28, blocked: 5, delegations: 4 });
  expect(
    talks()
      .entries.slice(before)
      .map(({ what, person }) => [what.kind, person.name]),
  ).toEqual([
    ["circulated", "Ines Hale"],
    ["position-met", "Ano Kirre"],
    ["paragraph-gavelled", "Ines Hale"],
  ]);
  expect(verifySeen(talks().frame(team, 0).events, null).ok).toBe(true);

  // Who comes late is told all of it at once.
  expect(await watched(performance)).toEqual({ beats, how });
  await house.stop();
});

test("the play stops when a visitor takes a part of it", async () => {
  const { house, ports, talks, sitting } = await aDemo();
  const position = phraseIn(talks())!.objection.id;
  const performance = new Performance(talks(), ports);
  const withdrawn = await talks().submit({ kind: "withdraw-position", position }, sitting(cast.tolui), "mine");
  expect(withdrawn.ok).toBe(true);
  const { beats, how } = await watched(performance);
  expect(how).toBe("interrupted");
  expect(beats.at(-1)?.name).toBe("circulated");
  expect(phraseIn(talks())).toBeNull();
  await house.stop();
});

test("a reset brings the beginning back under the same address, with the same people, and calls everyone to it", async () => {
  const { house, ports, demo, talks, sitting } = await aDemo();
  await watched(new Performance(talks(), ports));
  const chair = sitting(cast.hale);
  const old = talks();
  const codes: number[] = [];
  const socket = {
    readyState: 1,
    bufferedAmount: 0,
    send: () => undefined,
    close: (code: number) => void codes.push(code),
    terminate: () => undefined,
  };
  const allowance = new Allowance(defaultLimits, ports.clock);
  old.recordRoom.join(socket, { actor: chair, viewer: viewerOf(chair.seat), access: () => "read", allowance });

  await Promise.all([demo.reset(), demo.reset()]);
  // A closing socket keeps the first code it was given.
  expect(codes[0]).toBe(closeCode.reload);
  expect(house.all()).toHaveLength(1);
  expect(house.byRoom(old.row.recordRoom)).toBeNull();
  expect(talks().report(team).overview).toMatchObject({ agreed: 27, blocked: 6, delegations: 5 });
  expect(sitting(cast.hale).person).toBe(chair.person);
  expect(phraseIn(talks())?.quote).toBe("available at all hours");
  await expect(ports.store.seatsOf(chair.person)).resolves.toContainEqual({
    person: chair.person,
    negotiation: talks().row.id,
    seat: "chair",
  });

  const again = await House.open(ports);
  expect(again.all().map(({ row }) => row.slug)).toEqual([demoSlug]);
  expect(again.bySlug(demoSlug)?.record.head).toBe(talks().record.head);
  await Promise.all([house.stop(), again.stop()]);
});
