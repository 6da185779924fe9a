/** What a negotiation has in the calendar, as iCalendar (RFC 5545): the ends of silences, announced phases, the days of issued versions. */
import type { Record } from "../../shared/domain/record.ts";
import type { ComposedReport, SeenSilence } from "../../shared/domain/report.ts";
import type { EpochMs, ParagraphId } from "../../shared/domain/values.ts";
import type { Version } from "../../shared/domain/versions.ts";
import type { Voice } from "../../shared/messages/say.ts";
import { sayRule } from "../../shared/messages/tell.ts";
import { deadlineIn, isoOf } from "../../shared/messages/times.ts";

interface Deadlines {
  readonly report: ComposedReport;
  /** Of it only what everyone is told is used: versions and phases. */
  readonly record: Pick<Record, "versions" | "phases">;
  /** Of the page that it is about. */
  readonly address: string;
  readonly voice: Voice;
}

type Event = readonly (readonly [name: string, value: string])[];

export function toCalendar({ report, record, address, voice }: Deadlines): string {
  const { say } = voice;
  const about = { title: report.title };
  const numbers = new Map(report.parts.consensus.map(({ id, number }) => [id, number]));
  const announced = record.phases.filter(({ from }, index) => index > 0 && from > 0);
  const events: readonly Event[] = [
    ...report.silences.map((silence) => eventOf(silence, about, numbers, address, voice)),
    ...announced.map((phase): Event => [
      ["UID", `${report.slug}-phase-${phase.seq}@rapporteur`],
      ["DTSTAMP", utc(phase.from)],
      ["DTSTART", utc(phase.from)],
      ["SUMMARY", written(say("feeds.phaseBegins", about))],
      ["DESCRIPTION", written(sayRule(phase, voice))],
      ["URL", address],
    ]),
    ...record.versions.map((version): Event => [
      ["UID", `${report.slug}-version-${version.name}@rapporteur`],
      ["DTSTAMP", utc(version.at)],
      ["DTSTART;VALUE=DATE", dayOf(version).replaceAll("-", "")],
      ["TRANSP", "TRANSPARENT"],
      ["SUMMARY", written(say("feeds.issued", { ...about, version: version.symbol ?? version.label }))],
      ...(version.note ? ([["DESCRIPTION", written(version.note)]] as const) : []),
      ["URL", `${address}/v/${version.name}`],
    ]),
  ];
  const lines = [
    ["BEGIN", "VCALENDAR"],
    ["VERSION", "2.0"],
    ["PRODID", "-//Rapporteur//Deadlines//EN"],
    ["NAME", written(say("feeds.deadlines", about))],
    ["X-WR-CALNAME", written(say("feeds.deadlines", about))],
    ["REFRESH-INTERVAL;VALUE=DURATION", "PT15M"],
    ...(events.length === 0 ? nothingYet : []),
    ...events.flatMap((event) => [["BEGIN", "VEVENT"], ...event, ["END", "VEVENT"]] as const),
    ["END", "VCALENDAR"],
  ] as const;
  return lines.map(([name, value]) => `${folded(`${name}:${value}`)}\r\n`).join("");
}

/** A calendar has one component at least (RFC 5545, section 3.6): here the time zone that all of its times are in. */
const nothingYet = [
  ["BEGIN", "VTIMEZONE"],
  ["TZID", "UTC"],
  ["BEGIN", "STANDARD"],
  ["DTSTART", "19700101T000000"],
  ["TZOFFSETFROM", "+0000"],
  ["TZOFFSETTO", "+0000"],
  ["END", "STANDARD"],
  ["END", "VTIMEZONE"],
] as const;

/** The same event from its announcement to its end, however often it is moved: its number counts the changes. */
function eventOf(
  silence: SeenSilence,
  about: { readonly title: string },
  numbers: ReadonlyMap<ParagraphId, string>,
  address: string,
  { say, list, language }: Voice,
): Event {
  const { id, at, deadline, zone, extensions, ended, whole, paragraphs, adopts, note } = silence;
  const changed = ended?.at ?? extensions.at(-1)?.at ?? at;
  const isCancelled = ended?.how === "cancelled";
  const title = isCancelled ? "silenceCancelled" : ended ? "silenceEnded" : "silenceEnds";
  const scope = whole
    ? say("feeds.silenceWhole")
    : say("feeds.silenceOn", { numbers: list(paragraphs.map(({ paragraph }) => numbers.get(paragraph) ?? "–")) });
  return [
    ["UID", `${id}@rapporteur`],
    ["DTSTAMP", utc(changed)],
    ["SEQUENCE", String(extensions.length + (ended ? 1 : 0))],
    ["DTSTART", utc(deadline)],
    ["STATUS", isCancelled ? "CANCELLED" : "CONFIRMED"],
    ["SUMMARY", written(say(`feeds.${title}`, about))],
    [
      "DESCRIPTION",
      written(
        [deadlineIn(deadline, zone, language), scope, ...(adopts ? [say("feeds.silenceAdopts")] : []), note ?? ""]
          .filter(Boolean)
          .join("\n"),
      ),
    ],
    ["URL", address],
  ];
}

const dayOf = ({ date, at }: Version): string => date ?? isoOf(at).slice(0, 10);

/** "20261127T220000Z": needs no time zone beside it. A deadline within a second is shown at its second, never later. */
const utc = (at: EpochMs): string => isoOf(at).replace(/\.\d+/, "").replace(/[-:]/g, "");

const written = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- what a line cannot hold
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F]/g, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");

/** No line is longer than 75 octets; none is cut inside a character. */
function folded(line: string): string {
  const lines: string[] = [];
  let piece = "";
  let length = 0;
  for (const sign of line) {
    const octets = Buffer.byteLength(sign);
    if (length + octets > 75) {
      lines.push(piece);
      piece = "";
      // The space that begins a continued line counts.
      length = 1;
    }
    piece += sign;
    length += octets;
  }
  return [...lines, piece].join("\r\n ");
}
