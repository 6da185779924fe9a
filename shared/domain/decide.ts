/**
 * The one place where a negotiation's acts are decided (SPEC). Pure: what the record and the text are, who asks for what, and when;
 * the answer is the entries to append and the changes of text that go with them, or the reason why not. Each act is in `acts/`.
 */
import { adopt, makeStatement } from "./acts/adoption.ts";
import type { Answer, Negotiation } from "./acts/acting.ts";
import { Acting } from "./acts/acting.ts";
import { answer, merge, put, takeUp, withdraw } from "./acts/bridging.ts";
import { lift } from "./acts/brackets.ts";
import { decideGroup } from "./acts/groups.ts";
import { decidePackage } from "./acts/packages.ts";
import { ask, confirm, end, lodge, reaffirm } from "./acts/positions.ts";
import { amend, confirmProposal, cosponsor, dispose, table, withdrawProposal } from "./acts/proposals.ts";
import { addDelegation, changeDelegation, invite, removeDelegation, revoke } from "./acts/roster.ts";
import { changeSettings, setDisclosure } from "./acts/settings.ts";
import { announce, breakSilence, cancel, extend } from "./acts/silence.ts";
import { circulate, gavel, move, reopen } from "./acts/text.ts";
import { choose, group, ungroup } from "./acts/alternatives.ts";
import { answerCorrection, requestCorrection, tieQuantifier, withdrawRequest } from "./acts/summary.ts";
import { contest, correct, coverChange, issueVersion, restore } from "./acts/versions.ts";
import type { Command } from "./commands.ts";
import { refuse } from "./refusals.ts";
import type { Target } from "./rights.ts";
import { circulatedBlock, whyNot } from "./rights.ts";
import type { Actor } from "./roster.ts";
import { delegationOf } from "./roster.ts";
import { blocksById } from "./text.ts";
import { whyLocked } from "./status.ts";
import type { EpochMs } from "./values.ts";

/**
 * @param mint makes a fresh identifier (`mintId`)
 * @returns the decision, or a refusal that the user can meet; never throws for anything a user can send
 */
export function decide(
  negotiation: Negotiation,
  command: Command,
  actor: Actor,
  now: EpochMs,
  mint: () => string,
): Answer {
  const decided = decideAct(negotiation, command, actor, now, mint);
  const { record } = negotiation;
  // SIL4: whatever the act, it changes no word that is under silence.
  for (const edit of decided.ok ? (decided.value.edits ?? []) : []) {
    const paragraph = edit.kind === "insert-block" ? edit.block.id : edit.paragraph;
    if (whyLocked(record, paragraph) === "under-silence") return refuse({ code: "under-silence", paragraph });
  }
  return decided;
}

function decideAct(negotiation: Negotiation, command: Command, actor: Actor, now: EpochMs, mint: () => string): Answer {
  const { record } = negotiation;
  const act = new Acting(actor, now);
  const no = whyNot(actor, command.kind, record, targetOf(negotiation, command));
  if (no) return refuse(no);
  const delegation = delegationOf(actor.seat);
  if (delegation && !record.delegations.has(delegation)) return refuse({ code: "delegation-unknown" });
  switch (command.kind) {
    case "lodge-position":
      return lodge(negotiation, command, actor, act, mint);
    case "withdraw-position":
    case "confirm-met":
      return end(record, command, actor, act);
    case "confirm-position":
      return confirm(record, command, act);
    case "reaffirm-position":
      return reaffirm(record, command, act);
    case "ask-author":
      return ask(record, command, act);
    case "circulate":
      return circulate(negotiation, actor, now, command.note === undefined ? {} : { note: command.note });
    case "gavel":
      return gavel(negotiation, command, act);
    case "reopen":
      return reopen(record, command, act);
    case "move-paragraph":
      return move(negotiation, command, act);
    case "lift-bracket":
      return lift(negotiation, command, act);
    case "issue-version":
      return issueVersion(negotiation, command, act);
    case "cover-change":
      return coverChange(negotiation, command, act);
    case "editorial-correction":
      return correct(negotiation, command, act);
    case "contest-correction":
      return contest(record, command, actor, act);
    case "restore":
      return restore(negotiation, command, act);
    case "group-alternatives":
      return group(negotiation, command, act);
    case "ungroup-alternative":
      return ungroup(record, command, act);
    case "choose-alternative":
      return choose(negotiation, command, act);
    case "set-label-scheme":
      return changeSettings(record, act, { labels: command.scheme });
    case "tie-quantifier":
      return tieQuantifier(negotiation, command, act);
    case "request-correction":
      return requestCorrection(record, command, actor, act, mint);
    case "answer-correction":
      return answerCorrection(negotiation, command, act);
    case "withdraw-correction-request":
      return withdrawRequest(record, command, actor, act);
    case "set-disclaimer":
      return changeSettings(record, act, { disclaimer: command.text.trim() });
    case "set-disclosure":
      return setDisclosure(record, command, now, act);
    case "set-method":
      return changeSettings(record, act, { method: command.method });
    case "set-language":
      return changeSettings(record, act, { language: command.language });
    case "set-title":
      return changeSettings(record, act, { title: command.title });
    case "set-agenda":
      return act.decided({ kind: "agenda-set", topics: command.topics });
    case "add-delegation":
      return addDelegation(record, command.delegation, act);
    case "change-delegation":
      return changeDelegation(record, command.delegation, act);
    case "remove-delegation":
      return removeDelegation(record, command.delegation, act);
    case "invite":
      return invite(record, command, actor, act);
    case "revoke-seat":
      return revoke(record, command, actor, act);
    case "announce-silence":
      return announce(negotiation, command, now, act, mint);
    case "extend-silence":
      return extend(record, command, now, act);
    case "cancel-silence":
      return cancel(record, command, now, act);
    case "break-silence":
      return breakSilence(negotiation, command, actor, now, act, mint);
    case "set-silence-minimum":
      return changeSettings(record, act, { silenceMinimumHours: command.hours });
    case "adopt":
      return adopt(negotiation, command, act);
    case "make-statement":
      return makeStatement(record, command, actor, act, mint);
    case "create-group":
    case "change-group":
    case "dissolve-group":
    case "name-speaker":
    case "join-group":
    case "leave-group":
    case "align":
    case "depart":
      return decideGroup(record, command, actor, act, mint);
    case "prepare-package":
    case "release-package":
    case "withdraw-package":
      return decidePackage(negotiation, command, act, mint);
    case "table-proposal":
      return table(negotiation, command, actor, act, mint);
    case "amend-proposal":
      return amend(record, command, act, mint);
    case "cosponsor":
      return cosponsor(record, command, actor, act, mint);
    case "confirm-proposal":
      return confirmProposal(record, command, act);
    case "withdraw-proposal":
      return withdrawProposal(record, command, act);
    case "dispose-proposal":
      return dispose(negotiation, command, act, mint);
    case "merge-proposals":
      return merge(negotiation, command, act);
    case "put-bridging":
      return put(negotiation, command, act, mint);
    case "answer-bridging":
      return answer(record, command, actor, act);
    case "take-up-bridging":
      return takeUp(negotiation, command, act);
    case "withdraw-bridging":
      return withdraw(record, command, act);
  }
}

function targetOf({ record, text }: Negotiation, command: Command): Target {
  switch (command.kind) {
    case "gavel":
      return { paragraph: blocksById(text).get(command.paragraph), draft: text, wording: command.wording };
    case "reopen":
      return { paragraph: circulatedBlock(record, command.paragraph) ?? undefined };
    case "move-paragraph":
    case "lift-bracket":
    case "choose-alternative":
      return { paragraph: blocksById(text).get(command.paragraph) };
    case "withdraw-position":
    case "confirm-met":
    case "confirm-position":
    case "reaffirm-position":
    case "ask-author":
      return { position: command.position };
    case "amend-proposal":
    case "cosponsor":
    case "confirm-proposal":
    case "withdraw-proposal":
    case "dispose-proposal":
      return { proposal: command.proposal };
    default:
      return {};
  }
}
