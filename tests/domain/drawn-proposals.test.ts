/** What of proposals is drawn in the text (SPEC: PRO12). */
import { expect, test } from "vitest";
import { drawProposals } from "../../shared/domain/drawn-proposals.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import type { ANegotiation } from "../support/negotiations.ts";
import { aNegotiation, idOf, p } from "../support/negotiations.ts";

const team: Viewer = { kind: "team" };
const words = "States should cooperate and share what they learn.";
const on = (talks: ANegotiation, viewer: Viewer = team): ComposedParagraph => talks.report(viewer).parts.consensus[0]!;
const propose = (talks: ANegotiation, code: string, text: string): void =>
  void talks.does(`delegation:${code}`, {
    kind: "table-proposal",
    paragraph: idOf(1),
    wording: on(talks).wording,
    text,
  });
const drawn = (talks: ANegotiation) =>
  drawProposals(on(talks)).changes.map(({ from, to, words: asked, of }) => [
    words.slice(from, to),
    asked,
    of.map(({ by }) => by?.code).join(),
  ]);

test("[PRO12] what is asked for stands at its place, and the same from two is one, with both", () => {
  const talks = aNegotiation(p(words));
  propose(talks, "XAA", "States shall cooperate and share what they learn.");
  propose(talks, "XAB", "States shall cooperate and promptly share what they learn.");
  propose(talks, "XAC", "States must cooperate and share what they learn.");
  expect(drawn(talks)).toEqual([
    ["should", "shall", "XAA,XAB"],
    ["should", "must", "XAC"],
    ["", "promptly", "XAB"],
  ]);
  expect(drawProposals(on(talks)).beside).toEqual([]);
});

test("[PRO12] what is asked for partly the same words stands side by side, each as one proposal has it", () => {
  const talks = aNegotiation(p(words));
  propose(talks, "XAA", "States shall work together and share what they learn.");
  propose(talks, "XAB", "States should swiftly exchange what they learn.");
  propose(talks, "XAC", "States should cooperate and share all they learn.");
  expect(drawn(talks)).toEqual([
    ["should cooperate and share", "shall work together and share", "XAA"],
    ["should cooperate and share", "should swiftly exchange", "XAB"],
    ["what", "all", "XAC"],
  ]);
});

test("[PRO12] words that come in where others change what stands before are one of the alternatives to it", () => {
  const talks = aNegotiation(p(words));
  propose(talks, "XAA", "States should collaborate and share what they learn.");
  propose(talks, "XAB", "States should cooperate fully and share what they learn.");
  const spots = drawProposals(on(talks)).changes.map(({ from, to, words: asked }) => [
    words.slice(from, to).trim(),
    asked,
  ]);
  expect(spots).toEqual([
    ["cooperate", "collaborate"],
    ["cooperate", "cooperate fully"],
  ]);
});

test("[PRO12] above three competing texts none is drawn in the words: they are told as alternatives", () => {
  const talks = aNegotiation(p(words));
  for (const [index, code] of ["XAA", "XAB", "XAC", "XAD"].entries())
    propose(talks, code, `States ${["shall", "must", "may", "will"][index]} cooperate and share what they learn.`);
  expect(drawn(talks)).toEqual([]);
  expect(drawProposals(on(talks)).beside.map(({ by }) => by?.code)).toEqual(["XAA", "XAB", "XAC", "XAD"]);
});

test("[PRO12] other kinds of change, and words that lost their place, are told beside; what has a fate is not", () => {
  const talks = aNegotiation(p(words));
  propose(talks, "XAA", "States shall cooperate and share what they learn.");
  const done = talks.does("delegation:XAB", {
    kind: "table-proposal",
    change: "delete",
    paragraph: idOf(1),
    wording: on(talks).wording,
  });
  talks.does("delegation:XAC", {
    kind: "table-proposal",
    change: "delete",
    paragraph: idOf(1),
    wording: on(talks).wording,
  });
  talks.does("delegation:XAB", { kind: "withdraw-proposal", proposal: done as never });
  talks.writes(1, "States may cooperate and share what they learn.");
  expect(drawProposals(on(talks)).changes).toEqual([]);
  expect(drawProposals(on(talks)).beside.map(({ by }) => by?.code)).toEqual(["XAA", "XAC"]);
});

test("[PRO12] nothing is drawn for those who may not read the words", () => {
  const talks = aNegotiation(p(words));
  propose(talks, "XAA", "States shall cooperate and share what they learn.");
  expect(on(talks, thePublic).proposals).toHaveLength(1);
  expect(drawProposals(on(talks, thePublic))).toEqual({ changes: [], beside: [] });
});
