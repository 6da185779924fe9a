/** What awaits a delegation's answer, in one list (SPEC: REP11). */
import { expect, test } from "vitest";
import { awaitedOf } from "../../shared/domain/awaited.ts";
import type { SeenDrafting } from "../../shared/domain/drafting.ts";
import type {
  BridgingId,
  CorrectionRequestId,
  DelegationCode,
  EpochMs,
  GroupId,
  PackageId,
  ProposalId,
  SilenceId,
} from "../../shared/domain/values.ts";
import { evolveSeen, nothingSeen } from "../../shared/domain/seen-record.ts";
import { tellAwaited } from "../../shared/messages/awaited.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { flatPieces } from "../../shared/messages/tell.ts";
import { aNegotiation, idOf, p, s } from "../support/negotiations.ts";

const xaa = "XAA" as DelegationCode;
const talks = () => aNegotiation(p("States should cooperate."), p("States should consult."), s("Some States agreed."));
const kindsFor = ({ record, text }: ReturnType<typeof talks>, code = xaa): readonly string[] =>
  awaitedOf({ record, text }, code).map(({ kind }) => kind);

test("[REP11] a silence awaits every State until it broke it, and is told with its end", () => {
  const told = talks();
  const deadline = (told.now + 80 * 3_600_000) as EpochMs;
  const procedure = told.does("chair", {
    kind: "announce-silence",
    scope: "whole",
    deadline,
    zone: "UTC",
  }) as SilenceId;
  expect(awaitedOf(told, xaa)).toEqual([{ kind: "silence", paragraph: null, silence: procedure, until: deadline }]);
  expect(kindsFor(told, "XAF" as DelegationCode)).toEqual([]);
  told.does("delegation:XAA", { kind: "break-silence", procedure, reason: "No." });
  expect(kindsFor(told)).not.toContain("silence");
});

test("[REP11] what it left as it is awaits nothing; words that changed under its objection do", () => {
  const told = talks();
  told.objects("XAA", 1);
  expect(kindsFor(told)).toEqual([]);
  told.writes(1, "States shall cooperate.").circulates();
  expect(kindsFor(told)).toEqual(["changed-after-objection"]);
});

test("[REP11] bridging text awaits each sponsor until that one has answered", () => {
  const told = talks();
  const [paragraph, wording] = [idOf(1), told.wordingOf(1)];
  const tables = (code: string, text: string) =>
    told.does(`delegation:${code}`, { kind: "table-proposal", paragraph, wording, text }) as ProposalId;
  const proposals = [tables("XAA", "States must cooperate."), tables("XAB", "States should cooperate freely.")];
  const bridging = told.does("chair", {
    kind: "put-bridging",
    paragraph,
    wording,
    proposals,
    text: "States must cooperate freely.",
  }) as BridgingId;
  expect(awaitedOf(told, xaa)).toEqual([{ kind: "bridging", paragraph, bridging, until: null }]);
  told.does("delegation:XAA", { kind: "answer-bridging", bridging, answer: "not-yet" });
  expect(kindsFor(told)).toEqual([]);
  expect(kindsFor(told, "XAB" as DelegationCode)).toEqual(["bridging"]);
});

test("[REP11] an invitation to co-sponsor, into a group or into a drafting room awaits until it is taken or declined", () => {
  const told = talks();
  const [paragraph, wording] = [idOf(1), told.wordingOf(1)];
  const proposal = told.does("delegation:XAB", {
    kind: "table-proposal",
    paragraph,
    wording,
    text: "States must cooperate.",
    invited: [xaa],
  }) as ProposalId;
  const group = told.does("chair", {
    kind: "create-group",
    name: "the Coast",
    of: "political",
    invite: [xaa],
  }) as GroupId;
  expect(awaitedOf(told, xaa)).toEqual([
    { kind: "co-sponsor", paragraph, proposal, until: null },
    { kind: "group", paragraph: null, group, until: null },
  ]);
  told.does("delegation:XAA", { kind: "cosponsor", proposal });
  told.does("delegation:XAA", { kind: "join-group", group });
  expect(kindsFor(told)).toEqual([]);
  const room = (standing: "invited" | "joined") => [
    { id: idOf(9), paragraph, standing, ended: null } as unknown as SeenDrafting,
  ];
  expect(awaitedOf(told, xaa, room("invited")).map(({ kind }) => kind)).toEqual(["drafting"]);
  expect(awaitedOf(told, xaa, room("joined"))).toEqual([]);
});

test("[REP11] a package awaits from its offer until the delegation speaks on one of its paragraphs, or it is withdrawn", () => {
  const told = talks();
  told.supports("XAA", 1);
  const offer = told.does("chair", {
    kind: "prepare-package",
    title: "A",
    paragraphs: [idOf(1), idOf(2)],
  }) as PackageId;
  expect(kindsFor(told)).toEqual([]);
  told.does("chair", { kind: "release-package", package: offer });
  expect(awaitedOf(told, xaa)).toEqual([{ kind: "offer", paragraph: null, package: offer, until: null }]);
  told.supports("XAA", 2);
  expect(kindsFor(told)).toEqual([]);
  expect(kindsFor(told, "XAB" as DelegationCode)).toEqual(["offer"]);
  told.does("chair", { kind: "withdraw-package", package: offer });
  expect(kindsFor(told, "XAB" as DelegationCode)).toEqual([]);
});

test("[REP11] an answer to its request for a correction is told until the next version", () => {
  const told = talks();
  const request = told.does("delegation:XAA", {
    kind: "request-correction",
    paragraph: idOf(3),
    wording: told.wordingOf(3),
    text: "We did not.",
  }) as CorrectionRequestId;
  expect(kindsFor(told)).toEqual([]);
  told.does("chair", { kind: "answer-correction", request, corrected: false, reason: "It was said." });
  expect(awaitedOf(told, xaa)).toEqual([{ kind: "request-answered", paragraph: idOf(3), request, until: null }]);
  expect(kindsFor(told, "XAB" as DelegationCode)).toEqual([]);
  told.does("chair", { kind: "issue-version" });
  expect(kindsFor(told)).toEqual([]);
});

test("[REP11] [ADO3] after the adoption nothing awaits that can be answered no more", () => {
  const told = talks();
  told.does("chair", { kind: "create-group", name: "the Coast", of: "political", invite: [xaa] });
  told.objects("XAA", 1);
  told.writes(1, "States shall cooperate.").circulates();
  expect(kindsFor(told)).toEqual(["changed-after-objection", "group"]);
  told.does("chair", { kind: "adopt" });
  expect(kindsFor(told)).toEqual([]);
});

test("[REP11] a silence awaits no answer once somebody broke it on everything, and is told for what is left of it before", () => {
  const talking = talks();
  const deadline = (talking.now + 80 * 3_600_000) as EpochMs;
  const procedure = talking.does("chair", {
    kind: "announce-silence",
    scope: "whole",
    deadline,
    zone: "UTC",
  }) as SilenceId;
  const asked = (): readonly string[] => {
    const { events } = talking.frame({ kind: "delegation", code: xaa }, 0);
    const telling = { record: evolveSeen(nothingSeen, events), text: talking.text, voice: voiceIn("en") };
    return awaitedOf(talking, xaa).map((one) => flatPieces(tellAwaited(one, telling, [])));
  };
  const sentence = (scope: string): string =>
    `Silence runs on ${scope}: it means agreement unless you break it in time`;
  expect(asked()).toEqual([sentence("the whole consensus text")]);
  talking.does("delegation:XAB", { kind: "break-silence", procedure, paragraphs: [idOf(1)] });
  expect(asked()).toEqual([sentence("paragraph 2")]);
  talking.does("delegation:XAC", { kind: "break-silence", procedure, paragraphs: [idOf(2)] });
  expect(asked()).toEqual([]);
});
