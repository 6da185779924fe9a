/** The private drafting rooms of this delegation: what it is asked into, what it is in, and what was closed. */
import { lazy, Suspense, useState } from "react";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import type { SeenDraftingRoom } from "../../shared/wire/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ParagraphNumber } from "../report/paragraph-number.tsx";
import { Button } from "../ui/button.tsx";
import { list, say } from "../ui/voice.ts";
import { subjectOf } from "./drafting-subject.ts";
import styles from "./my-draftings.module.css";
import type { Draftings } from "./use-draftings.ts";

/** With what it needs to write live; a desk that only reads never loads it. */
const DraftingDialog = lazy(async () => ({ default: (await import("./drafting-dialog.tsx")).DraftingDialog }));

interface Props {
  readonly draftings: Draftings;
  readonly code: DelegationCode;
  /** The room that is open on the screen. */
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function MyDraftings({ draftings, code, openId, onOpen, onShow }: Props) {
  const { all } = draftings;
  const invitations = all.filter(({ standing }) => standing === "invited");
  const rooms = all.filter(({ standing, ended }) => standing === "joined" && !ended);
  const closed = all.filter(({ ended }) => ended);
  // What was open stays on the screen when the delegation is taken out of it, to say so.
  const [last, setLast] = useState<SeenDraftingRoom | null>(null);
  const found = all.find(({ id, standing }) => id === openId && standing === "joined") ?? null;
  if (found && found !== last) setLast(found);
  const shown = found ?? (last?.id === openId ? last : null);
  const item = (room: SeenDraftingRoom) => (
    <RoomItem key={room.id} room={room} code={code} onOpen={() => onOpen(room.id)} onShow={onShow} />
  );
  if (all.length === 0 && !shown) return null;
  return (
    <section className={styles["draftings"]} aria-labelledby="my-draftings">
      <h2 id="my-draftings">{say("drafting.title")}</h2>
      <p className={styles["private"]}>{say("drafting.private")}</p>
      <ul className={styles["list"]}>
        {invitations.map((room) => (
          <Invitation key={room.id} room={room} code={code} draftings={draftings} onOpen={onOpen} onShow={onShow} />
        ))}
        {rooms.map(item)}
      </ul>
      {closed.length > 0 && (
        <details>
          <summary className={styles["closed"]}>{say("drafting.closed", { count: closed.length })}</summary>
          <ul className={styles["list"]}>{closed.map(item)}</ul>
        </details>
      )}
      {shown && (
        <Suspense>
          <DraftingDialog
            key={shown.id}
            room={shown}
            isOut={found === null}
            code={code}
            draftings={draftings}
            onClose={() => onOpen(null)}
          />
        </Suspense>
      )}
    </section>
  );
}

interface ItemProps {
  readonly room: SeenDraftingRoom;
  readonly code: DelegationCode;
  readonly onShow: (paragraph: ParagraphId) => void;
}

function Head({ room, onShow }: Omit<ItemProps, "code">) {
  const { record, text } = useNegotiation();
  return (
    <p className={styles["head"]}>
      <ParagraphNumber id={room.paragraph} onShow={onShow} />
      <strong>{subjectOf(room, record, text)}</strong>
    </p>
  );
}

function RoomItem({ room, code, onOpen, onShow }: ItemProps & { readonly onOpen: () => void }) {
  const { record } = useNegotiation();
  const nameOf = (of: DelegationCode): string => record.delegations.get(of)?.name ?? of;
  const others = room.members.filter((member) => member.code !== code && member.standing === "joined");
  return (
    <li className={styles["room"]}>
      <Head room={room} onShow={onShow} />
      <small>
        {others.length > 0
          ? say("drafting.with", { who: list(others.map((member) => nameOf(member.code))) })
          : say("drafting.alone")}
      </small>
      <div>
        <Button size="small" aria-haspopup="dialog" onClick={onOpen}>
          {say(room.ended ? "drafting.read" : "drafting.enter")}
        </Button>
      </div>
    </li>
  );
}

function Invitation({ room, code, draftings, onOpen, onShow }: ItemProps & Pick<Props, "draftings" | "onOpen">) {
  const { record } = useNegotiation();
  const nameOf = (of: DelegationCode): string => record.delegations.get(of)?.name ?? of;
  const name = room.leader ? nameOf(room.leader) : say("record.someone");
  const join = async (): Promise<void> => {
    if (await draftings.act(room.id, { kind: "join" })) onOpen(room.id);
  };
  return (
    <li className={styles["room"]} data-asked>
      <Head room={room} onShow={onShow} />
      <p>{say("drafting.invitation.from", { name })}</p>
      <small>{say("drafting.invitation.effect", { own: nameOf(code), name })}</small>
      {draftings.mayDecide && (
        <div className={styles["acts"]}>
          <Button size="small" tone="primary" onClick={() => void join()}>
            {say("drafting.invitation.join")}
          </Button>
          <Button size="small" onClick={() => void draftings.act(room.id, { kind: "decline" })}>
            {say("drafting.invitation.decline")}
          </Button>
        </div>
      )}
    </li>
  );
}
