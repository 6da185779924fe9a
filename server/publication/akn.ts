/**
 * The printed report in Akoma Ntoso 3.0, after the conventions of the United Nations (AKN4UN). A paragraph's `wId` is its permanent id, its
 * `eId` follows from where it stands. What is proposed is `ins` and `del`; what is said beside the words is a note in the metadata.
 */
import type { Language } from "../../shared/domain/languages.ts";
import { languageOf } from "../../shared/domain/languages.ts";
import type { Element } from "@xmldom/xmldom";
import { strToU8 } from "fflate";
import { bracketsOf } from "../../shared/domain/brackets.ts";
import type { Range } from "../../shared/domain/wording.ts";
import type { Voice } from "../../shared/messages/say.ts";
import type {
  Change,
  PrintedBlock,
  PrintedPart,
  PrintedPiece,
  PrintedProposal,
  PrintedReport,
  PrintedSection,
  Remark,
} from "./printed-report.ts";
import { idIn } from "./printed-report.ts";
import type { Attributes, Child, XmlFile } from "./xml-file.ts";
import { xmlFile } from "./xml-file.ts";

export async function toAkn(report: PrintedReport, voice: Voice): Promise<Uint8Array> {
  return strToU8(new Writing(report, voice).written());
}

/** ISO 639-2, as the naming convention has it. */
const languages: { readonly [of in Language]: string } = {
  ar: "ara",
  zh: "zho",
  en: "eng",
  fr: "fra",
  ru: "rus",
  es: "spa",
};

const conceptOf = { consensus: "consensusText", "chair-summary": "chairsSummary" } as const;

/** Outermost first: headings in their three levels, then paragraphs in theirs; the short form is for `eId`s. */
const kinds = [
  { name: "section", short: "sec" },
  { name: "subsection", short: "subsec" },
  { name: "hcontainer", short: "hcontainer", class: "subsubsection" },
  { name: "paragraph", short: "para" },
  { name: "subparagraph", short: "subpara" },
  { name: "point", short: "point" },
] as const;
const rankOf = ({ kind, level }: PrintedBlock): number => Math.min(level, 2) + (kind === "heading" ? 0 : 3);

/** A block with what stands under it. */
interface Placed {
  readonly block: PrintedBlock;
  readonly rank: number;
  readonly eId: string;
  readonly under: Placed[];
}

class Writing {
  readonly #report: PrintedReport;
  readonly #voice: Voice;
  readonly #file: XmlFile;
  readonly #notes: Element[] = [];
  /** Who is named, with the id under which the references have them. */
  readonly #organisations = new Map<string, string>();
  readonly #placed: ReadonlyMap<PrintedPart, readonly Placed[]>;
  /** By the id of the block: where references to it lead. */
  readonly #eIds = new Map<string, string>();
  #footnotes = 0;
  #changes = 0;

  constructor(report: PrintedReport, voice: Voice) {
    this.#report = report;
    this.#voice = voice;
    this.#file = xmlFile({ "": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0" }, "akomaNtoso");
    this.#placed = new Map(
      report.parts.map((part, index) => [part, placed(part.blocks, `part_${index + 1}`, this.#eIds)] as const),
    );
  }

  written(): string {
    const { parts, annex, statements, sections, status, label, title, symbol, comparison, imprint, asOf, address } =
      this.#report;
    const mainBody = this.#el("mainBody", {}, [
      ...parts.map((part, index) => this.#part(part, `part_${index + 1}`)),
      ...(parts.length === 0 ? [this.#el("p")] : []),
    ]);
    const attachments = [
      ...(annex.length === 0 ? [] : [this.#annex("att_1")]),
      ...(statements.length === 0 ? [] : [this.#statements(`att_${annex.length === 0 ? 1 : 2}`)]),
    ];
    for (const section of sections) attachments.push(this.#section(`att_${attachments.length + 1}`, section));
    const preface = this.#el("preface", {}, [
      this.#el("p", { class: "organ" }, [this.#voice.say("publication.organisation")]),
      ...imprint.map((said) => this.#el("p", { class: "imprint" }, [said])),
      this.#el("p", { class: "title" }, [
        this.#el("docTitle", {}, [title]),
        " ",
        this.#el("docNumber", {}, [symbol ?? label]),
      ]),
      this.#el("p", { class: "status" }, [this.#el("docStatus", {}, [status])]),
      ...(comparison === null ? [] : [this.#el("p", { class: "comparison" }, [comparison])]),
      this.#el("p", { class: "asOf" }, [`${asOf}. ${address}`]),
    ]);
    // Last, for it lists whom the others name.
    const meta = this.#meta("main", this.#notes);
    this.#file.append(this.#file.root, [
      this.#el("debateReport", { name: "meetingReport", contains: "singleVersion" }, [
        meta,
        preface,
        mainBody,
        ...(attachments.length === 0 ? [] : [this.#el("attachments", {}, attachments)]),
      ]),
    ]);
    return this.#file.written();
  }

  #el(...given: Parameters<XmlFile["element"]>): Element {
    return this.#file.element(...given);
  }

  // ---------- metadata ----------

  #meta(component: string, notes: readonly Element[]): Element {
    const { date, original, label, symbol, slug, seq, title } = this.#report;
    const number = (symbol ?? slug).toLowerCase().replaceAll("/", "-");
    const work = `/akn/un/debateReport/report/${slug}/${date}/${encodeURIComponent(number)}`;
    const expression = `${work}/${languages[original]}@${date}.${seq}`;
    const frbr = (name: string, iri: string, more: readonly Element[]): Element =>
      this.#el(name, {}, [
        this.#el("FRBRthis", { value: `${iri}/!${component}` }),
        this.#el("FRBRuri", { value: iri }),
        this.#el("FRBRdate", { date, name: "circulation" }),
        this.#el("FRBRauthor", { href: "#body", as: "#author" }),
        ...more,
      ]);
    const source = { source: "#rapporteur" };
    return this.#el("meta", {}, [
      this.#el("identification", source, [
        frbr("FRBRWork", work, [
          this.#el("FRBRcountry", { value: "un" }),
          this.#el("FRBRsubtype", { value: "report" }),
          this.#el("FRBRnumber", { value: symbol ?? slug }),
          this.#el("FRBRname", { value: title }),
          this.#el("FRBRprescriptive", { value: "false" }),
          this.#el("FRBRauthoritative", { value: "false" }),
        ]),
        frbr("FRBRExpression", expression, [
          this.#el("FRBRversionNumber", { value: label }),
          this.#el("FRBRlanguage", { language: original }),
        ]),
        frbr("FRBRManifestation", `${expression}.xml`, [this.#el("FRBRformat", { value: "application/akn+xml" })]),
      ]),
      this.#el("publication", { date, name: label, showAs: label, number: symbol ?? undefined }),
      ...(component === "main" ? [this.#lifecycle(source), this.#workflow(source)] : []),
      ...(component === "main" ? [this.#references(source)] : []),
      ...(notes.length === 0 ? [] : [this.#el("notes", source, notes)]),
    ]);
  }

  #lifecycle(source: Attributes): Element {
    const { date, adopted } = this.#report;
    const event = (on: string, concept: Outcome): Element =>
      this.#el("eventRef", { date: on, source: "#body", type: "generation", refersTo: `#${concept}` });
    return this.#el("lifecycle", source, [
      event(date, "circulated"),
      ...(adopted ? [event(adopted.date, outcomeOf(adopted))] : []),
    ]);
  }

  #workflow(source: Attributes): Element {
    const { date, adopted } = this.#report;
    const step = (on: string, outcome: Outcome): Element =>
      this.#el("step", { date: on, by: "#body", as: "#author", outcome: `#${outcome}` });
    return this.#el("workflow", source, [
      step(date, "circulated"),
      ...(adopted ? [step(adopted.date, outcomeOf(adopted))] : []),
    ]);
  }

  #references(source: Attributes): Element {
    const { slug, title, adopted, status } = this.#report;
    const { say } = this.#voice;
    const outcome = (name: Outcome, showAs: string): Element =>
      known("TLCConcept", name, `/akn/ontology/concept/un/${name}`, showAs);
    const known = (kind: string, eId: string, href: string, showAs: string): Element =>
      this.#el(kind, { eId, href, showAs });
    return this.#el("references", source, [
      known("TLCOrganization", "rapporteur", "/akn/ontology/organization/un/rapporteur", "Rapporteur"),
      known("TLCOrganization", "body", `/akn/ontology/organization/un/${slug}`, title),
      known("TLCRole", "author", "/akn/ontology/role/un/author", "Author"),
      ...this.#report.parts.map(({ id }) =>
        known("TLCConcept", conceptOf[id], `/akn/ontology/concept/un/${conceptOf[id]}`, say(`words.part.${id}`)),
      ),
      outcome("circulated", say("publication.circulated")),
      ...(adopted ? [outcome(outcomeOf(adopted), status)] : []),
      ...[...this.#organisations].map(([name, eId]) =>
        known("TLCOrganization", eId, `/akn/ontology/organization/un/${encodeURIComponent(name)}`, name),
      ),
    ]);
  }

  #organisation(name: string): string {
    const known = this.#organisations.get(name) ?? `org_${this.#organisations.size + 1}`;
    this.#organisations.set(name, known);
    return `#${known}`;
  }

  /** A note in the metadata, and the sign that leads to it from the words. */
  #note(kind: "position" | "proposal", by: string | null, marker: string, paragraphs: readonly Element[]): Element {
    const eId = `note_${this.#notes.length + 1}`;
    this.#notes.push(
      this.#el("note", { eId, class: kind, ...(by !== null && { refersTo: this.#organisation(by) }) }, paragraphs),
    );
    return this.#el("noteRef", { href: `#${eId}`, marker });
  }

  #remark({ by, at, text }: Remark): Element {
    const [first = "", ...others] = text.split("\n");
    const said = [`${by}: ${first}`, ...others];
    return this.#note(
      "position",
      by,
      by,
      said.map((line, index) => this.#el("p", index === 0 ? { title: isoOf(at) } : {}, [line])),
    );
  }

  // ---------- words ----------

  #part(part: PrintedPart, eId: string): Element {
    const { id, title, standing } = part;
    const blocks = this.#placed.get(part) ?? [];
    return this.#el("part", { eId, refersTo: `#${conceptOf[id]}` }, [
      this.#el("heading", {}, [title]),
      this.#el("intro", { eId: `${eId}__intro` }, [
        this.#el("p", {}, [standing]),
        ...(blocks.length === 0 ? [this.#el("p", {}, [this.#voice.say("publication.emptyPart")])] : []),
      ]),
      ...blocks.map((one) => this.#block(one)),
    ]);
  }

  /** Where words are not in the report's own. */
  #otherLanguage(pieces: readonly PrintedPiece[]): string | undefined {
    const { original } = this.#report;
    const language = languageOf(pieces.map(({ text }) => text).join(""), original);
    return language === original ? undefined : language;
  }

  #block({ block, rank, eId, under }: Placed): Element {
    const { kind, number, aside, anchor, alternativeTo, pieces } = block;
    const of = kinds[rank]!;
    const lead = [number, aside ?? ""].filter((words) => words !== "").join(" ");
    const words = this.#words(block);
    const content = (name: "intro" | "content"): Element =>
      this.#el(name, { eId: `${eId}__${name}` }, [this.#el("p", {}, words)]);
    const attributes = {
      eId,
      wId: idIn(anchor),
      alternativeTo: alternativeTo === null ? undefined : this.#eIds.get(idIn(alternativeTo)),
      "xml:lang": this.#otherLanguage(pieces),
      ...("class" in of && { name: of.class }),
    };
    return this.#el(of.name, attributes, [
      ...(lead === "" ? [] : [this.#el("num", {}, [lead])]),
      ...(kind === "heading" ? [this.#el("heading", {}, words)] : []),
      ...(kind === "heading" ? [] : [content(under.length > 0 ? "intro" : "content")]),
      ...under.map((one) => this.#block(one)),
    ]);
  }

  /** Remarks on words are named after the last of them, those on the paragraph and proposals at its end. */
  #words({ pieces: whole, remarks, proposals }: PrintedBlock): Child[] {
    const brackets = bracketsIn(whole);
    const pieces = cutAt(
      whole,
      brackets.flatMap(({ from, to }) => [from, to]),
    );
    const lastOf = new Map<number, number>();
    pieces.forEach((piece, index) => piece.remarks?.forEach((remark) => lastOf.set(remark, index)));
    const said = pieces.map((piece, index) => [
      this.#piece(piece),
      ...remarks.flatMap((remark, which) => (lastOf.get(which) === index ? [this.#remark(remark)] : [])),
    ]);
    return [
      ...this.#bracketed(pieces, said, brackets),
      ...remarks.flatMap((remark, which) => (lastOf.has(which) ? [] : [this.#remark(remark)])),
      ...proposals.map((proposal) => this.#note("proposal", null, proposal.title, this.#proposal(proposal))),
    ];
  }

  /**
   * Brackets, one in the other, as elements of their own.
   * @param said what each of the pieces came to
   */
  #bracketed(
    pieces: readonly PrintedPiece[],
    said: readonly (readonly Child[])[],
    brackets: readonly Range[],
  ): Child[] {
    const open: { readonly to: number; readonly children: Child[] }[] = [{ to: Infinity, children: [] }];
    let at = 0;
    pieces.forEach((piece, index) => {
      for (const { from, to } of brackets) if (from === at) open.push({ to, children: [] });
      open.at(-1)!.children.push(...said[index]!);
      at += lengthOf(piece);
      while (open.at(-1)!.to === at) {
        const { children } = open.pop()!;
        open.at(-1)!.children.push(this.#el("inline", { name: "bracket" }, children));
      }
    });
    return open[0]!.children;
  }

  #piece(piece: PrintedPiece): Child {
    const { change } = piece;
    const words = this.#plain(piece);
    return change ? this.#changed(change, words) : words;
  }

  #changed({ kind, by, at }: Change, words: Child): Element {
    const name = kind === "inserted" ? "ins" : "del";
    const eId = `${name}_${++this.#changes}`;
    return this.#el(name, { eId, refersTo: this.#organisation(by), title: `${by}, ${isoOf(at)}` }, [words]);
  }

  #plain(piece: PrintedPiece): Child {
    switch (piece.t) {
      case "text":
        return (piece.marks ?? []).reduce<Child>((words, mark) => this.#el(elementOf[mark], {}, [words]), piece.text);
      case "footnote": {
        const marker = String(++this.#footnotes);
        return this.#el("authorialNote", { eId: `fn_${marker}`, marker, placement: "bottom" }, [
          this.#el("p", {}, [piece.text]),
        ]);
      }
      case "ref": {
        const target = this.#eIds.get(piece.to);
        return target === undefined ? piece.text : this.#el("ref", { href: `#${target}` }, [piece.text]);
      }
    }
  }

  #proposal({ title, pieces, reason, fate }: PrintedProposal): Element[] {
    return [
      this.#el("p", {}, [title]),
      ...(pieces.length === 0
        ? []
        : [
            this.#el(
              "p",
              {},
              pieces.map((piece) => this.#piece(piece)),
            ),
          ]),
      ...[reason, fate].flatMap((words) => (words === null ? [] : [this.#el("p", {}, [words])])),
    ];
  }

  // ---------- what is attached ----------

  #annex(eId: string): Element {
    const { say } = this.#voice;
    const entries = this.#report.annex.map(({ title, proposals }, index) =>
      this.#container(
        "proposals",
        `${eId}__hcontainer_${index + 1}`,
        title,
        proposals.flatMap((proposal) => this.#proposal(proposal)),
      ),
    );
    return this.#attachment(eId, "annex", say("summary.annex.title"), [
      this.#el("intro", { eId: `${eId}__intro` }, [this.#el("p", {}, [say("summary.annex.lead")])]),
      ...entries,
    ]);
  }

  #statements(eId: string): Element {
    const statements = this.#report.statements.map(({ title, text }, index) =>
      this.#container(
        "statement",
        `${eId}__hcontainer_${index + 1}`,
        title,
        text.split("\n").map((line) => this.#el("p", {}, [line])),
      ),
    );
    return this.#attachment(eId, "statements", this.#voice.say("publication.statements"), statements);
  }

  #section(eId: string, { title, items }: PrintedSection): Element {
    const lines = items.flatMap((item) =>
      item.t === "words" ? item.text.split("\n") : item.rows.map((row) => row.join("; ")),
    );
    const said = lines.map((line) => this.#el("p", {}, [line]));
    return this.#attachment(eId, "corrections", title, [this.#el("content", { eId: `${eId}__content` }, said)]);
  }

  #container(name: string, eId: string, heading: string, paragraphs: readonly Element[]): Element {
    const content = this.#el("content", { eId: `${eId}__content` }, paragraphs);
    return this.#el("hcontainer", { name, eId }, [this.#el("heading", {}, [heading]), content]);
  }

  #attachment(eId: string, name: string, heading: string, content: readonly Element[]): Element {
    const whole = this.#el("hcontainer", { name, eId: `${eId}__hcontainer` }, content);
    return this.#el("attachment", { eId }, [
      this.#el("heading", {}, [heading]),
      this.#el("doc", { name }, [this.#meta(name, []), this.#el("mainBody", {}, [whole])]),
    ]);
  }
}

const elementOf = { strong: "b", em: "i", underline: "u" } as const;

type Outcome = "circulated" | "adopted" | "adoptedByConsensus";
const outcomeOf = ({ by }: NonNullable<PrintedReport["adopted"]>): Outcome =>
  by === "consensus" ? "adoptedByConsensus" : "adopted";

const lengthOf = (piece: PrintedPiece): number => (piece.t === "text" ? piece.text.length : 1);

/** Those that close, the outer before the inner. */
const bracketsIn = (pieces: readonly PrintedPiece[]): readonly Range[] =>
  bracketsOf(pieces.map((piece) => (piece.t === "text" ? piece.text : "\uFFFC")).join("")).all.filter(
    ({ closed }) => closed,
  );

function cutAt(pieces: readonly PrintedPiece[], places: readonly number[]): readonly PrintedPiece[] {
  let at = 0;
  return pieces.flatMap((piece): readonly PrintedPiece[] => {
    const start = at;
    at += lengthOf(piece);
    if (piece.t !== "text") return [piece];
    const within = [...new Set(places)].filter((place) => place > start && place < at).toSorted((a, b) => a - b);
    const bounds = [start, ...within, at].map((place) => place - start);
    return bounds.slice(1).map((to, index) => ({ ...piece, text: piece.text.slice(bounds[index], to) }));
  });
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** Headings hold what follows them up to the next of their level or above, paragraphs the smaller ones after them. */
function placed(blocks: readonly PrintedBlock[], partEId: string, eIds: Map<string, string>): readonly Placed[] {
  const top: Placed[] = [];
  const open: Placed[] = [];
  for (const block of blocks) {
    const rank = rankOf(block);
    while (open.length > 0 && open.at(-1)!.rank >= rank) open.pop();
    const parent = open.at(-1);
    const beside = parent?.under ?? top;
    const count = beside.filter((one) => one.rank === rank).length + 1;
    const one = { block, rank, eId: `${parent?.eId ?? partEId}__${kinds[rank]!.short}_${count}`, under: [] };
    beside.push(one);
    open.push(one);
    const id = idIn(block.anchor);
    // A heading can begin both parts; it is spoken of in the first.
    if (!eIds.has(id)) eIds.set(id, one.eId);
  }
  return top;
}
