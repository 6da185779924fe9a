/**
 * The printed report as one HTML file, in the look of the public page and without a script: changes as `ins` and `del` with who made them,
 * positions and proposals as notes under their paragraph.
 */
import type { Language } from "../../shared/domain/languages.ts";
import { languageOf } from "../../shared/domain/languages.ts";
import { strToU8 } from "fflate";
import type { ReactNode } from "react";
import { Fragment } from "react";
import type { Voice } from "../../shared/messages/say.ts";
import { dayInNewYork, isoOf } from "../../shared/messages/times.ts";
import { Document, htmlOf } from "../http/pages/document.tsx";
import { Heading, withDepths } from "../http/pages/reader.tsx";
import { Marked } from "../http/pages/words.tsx";
import type {
  PrintedBlock,
  PrintedPart,
  PrintedPiece,
  PrintedProposal,
  PrintedReport,
  PrintedSection,
  PrintedTable,
  Remark,
} from "./printed-report.ts";
import { idIn, runsOf } from "./printed-report.ts";

export async function toPrintedHtml(report: PrintedReport, voice: Voice): Promise<Uint8Array> {
  return strToU8(htmlOf(<Report report={report} around={aroundOf(report, voice)} />));
}

/** What a paragraph needs to know of the report around it. */
interface Around {
  readonly voice: Voice;
  readonly original: Language;
  /** Numbers of footnotes, counted through the whole report. */
  readonly notes: ReadonlyMap<PrintedPiece, number>;
  /** What links lead to: a block that stands in two places has its words in one of them. */
  readonly anchors: ReadonlyMap<PrintedBlock, string>;
  /** Against a version all changes are the chair's, which the masthead says. */
  readonly names: boolean;
}

function aroundOf({ parts, annex, comparison, original }: PrintedReport, voice: Voice): Around {
  const blocks = parts.flatMap((part) => part.blocks);
  const compiled = (proposals: readonly PrintedProposal[]): readonly PrintedPiece[] =>
    proposals.flatMap(({ pieces }) => pieces);
  const pieces = [
    ...blocks.flatMap((block) => [...block.pieces, ...compiled(block.proposals)]),
    ...annex.flatMap(({ proposals }) => compiled(proposals)),
  ];
  const anchors = new Map<string, PrintedBlock>();
  for (const block of blocks) {
    const anchor = `${block.anchor.split("_")[0]}-${idIn(block.anchor)}`;
    if (!anchors.has(anchor) || anchors.get(anchor)!.pieces.length === 0) anchors.set(anchor, block);
  }
  return {
    voice,
    notes: new Map(pieces.filter(({ t }) => t === "footnote").map((piece, index) => [piece, index + 1])),
    original,
    anchors: new Map([...anchors].map(([anchor, block]) => [block, anchor])),
    names: comparison === null,
  };
}

function Report({ report, around }: { readonly report: PrintedReport; readonly around: Around }) {
  const { title, symbol, label, imprint, status, comparison, asOf, address, parts, annex, statements, sections } =
    report;
  const { say } = around.voice;
  return (
    <Document
      title={`${title}: ${comparison ?? label}`}
      look="reader"
      alone
      banner={
        <div className="masthead">
          <h1>
            {title}
            <small>{comparison ?? label}</small>
          </h1>
          <div className="imprimatur">
            <p className="adoption">{status}</p>
            <p>{[...(symbol === null ? [] : [symbol]), ...imprint].join(" · ")}</p>
            <p>
              {asOf}. <a href={address}>{address}</a>
            </p>
          </div>
        </div>
      }
    >
      <article className="text printed" lang={report.language}>
        {parts.map((part) => (
          <Part key={part.id} part={part} around={around} />
        ))}
        {annex.length > 0 && (
          <section className="part" aria-labelledby="annex">
            <h2 id="annex">{say("summary.annex.title")}</h2>
            <p className="standing">{say("summary.annex.lead")}</p>
            {annex.map(({ title: on, proposals }, index) => (
              <Fragment key={index}>
                <h3>{on}</h3>
                <Proposals proposals={proposals} around={around} />
              </Fragment>
            ))}
          </section>
        )}
        {statements.length > 0 && (
          <section className="part" aria-labelledby="statements">
            <h2 id="statements">{say("publication.statements")}</h2>
            {statements.map(({ title: by, text }, index) => (
              <section key={index} className="statement">
                <h3>{by}</h3>
                <Lines text={text} />
              </section>
            ))}
          </section>
        )}
        {sections.map((section, index) => (
          <Section key={index} section={section} id={`section-${index + 1}`} />
        ))}
        <Notes around={around} />
      </article>
    </Document>
  );
}

const Lines = ({ text }: { readonly text: string }) =>
  text.split("\n").map((line, index) => (
    <p key={index} dir="auto">
      {line}
    </p>
  ));

function Part({ part, around }: { readonly part: PrintedPart; readonly around: Around }) {
  const { id, title, standing, blocks } = part;
  return (
    <section className={`part ${id}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="standing">{standing}</p>
      {blocks.length === 0 && <p>{around.voice.say("publication.emptyPart")}</p>}
      {withDepths(blocks).map(({ block, depth }, index) =>
        block.kind === "heading" ? (
          <Heading
            key={index}
            depth={depth}
            id={around.anchors.get(block)}
            dir={block.direction}
            lang={languageIn(around, block)}
          >
            {block.aside} <Words block={block} around={around} />
          </Heading>
        ) : (
          <Paragraph key={index} block={block} around={around} />
        ),
      )}
    </section>
  );
}

/** Where it is not that of the words around them. */
function languageIn({ original, voice }: Around, { pieces }: PrintedBlock): string | undefined {
  const language = languageOf(pieces.map(({ text }) => text).join(""), original);
  return language === voice.language ? undefined : language;
}

function Paragraph({ block, around }: { readonly block: PrintedBlock; readonly around: Around }) {
  const { number, aside, level, direction, remarks, proposals } = block;
  const { say } = around.voice;
  return (
    <div id={around.anchors.get(block)} className={`para l${level}`} dir={direction}>
      <span className="number">{number}</span>
      <p className="words" lang={languageIn(around, block)}>
        {aside && <small className="aside">{aside} </small>}
        <Words block={block} around={around} />
      </p>
      {remarks.length > 0 && (
        <ul className="said" dir="auto">
          {remarks.map((remark, index) => (
            <li key={index} id={`${block.anchor}-${index + 1}`}>
              {remark.onWords && <sup>{letterOf(index)}</sup>} <Said remark={remark} around={around} />
            </li>
          ))}
        </ul>
      )}
      {proposals.length > 0 && (
        <div className="said" dir="auto">
          <p>
            <strong>{say("publication.proposals", { number: number.replace(/\.$/, "") })}</strong>
          </p>
          <Proposals proposals={proposals} around={around} />
        </div>
      )}
    </div>
  );
}

/** Beside words and before the remark on them. */
const letterOf = (index: number): string => String.fromCharCode("a".charCodeAt(0) + (index % 26));

const Said = ({ remark: { by, at, text }, around }: { readonly remark: Remark; readonly around: Around }) => (
  <>
    <strong>{by}</strong> <time dateTime={isoOf(at)}>{dayInNewYork(at, around.voice.language)}</time>:{" "}
    {text.split("\n").map((line, index) => (
      <Fragment key={index}>
        {index > 0 && <br />}
        {line}
      </Fragment>
    ))}
  </>
);

function Proposals({ proposals, around }: { readonly proposals: readonly PrintedProposal[]; readonly around: Around }) {
  return proposals.map(({ title, pieces, reason, fate }, index) => (
    <div key={index} className="proposal">
      <p>
        <em>{title}</em>
      </p>
      {pieces.length > 0 && (
        <p className="redline">
          <Pieces pieces={pieces} around={{ ...around, names: false }} />
        </p>
      )}
      {reason !== null && <p>{reason}</p>}
      {fate !== null && <p>{fate}</p>}
    </div>
  ));
}

// ---------- words ----------

const Words = ({ block, around }: { readonly block: PrintedBlock; readonly around: Around }) => (
  <Pieces pieces={block.pieces} around={around} about={block} />
);

/** Who made a change is said after it for all to see, and within it for those who hear the page. */
function Pieces({
  pieces,
  around,
  about,
}: {
  readonly pieces: readonly PrintedPiece[];
  readonly around: Around;
  readonly about?: PrintedBlock;
}) {
  const { say } = around.voice;
  const lastOf = new Map<number, PrintedPiece>();
  for (const piece of pieces) piece.remarks?.forEach((remark) => lastOf.set(remark, piece));
  const runs = runsOf(pieces);
  return runs.map(({ change, pieces: run }, index) => {
    const words = run.map((piece, at) => (
      <Fragment key={at}>
        <Piece piece={piece} around={around} />
        {about &&
          (piece.remarks ?? [])
            .filter((remark) => lastOf.get(remark) === piece)
            .map((remark) => (
              <sup key={remark}>
                <a href={`#${about.anchor}-${remark + 1}`} aria-label={about.remarks[remark]?.by}>
                  {letterOf(remark)}
                </a>
              </sup>
            ))}
      </Fragment>
    ));
    if (!change) return <Fragment key={index}>{words}</Fragment>;
    const { kind, by, at } = change;
    const Element = kind === "inserted" ? "ins" : "del";
    const isLast = runs[index + 1]?.change?.by !== by;
    return (
      <Fragment key={index}>
        <Element dateTime={isoOf(at)} title={by}>
          <span className="unseen">{say(kind === "inserted" ? "reader.insertedWords" : "reader.deletedWords")}</span>
          {words}
        </Element>
        {around.names && isLast && <sup className="by">{by}</sup>}
      </Fragment>
    );
  });
}

function Piece({ piece, around }: { readonly piece: PrintedPiece; readonly around: Around }): ReactNode {
  switch (piece.t) {
    case "text":
      return <Marked text={piece.text} marks={piece.marks ?? []} />;
    case "footnote": {
      const number = around.notes.get(piece);
      return (
        <sup>
          <a id={`noted-${number}`} href={`#note-${number}`} role="doc-noteref">
            <span className="unseen">{around.voice.say("reader.note", { number: "" })}</span>
            {number}
          </a>
        </sup>
      );
    }
    case "ref": {
      const anchor = `para-${piece.to}`;
      const leads = [...around.anchors.values()].includes(anchor);
      return leads ? <a href={`#${anchor}`}>{piece.text}</a> : piece.text;
    }
  }
}

function Notes({ around: { notes, voice } }: { readonly around: Around }) {
  if (notes.size === 0) return null;
  return (
    <section className="notes" role="doc-endnotes" aria-label={voice.say("reader.notes")}>
      <ol>
        {[...notes].map(([{ text }, number]) => (
          <li key={number} id={`note-${number}`} value={number}>
            <span dir="auto">{text}</span>{" "}
            <a href={`#noted-${number}`} role="doc-backlink">
              <span aria-hidden="true">{"\u21A9"}</span>
              <span className="unseen">{voice.say("reader.back")}</span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

// ---------- what is told about the report ----------

const Section = ({ section: { title, items }, id }: { readonly section: PrintedSection; readonly id: string }) => (
  <section className="part" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {items.map((item, index) =>
      item.t === "words" ? <Lines key={index} text={item.text} /> : <Table key={index} table={item} labelledBy={id} />,
    )}
  </section>
);

const Table = ({
  table: { columns, rows },
  labelledBy,
}: {
  readonly table: PrintedTable;
  readonly labelledBy: string;
}) => (
  <div className="scroll" tabIndex={0} role="group" aria-labelledby={labelledBy}>
    <table className="lineage">
      <thead>
        <tr>
          {columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column} dir="auto">
                {cell.split("\n").map((line, at) => (
                  <Fragment key={at}>
                    {at > 0 && <br />}
                    {line}
                  </Fragment>
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
