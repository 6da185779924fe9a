/** `GET` and `POST /n/S/desk/SEAT/light`: forms become commands, every act is answered by the page it leads to. */
import express from "express";
import type { Express, NextFunction, Request, Response } from "express";
import { toldIn } from "../../../shared/domain/changed-for.ts";
import { mayInDrafting } from "../../../shared/domain/drafting.ts";
import { factOf } from "../../../shared/domain/record.ts";
import type { Actor } from "../../../shared/domain/roster.ts";
import { delegationOf, spellSeat, viewerOf } from "../../../shared/domain/roster.ts";
import { StorageTrouble } from "../../store/port.ts";
import { changedSince, changesIn, knownBefore } from "./changes.ts";
import type { PageDeps, Talks } from "./deps.ts";
import { LightPage } from "./light.tsx";
import type { Tried } from "./light-form.ts";
import { commandIn, fieldsOf, triedAs } from "./light-form.ts";
import { seenBy } from "./seen-record.ts";
import { asksForLess, lightPath } from "./sparing.ts";
import { say } from "./speaker.ts";
import { NotThere, sendPage, troublePage } from "./trouble.tsx";

const path = "/n/:slug/desk/:seat/light";

export function lightPages(app: Express, deps: PageDeps): void {
  app.get(path, async (req, res) => {
    const at = await seatAt(req, res, deps);
    if (!at) return;
    const delegation = delegationOf(at.actor.seat);
    if (delegation) at.talks.opened(delegation);
    sendPage(res, 200, pageOf(at, deps, { done: Number(req.query["done"]) }));
  });

  app.post(path, express.urlencoded({ extended: false, limit: "64kb", parameterLimit: 30 }), async (req, res) => {
    if (!deps.fromHere(req)) return sendPage(res, 403, troublePage(400));
    const at = await seatAt(req, res, deps);
    if (!at) return;
    const fields = fieldsOf(req.body);
    const refuse = (status: number, why: string): void =>
      sendPage(res, status, pageOf(at, deps, { tried: triedAs(fields, why) }));
    if (!deps.mayState(at.actor)) return refuse(429, say("light.tooFast"));
    const asked = commandIn(fields, at.talks.record);
    if (!asked.ok) return asked.why === null ? sendPage(res, 400, troublePage(400)) : refuse(422, asked.why);
    try {
      const done = await at.talks.submit(asked.command, at.actor, asked.key);
      if (done.ok) res.redirect(303, `${lightPath(at.talks.row.slug, at.actor.seat)}?done=${done.receipt.seq}#receipt`);
      else if ("mismatch" in done) refuse(409, say("light.mismatch"));
      else refuse(409, say(`refusals.${done.refusal.code}`));
    } catch (trouble) {
      if (!(trouble instanceof StorageTrouble)) throw trouble;
      refuse(503, say("light.away"));
    }
  });

  // A body that cannot be read is a form that cannot be read.
  app.use(path, (trouble: { status?: unknown }, _: Request, res: Response, next: NextFunction) => {
    if (typeof trouble.status !== "number" || trouble.status >= 500 || res.headersSent) return next(trouble);
    sendPage(res, trouble.status, troublePage(400));
  });
}

interface At {
  readonly talks: Talks;
  readonly actor: Actor;
  readonly isForLess: boolean;
}

/** The negotiation and the seat that the address names; answers itself where there is none. */
async function seatAt(req: Request<{ slug: string; seat: string }>, res: Response, deps: PageDeps): Promise<At | null> {
  const talks = deps.house.bySlug(req.params.slug);
  if (!talks) {
    sendPage(res, 404, <NotThere what="negotiation" />);
    return null;
  }
  const { seats } = await deps.identify(req);
  const held = seats.find(({ slug, actor }) => slug === talks.row.slug && spellSeat(actor.seat) === req.params.seat);
  if (!held) {
    sendPage(res, 403, troublePage(403));
    return null;
  }
  return { talks, actor: held.actor, isForLess: asksForLess(req) };
}

function pageOf({ talks, actor, isForLess }: At, { mint }: PageDeps, last: { done?: number; tried?: Tried }) {
  const viewer = viewerOf(actor.seat);
  const code = delegationOf(actor.seat);
  // As all changes on this page.
  const base = knownBefore(talks.record);
  const changes = changesIn(talks, viewer);
  const changed = code && base ? changedSince(talks, viewer, code, base.seq) : null;
  const told = changed ? toldIn(changed) : new Set<number>();
  return (
    <LightPage
      report={talks.report(viewer)}
      record={seenBy(viewer, talks).record}
      text={talks.textFor(viewer)}
      changes={changes && { ...changes, decisions: changes.decisions.filter(({ seq }) => !told.has(seq)) }}
      changed={changed}
      rooms={code && mayInDrafting(actor.seat, "read") ? talks.drafting.seenBy(code) : []}
      versions={talks.record.versions}
      only={null}
      actor={actor}
      formKey={mint()}
      done={last.done === undefined ? null : ownEntry(talks, actor, last.done)}
      tried={last.tried ?? null}
      isForLess={isForLess}
    />
  );
}

/** The entry a receipt is shown for: only what this person did can be shown as just done. */
function ownEntry(talks: Talks, actor: Actor, seq: number) {
  const entry = Number.isSafeInteger(seq) && seq > 0 ? talks.entries[seq - 1] : undefined;
  if (entry?.person.id !== actor.person || spellSeat(entry.who.seat) !== spellSeat(actor.seat)) return null;
  return factOf(entry);
}
