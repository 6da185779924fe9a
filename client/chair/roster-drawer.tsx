/** Who takes part: delegations and who sits for them, new ones, and invitation links. */
import { useState } from "react";
import type { Delegation } from "../../shared/domain/roster.ts";
import { spellSeat } from "../../shared/domain/roster.ts";
import type { Invitation } from "../../shared/wire/api.ts";
import { NotSentError, RefusedError } from "../live/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { DelegationPicker } from "../roster/delegation-picker.tsx";
import { InvitationSheet } from "../roster/invitation-sheet.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { useToast } from "../ui/toasts.tsx";
import { language, list, say } from "../ui/voice.ts";
import { GroupList } from "./group-list.tsx";
import type { DrawerProps } from "./outline-drawer.tsx";
import styles from "./roster-drawer.module.css";

export function RosterDrawer({ onClose }: DrawerProps) {
  const { record, api, submit, whyNot } = useNegotiation();
  const toast = useToast();
  const [adding, setAdding] = useState<readonly Delegation[] | null>(null);
  const [invitations, setInvitations] = useState<readonly Invitation[] | null>(null);
  const delegations = [...record.delegations.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
  const holders = (seat: string): string[] =>
    record.holdings.filter((held) => spellSeat(held.seat) === seat).map(({ name }) => name);
  // SEA2: a delegation that had a head invites its own from then on.
  const waiting = delegations.filter(({ code }) => !record.headed.has(code));

  const invite = async (seats: readonly string[]): Promise<void> => {
    const key = crypto.randomUUID();
    const attempt = async (): Promise<void> => {
      try {
        setInvitations(await api.invite(seats, key));
      } catch (trouble) {
        if (trouble instanceof RefusedError) toast({ sentence: trouble.problem.detail });
        else if (trouble instanceof NotSentError) {
          toast({ sentence: say("desk.notSent"), actions: [{ label: say("desk.retry"), act: () => void attempt() }] });
        } else throw trouble;
      }
    };
    await attempt();
  };
  const addAll = async (): Promise<void> => {
    for (const delegation of adding ?? []) {
      const sent = await submit({ kind: "add-delegation", delegation }, crypto.randomUUID());
      if (sent.state !== "on-record") return toast({ sentence: sent.sentence });
    }
    setAdding(null);
  };

  return (
    <Drawer title={say("desk.drawer.roster")} onClose={onClose}>
      <div className={styles["tools"]}>
        <Button
          tone="primary"
          disabledReason={whyNot("invite") ?? (waiting.length === 0 ? say("desk.roster.allSeated") : null)}
          onClick={() => void invite(waiting.map(({ code }) => `delegation:${code}`))}
        >
          {say("desk.roster.inviteAll", { count: waiting.length })}
        </Button>
        <Button disabledReason={whyNot("invite")} onClick={() => void invite(["secretariat"])}>
          {say("desk.roster.inviteTeam")}
        </Button>
        <Button
          disabledReason={whyNot("add-delegation")}
          onClick={() => setAdding(adding ? null : [])}
          aria-expanded={adding !== null}
        >
          {say("desk.roster.add")}
        </Button>
      </div>
      {adding && (
        <div className={styles["adding"]}>
          <DelegationPicker chosen={adding} onChange={setAdding} />
          <Button
            tone="primary"
            disabledReason={adding.length === 0 ? say("desk.roster.chooseFirst") : null}
            onClick={() => void addAll()}
          >
            {say("desk.roster.addChosen", { count: adding.length })}
          </Button>
        </div>
      )}
      <h3 className={styles["head"]}>{say("desk.delegations", { count: delegations.length })}</h3>
      <ul className={styles["list"]}>
        {delegations.map(({ code, name, regionalGroup }) => {
          const seated = holders(`delegation:${code}`);
          return (
            <li key={code} className={styles["delegation"]}>
              <span>
                <strong>{name}</strong>
                <small>
                  {say(`words.regionShort.${regionalGroup}`)} ·{" "}
                  {seated.length > 0
                    ? say("desk.roster.come", { who: list(seated) })
                    : say(record.headed.has(code) ? "desk.roster.left" : "desk.roster.notCome")}
                </small>
              </span>
              {!record.headed.has(code) && (
                <Button
                  size="small"
                  disabledReason={whyNot("invite")}
                  onClick={() => void invite([`delegation:${code}`])}
                >
                  {say("desk.roster.invite")}
                  <span className="unseen"> {name}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <GroupList />
      {invitations && (
        <Dialog wide title={say("desk.invite.links")} onClose={() => setInvitations(null)}>
          <div className={styles["sheet"]}>
            <InvitationSheet title={record.settings.title} invitations={invitations} />
          </div>
        </Dialog>
      )}
    </Drawer>
  );
}
