/** A report of a given length in the style of a working group's, for pages that must look right and stay light. */
import type { Sketch } from "./negotiations.ts";
import { h, p, s } from "./negotiations.ts";

const subjects = [
  "States",
  "Delegations",
  "Regional organisations",
  "The Secretariat",
  "Interested States",
  "Technical experts",
];
const verbs = ["underlined", "recalled", "stressed", "noted with concern", "reaffirmed", "took note of", "welcomed"];
const objects = [
  "the increasing frequency and sophistication of malicious activity against critical infrastructure",
  "the value of a voluntary directory of points of contact at the technical and the diplomatic level",
  "the need for sustainable capacity-building that is demand-driven and respects national ownership",
  "that international law applies to the use of information and communications technologies by States",
  "the role of confidence-building measures in preventing misunderstanding and unintended escalation",
  "the importance of the security of supply chains across the whole life cycle of products and services",
];
const purposes = [
  "with a view to maintaining international peace and stability",
  "taking into account the different capacities of States",
  "in cooperation, where appropriate, with other interested parties",
  "while protecting human rights and fundamental freedoms",
  "and encouraged further exchanges of views in future sessions",
];
const topics = [
  "Introduction",
  "Existing and potential threats",
  "Rules, norms and principles",
  "International law",
  "Confidence-building measures",
  "Capacity-building",
  "Regular institutional dialogue",
];

const of = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

function sentence(index: number): string {
  return `${of(subjects, index)} ${of(verbs, index * 5 + 1)} ${of(objects, index * 3 + 2)}, ${of(purposes, index * 7)}.`;
}

/** Seven topics; every sixth paragraph has two points under it; the last sixth is the chair's summary. */
export function bigReport(paragraphs: number): readonly Sketch[] {
  const sketches: Sketch[] = [];
  const perTopic = Math.ceil(paragraphs / topics.length);
  for (let index = 0; index < paragraphs; index++) {
    if (index % perTopic === 0) sketches.push(h(of(topics, index / perTopic)));
    const words = `${sentence(index)} ${sentence(index + 31)}`;
    const level = index % 6 === 4 || index % 6 === 5 ? 1 : 0;
    if (index >= (paragraphs * 5) / 6) sketches.push(s(`Some ${words.charAt(0).toLowerCase()}${words.slice(1)}`, 0));
    else if (index % 9 === 3) {
      const note = {
        t: "footnote",
        id: `n${index}`,
        text: `Official records, seventy-fifth session, document ${index}.`,
      } as const;
      sketches.push(p([{ t: "text", text: words }, note], level));
    } else sketches.push(p(words, level));
  }
  return sketches;
}
