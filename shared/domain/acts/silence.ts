/** The silence procedure: announced, extended, cancelled, broken, settled (SPEC: SIL). */
import { disclosureFor, existenceOf } from "../disclosure.ts";
import type { Why } from "../entries.ts";
import { speakingFor } from "../groups.ts";
import type { Record } from "../record.ts";
import type { Refusal, RefusalCode } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import type { Actor } from "../roster.ts";
import { delegationOf, isTeam } from "../roster.ts";
import type { InTheWay, Outage, Silence } from "../silence.ts";
import {
  hourMs,
  inTheWay,
  outageMs,
  paragraphsInScope,
  runningSilences,
  settledAt,
  silenceMinimumHours,
} from "../silence.ts";
import { blocksById } from "../text.ts";
import type { EpochMs, SilenceBreakId, SilenceId } from "../values.ts";
import { accept } from "../values.ts";
import { wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Draft, Negotiation } from "./acting.ts";
import { lodge } from "./positions.ts";
import { differsFromCirculated } from "./text.ts";

export function announce(
  negotiation: Negotiation,
  command: CommandOf<"announce-silence">,
  now: EpochMs,
  act: Acting,
  mint: () => string,
): Answer {
  const { record, text } = negotiation;
  const { scope, deadline, zone, lapses = false, adopts = false, note } = command;
  const whole = scope === "whole";
  const blocks = paragraphsInScope(record, scope);
  const stray = whole ? undefined : scope.find((id) => !blocks.some((block) => block.id === id));
  if (stray !== undefined) {
    const known = blocksById(record.text).has(stray);
    return refuse({ code: known ? "not-consensus-text" : "not-circulated", paragraph: stray });
  }
  if (blocks.length === 0) return refuse({ code: "nothing-in-scope" });
  if (adopts && !whole) return refuse({ code: "whole-needed" });
  const running = runningSilences(record);
  const overlapping = whole
    ? running[0]
    : running.find(
        ({ paragraphs, whole: all }) => all || paragraphs.some(({ paragraph }) => scope.includes(paragraph)),
      );
  if (overlapping) return refuse({ code: "under-silence" });
  // SIL4: what is frozen is what everybody has seen.
  const draft = blocksById(text);
  const differs = blocks.find(({ id, content, part }) => {
    const now = draft.get(id);
    return !now || now.part !== part || wordingOf(now.content).hash !== wordingOf(content).hash;
  });
  if (differs) return refuse({ code: "draft-differs", paragraph: differs.id });
  if (whole && differsFromCirculated(negotiation)) return refuse({ code: "draft-differs" });
  const obstacles = inTheWay(record, scope, lapses);
  const first = obstacles[0];
  if (first) {
    const by = obstacles.filter(({ why }) => why === first.why).flatMap(({ by: who }) => who ?? []);
    return refuse({
      code: obstacleCodes[first.why],
      paragraph: first.paragraph,
      ...(by.length > 0 && { by: [...new Set(by)] }),
    });
  }
  if (deadline <= now || deadline < now + silenceMinimumHours(record, now) * hourMs)
    return refuse({ code: "deadline-too-soon" });
  const id = mint() as SilenceId;
  const paragraphs = blocks.map((block) => ({ paragraph: block.id, wording: wordingOf(block.content).hash }));
  const said = note?.trim();
  const audience = existenceOf(record.settings.disclosure);
  const drafts = [
    act.draft({
      kind: "silence-announced",
      id,
      whole,
      paragraphs,
      deadline,
      zone,
      lapses,
      adopts,
      audience,
      ...(said && { note: said }),
    }),
  ];
  return accept({ drafts, id });
}

const obstacleCodes = {
  objection: "contested",
  brackets: "contested",
  alternatives: "not-settled",
  "earlier-objection": "earlier-objection-stands",
  "hidden-characters": "hidden-characters",
  "already-agreed": "already-agreed",
} as const satisfies { readonly [W in InTheWay["why"]]: RefusalCode };

/** The procedure as long as it can still be changed by the chair: it runs, and its deadline has not passed (SIL5). */
function running(record: Record, id: SilenceId, now: EpochMs): Silence | Refusal {
  const silence = record.silences.get(id);
  if (!silence) return { code: "silence-unknown" };
  if (silence.ended) return { code: "silence-ended" };
  return now > silence.deadline ? { code: "deadline-passed" } : silence;
}

export function extend(record: Record, command: CommandOf<"extend-silence">, now: EpochMs, act: Acting): Answer {
  const { procedure, deadline, reason = "" } = command;
  const silence = running(record, procedure, now);
  if ("code" in silence) return refuse(silence);
  if (deadline <= silence.deadline) return refuse({ code: "deadline-not-later" });
  const said = reason.trim();
  return act.decided({ kind: "silence-extended", silence: procedure, deadline, ...(said && { reason: said }) });
}

export function cancel(record: Record, command: CommandOf<"cancel-silence">, now: EpochMs, act: Acting): Answer {
  const silence = running(record, command.procedure, now);
  if ("code" in silence) return refuse(silence);
  const reason = command.reason.trim();
  if (!reason) return refuse({ code: "reason-needed" });
  return act.decided({ kind: "silence-cancelled", silence: command.procedure, reason });
}

/**
 * SIL5: whoever breaks the silence in time objects to each paragraph that the break names. Later, the break is recorded and does nothing.
 */
export function breakSilence(
  negotiation: Negotiation,
  command: CommandOf<"break-silence">,
  actor: Actor,
  now: EpochMs,
  act: Acting,
  mint: () => string,
): Answer {
  const { record } = negotiation;
  const silence = record.silences.get(command.procedure);
  if (!silence) return refuse({ code: "silence-unknown" });
  if (silence.ended?.how === "cancelled") return refuse({ code: "silence-ended" });
  const floor = isTeam(actor.seat);
  const code = floor ? command.onBehalfOf : delegationOf(actor.seat);
  if (!code) return refuse({ code: "delegation-needed" });
  if (!floor && command.onBehalfOf !== undefined && command.onBehalfOf !== code) return refuse({ code: "not-allowed" });
  const others = [...new Set(command.alsoFor ?? [])].filter((other) => other !== code);
  const { onBehalfOfGroup: group } = command;
  if (!record.delegations.has(code)) return refuse({ code: "delegation-unknown" });
  for (const one of [...(group === undefined ? [code] : []), ...others]) {
    const kind = record.delegations.get(one)?.kind;
    if (!kind) return refuse({ code: "delegation-unknown" });
    if (kind !== "member-state") return refuse({ code: "not-a-state" });
  }
  const scope = silence.paragraphs.map(({ paragraph }) => paragraph);
  const paragraphs = command.paragraphs?.length ? scope.filter((id) => command.paragraphs?.includes(id)) : scope;
  const stray = command.paragraphs?.find((id) => !scope.includes(id));
  if (stray !== undefined) return refuse({ code: "not-in-scope", paragraph: stray });
  if (group !== undefined) {
    for (const paragraph of paragraphs) {
      const spoken = speakingFor(record, group, code, paragraph);
      if (!spoken.ok) return spoken;
      if (spoken.value.states.length === 0) return refuse({ code: "not-a-state" });
    }
  }
  const inTime = now <= silence.deadline && silence.ended === null;
  const already = new Set(
    silence.breaks
      .filter((one) => one.by === code && one.group === (group ?? null) && one.inTime === inTime)
      .flatMap((one) => one.paragraphs),
  );
  if (paragraphs.every((id) => already.has(id))) return refuse({ code: "nothing-changes" });
  const reason = command.reason?.trim();
  const why: Why = { ...(reason && { reason }), ...(others.length > 0 && { alsoFor: others }) };
  const id = mint() as SilenceBreakId;
  const drafts: Draft[] = [
    act.draft(
      {
        kind: "silence-broken",
        silence: silence.id,
        id,
        paragraphs,
        inTime,
        confirmed: !floor,
        disclosure: disclosureFor(record.settings.disclosure, "objection"),
      },
      why,
      { ...(floor && { onBehalfOf: code }), ...(group && { onBehalfOfGroup: group }) },
    ),
  ];
  const wordings = new Map(silence.paragraphs.map(({ paragraph, wording }) => [paragraph, wording]));
  for (const paragraph of inTime ? paragraphs : []) {
    const objection = lodge(
      negotiation,
      {
        kind: "lodge-position",
        paragraph,
        wording: wordings.get(paragraph)!,
        level: "objection",
        ...(reason && { reason }),
        ...(floor && { onBehalfOf: code }),
        ...(group && { onBehalfOfGroup: group }),
      },
      actor,
      act,
      mint,
    );
    if (!objection.ok) return objection;
    drafts.push(...objection.value.drafts);
  }
  return accept({ drafts, id });
}

/** SIL6, SIL7: what the server records once the deadline has passed and what came in time has been decided. */
export function settle(record: Record, silence: Silence, act: Acting): readonly Draft[] {
  const { passed, lapsed } = settledAt(record, silence);
  // Who may not know of the procedure still learns what was agreed by it, and nothing of one by which nothing was.
  const audience = passed.length > 0 ? "public" : silence.audience;
  return [
    act.draft({ kind: "silence-closed", silence: silence.id, passed, audience }),
    ...lapsed.map((position) => act.draft({ kind: "position-lapsed", position, silence: silence.id })),
  ];
}

/**
 * SIL9: a server that was away for more than a minute in the last hour gives that time back, and so does one whose clock was set forward.
 * @returns null where the outage leaves the deadline as it is
 */
export function extendForOutage(silence: Silence, outage: Outage, act: Acting): Draft | null {
  const from = Math.max(outage.from, silence.deadline - hourMs, silence.at) as EpochMs;
  const { to, clock } = outage;
  if (from > silence.deadline || to - from <= (clock ? 0 : outageMs)) return null;
  const deadline = (silence.deadline + (to - from)) as EpochMs;
  return act.draft({ kind: "silence-extended", silence: silence.id, deadline, outage: { ...outage, from } });
}
