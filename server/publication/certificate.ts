/** The certificate of a silence procedure as Markdown. */
import type { Certificate } from "../http/pages/certificate.tsx";
import { say } from "../http/pages/speaker.ts";
import { escaped } from "../../shared/domain/markdown-inline.ts";

export function certificateAsMarkdown({ title, report, outcome, facts, paragraphs, log, check }: Certificate): string {
  const passages = [
    `# ${escaped(title)}`,
    escaped(report),
    `**${escaped(outcome)}**`,
    ...facts.map(({ name, lines }) =>
      [`${escaped(name)}:`, "", ...lines.map((line) => `- ${escaped(line)}`)].join("\n"),
    ),
    `## ${escaped(say("silence.certificate.log"))}`,
    log.map(({ seq, at, sentence, hash }) => `- ${seq}, ${at}: ${escaped(sentence)} \`${hash}\``).join("\n"),
    `## ${escaped(say("silence.certificate.words"))}`,
    ...paragraphs.map(({ number, words, wording }) => `${escaped(number)}\\. ${escaped(words)}\n\`${wording}\``),
    ...check.map(escaped),
  ];
  return `${passages.join("\n\n")}\n`;
}
