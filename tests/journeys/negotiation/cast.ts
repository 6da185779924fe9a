/**
 * Who negotiates and about what: forty states that do not exist, six groups, fifty-four paragraphs with three questions in each, and what
 * every delegation would like the answers to be. Everything else in the play follows from these by simple rules (`interests.ts`).
 */
import type { Delegation, RegionalGroup } from "../../../shared/domain/roster.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";

const names =
  "Arvenna Belcorra Corvale Dunmere Estwold Farrowin Galdora Hestrin Ilvane Jorvell Kestrine Lorvane Marwenna Nerithia Orvalle Pelmora Quorrin Rasmere Selvarre Torvane Ulverra Vestmoor Wendrell Xanterra Yarrowen Zelmara Ashmere Brontel Cindrel Dorwyn Elmarra Fenwold Grisold Harrowey Istvara Juvenna Kolmare Lythene Mirrovel Norrowick".split(
    " ",
  );
const regions = ["african", "asia-pacific", "latin-american-caribbean"] as const satisfies readonly RegionalGroup[];

/** XAA, XAB, … XBN: codes that ISO 3166 leaves to users. */
const codeAt = (index: number): DelegationCode =>
  `X${String.fromCharCode(65 + Math.floor(index / 26))}${String.fromCharCode(65 + (index % 26))}` as DelegationCode;

export const states: readonly Delegation[] = names.map((name, index) => ({
  code: codeAt(index),
  name,
  kind: "member-state",
  regionalGroup: regions[index % 3]!,
}));

/** Three regional groups follow from the roster; these three are made by the chair's team, and overlap with them and each other. */
export const madeGroups = [
  { name: "the Friends of Quiet Measures", of: "political", members: states.filter((_, index) => index % 5 === 0) },
  { name: "the Partners for Capacity", of: "political", members: states.filter((_, index) => index % 4 === 1) },
  { name: "the Group of Contact Points", of: "cross-regional", members: states.filter((_, index) => index % 6 < 2) },
] as const;

// ---------- the text ----------

/** Each question has three answers, from the careful to the bold. No two share a word, so that every proposal is to the point. */
export const answers = {
  force: ["may", "should", "shall"],
  manner: ["voluntarily", "reliably", "promptly"],
  rhythm: ["where possible", "each session", "every month"],
} as const;
export type Question = keyof typeof answers;
export const questions = Object.keys(answers) as Question[];
export type Leaning = 0 | 1 | 2;
export type Stand = { readonly [Q in Question]: Leaning };

const sections = ["Threats", "Norms", "Law", "Confidence", "Capacity", "Dialogue"] as const;
export const sectionCount = sections.length;
const clausesPerSection = 9;

// Any two clauses share at most one of these, for every two of the numbers of phrases have no common multiple below 56: so no paragraph
// is ever taken for another one.
const deeds = [
  "warn one another about",
  "write down and compare",
  "rehearse with neighbouring ministries",
  "explain to their parliaments",
  "keep open at night",
  "translate for smaller missions",
  "test before the winter",
];
const things = [
  "power lines crossing frontiers",
  "hospital wards and ambulances",
  "harbour locks and lighthouses",
  "savings banks and post offices",
  "school registers and archives",
  "rescue boats at sea",
  "weather stations on mountains",
  "reservoirs feeding large cities",
];
const means = [
  "by means of a printed directory",
  "through one named office",
  "using forms agreed beforehand",
  "with exercises open to all",
  "over telephones answered in person",
  "from funds pledged in public",
  "under rules known to everyone",
  "among experts trained together",
  "beside the existing treaties",
];
const ends = [
  "lest rumours outrun established facts",
  "before small accidents become quarrels",
  "because trust grows by habit",
  "to spare patients and travellers",
  "until the cause is understood",
  "while respecting national competence",
  "hoping that help arrives early",
  "as earlier reports have recommended",
  "since silence is easily misread",
  "whatever the hour or season",
  "after hearing those concerned",
];
const reviews = [
  "tell the secretariat",
  "publish a short note",
  "inform their neighbours",
  "brief regional organisations",
  "answer a questionnaire",
  "host an open meeting",
  "review lessons learned",
  "present figures",
  "invite written comments",
  "update a joint register",
  "consult universities",
  "thank volunteers publicly",
  "list what remains undone",
];

export interface Clause {
  readonly index: number;
  readonly section: number;
  /** The sentence with these answers, each either one of the three or the words put in its place. */
  readonly say: (answers: { readonly [Q in Question]: string }) => string;
  readonly first: Stand;
}

export const wordsOf = (stand: Stand): { readonly [Q in Question]: string } => ({
  force: answers.force[stand.force],
  manner: answers.manner[stand.manner],
  rhythm: answers.rhythm[stand.rhythm],
});

/** @param random decides how bold the chair's zero draft is on each question */
export function clausesBy(random: () => number): readonly Clause[] {
  const leaning = (): Leaning => Math.floor(random() * 3) as Leaning;
  return Array.from({ length: sections.length * clausesPerSection }, (_, index): Clause => {
    const of = (phrases: readonly string[]): string => phrases[index % phrases.length]!;
    return {
      index,
      section: Math.floor(index / clausesPerSection),
      say: ({ force, manner, rhythm }) =>
        `States ${force} ${of(deeds)} ${of(things)} ${of(means)} ${manner}, ${of(ends)}, and ${of(reviews)} ${rhythm}.`,
      first: { force: leaning(), manner: leaning(), rhythm: leaning() },
    };
  });
}

/** Where the play's scenes take place that follow from no interest, but from the rules. */
export const scenes = {
  split:
    "The network of contact offices holds its meetings in the spring; the list of its telephone numbers is kept by the secretariat.",
  absorbs: "An annual lecture on good neighbourhood is given by a retired lighthouse keeper.",
  absorbed: "Copies of that lecture go to every public library free of charge.",
  removed: "Stamps commemorating the anniversary are printed by whichever mint offers the lowest price.",
  wanders: "Interpretation into sign language is provided at all plenary gatherings.",
  disputed: "Whoever attacks the drinking water of civilians answers for it before an impartial tribunal.",
  mandates: "Observers from inland territories take their seats next to the podium.",
  removedLater: "The emblem shows an owl above two crossed oars.",
  obsolete: "Telegrams remain admissible as evidence of notification.",
  winter: "The calendar of the secretariat appears in January.",
  budget: "The calendar of the secretariat appears together with its budget, after the committee has met.",
  outspoken: "Smuggling of cultural artefacts finances many of those conflicts.",
} as const;
export type Scene = keyof typeof scenes;

/** The zero draft as the secretariat would hand it in: Markdown. */
export const draftOf = (clauses: readonly Clause[]): string =>
  [
    "# Draft report on being good neighbours",
    ...sections.flatMap((title, section) => [
      `## ${title}`,
      ...clauses.filter((clause) => clause.section === section).map(({ say, first }) => say(wordsOf(first))),
    ]),
    "## Arrangements",
    ...Object.values(scenes),
  ]
    .map((block, _, all) => (block.startsWith("#") ? block : `${numberOf(all, block)}. ${block}`))
    .join("\n\n");

const numberOf = (all: readonly string[], block: string): number =>
  all.filter((one) => !one.startsWith("#")).indexOf(block) + 1;
