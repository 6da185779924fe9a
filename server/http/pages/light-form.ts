/** What a form of the light page asks for, as a command; or why it cannot be one. */
import { canonicalJson, sha256Hex } from "../../../shared/domain/canonical-json.ts";
import type { Command } from "../../../shared/domain/commands.ts";
import { disclosureFor } from "../../../shared/domain/disclosure.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import type { Audience, Level } from "../../../shared/domain/positions.ts";
import { audiences, levels, remedyKinds } from "../../../shared/domain/positions.ts";
import type { Record as Log } from "../../../shared/domain/record.ts";
import type { ParagraphId, WordingHash } from "../../../shared/domain/values.ts";
import { parseParagraphId, parseWordingHash } from "../../../shared/domain/values.ts";
import { textNamed } from "../../../shared/domain/wording.ts";
import { commandCodec } from "../../../shared/wire/commands.ts";
import { say } from "./speaker.ts";

export type Fields = Readonly<{ [name: string]: string }>;

/** Only strings, each field once: the body of a form as it may be used. */
export function fieldsOf(body: unknown): Fields {
  if (typeof body !== "object" || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      // Forms send line breaks as CR LF; everything else here writes LF.
      typeof value === "string" ? [[name, value.replaceAll("\r\n", "\n").trim()]] : [],
    ),
  );
}

export type Asked =
  | { readonly ok: true; readonly command: Command; readonly key: string }
  /** `why` null: no form of ours sends this. */
  | { readonly ok: false; readonly why: string | null };

const needsWords: ReadonlySet<string> = new Set(["replace", "add"]);

/** @param record gives the words of the wording that the form was made for */
export function commandIn(fields: Fields, record: Log): Asked {
  const { key = "", act = "" } = fields;
  if (!/^[\w-]{1,100}$/.test(key)) return { ok: false, why: null };
  const level = levels.find((known) => known === (act === "lodge" ? fields["level"] : act));
  const made = level ? lodging(level, fields, record) : ending(act, fields);
  if (typeof made === "string") return { ok: false, why: made };
  const parsed = commandCodec.safeParse(made);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    // What people type is one of these; an id that is none was never in a form of ours.
    const typed = ["reason", "adds", "remedy", "condition", "conditions", "span", "text"].includes(
      String(issue?.path[0]),
    );
    return { ok: false, why: typed ? say("light.invalid", { problem: issue?.message ?? "" }) : null };
  }
  // One key a page is enough in the form; each act on it is one of its own, and so is each choice of paragraphs.
  const about =
    fields["proposal"] ??
    fields["bridging"] ??
    fields["request"] ??
    fields["position"] ??
    fields["paragraph"] ??
    [fields["on"], sha256Hex(canonicalJson(tickedIn(fields).toSorted()))].join("");
  // A paragraph may have several brackets.
  const place = fields["at"] === undefined ? "" : `.${fields["at"]}`;
  return { ok: true, command: parsed.data, key: `${key}.${about}${place}.${level ?? act}` };
}

function ending(act: string, fields: Fields): object | string {
  const { position, paragraph, wording, proposal, words, procedure, form, text, reason = "" } = fields;
  const { change, to, bridging, group, request } = fields;
  const why = reason === "" ? {} : { reason };
  switch (act) {
    case "align":
      return { kind: "align", position, ...(reason !== "" && { adds: reason }) };
    case "depart":
      return { kind: "depart", paragraph, ...why };
    case "lift":
      return { kind: "lift-bracket", paragraph, wording, at: Number(fields["at"]), how: fields["how"], ...why };
    case "propose":
      return { kind: "table-proposal", paragraph, wording, text: words, ...why, ...capacityIn(fields) };
    case "propose-other": {
      const more = change === "insert-after" ? { text: words } : change === "move" ? { to } : {};
      return { kind: "table-proposal", change, paragraph, wording, ...more, ...why, ...capacityIn(fields) };
    }
    case "amend-proposal":
      return { kind: "amend-proposal", proposal, wording, text: words, reason };
    case "confirm-proposal":
      return { kind: "confirm-proposal", proposal };
    case "bridging-accept":
      return { kind: "answer-bridging", bridging, answer: "accept", ...why };
    case "bridging-not-yet":
      return { kind: "answer-bridging", bridging, answer: "not-yet", ...why };
    case "bridging-objection":
      return { kind: "answer-bridging", bridging, answer: "objection", ...why };
    case "join-group":
      return { kind: "join-group", group };
    case "leave-group":
      return { kind: "leave-group", group };
    case "contest":
      return { kind: "contest-correction", paragraph, ...why };
    case "request":
      return { kind: "request-correction", paragraph, wording, text: reason };
    case "withdraw-request":
      return { kind: "withdraw-correction-request", request };
    case "cosponsor":
      return { kind: "cosponsor", proposal };
    case "leave":
      return { kind: "cosponsor", proposal, leave: true };
    case "withdraw-proposal":
      return { kind: "withdraw-proposal", proposal };
    case "dissociate":
      return { kind: "withdraw-position", position, dissociates: true };
    case "withdraw":
      return { kind: "withdraw-position", position };
    case "confirm":
      return { kind: "confirm-position", position };
    case "reaffirm":
      return { kind: "reaffirm-position", position, wording, ...why };
    case "met":
      return { kind: "confirm-met", position, ...(wording && { wording }) };
    case "reserve":
      return { kind: "lodge-position", level: "reservation", paragraph, wording, replaces: position };
    case "break":
      return aboutPlaces(fields, { kind: "break-silence", procedure, ...why, ...capacityIn(fields) });
    case "statement":
      return aboutPlaces(fields, { kind: "make-statement", form, text });
    default:
      return {};
  }
}

const ticks = "on.";
/** The name of the box that a paragraph is ticked in: each field is sent once. */
export const tickOf = (paragraph: ParagraphId): string => `${ticks}${paragraph}`;
const tickedIn = (fields: Fields): readonly string[] =>
  Object.keys(fields).flatMap((name) => (name.startsWith(ticks) ? [name.slice(ticks.length)] : []));

/** What a form is about, everything or the paragraphs that are ticked; both at once is no answer. */
function aboutPlaces(fields: Fields, command: object): object | string {
  const paragraphs = tickedIn(fields);
  if (fields["on"] === "some")
    return paragraphs.length === 0 ? say("silence.announce.nothing") : { ...command, paragraphs };
  return paragraphs.length === 0 ? command : say("light.tickedAndAll");
}

const capacityIn = ({ group }: Fields): object => (group ? { onBehalfOfGroup: group } : {});

export const waysOfConditions = ["stays", "agreed", "loses"] as const;

/** What it hangs on elsewhere: a paragraph by its number, in the consensus text, or a package; or what is missing. */
function conditionIn({ onlyIf = "", ifNumber = "", ifWords = "" }: Fields, record: Log): readonly object[] | string {
  if (onlyIf === "") return [];
  const way = waysOfConditions.find((known) => known === onlyIf);
  if (!way) return [{ is: "stands", package: onlyIf }];
  const { numbers } = numbersToday(record, record.text);
  const block = record.text.find(({ id, part }) => part === "consensus" && numbers.get(id) === ifNumber);
  if (!block) return say("light.conditionUnknown");
  if (way === "loses" && ifWords === "") return say("packages.rows.wordsNeeded");
  return [{ is: way, paragraph: block.id, ...(way !== "agreed" && ifWords !== "" && { words: ifWords }) }];
}

/** The command, or the sentence that says what is missing. */
function lodging(level: Level, fields: Fields, record: Log): object | string {
  const { quote = "", lift = "", reason = "", condition = "", ground = "", audience = "" } = fields;
  const wording = parseWordingHash(fields["wording"]);
  const from = quote === "" || !wording ? -1 : textNamed(record, wording).indexOf(quote);
  if (quote !== "" && from < 0) return say("light.quoteUnknown");
  const kind = remedyKinds.find((known) => known === fields["how"]) ?? "other";
  const objects = level === "objection";
  if (objects && lift === "" && needsWords.has(kind)) {
    return say("light.liftNeeded", { remedy: say(`light.howIn.${kind}`) });
  }
  const conditions = conditionIn(fields, record);
  if (typeof conditions === "string") return conditions;
  const hasRemedy = objects && (lift !== "" || kind !== "other");
  const wider = audiences.find((known) => known === audience);
  return {
    kind: "lodge-position",
    paragraph: fields["paragraph"],
    wording: fields["wording"],
    level,
    ...(quote !== "" && { span: { from, to: from + quote.length, quote } }),
    ...(hasRemedy && { remedy: { kind, ...(lift !== "" && { text: lift }) } }),
    ...(reason !== "" && { reason }),
    ...(ground !== "" && { ground }),
    ...(condition !== "" && { condition }),
    ...(conditions.length > 0 && { conditions }),
    ...(fields["placement"] !== undefined && { placement: true }),
    ...capacityIn(fields),
    ...(wider && { disclosure: { existence: wider, name: wider, reason: wider } }),
  };
}

/** The audiences that a position can be opened to beyond what the rules already disclose. */
export function widerAudiences({ settings }: Log, level: Level): readonly Audience[] {
  return audiences.slice(audiences.indexOf(disclosureFor(settings.disclosure, level).reason) + 1);
}

/** Where on the page a form stands, so that it can be shown again as it was sent. */
export interface Tried {
  readonly paragraph: ParagraphId | null;
  readonly wording: WordingHash | null;
  readonly form: "object" | "reserve" | "propose" | "amend" | "contest" | "request" | "more" | null;
  readonly fields: Fields;
  readonly why: string;
}

export function triedAs(fields: Fields, why: string): Tried {
  const { act } = fields;
  return {
    paragraph: parseParagraphId(fields["paragraph"]),
    wording: parseWordingHash(fields["wording"]),
    form:
      act === "objection"
        ? "object"
        : act === "reservation"
          ? "reserve"
          : act === "lodge"
            ? "more"
            : act === "contest" || act === "request"
              ? act
              : act === "propose" || act === "propose-other"
                ? "propose"
                : act === "amend-proposal"
                  ? "amend"
                  : null,
    fields,
    why,
  };
}
