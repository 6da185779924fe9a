/**
 * The report in Markdown, clean: the words of each part and their numbers, as `importText` reads them back.
 * Square brackets stand as they are; signs that Markdown would take for its own are escaped.
 */
import { bracketedIn, bracketLabels } from "../../shared/domain/bracket-labels.ts";
import type { ComposedParagraph, ComposedReport, SeenStatement } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { noteNumbersIn, shortNumber } from "../../shared/domain/numbering.ts";
import { escaped, guarded, writtenContent } from "../../shared/domain/markdown-inline.ts";
import { readAnnex } from "../../shared/messages/annexed.ts";
import { sayHowAgreed } from "../../shared/messages/agreed.ts";
import { sayCorrected, sayCorrection } from "../../shared/messages/corrections.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { sayAnnexed, sayRequest, sayWho, sayOriginal } from "../../shared/messages/tell.ts";
import { sayAdoption } from "../../shared/messages/silence.ts";
import { vacantAfter } from "../../shared/domain/held-numbers.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { parts } from "../../shared/domain/values.ts";
import type { Numbered } from "../../shared/domain/comparison.ts";
import { compare } from "../../shared/domain/comparison.ts";
import type { Numbers, WordsOrLetters } from "../../shared/messages/signs.ts";
import { readable, readableRedline } from "../../shared/messages/signs.ts";
import { hasOtherNumber, sayNumber, signsIn, signsOf, wasCalled } from "../../shared/messages/numbers.ts";

/** @param part only this part */
export function toMarkdown(report: ComposedReport, part?: Part): string {
  const voice = voiceIn("en");
  const numbers = numbersOf(report);
  const notes: string[] = [];
  const written = (one: ComposedParagraph): string => {
    const { known } = bracketLabels(one.content, bracketedIn(report).get(one.id));
    const words = writtenContent(one.content, numbers, notes, new Map(known.map(({ at, of }) => [at, sponsorsOf(of)])));
    if (one.kind === "heading") return `${"#".repeat(one.level + 3)} ${words.replace(/#$/, "\\#")}`;
    const short = shortNumber(one.number);
    return `${"    ".repeat(one.number.split("(").length - 1)}${short}${short === one.number ? "." : ""} ${guarded(words)}`;
  };
  const agreed = part === "chair-summary" ? [] : sayHowAgreed(report.parts.consensus, voice);
  // Before the text, as front matter: what is read back is the text.
  const front = [
    voice.say(`publication.distribution.${report.distribution}`),
    sayOriginal(report.language, voice),
    `status: ${[sayAdoption(report.adoption, voice), sayCorrected(report.corrections, voice)].filter((said) => said !== null).join(", ")}`,
    ...(agreed.length > 0 ? [`consensus text: ${JSON.stringify(agreed.join(" "))}`] : []),
    ...(part !== "consensus" && report.parts.chairSummary.length + report.annex.length > 0
      ? [`chair's summary: ${JSON.stringify(report.disclaimer)}`]
      : []),
  ];
  const passages = [`---\n${front.join("\n")}\n---`, `# ${escaped(report.title)}`];
  const blocks = (of: Part, paragraphs: readonly ComposedParagraph[]): readonly string[] => {
    const vacant = vacantAfter(report.vacancies, of, paragraphs);
    // As comments: what is read back is the text.
    const gone = (after: ParagraphId | null): readonly string[] =>
      (vacant.get(after) ?? []).map(({ number, why }) => `<!-- [${number} ${why}] -->`);
    return [...gone(null), ...paragraphs.flatMap((one) => [written(one), ...gone(one.id)])];
  };
  if (part !== "chair-summary") passages.push("## Consensus text", ...blocks("consensus", report.parts.consensus));
  if (part !== "consensus") passages.push("## Chair's summary", ...blocks("chair-summary", report.parts.chairSummary));
  if (part !== "consensus" && report.annex.length > 0)
    passages.push("## Annex to the chair's summary", ...annexIn(report));
  if (report.statements.length > 0)
    passages.push("## Statements", ...report.statements.map((one) => statementIn(one, numbers)));
  if (part !== "chair-summary") passages.push(...correctionsIn(report, numbers));
  passages.push(...notes.map((note, index) => `[^${index + 1}]: ${guarded(escaped(note))}`));
  return `${passages.join("\n\n")}\n`;
}

function correctionsIn(
  { corrections, parts: { consensus, chairSummary } }: ComposedReport,
  numbers: ReadonlyMap<ParagraphId, string>,
): readonly string[] {
  const voice = voiceIn("en");
  const signs = {
    numberOf: (id: ParagraphId) => numbers.get(id) ?? "",
    notes: noteNumbersIn([...consensus, ...chairSummary]),
  };
  if (corrections.length === 0) return [];
  return [
    `## ${voice.say("versions.corrections.title")}`,
    ...corrections.map((one) =>
      [
        `**${escaped(voice.say("versions.corrections.on", { number: numbers.get(one.paragraph) ?? "…" }))}**`,
        ...sayCorrection(one, signs, voice).map((line) => escaped(line)),
      ].join("  \n"),
    ),
  ];
}

const numbersOf = ({ parts: { consensus, chairSummary } }: ComposedReport): ReadonlyMap<ParagraphId, string> =>
  new Map([...consensus, ...chairSummary].map((one) => [one.id, sayNumber(one, voiceIn("en")) || one.text]));

const sponsorsOf = (proposals: readonly SeenProposal[]): string => {
  const voice = voiceIn("en");
  return voice.list(proposals.map(({ by }) => sayWho(by, voice)));
};

/** What a version says against another one: deleted words in `<del>`, inserted ones in `<ins>`, moves in words. */
export function toRedlineMarkdown(report: ComposedReport, before: Labelled, after: Labelled, only?: Part): string {
  const voice = voiceIn("en");
  const [now, then] = [signsIn(after, voice), signsIn(before, voice)];
  const corrected = sayCorrected(report.corrections, voice);
  const passages = [
    `# ${escaped(report.title)}`,
    `${escaped(after.label)}${corrected === null ? "" : `, ${escaped(corrected)},`} compared with ${escaped(before.label)}.`,
  ];
  for (const part of parts) {
    if (only !== undefined && part !== only) continue;
    passages.push(part === "consensus" ? "## Consensus text" : "## Chair's summary");
    for (const row of compare(before, after, part)) {
      const { number, left, kinds } = row;
      const was = wasCalled(row, voiceIn("en"));
      const block = row.after ?? row.before;
      if (!block) continue;
      if (left) {
        const now = number && row.after ? sayNumber({ number, part: row.after.part }, voiceIn("en")) : null;
        passages.push(`[${was ?? "…"} moved${now ? `, now ${now}` : ""}]`);
        continue;
      }
      const words = redlined(row.before?.content ?? "", row.after?.content ?? "", now, then);
      if (block.kind === "heading") passages.push(`${"#".repeat(block.level + 3)} ${words}`);
      else {
        const now = row.after ? `${number}.` : `[${was} deleted]`;
        const then = row.after && hasOtherNumber(row) ? ` [was ${was}]` : "";
        passages.push(`${now}${then}${kinds.includes("added") ? " [new]" : ""} ${words}`.replace(/^(\d+)\./, "$1\\."));
      }
    }
  }
  if (only !== "chair-summary") passages.push(...correctionsIn(report, numbersOf(report)));
  return `${passages.join("\n\n")}\n`;
}

interface Labelled extends Numbered {
  readonly label: string;
}

const tagged = (tag: string, text: string): string => `<${tag}>${escaped(text)}</${tag}>`;

/** "On paragraph 3:", then "- **Freedonia** proposes other words: … Not taken up: reason" */
function annexIn(report: ComposedReport): string[] {
  const voice = voiceIn("en");
  const { say, list } = voice;
  const signs = signsOf(report, voice);
  const { entries, others } = readAnnex(report.annex, voice);
  const told = entries.flatMap(({ number, part, proposals, alternatives, corrections }) => [
    `${sayAnnexed({ number, part }, voice)}:`,
    [
      ...proposals.map(({ by, cosponsors, kind, to, content, baseContent, fate }) => {
        const who = by ? list([by, ...cosponsors].map(({ name }) => name)) : say("record.someone");
        const does =
          kind === "move"
            ? say("proposals.card.kinds.move", { part: say(`words.thePart.${to ?? "consensus"}`) })
            : say(`proposals.card.kinds.${kind}`);
        const became = fate ? ` ${say(`proposals.fate.${fate.kind}`)}${fate.reason ? `: ${fate.reason}` : "."}` : "";
        const words = content ? `: ${redlined(baseContent ?? "", content, signs)}` : ".";
        return `- **${escaped(who)}** ${escaped(does)}${words}${escaped(became)}`;
      }),
      ...alternatives.map(
        ({ content, reason }) =>
          `- ${escaped(say("summary.annex.alternative", { text: readable(content, signs), reason }))}`,
      ),
      ...corrections.map((request) => `- ${escaped(sayRequest(request, voice))}`),
    ].join("\n"),
  ]);
  return others === null ? told : [...told, escaped(others)];
}

/** Deleted words in `<del>`, inserted ones in `<ins>`. */
const redlined = (from: WordsOrLetters, to: WordsOrLetters, now?: Numbers, then?: Numbers): string =>
  readableRedline(from, to, now, then)
    .map(({ kind, text }) => (kind === "same" ? escaped(text) : tagged(kind === "inserted" ? "ins" : "del", text)))
    .join("");

/** "**Freedonia**, reservation (3): words" */
function statementIn({ by, form, paragraphs, text }: SeenStatement, numbers: ReadonlyMap<string, string>): string {
  const on = paragraphs.length === 0 ? "" : ` (${paragraphs.map((id) => numbers.get(id) ?? "…").join(", ")})`;
  return `**${escaped(by.name)}**, ${form.replaceAll("-", " ")}${escaped(on)}: ${escaped(text)}`;
}
