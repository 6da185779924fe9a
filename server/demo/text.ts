/**
 * The demo's report: 36 paragraphs of consensus text and 6 of chair's summary on security in the use of information and communications
 * technologies. Written for this demo, in the manner of such reports and in nobody's words.
 *
 * A paragraph carries the words it had in each edition that changed it, so that its history can be played through the real rules.
 */
import type { Block, Inline, Mark, Text } from "../../shared/domain/text.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";

/** What was circulated, in order: three drafts, and two sets of changes on the Thursday. */
const editions = ["zero", "rev1", "rev2", "noon", "evening"] as const;
export type Edition = (typeof editions)[number];

type Piece =
  | string
  | { readonly text: string; readonly mark: Mark }
  | { readonly note: string }
  | { readonly see: string };
type Words = string | readonly Piece[];

interface Sketch<Key extends string> {
  readonly key: Key;
  readonly kind: Block["kind"];
  readonly level: number;
  /** Where it stood when it was first written. */
  readonly part: Part;
  /** Its words from each of these editions on; it is not in the text before the first. */
  readonly words: { readonly [E in Edition]?: Words };
}

const em = (text: string): Piece => ({ text, mark: "em" });
/** What a floor adds between brackets is underlined, as rooms do. */
const added = (text: string): Piece => ({ text, mark: "underline" });
const note = (text: string): Piece => ({ note: text });
const see = (key: string): Piece => ({ see: key });

const fromTheStart = (words: Sketch<string>["words"] | Words): Sketch<string>["words"] =>
  typeof words === "string" || Array.isArray(words) ? { zero: words } : (words as Sketch<string>["words"]);

const heading = <Key extends string>(key: Key, words: string, level = 0): Sketch<Key> => ({
  key,
  kind: "heading",
  level,
  part: "consensus",
  words: { zero: words },
});
const p = <Key extends string>(key: Key, words: Sketch<string>["words"] | Words): Sketch<Key> => ({
  key,
  kind: "paragraph",
  level: 0,
  part: "consensus",
  words: fromTheStart(words),
});
const summary = <Key extends string>(key: Key, words: Sketch<string>["words"] | Words, level = 0): Sketch<Key> => ({
  ...p(key, words),
  level,
  part: "chair-summary",
});

const report = [
  heading("introduction", "Introduction"),
  p(
    "mandate",
    "The Open-ended Working Group on Security in the Use of Information and Communications Technologies was established by the General Assembly to examine how States may use these technologies (ICTs) without endangering international peace and security. It is open to all States, takes its decisions by consensus and reports to the Assembly each year. The present report covers its third session, held in New York.",
  ),
  p(
    "common-interest",
    "States reaffirmed that an open, secure, stable, accessible and peaceful ICT environment is a common interest of all States, whatever their size or level of development. They observed that public administration, trade, health care and civic life have come to rest on that environment, and that confidence in it, once lost, is slow and costly to restore.",
  ),
  p("earlier-conclusions", [
    "States recalled that the Working Group builds on what States have already concluded by consensus",
    note(
      "In the reports of the first and second sessions of the Working Group, of which the General Assembly has taken note.",
    ),
    " with regard to international law, voluntary norms of responsible behaviour, confidence-building and capacity-building. They stressed that these conclusions are to be read together and that nothing in the present report diminishes them.",
  ]),
  p(
    "participation",
    "States welcomed the contributions of regional organizations, the technical community, the private sector, academia and civil society to the session. They expressed appreciation for the fellowship that enabled delegates from 38 States, more than half of them women, to take part in person, and invited States in a position to do so to help to continue it.",
  ),
  p("small-states", {
    rev1: "States underlined that an ICT incident which a large administration absorbs within hours may halt the public services of a small one for weeks. They accordingly agreed that the recommendations below are to be carried out by each State in keeping with its means and its national priorities, and that the reporting they call for is to be kept as light as their purpose allows.",
  }),

  heading("threats", "Existing and potential threats"),
  p(
    "growing-threats",
    "States noted with concern that malicious uses of ICTs by State and non-State actors have grown in number, reach and sophistication since the previous session, and that tools once available to few can now be had by many at little cost. They considered that the ever-shorter time between the discovery of a weakness and its exploitation leaves defenders days, and sometimes hours, to respond.",
  ),
  p(
    "critical-infrastructure",
    "States expressed concern at ICT incidents affecting hospitals, water supply, energy networks, ports and the administration of elections, the failure of which is felt far beyond the system attacked. They recalled that it is for each State to determine which infrastructure it regards as critical, and stressed that the disruption of services on which a civilian population depends concerns the international community as a whole.",
  ),
  p("ransomware", {
    zero: "States drew attention to the harm done by ransomware and called for closer cooperation against it.",
    rev1: "States drew attention to the harm done by ransomware, which in several countries has interrupted emergency care, the payment of salaries and the issuing of identity documents. They observed that those who write such software, those who break in and those who collect the payment are increasingly different persons in different jurisdictions, and that effective action therefore calls for cooperation among response teams, law enforcement authorities and financial regulators.",
  }),
  p("submarine-cables", {
    zero: "States recognized that submarine cables, landing stations, satellite links and Internet exchange points form a shared foundation, the interruption of which may affect many States at once. They encouraged owners and operators, and the States in whose jurisdiction these stand, to exchange information on disturbances and to plan for timely repair.",
    rev1: "States recognized that submarine cables, landing stations, satellite links and Internet exchange points form a shared foundation, the interruption of which may affect many States at once, including States that host none of them. They encouraged owners and operators, and the States in whose jurisdiction these stand, to exchange information on disturbances and to plan for timely repair, with particular regard to islands served by a single cable.",
  }),
  p(
    "artificial-intelligence",
    "States took note of the double effect of artificial intelligence on ICT security: it helps to find and mend weaknesses faster, and it lowers the skill needed to exploit them, to imitate persons convincingly and to act at scale. They stressed that systems of this kind, including the data on which they are trained, themselves need protection against tampering throughout their life cycle.",
  ),
  p(
    "intrusion-market",
    "States expressed concern that a growing market in commercial intrusion tools and services places intrusive capabilities in hands that are subject to little or no oversight. They considered that the development, transfer and use of such tools call for safeguards, among them licensing, record-keeping and means of redress, that do not hinder lawful research into vulnerabilities.",
  ),
  p("humanitarian-organizations", {
    zero: "States noted reports of malicious ICT activity directed at humanitarian organizations, which has exposed the data of persons under their protection and may endanger relief operations. They called upon all actors to respect the neutrality of such organizations in the use of ICTs.",
    rev2: [
      "States [noted][expressed grave concern at] reports of malicious ICT activity directed at humanitarian organizations, which has exposed the data of persons under their protection and [may endanger][has endangered] relief operations. They called upon all actors to respect the neutrality of such organizations in the use of ICTs [",
      added("and to refrain from any activity that would impede their work"),
      "].",
    ],
  }),
  summary(
    "prepositioning",
    "Some States proposed that the placing of malicious code in critical infrastructure ahead of any conflict be named as a threat in its own right, whether or not the code is ever activated. Other States doubted that such placing could in practice be told apart from the gathering of information, or preferred not to single out one practice among many.",
  ),

  heading("international-law", "International law"),
  p("charter", [
    "States reaffirmed that whatever they do by means of ICTs is subject to international law, beginning with the Charter of the United Nations, and that no part of the Charter is set aside because a technology is new. They noted that States may differ on ",
    em("how"),
    " particular rules apply to such conduct, and that differences of this kind do not call into question ",
    em("that"),
    " they apply.",
  ]),
  p(
    "sovereignty",
    "States recalled that servers, cables and networks in the territory of a State are within its jurisdiction and under the protection of its sovereignty, and that with this right comes the duty to respect the same right of others. They reaffirmed that no State may intervene, by means of ICTs or otherwise, in matters which are essentially for another State to decide.",
  ),
  p(
    "attribution",
    "States reaffirmed their obligation to settle their international disputes by peaceful means, including disputes that arise from an ICT incident. They observed that the passage of an activity through the networks of a State does not of itself show that the State is responsible for it, and that a State which holds another responsible in public is expected to be able to say on what basis it does so.",
  ),
  p(
    "humanitarian-law",
    "States recalled that international humanitarian law applies to the use of ICTs in situations of armed conflict, including the principles of humanity, necessity, distinction and proportionality. They stressed that to say so is not to accept that ICTs should become means of warfare, and that further exchanges are needed on how these principles bear on operations that damage no object but disable a service.",
  ),
  p(
    "national-views",
    "States encouraged one another to set out publicly, in a form and at a time of their own choosing, how they understand international law to apply to the use of ICTs. They requested the Secretariat to keep a register of such statements in the languages in which they are submitted, and to hold, for interested States, scenario-based workshops that bring together legal advisers from all regions.",
  ),
  p("binding-instrument", {
    zero: "States agreed that the elements of a legally binding instrument on security in the use of ICTs, including possible mechanisms for its verification, are to be considered in the framework of future dialogue.",
    rev2: "Some States proposed that work begin on a legally binding instrument on security in the use of ICTs, including possible mechanisms for its verification, since voluntary norms leave those who disregard them without consequence. Other States considered that existing international law suffices and that effort is better spent on carrying it out. Several States saw merit in both, in sequence, and asked that the matter be revisited once experience with the norms has been reviewed.",
  }),

  heading("norms", "Norms, rules and principles of responsible State behaviour"),
  p(
    "voluntary-norms",
    "States reaffirmed that voluntary, non-binding norms of responsible State behaviour tell States what they may expect of one another, and that they are additional to obligations under international law, none of which they loosen. They considered that an expectation which is not legally binding can nevertheless be put into practice, assessed and recalled when it is not met.",
  ),
  p("supply-chain", {
    zero: "So that users can rely on the ICT products they are sold, States should encourage suppliers to be open about the origin of essential components.",
    rev1: "So that users can rely on the ICT products they are sold, States should ask of suppliers that they disclose the origin of essential components, vouch that these contain no concealed functions by which a user could be harmed, and inform users without delay of any vulnerability that has come to light. What is asked is to be objective, is to apply to all suppliers irrespective of nationality and may not serve as a disguised restriction on trade.",
    evening:
      "So that users can rely on the ICT products they are sold, States shall ask of suppliers that they disclose the origin of essential components, vouch that these contain no concealed functions by which a user could be harmed, and inform users without delay of any vulnerability that has come to light. What is asked is to be objective, is to apply to all suppliers irrespective of nationality and may not serve as a disguised restriction on trade.",
  }),
  p("response-teams", [
    "States reaffirmed that computer emergency response teams",
    note(
      "The term covers national, governmental and sectoral teams authorized to handle ICT incidents, by whatever name they are known.",
    ),
    " are not to be made a target of malicious activity and are not to be used to harm the systems of others. They recommended that each State make known which teams it has authorized, so that these can be recognized as such while an incident is under way.",
  ]),
  p("vulnerability-disclosure", {
    zero: "States recommended that national procedures for the coordinated disclosure of vulnerabilities require researchers to report to the competent authority before informing the supplier.",
    rev1: "States recommended that national procedures for the coordinated disclosure of vulnerabilities protect researchers who act in good faith, set a time within which a supplier is expected to respond, and provide that an authority which learns of a vulnerability pass it on for repair unless it can show cause for delay. States that have such procedures were invited to make them available as models.",
  }),
  p(
    "checklist",
    "States took note of the checklist of practical actions under each norm as a voluntary aid for States at different stages of implementation. They agreed to test it during the coming year, to report on what proved useful and what did not, and to consider in the light of that experience whether additional norms are needed.",
  ),
  summary(
    "proposed-norms",
    "In the discussion of norms, States made the following proposals for new norms or for the elaboration of existing ones. None of them was agreed, and their order implies no priority:",
  ),
  summary(
    "proposed-norm-elections",
    "that States refrain from ICT activity that interferes with the means by which elections are prepared, votes are counted and results are certified; several States held that this is already covered by the norms on critical infrastructure;",
    1,
  ),
  summary(
    "proposed-norm-public-core",
    "that States leave unharmed, and help to protect, the routing, naming and numbering systems without which the Internet would not reach everyone; some States asked by whom these systems are to be defined, and whether any one State was in a position to protect all of them.",
    1,
  ),

  heading("confidence-building", "Confidence-building measures"),
  heading("directory", "Directory of points of contact", 1),
  p("directory-use", {
    zero: "States welcomed the opening of the intergovernmental directory of points of contact and invited those that have not yet nominated points of contact to do so.",
    rev1: "States welcomed the fact that 117 of them have nominated points of contact to the intergovernmental directory since its opening, and invited the others to do so. They noted that four in five of the messages sent during this year’s two communication exercises were answered within one working day, and recommended that such exercises be held twice a year, at hours that rotate among regions.",
  }),
  p("points-of-contact", {
    zero: "States recommended that each State designate a point of contact to receive urgent messages concerning an ICT incident of significance.",
    rev2: "States recommended that each State designate one diplomatic and one technical point of contact, available at all hours, to receive urgent messages concerning an ICT incident of significance, to acknowledge them and to bring them to the attention of the authorities competent to act. A State that cannot yet designate both may begin with one.",
  }),
  p("message-template", [
    "States agreed that messages exchanged through the points of contact referred to in paragraph ",
    see("points-of-contact"),
    " may follow a common template, which asks for no more than the nature of the incident, the assistance sought and its urgency. Use of the template is voluntary, and the absence of a reply is not to be taken as an admission.",
  ]),
  heading("regional-experience", "Regional experience", 1),
  p(
    "regional-exchange",
    "States encouraged regional organizations to share with one another what they have learned from their own confidence-building measures, such as joint exercises, direct lines and visits between national response centres, and to open some of these to States of other regions. They saw particular value in pairing a State that has long experience of such a measure with one that is about to introduce it.",
  ),

  heading("capacity-building", "Capacity-building"),
  p("capacity-principles", {
    zero: "States recognized that capacity-building is a shared responsibility and recommended that it be guided by demand and by national priorities.",
    rev2: "States recognized that capacity-building is a shared responsibility and benefits those who give as well as those who receive. They recommended that it be provided at the request of the receiving State and in keeping with its priorities, and that programmes be evaluated jointly by provider and recipient and their results made public.",
    noon: "States recognized that capacity-building is a shared responsibility and benefits those who give as well as those who receive. They recommended that it be provided at the request of the receiving State and in keeping with its priorities, and that programmes be evaluated jointly by provider and recipient and a summary of the results, agreed between them, be made public.",
  }),
  p("voluntary-fund", {
    zero: "States recommended the establishment of a fund for capacity-building, financed from assessed contributions.",
    rev1: [
      "States recommended the establishment of a fund, administered by the Secretariat and financed from voluntary contributions,",
      note("The arrangement is to be financed outside the regular budget and reviewed after three years."),
      " for (a) assistance in the days following a serious incident, where the State affected requests it; (b) the training of technical staff from States with few specialists; and (c) the translation of training material into the official languages of the United Nations. Half of the resources are to be set aside for least developed countries, landlocked developing countries and small island developing States.",
    ],
  }),
  p(
    "women",
    "States stressed the full, equal and meaningful participation of women in decisions on ICT security and the importance of narrowing the gender digital divide. They noted that fewer than one in three of those trained under the programmes presented at the session were women, and invited providers to report this figure every year together with the steps they have taken to raise it.",
  ),
  p(
    "portal",
    "States supported the gradual development of a portal through which requests for assistance can be matched with offers, beginning with what requires no new infrastructure: a calendar of training, a list of programmes by language and level, and a form by which a State can ask to be contacted. Nothing that a State submits to the portal is to be published without its consent.",
  ),

  heading("dialogue", "Regular institutional dialogue"),
  p("future-mechanism", {
    zero: "States agreed that regular institutional dialogue will take place in a single permanent mechanism under the auspices of the United Nations, led by States and open to all of them.",
    rev2: "States agreed that regular institutional dialogue will take place in a single permanent mechanism under the auspices of the United Nations, led by States and open to all of them, which will meet in New York for three substantive sessions a year and take its decisions on matters of substance by consensus.",
    noon: "States agreed that regular institutional dialogue will take place in a single permanent mechanism under the auspices of the United Nations, led by States and open to all of them, which will meet in New York for one substantive session a year, preceded by preparatory meetings in which delegations may take part from their capitals, and take its decisions on matters of substance by consensus.",
  }),
  p("thematic-groups", {
    zero: "States agreed that the mechanism will be assisted by thematic groups, to be decided upon at its first session.",
    rev1: "States agreed that the mechanism will be assisted by two thematic groups, one on the protection of critical infrastructure and one on capacity-building, each facilitated jointly by a representative of a developed and of a developing country and each reporting to the plenary. No two of their meetings are to be held at the same time, so that delegations of any size can attend both.",
  }),
  p("stakeholders", {
    zero: "States agreed that interested organizations may attend the formal meetings of the mechanism and submit their views in writing.",
    rev2: "States agreed that organizations with relevant competence may attend the formal meetings of the mechanism, make statements in a dedicated segment and submit their views in writing, on a non-objection basis.",
    noon: "States agreed that organizations with relevant competence may attend the formal meetings of the mechanism, make statements in a dedicated segment and submit their views in writing, on a non-objection basis. A State that objects to the participation of an organization is invited to inform the Chair of the general basis of its objection, which the Chair will share with any State on request.",
  }),
  p("review", {
    rev1: "States agreed that the mechanism will review its own working every four years, on the basis of a concise report by the Secretariat that sets side by side what was recommended, what has been done and what has not. The outcome of each review is itself to be decided by consensus; failing that, existing arrangements continue.",
  }),
  summary("law-group", {
    rev1: "Some States regretted that no thematic group on international law is foreseen and proposed that one be added after the first year. Other States feared that such a group would prejudge whether new obligations are needed. It was also proposed that the facilitators of all groups rotate among the five regional groups, and that summaries of group meetings be available in all official languages before the plenary takes them up.",
  }),

  heading("conclusions", "Conclusions"),
  p(
    "recommendation",
    "States recommended that the General Assembly take note of the present report and invite all States to be guided by it in their use of ICTs. They acknowledged that what was achieved at this session is modest in scope, and that steps which all States have agreed to take are nonetheless worth more than further-reaching ones that only some would take.",
  ),
  p("chairs-summary", {
    rev1: "States noted that a number of proposals made during the session did not meet with agreement and are set out, under the Chair’s own responsibility, in the summary that accompanies the present report. They considered that these proposals, without prejudice to the position of any State, may serve as a resource for future dialogue.",
  }),
];

/** Names a paragraph or heading of the demo for those who write its history. */
export type Key = (typeof report)[number]["key"];
export const keys: readonly Key[] = report.map(({ key }) => key);

/**
 * The text as the secretariat has it on its desk when it has written an edition.
 * @param before what stands there now: paragraphs keep the part they were moved to
 */
export function write(edition: Edition, before: Text, ids: ReadonlyMap<Key, ParagraphId>): Text {
  const idOf = (key: string): ParagraphId => {
    const id = ids.get(key as Key);
    if (!id) throw new Error(`the demo has no paragraph "${key}"`);
    return id;
  };
  const standing = new Map(before.map((block) => [block.id, block]));
  return report.flatMap(({ key, kind, level, part, words }): Block[] => {
    const latest = editions.slice(0, editions.indexOf(edition) + 1).findLast((earlier) => words[earlier] !== undefined);
    if (latest === undefined) return [];
    const id = idOf(key);
    return [
      { id, kind, level, part: standing.get(id)?.part ?? part, content: inlines(words[latest] ?? "", key, idOf) },
    ];
  });
}

function inlines(words: Words, key: Key, idOf: (key: string) => ParagraphId): readonly Inline[] {
  const pieces = typeof words === "string" ? [words] : words;
  return pieces.map((piece): Inline => {
    if (typeof piece === "string") return { t: "text", text: piece };
    if ("see" in piece) return { t: "ref", to: idOf(piece.see) };
    if ("note" in piece) return { t: "footnote", id: `note-${key}`, text: piece.note };
    return { t: "text", text: piece.text, marks: [piece.mark] };
  });
}
