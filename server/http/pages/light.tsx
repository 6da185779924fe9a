/** The light page: the circulated text, and everything a delegation can do with it, without a script. For phones, bad lines and screen readers. */
import { Fragment } from "react";
import type { Awaited } from "../../../shared/domain/awaited.ts";
import { awaitedOf, deadlineOn } from "../../../shared/domain/awaited.ts";
import type { Concern } from "../../../shared/domain/concerns.ts";
import { asksForAnswer, concernsOf } from "../../../shared/domain/concerns.ts";
import { statementForms } from "../../../shared/domain/adoption.ts";
import { stateOf } from "../../../shared/domain/conditions.ts";
import { authorOf, groupsIn, statementsFor } from "../../../shared/domain/groups.ts";
import type { Level, Position } from "../../../shared/domain/positions.ts";
import { grounds, levels, remedyKinds } from "../../../shared/domain/positions.ts";
import type { ComposedParagraph, SeenPosition, SeenSilence } from "../../../shared/domain/report.ts";
import { seePosition } from "../../../shared/domain/report.ts";
import { vacantAfter } from "../../../shared/domain/held-numbers.ts";
import { whyNot } from "../../../shared/domain/rights.ts";
import { delegationOf, spellSeat, viewerOf } from "../../../shared/domain/roster.ts";
import type { Block } from "../../../shared/domain/text.ts";
import type { SeenRequest } from "../../../shared/domain/summary.ts";
import { blocksById } from "../../../shared/domain/text.ts";
import type { DelegationCode, ParagraphId, Part } from "../../../shared/domain/values.ts";
import { parts } from "../../../shared/domain/values.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { runningSilences } from "../../../shared/domain/silence.ts";
import { shownStatus } from "../../../shared/messages/status.ts";
import { sayConditionNow } from "../../../shared/messages/conditions.ts";
import { sayHowMany, tellAwaited } from "../../../shared/messages/awaited.ts";
import { sayDeadline, tellChanged } from "../../../shared/messages/changed.ts";
import { sayNumber, signsToday } from "../../../shared/messages/numbers.ts";
import { readable, readableQuote } from "../../../shared/messages/signs.ts";
import { sayAdoption, sayParagraphs } from "../../../shared/messages/silence.ts";
import { mention, nameOfSeat, sayRemedy, tell, wordsNamed } from "../../../shared/messages/tell.ts";
import { sayAsOf } from "./as-of.ts";
import { Annex } from "./annex.tsx";
import { Corrections } from "./corrections.tsx";
import { Document } from "./document.tsx";
import { BracketsToLift } from "./light-brackets.tsx";
import type { Fact } from "../../../shared/domain/record.ts";
import type { LightReading, Seated, Values } from "./light-fields.tsx";
import { Box, Capacity, Form, Line, Pick, Places } from "./light-fields.tsx";
import type { Tried } from "./light-form.ts";
import { waysOfConditions, widerAudiences } from "./light-form.ts";
import { Bridging, Proposing, WithProposal } from "./light-proposals.tsx";
import {
  ChangesBox,
  ChoiceAbove,
  Contents,
  Heading,
  HowAgreed,
  linksOf,
  Notes,
  Notice,
  Number,
  paragraphsOf,
  Said,
  surroundingsOf,
  Vacancies,
  withDepths,
} from "./reader.tsx";
import { Proposed } from "./proposed.tsx";
import { OnSummary } from "./summary-parts.tsx";
import { FileLinks } from "./file-links.tsx";
import { SilenceSlips, Statements } from "./silence.tsx";
import { deskPath } from "./sparing.ts";
import { list, say, speaker } from "./speaker.ts";
import { NewYork, timesOf } from "./time.tsx";
import { capital, Glyph, Redline, StatusMark, stop, Told, Words } from "./words.tsx";

export function LightPage(reading: LightReading) {
  const { report, record, actor, text, tried } = reading;
  const code = delegationOf(actor.seat);
  const isState = code !== null && record.delegations.get(code)?.kind === "member-state";
  const states = whyNot(actor, "lodge-position", record) ? [] : isState ? levels : (["question", "concern"] as const);
  const seated: Seated = {
    ...reading,
    code,
    states: code === null ? [] : states,
    byId: blocksById(text),
    around: surroundingsOf(report, "text"),
  };
  const delegation = code === null ? say("light.team") : (record.delegations.get(code)?.name ?? code);
  const empty = report.parts.consensus.length + report.parts.chairSummary.length === 0;
  const query = `?seat=${encodeURIComponent(spellSeat(actor.seat))}`;
  const vacantIn = (part: Part) => vacantAfter(report.vacancies, part, paragraphsOf(report, part));
  const vacant = { consensus: vacantIn("consensus"), "chair-summary": vacantIn("chair-summary") };
  return (
    <Document
      title={say("light.title", { delegation, title: report.title })}
      look="reader"
      links={linksOf(report.slug, null, query)}
      banner={<Banner seated={seated} delegation={delegation} />}
    >
      <div className="lead">
        {tried && <Refused seated={seated} tried={tried} />}
        {!tried && reading.done && <Receipt seated={seated} fact={reading.done} />}
        {report.adoption && <StatementBox seated={seated} />}
        <SilenceSlips {...reading} query={query}>
          {(silence) => <BreakForm silence={silence} seated={seated} />}
        </SilenceSlips>
        {code !== null && <AwaitedBox seated={seated} code={code} />}
        {code !== null && <MyGroups seated={seated} code={code} />}
        <Offers seated={seated} />
        {code !== null && <OfGroups seated={seated} code={code} />}
        {code !== null && <Mine seated={seated} code={code} />}
        {code !== null && (
          <p>
            <FileLinks title={say("publication.brief.link")} path={`/n/${report.slug}/brief`} query={query} />
          </p>
        )}
        <ChangedForYou seated={seated} />
        <ChangesBox {...reading} />
      </div>
      {empty ? (
        <Notice title={say("reader.empty")}>
          <p>{say("reader.emptyWhy")}</p>
        </Notice>
      ) : (
        <>
          <Contents report={report} record={record} shown={parts} />
          <article className="text" lang="en">
            {parts.map((part) => (
              <section
                key={part}
                id={part === "consensus" ? "consensus" : "chairs-summary"}
                className={`part ${part}`}
                aria-labelledby={`${part}-title`}
              >
                <h2 id={`${part}-title`}>{say(`words.part.${part}`)}</h2>
                {part === "chair-summary" && <p className="standing">{report.disclaimer}</p>}
                {part === "consensus" && <HowAgreed report={report} />}
                {paragraphsOf(report, part).length === 0 && (
                  <p className="standing">{say(`reader.emptyPart.${part}`)}</p>
                )}
                <Vacancies all={vacant[part].get(null)} />
                {withDepths(paragraphsOf(report, part)).map(({ block, depth }) => (
                  <Fragment key={block.id}>
                    <ChoiceAbove report={report} paragraph={block.id} />
                    {block.kind === "heading" ? (
                      <Heading depth={depth} id={`${part}-${block.id}`}>
                        {block.text}
                      </Heading>
                    ) : (
                      <Paragraph block={block} seated={seated} />
                    )}
                    <Vacancies all={vacant[part].get(block.id)} />
                  </Fragment>
                ))}
                <Notes paragraphs={paragraphsOf(report, part)} around={seated.around} />
                {part === "chair-summary" && (
                  <Annex report={report} act={(request) => <WithRequest request={request} seated={seated} />} />
                )}
              </section>
            ))}
            <Corrections record={record} text={reading.text} />
            <Statements {...reading} />
          </article>
        </>
      )}
    </Document>
  );
}

/** Breaking silence without a script: on what, why. The server's clock decides whether it is in time. */
function BreakForm({ silence, seated }: { readonly silence: SeenSilence; readonly seated: Seated }) {
  const { states, tried, record, report, text } = seated;
  if (!states.includes("objection")) return null;
  const values = tried?.fields["act"] === "break" ? tried.fields : {};
  const inScope = report.parts.consensus.filter(({ id }) => silence.paragraphs.some((one) => one.paragraph === id));
  const [agreed, among] = [true, false].map((isAgreed) =>
    inScope.flatMap(({ id, status }) => ((status === "agreed") === isAgreed ? [id] : [])),
  ) as [ParagraphId[], ParagraphId[]];
  return (
    <details className="act objection silence-form" open={tried?.fields["act"] === "break"}>
      <summary>{say("silence.break.name")}</summary>
      <p>{say("silence.break.explains")}</p>
      <Form seated={seated} about={{ procedure: silence.id }}>
        {silence.paragraphs.length > 1 && (
          <Places
            label={say("silence.break.on")}
            everything={say("silence.break.all")}
            among={among}
            {...{ seated, values }}
          />
        )}
        {agreed.length > 0 && (
          <p className="aside">
            {say("silence.break.all")}:{" "}
            {say("silence.break.reopens", {
              scope: sayParagraphs(agreed, { record, text, voice: speaker }),
              count: agreed.length,
            })}
          </p>
        )}
        <Capacity seated={seated} values={values} />
        <Box name="reason" label={say("silence.break.reason")} values={values} />
        <button name="act" value="break">
          {say("silence.break.name")}
        </button>
      </Form>
    </details>
  );
}

/** A statement without a script: on paragraphs or on the whole. */
function StatementBox({ seated }: { readonly seated: Seated }) {
  const { actor, code, record, report, tried } = seated;
  if (code === null || whyNot(actor, "make-statement", record)) return null;
  const isState = record.delegations.get(code)?.kind === "member-state";
  const values = tried?.fields["act"] === "statement" ? tried.fields : {};
  const paragraphs = [...report.parts.consensus, ...report.parts.chairSummary].filter(
    ({ kind }) => kind === "paragraph",
  );
  return (
    <details className="act silence-form" open={tried?.fields["act"] === "statement"}>
      <summary>{say("silence.statement.name")}</summary>
      <p>{say("silence.statement.explains")}</p>
      <Form seated={seated} about={{}}>
        <Pick
          name="form"
          label={say("silence.statement.form")}
          values={values}
          options={statementForms
            .filter((form) => isState || form === "explanation-of-position")
            .map((form) => [form, say(`words.statement.${form}`)])}
        />
        <Places
          label={say("silence.statement.on")}
          everything={say("silence.statement.whole")}
          among={paragraphs.map(({ id }) => id)}
          {...{ seated, values }}
        />
        <Box name="text" label={say("silence.statement.text")} values={values} />
        <button name="act" value="statement">
          {say("silence.statement.name")}
        </button>
      </Form>
    </details>
  );
}

function Banner({ seated, delegation }: { readonly seated: Seated; readonly delegation: string }) {
  const { report, record, text, actor, states, isForLess } = seated;
  const { role } = actor.seat;
  const seat = nameOfSeat(actor.seat, { record, voice: speaker });
  const reads = role === "adviser" || role === "reader" ? role : "other";
  return (
    <div className="masthead">
      <h1>{report.title}</h1>
      <div className="imprimatur">
        <p className="adoption">{delegation}</p>
        <p>{sayAdoption(report.adoption, speaker)}</p>
        <p>
          {states.length > 0
            ? say("light.seat", { seat })
            : reads === "other"
              ? say("light.reads.other")
              : say(`light.reads.${reads}`, { delegation })}
        </p>
        {report.circulatedAt !== null && <p>{sayAsOf(report.circulatedAt, report, { record, text })}</p>}
        {isForLess && <p>{say("light.forLess")}</p>}
        <p>
          <a href={deskPath(report.slug, actor.seat, isForLess)} className={isForLess ? "button quiet" : undefined}>
            {say(isForLess ? "light.openDesk" : "light.fullDesk")}
          </a>
        </p>
      </div>
    </div>
  );
}

// ---------- what came of the last form ----------

function Receipt({ seated: { record, text }, fact }: { readonly seated: Seated; readonly fact: Fact }) {
  const telling = { record, text, voice: speaker };
  const { seq, at, hash, what } = fact;
  const paragraph = "paragraph" in what ? what.paragraph : null;
  return (
    <section className="slip" id="receipt" aria-labelledby="receipt-title">
      <h2 id="receipt-title">{say("light.receipt")}</h2>
      <p>
        <Told pieces={tell(fact, telling)} />.
      </p>
      <p className="aside">{say("light.receiptEntry", { seq, ...timesOf(at), hash: hash.slice(0, 16) })}</p>
      {paragraph !== null && (
        <p>
          <a href={`#para-${paragraph}`}>{say("light.backTo", { paragraph: mention(paragraph, telling).words })}</a>
        </p>
      )}
    </section>
  );
}

function Refused({ seated, tried }: { readonly seated: Seated; readonly tried: Tried }) {
  const isKept = tried.form !== null && tried.paragraph !== null && seated.byId.has(tried.paragraph);
  return (
    <section className="slip refused" id="refused" role="alert" aria-labelledby="refused-title">
      <h2 id="refused-title">{say("light.refused")}</h2>
      <p>
        {tried.why} {say(isKept ? "light.kept" : "light.keptNot")}
      </p>
      {isKept && (
        <p>
          <a href={`#para-${tried.paragraph}`}>{say("light.toForm")}</a>
        </p>
      )}
    </section>
  );
}

// ---------- what awaits the delegation's answer ----------

/** Everything that is asked of it, counted, each with its form or the way to it; then what is as it left it. */
function AwaitedBox({ seated, code }: { readonly seated: Seated; readonly code: DelegationCode }) {
  const { record, text, rooms } = seated;
  const concerns = concernsOf(record, text, code);
  const awaited = awaitedOf({ record, text }, code, rooms);
  const calm = concerns.filter(({ kind }) => !asksForAnswer(kind));
  return (
    <section className="concerns" aria-labelledby="awaited-title">
      <h2 id="awaited-title">{sayHowMany(awaited.length, speaker)}</h2>
      {awaited.length > 0 && (
        <ul>
          {awaited.map((one) => {
            const concern = concerns.find(({ position }) => position.id === one.position);
            return (
              <li key={JSON.stringify(one)}>
                {concern ? <ConcernItem concern={concern} seated={seated} /> : <AskedItem one={one} seated={seated} />}
              </li>
            );
          })}
        </ul>
      )}
      {calm.length > 0 && (
        <>
          <h3>{say("awaited.known")}</h3>
          <ul>
            {calm.map((concern) => (
              <li key={concern.position.id}>
                <ConcernItem concern={concern} seated={seated} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function AskedItem({ one, seated }: { readonly one: Awaited; readonly seated: Seated }) {
  const { record, text, rooms, report, actor, isForLess } = seated;
  return (
    <p>
      <Told pieces={tellAwaited(one, { record, text, voice: speaker }, rooms)} />.<Until at={one.until} />{" "}
      {one.kind === "drafting" && <a href={deskPath(report.slug, actor.seat, isForLess)}>{say("awaited.toDesk")}</a>}
    </p>
  );
}

/** By when it has to be answered, where a silence runs. */
const Until = ({ at }: { readonly at: Awaited["until"] }) =>
  at !== null && <strong> {capital(say("changed.until", { deadline: sayDeadline(at, speaker.language) }))}.</strong>;

function ConcernItem({ concern, seated }: { readonly concern: Concern; readonly seated: Seated }) {
  const { kind, paragraph, position, others } = concern;
  const { record, text, byId } = seated;
  const named = mention(paragraph, { record, text, voice: speaker });
  const block = byId.get(paragraph);
  const signs = signsToday({ record, text, voice: speaker });
  const stated = wordsNamed(position.wording, paragraph, seated);
  const until = asksForAnswer(kind) ? deadlineOn(record, paragraph) : null;
  const hasChanged = kind === "words-in" || kind === "changed-after-objection" || kind === "changed-after-support";
  return (
    <>
      <p>
        <a href={`#para-${paragraph}`}>{capital(named.words)}</a>:{" "}
        {kind === "object-with-others"
          ? say("light.concernWithOthers", { count: others })
          : say(`light.concern.${kind}`)}
        <Until at={until} />
      </p>
      {asksForAnswer(kind) && position.asked?.note && <blockquote>{position.asked.note}</blockquote>}
      {kind === "words-removed" && (
        <blockquote>
          {position.span ? readableQuote(position.span, stated, signs) : readable(stated ?? "", signs)}
        </blockquote>
      )}
      {hasChanged && <Redline from={stated ?? ""} to={block?.content ?? ""} numbers={signs} />}
      {kind !== "object-alone" && kind !== "object-with-others" && kind !== "lapsed" && (
        <Endings position={position} block={block ?? null} seated={seated} isAsked />
      )}
    </>
  );
}

/** What became of its proposals, of agreed words, and of brackets near what it stated. What waits for its answer is listed above. */
function ChangedForYou({ seated: { changed, changes, record, text } }: { readonly seated: Seated }) {
  const told = changed && changes ? tellChanged(changed, { record, text, voice: speaker }) : [];
  if (told.length === 0 || !changes) return null;
  return (
    <section className="concerns" aria-labelledby="changed-title">
      <h2 id="changed-title">{say("changed.title")}</h2>
      {changes.since !== null && <p className="aside">{say("changed.sinceCirculation", timesOf(changes.since))}</p>}
      <ul>
        {told.map(({ key, at, pieces, reason, words }) => (
          <li key={key}>
            <p>
              <Told pieces={pieces} />
              {at !== null && (
                <>
                  {", "}
                  <NewYork at={at} />
                </>
              )}
              .{reason && ` ${stop(say("record.reason", { reason }))}`}
            </p>
            {words && <Redline {...words} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Groups it is asked to join, and those it joined, which it may leave. */
function MyGroups({ seated, code }: { readonly seated: Seated; readonly code: DelegationCode }) {
  const { record, actor } = seated;
  const mine = groupsIn(record).filter(
    ({ kind, members, invited }) => kind !== "regional" && (members.includes(code) || invited.includes(code)),
  );
  if (mine.length === 0) return null;
  const mayAct = whyNot(actor, "join-group", record) === null;
  return (
    <details className="changes mine" open={mine.some(({ invited }) => invited.includes(code))}>
      <summary>
        {say("desk.groups.mine")} ({mine.length})
      </summary>
      <ul>
        {mine.map(({ id, name, speaker, invited }) => (
          <li key={id}>
            {capital(name)}:{" "}
            {speaker === code
              ? say("desk.groups.youSpeak")
              : speaker === null
                ? say("desk.groups.awaitsSpeaker")
                : say("desk.groups.speaks", { who: record.delegations.get(speaker)?.name ?? speaker })}
            {mayAct && (
              <Form seated={seated} about={{ group: id }}>
                {invited.includes(code) && (
                  <button name="act" value="join-group">
                    {say("desk.groups.join.name")}
                  </button>
                )}
                <button name="act" value="leave-group" className="flat">
                  {say(invited.includes(code) ? "desk.groups.decline" : "desk.groups.leave.name")}
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The packages that the chair offers, each condition with how it stands; none after the adoption (PKG7). */
function Offers({ seated: { report, record, text } }: { readonly seated: Seated }) {
  const offers = report.packages.filter(({ releasedAt, withdrawn }) => releasedAt !== null && withdrawn === null);
  if (report.adoption || offers.length === 0) return null;
  return (
    <section aria-labelledby="offers-title">
      <h2 id="offers-title">{say("packages.offered")}</h2>
      <ul>
        {offers.map(({ id, title, conditions }) => (
          <li key={id}>
            <strong>{title}</strong>:{" "}
            {list(
              conditions.map(({ condition, state }) =>
                sayConditionNow(condition, state, { record, text, voice: speaker }),
              ),
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What groups stated that this delegation belongs to, each with its answers. */
function OfGroups({ seated, code }: { readonly seated: Seated; readonly code: DelegationCode }) {
  const { record, text, byId, actor } = seated;
  const statements = statementsFor(record, text, code).flatMap((statement) => {
    const block = byId.get(statement.paragraph);
    const seen = block && seePosition(record, viewerOf(actor.seat), statement.position, block);
    return block && seen?.by ? [{ ...statement, seen, block }] : [];
  });
  if (statements.length === 0) return null;
  const mayAnswer = whyNot(actor, "align", record) === null;
  return (
    <section className="concerns" aria-labelledby="groups-title">
      <h2 id="groups-title">{say("light.groups")}</h2>
      <ul>
        {statements.map(({ paragraph, position, bound, heard, conflict, seen, block }) => (
          <li key={position.id}>
            <p>
              <a href={`#para-${paragraph}`}>{capital(mention(paragraph, { record, text, voice: speaker }).words)}</a>:{" "}
              <Said position={seen} content={block.content} telling={{ record, text, voice: speaker }} />
            </p>
            <p className="aside">{say(conflict ? "desk.groups.conflict" : `desk.groups.bound.${bound}`)}</p>
            {heard && <p>{say("desk.groups.heard.yours")}</p>}
            {mayAnswer && bound !== "speaks" && (
              <Form seated={seated} about={{ paragraph, position: position.id }}>
                <Line name="reason" label={say("light.groupWords")} values={{}} />
                <button name="act" value="align">
                  {say("light.align")}
                </button>
                {(heard || (bound !== "later" && bound !== "departed")) && (
                  <button name="act" value="depart" className="flat">
                    {say("desk.groups.depart.name")}
                  </button>
                )}
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mine({ seated, code }: { readonly seated: Seated; readonly code: DelegationCode }) {
  const { record, text, byId } = seated;
  const mine = [...record.positions.values()].filter(
    (position) => authorOf(record, position) === code && position.standing === "standing",
  );
  const place = new Map(text.map(({ id }, index) => [id, index]));
  const whereOf = (position: Position): ParagraphId => position.on.find((id) => byId.has(id)) ?? position.paragraph;
  mine.sort((a, b) => (place.get(whereOf(a)) ?? -1) - (place.get(whereOf(b)) ?? -1));
  return (
    <details className="changes mine">
      <summary>
        {say("light.mine")} ({mine.length})
      </summary>
      {mine.length === 0 ? (
        <p>{say(runningSilences(record).length > 0 ? "desk.mine.noneUnderSilence" : "desk.mine.none")}</p>
      ) : (
        <ul>
          {mine.map((position) => {
            const where = whereOf(position);
            const block = byId.get(where);
            return (
              <li key={position.id}>
                <Glyph of={position.level} /> {say(`words.level.${position.level}`)}
                {": "}
                <a href={`#para-${where}`}>{mention(where, { record, text, voice: speaker }).words}</a>
                <Remarks position={position} block={block ?? null} />
              </li>
            );
          })}
        </ul>
      )}
    </details>
  );
}

/** "(on earlier words, not confirmed yet)" */
function Remarks({ position, block }: { readonly position: Position; readonly block: Block | null }) {
  const remarks = [
    ...(block && position.wording !== wordingOf(block.content).hash ? [say("light.onEarlier")] : []),
    ...(position.confirmed ? [] : [say("light.unconfirmed")]),
    ...(block && position.level === "objection" && (position.placement ?? "consensus") !== block.part
      ? [say("light.suspended")]
      : []),
  ];
  return remarks.length === 0 ? null : <span className="aside"> ({remarks.join(", ")})</span>;
}

// ---------- a paragraph and its forms ----------

function Paragraph({ block, seated }: { readonly block: ComposedParagraph; readonly seated: Seated }) {
  const { id, number, level, status, positions } = block;
  const { code, record, text } = seated;
  const isOwn = ({ by }: SeenPosition): boolean => code !== null && by?.code === code && !by.group;
  const others = positions.filter((position) => !isOwn(position) && position.standing);
  const own = positions.filter(isOwn);
  const shown = shownStatus(block);
  return (
    <div id={`para-${id}`} className={`para l${level} ${status ?? "summary"}`}>
      <Number id={id} number={number} />
      <p className="words" lang={seated.around.languageOf(block.content)}>
        <Words content={block.content} around={seated.around} />
      </p>
      {shown !== null && (
        <p className="mark">
          <StatusMark status={shown} by={block.agreedBy} />
        </p>
      )}
      {others.length > 0 && (
        <ul className="said">
          {others.map((position) => (
            <li key={position.id}>
              <Said position={position} content={block.content} telling={{ record, text, voice: speaker }} />
            </li>
          ))}
        </ul>
      )}
      {own.map((position) => (
        <Own key={position.id} position={position} seated={seated} block={block} />
      ))}
      <BracketsToLift block={block} seated={seated} />
      <Corrected block={block} seated={seated} />
      <Bridging block={block} seated={seated} />
      <Proposed
        paragraph={block}
        signs={signsToday({ record, text, voice: speaker })}
        act={(proposal) => <WithProposal {...{ proposal, block, seated }} />}
      />
      <OnSummary paragraph={block} act={(request) => <WithRequest request={request} seated={seated} />} />
      <RequestForm block={block} seated={seated} />
      {seated.states.length > 0 && <Forms block={block} seated={seated} />}
    </div>
  );
}

/** What an editorial correction changed in agreed words, and the form to say that it is no matter of editing (COR3). */
function Corrected({ block: { id, status }, seated }: { readonly block: ComposedParagraph; readonly seated: Seated }) {
  const { record, actor, states, tried } = seated;
  const correction = record.corrections.findLast(({ paragraph, contested }) => paragraph === id && !contested);
  if (!correction || status !== "agreed") return null;
  const triedHere = tried?.form === "contest" && tried.paragraph === id ? tried : null;
  const mayContest = states.includes("objection") && whyNot(actor, "contest-correction", record) === null;
  return (
    <details className="act" open={triedHere !== null}>
      <summary>{say("versions.corrected")}</summary>
      <Redline
        from={correction.content.before}
        to={correction.content.after}
        numbers={signsToday({ record, text: record.text, voice: speaker })}
      />
      <p className="aside">{stop(say("record.reason", { reason: correction.reason }))}</p>
      {mayContest && (
        <Form seated={seated} about={{ paragraph: id }}>
          <p>{say("versions.contest.explains")}</p>
          <Box name="reason" label={say("versions.contest.reason")} values={triedHere?.fields ?? {}} />
          <button name="act" value="contest">
            {say("versions.contest.name")}
          </button>
        </Form>
      )}
    </details>
  );
}

/** One's own is withdrawn by one button. */
function WithRequest({
  request: { id: request, by },
  seated,
}: {
  readonly request: SeenRequest;
  readonly seated: Seated;
}) {
  const { code, actor, record } = seated;
  if (code === null || by?.code !== code || whyNot(actor, "withdraw-correction-request", record)) return null;
  return (
    <Form seated={seated} about={{ request }}>
      <button name="act" value="withdraw-request" className="flat">
        {say("summary.request.withdraw.name")}
      </button>
    </Form>
  );
}

/** What the chair's summary has wrong as a matter of fact (SUM6). */
function RequestForm({
  block: { id, part, wording },
  seated,
}: {
  readonly block: ComposedParagraph;
  readonly seated: Seated;
}) {
  const { code, actor, record, tried } = seated;
  if (part !== "chair-summary" || code === null || whyNot(actor, "request-correction", record)) return null;
  const triedHere = tried?.form === "request" && tried.paragraph === id ? tried : null;
  return (
    <details className="act" open={triedHere !== null}>
      <summary>{say("summary.request.name")}</summary>
      <Form seated={seated} about={{ paragraph: id, wording }}>
        <p>{say("summary.request.explains")}</p>
        <Box name="reason" label={say("summary.request.what")} values={triedHere?.fields ?? {}} />
        <button name="act" value="request">
          {say("summary.request.name")}
        </button>
      </Form>
    </details>
  );
}

function Own({
  position: seen,
  seated,
  block,
}: {
  readonly position: SeenPosition;
  readonly seated: Seated;
  readonly block: ComposedParagraph;
}) {
  const position = seated.record.positions.get(seen.id);
  const current = seated.byId.get(block.id);
  if (!position || !current) return null;
  const { level, quoted, reason, remedy, condition, conditions = [] } = seen;
  const { record, text } = seated;
  const signs = signsToday({ record, text, voice: speaker });
  const then = wordsNamed(seen.wording, block.id, seated);
  return (
    <div className="own">
      <p>
        <strong>{say("light.yours")}:</strong>{" "}
        <span className={`count ${level}`}>
          <Glyph of={level} /> {say(`words.level.${level}`)}
        </span>
        <Remarks position={position} block={current} />
        {quoted && ` ${stop(say("record.wordsConcerned", { words: readable(quoted, signs) }))}`}
        {reason && ` ${stop(say("record.reason", { reason }))}`}
        {remedy && ` ${stop(say("record.remedy", { remedy: sayRemedy(remedy, say) }))}`}
        {condition && ` ${stop(say("record.condition", { condition }))}`}
        {conditions.map((one) => {
          const said = sayConditionNow(one, stateOf(one, record, text), { record, text, voice: speaker });
          return ` ${stop(say("record.condition", { condition: said }))}`;
        })}
      </p>
      {seen.stale && (
        <details>
          <summary>{say("light.thenAndNow")}</summary>
          <Redline from={then ?? ""} to={block.content} numbers={signs} />
        </details>
      )}
      <Endings position={position} block={current} seated={seated} />
    </div>
  );
}

/** What its author can do with a position: each with a word on what it does, since all go on the record. */
function Endings({
  position,
  block,
  seated,
  isAsked = false,
}: {
  readonly position: Position;
  readonly block: Block | null;
  readonly seated: Seated;
  readonly isAsked?: boolean;
}) {
  if (seated.states.length === 0) return null;
  const today = block && wordingOf(block.content).hash;
  const objects = position.level === "objection";
  const offered = [
    ...(position.asked?.whether === "dissociation" ? (["dissociate"] as const) : []),
    ...(!position.confirmed || position.endingHeard ? (["confirm"] as const) : []),
    ...(objects ? (["met"] as const) : []),
    ...(today !== null && (today !== position.wording || position.asked) ? (["reaffirm"] as const) : []),
    ...(objects && block ? (["reserve"] as const) : []),
    "withdraw" as const,
  ];
  return (
    <details className="act" open={isAsked}>
      <summary>{say("light.answer")}</summary>
      <Form
        seated={seated}
        about={{ position: position.id, ...(block && { paragraph: block.id }), ...(today && { wording: today }) }}
      >
        {position.asked && today !== null && (
          <Line name="reason" label={say("desk.ending.reaffirm.reason")} values={{}} />
        )}
        {offered.map((ending) => (
          <p key={ending} className="ending">
            <button name="act" value={ending}>
              {say(`light.ending.${ending}`)}
            </button>{" "}
            {say(`light.endingMeans.${ending}`)}
          </p>
        ))}
      </Form>
    </details>
  );
}

function Forms({ block, seated }: { readonly block: ComposedParagraph; readonly seated: Seated }) {
  const { id, wording } = block;
  const { tried, states } = seated;
  const about = { paragraph: id, wording };
  const triedHere = tried?.paragraph === id ? tried : null;
  const valuesOf = (form: Tried["form"]) => (triedHere?.form === form ? triedHere.fields : {});
  const on = <span className="unseen"> {say("light.statingOn", { number: sayNumber(block, speaker) })}</span>;
  const all = states.includes("objection");
  return (
    <div className="acts">
      {all && (
        <>
          <details className="act objection" open={triedHere?.form === "object"}>
            <summary>
              {say("light.object")}
              {on}
            </summary>
            <Form seated={seated} about={about}>
              <Capacity seated={seated} values={valuesOf("object")} />
              <Box name="lift" label={say("light.lift")} help={say("light.liftHelp")} values={valuesOf("object")} />
              <Line name="quote" label={say("light.quote")} help={say("light.quoteHelp")} values={valuesOf("object")} />
              <button name="act" value="objection">
                {say("light.object")}
              </button>
            </Form>
          </details>
          <details className="act reservation" open={triedHere?.form === "reserve"}>
            <summary>
              {say("light.reserve")}
              {on}
            </summary>
            <Form seated={seated} about={about}>
              <Capacity seated={seated} values={valuesOf("reserve")} />
              <Box name="reason" label={say("light.reason")} values={valuesOf("reserve")} />
              <button name="act" value="reservation">
                {say("light.reserve")}
              </button>
            </Form>
          </details>
          <Proposing block={block} seated={seated} on={on} />
          <Form seated={seated} about={about}>
            <button name="act" value="support" className="flat">
              {say("light.support")}
              {on}
            </button>
          </Form>
        </>
      )}
      <details className="act" open={triedHere?.form === "more"}>
        <summary>
          {say(all ? "light.more" : "light.comment")}
          {on}
        </summary>
        <Form seated={seated} about={about}>
          <FullForm seated={seated} values={valuesOf("more")} />
        </Form>
      </details>
    </div>
  );
}

/** Everything that can be said with a position. */
function FullForm({ seated, values }: { readonly seated: Seated; readonly values: Values }) {
  const { states, record, report } = seated;
  const objects = states.includes("objection");
  const inOrder = objects ? orderOfMore.filter((level) => states.includes(level)) : states;
  const wider = widerAudiences(record, "question");
  return (
    <>
      <Pick
        name="level"
        label={say("light.level")}
        values={values}
        options={inOrder.map((level) => [level, say(`words.level.${level}`)])}
      />
      <Capacity seated={seated} values={values} />
      <Box name="reason" label={say("light.reason")} values={values} />
      <Line name="quote" label={say("light.quote")} help={say("light.quoteHelp")} values={values} />
      {objects && (
        <>
          <Box name="lift" label={say("light.lift")} values={values} />
          <Pick
            name="how"
            label={say("light.how")}
            values={values}
            options={remedies.map((kind) => [kind, say(`light.howIn.${kind}`)])}
          />
          <label className="tick">
            <input type="checkbox" name="placement" defaultChecked={values["placement"] !== undefined} />{" "}
            {say("light.placement")}
          </label>
        </>
      )}
      <Pick
        name="ground"
        label={say("light.ground")}
        values={values}
        options={[
          ["", say("light.noGround")],
          ...grounds.map((ground) => [ground, say(`words.ground.${ground}`)] as const),
        ]}
      />
      <Pick
        name="onlyIf"
        label={say("light.onlyIf")}
        values={values}
        options={[
          ["", say("packages.rows.none")],
          ...waysOfConditions.map((way) => [way, say(`light.conditionWays.${way}`)] as const),
          ...report.packages
            .filter(({ releasedAt, withdrawn }) => releasedAt !== null && withdrawn === null)
            .map(({ id, title }) => [id, say("packages.rows.package", { title })] as const),
        ]}
      />
      <Line name="ifNumber" label={say("light.ifNumber")} help={say("light.ifNumberHelp")} values={values} />
      <Line name="ifWords" label={say("light.ifWords")} values={values} />
      <Line name="condition" label={say("light.condition")} help={say("light.conditionHelp")} values={values} />
      {wider.length > 0 && (
        <Pick
          name="audience"
          label={say("light.disclosure")}
          values={values}
          options={[
            ["", say("light.asRuled")],
            ...wider.map((audience) => [audience, say(`words.audience.${audience}`)] as const),
          ]}
        />
      )}
      <button name="act" value="lodge">
        {say("light.send")}
      </button>
    </>
  );
}

/** What has no button of its own first. */
const orderOfMore: readonly Level[] = [
  "question",
  "concern",
  "accept",
  "awaiting-instructions",
  "objection",
  "reservation",
  "support",
];
const remedies = ["other", ...remedyKinds.filter((kind) => kind !== "other")] as const;
