/** A drafting room on the screen: the words and the reason, live with the others; who is in it; what becomes of it. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { carriedOver } from "../../shared/domain/drafting.ts";
import { wordsAs } from "../../shared/domain/folds/proposals.ts";
import { circulatedBlock } from "../../shared/domain/rights.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { draftingBlocks, hasWords } from "../../shared/sync/drafting-text.ts";
import type { SeenDraftingRoom } from "../../shared/wire/api.ts";
import type { LiveText } from "../live/live-text.ts";
import { signOf } from "../live/saved-sign.ts";
import { useLiveText, useNegotiation } from "../live/use-negotiation.ts";
import { SharedWordsBox } from "../proposals/shared-words-box.tsx";
import { Redline } from "../report/redline.tsx";
import { receiptSentence } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { Select } from "../ui/field.tsx";
import { useToast } from "../ui/toasts.tsx";
import { language, list, moment, say, voice } from "../ui/voice.ts";
import styles from "./drafting-dialog.module.css";
import { subjectOf } from "./drafting-subject.ts";
import type { Draftings } from "./use-draftings.ts";

interface Props {
  readonly room: SeenDraftingRoom;
  /** This delegation is no longer in it. */
  readonly isOut: boolean;
  readonly code: DelegationCode;
  readonly draftings: Draftings;
  readonly onClose: () => void;
}

export function DraftingDialog({ room, isOut, code, draftings, onClose }: Props) {
  const { record, text } = useNegotiation();
  const live = useRoom(room, draftings.mayWrite);
  const [doing, setDoing] = useState<"table" | "close" | "leave" | null>(null);
  const words = useLiveText(live);
  const content = (words && blocksById(words).get(draftingBlocks.words)?.content) ?? null;
  const drafted = content && (hasWords(room.change) ? content : []);
  const leads = room.leader === code;
  const isOpen = !room.ended && !isOut;
  const decides = draftings.mayDecide && isOpen;
  const settled = async (): Promise<readonly Inline[] | null> => {
    await live?.settled();
    const block = blocksById(live?.text() ?? []).get(draftingBlocks.words);
    return block ? (hasWords(room.change) ? block.content : []) : null;
  };
  const own = room.members.find((member) => member.code === code);
  const sponsored = drafted !== null && own?.sponsors === wordingOf(drafted).hash;
  const sponsor = async (): Promise<void> => {
    const exactly = sponsored ? null : await settled();
    const wording = exactly && wordingOf(exactly).hash;
    if (sponsored || wording) await draftings.act(room.id, { kind: "sponsor", wording });
  };
  return (
    <Dialog title={say("drafting.room.name")} wide onClose={onClose}>
      <DialogForm
        onSubmit={() => undefined}
        footer={
          decides && (
            <>
              {leads ? (
                <>
                  <Button aria-haspopup="dialog" onClick={() => setDoing("close")}>
                    {say("drafting.room.close")}
                  </Button>
                  <Button tone="primary" aria-haspopup="dialog" busy={!live} onClick={() => setDoing("table")}>
                    {say("drafting.table.name")}
                  </Button>
                </>
              ) : (
                <>
                  <Button aria-haspopup="dialog" onClick={() => setDoing("leave")}>
                    {say("drafting.room.leave")}
                  </Button>
                  <Button
                    tone="support"
                    busy={drafted === null}
                    aria-pressed={sponsored}
                    onClick={() => void sponsor()}
                  >
                    {say(sponsored ? "drafting.room.unsponsor" : "drafting.room.sponsor")}
                  </Button>
                </>
              )}
            </>
          )
        }
      >
        <p className={styles["subject"]}>
          <strong>{subjectOf(room, record, text)}</strong>
          {live && isOpen && <RoomSaved live={live} />}
        </p>
        {isOut && <p className={styles["notice"]}>{say("drafting.room.out")}</p>}
        {room.ended && <Ended ended={room.ended} />}
        {isOpen && <NewWords room={room} drafted={drafted ?? []} decides={decides && leads} draftings={draftings} />}
        {live ? (
          <>
            {hasWords(room.change) && (
              <SharedWordsBox
                label={say("drafting.room.words")}
                live={live}
                block={draftingBlocks.words}
                writable={isOpen && draftings.mayWrite}
              />
            )}
            <Change room={room} drafted={drafted} />
            <SharedWordsBox
              short
              label={say("drafting.room.reason")}
              live={live}
              block={draftingBlocks.reason}
              writable={isOpen && draftings.mayWrite}
            />
            <Kept live={live} />
          </>
        ) : (
          <p role="status">{say("drafting.room.opening")}</p>
        )}
        <Members room={room} code={code} drafted={drafted} decides={decides && leads} draftings={draftings} />
        {decides && !leads && <small className={styles["faint"]}>{say("drafting.room.sponsorHelp")}</small>}
      </DialogForm>
      {doing && doing !== "table" && (
        <Sure
          name={say(`drafting.room.${doing}`)}
          explains={say(`drafting.room.${doing}Help`)}
          act={async () => {
            setDoing(null);
            if ((await draftings.act(room.id, { kind: doing })) && doing === "leave") onClose();
          }}
          onClose={() => setDoing(null)}
        />
      )}
      {doing === "table" && drafted && (
        <TableDialog
          room={room}
          code={code}
          drafted={drafted}
          draftings={draftings}
          settled={settled}
          onClose={() => setDoing(null)}
          onDone={onClose}
        />
      )}
    </Dialog>
  );
}

/** The line to the room's words, as long as it is on the screen. */
function useRoom({ id, room, ended }: SeenDraftingRoom, mayWrite: boolean): LiveText | null {
  const { slug, spelledSeat, name, api } = useNegotiation();
  const [live, setLive] = useState<LiveText | null>(null);
  const isEnded = useRef(false);
  useEffect(() => {
    isEnded.current = ended !== null;
  });
  useEffect(() => {
    if (room === null) return;
    let left = false;
    let opened: LiveText | null = null;
    const close = (): void => {
      // What was typed last may still be on its way.
      void opened?.settled().then(() => opened?.close());
    };
    void import("../live/live-text.ts")
      .then(({ openLiveText }) =>
        openLiveText({
          // No negotiation has this name, so that its unsaved words stay apart from those of the report and of other rooms.
          negotiation: `${slug}~${id}`,
          room,
          seat: spelledSeat,
          person: name,
          clientId: mayWrite ? () => api.clientId(room) : null,
          isLocked: () => isEnded.current,
          onRecord: () => undefined,
        }),
      )
      .then((text) => {
        opened = text;
        if (left) close();
        else setLive(text);
      });
    return () => {
      left = true;
      close();
    };
  }, [slug, id, room, spelledSeat, name, mayWrite, api]);
  return live;
}

function RoomSaved({ live }: { readonly live: LiveText }) {
  const { line, record } = useNegotiation();
  const text = useSyncExternalStore(live.subscribe, live.connected);
  const [state, sentence] = signOf(text, live.mayWrite, line, record.at);
  return (
    <span role="status" aria-label={sentence} className={styles["saved"]} data-state={state}>
      {sentence}
    </span>
  );
}

function Ended({ ended: { at, by, proposal } }: { readonly ended: NonNullable<SeenDraftingRoom["ended"]> }) {
  const { record } = useNegotiation();
  const name = record.delegations.get(by)?.name ?? by;
  return (
    <p className={styles["notice"]}>
      {say(`drafting.room.ended.${proposal ? "tabled" : "closed"}`, { name, at: moment(at) })}
    </p>
  );
}

/** The paragraph was circulated in other words since. */
function NewWords({
  room,
  drafted,
  decides,
  draftings,
}: Pick<Props, "room" | "draftings"> & { readonly drafted: readonly Inline[]; readonly decides: boolean }) {
  const { record, text } = useNegotiation();
  const today = circulatedBlock(record, room.paragraph);
  if (!today) return <p className={styles["notice"]}>{say("drafting.room.newWordsGone")}</p>;
  if (wordingOf(today.content).hash === room.wording) return null;
  const number = numberOf(room.paragraph, { record, text, voice });
  const fits = carriedOver(room, record, drafted) !== null;
  const leader = room.leader ? (record.delegations.get(room.leader)?.name ?? room.leader) : "";
  return (
    <section className={styles["notice"]} aria-label={say("drafting.room.newWords", { number })}>
      <p>
        {say("drafting.room.newWords", { number })} {say(`drafting.room.${fits ? "fits" : "fitsNot"}`)}{" "}
        {!decides && leader && say("drafting.room.carryLeader", { name: leader })}
      </p>
      <Redline from={wordsAs(record, room.paragraph, room.wording)} to={today.content} />
      {decides && (
        <p>
          <Button size="small" onClick={() => void draftings.act(room.id, { kind: "carry-over" })}>
            {say("drafting.room.carryOver")}
          </Button>{" "}
          <small>{say("drafting.room.asksAgain")}</small>
        </p>
      )}
    </section>
  );
}

function Change({ room, drafted }: { readonly room: SeenDraftingRoom; readonly drafted: readonly Inline[] | null }) {
  const { record } = useNegotiation();
  if (drafted === null || room.change === "insert-after" || room.change === "move") return null;
  const from = wordsAs(record, room.paragraph, room.wording);
  if (canonicalText(from) === canonicalText(drafted)) return null;
  return (
    <section className={styles["change"]} aria-label={say("drafting.room.change")}>
      <Redline from={from} to={drafted} />
    </section>
  );
}

/** Words that the room refused, as after it was closed. */
function Kept({ live }: { readonly live: LiveText }) {
  const { kept } = useSyncExternalStore(live.subscribe, live.connected);
  if (kept.length === 0) return null;
  return (
    <section className={styles["notice"]}>
      <p>{say("drafting.room.kept")}</p>
      {kept.map(({ paragraph, mine, stands }, index) => (
        <Redline key={paragraph ?? index} from={stands ?? ""} to={mine} />
      ))}
      <div>
        <Button size="small" onClick={() => live.dismissRefusal()}>
          {say("drafting.room.understood")}
        </Button>
      </div>
    </section>
  );
}

function Members({
  room,
  code,
  drafted,
  decides,
  draftings,
}: Pick<Props, "room" | "code" | "draftings"> & {
  readonly drafted: readonly Inline[] | null;
  readonly decides: boolean;
}) {
  const { record } = useNegotiation();
  const nameOf = (of: DelegationCode): string => record.delegations.get(of)?.name ?? of;
  const exactly = drafted && wordingOf(drafted).hash;
  const inside = room.members.flatMap((one) =>
    one.standing === "joined" || one.standing === "invited" ? one.code : [],
  );
  const askable = [...record.delegations.values()]
    .filter((one) => one.kind === "member-state" && !inside.includes(one.code))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <section className={styles["members"]} aria-label={say("drafting.room.members")}>
      <p className={styles["faint"]}>
        {room.leader === code
          ? say("drafting.youLead")
          : room.leader && say("drafting.leads", { name: nameOf(room.leader) })}{" "}
        {say("drafting.private")}
      </p>
      <ul className={styles["list"]}>
        {room.members.map((one) => (
          <li key={one.code}>
            <span>
              <strong>{one.code === code ? say("drafting.room.you", { name: nameOf(code) }) : nameOf(one.code)}</strong>{" "}
              <small>
                {say(`drafting.room.standing.${one.standing}`)}
                {one.sponsors &&
                  ` · ${say(one.sponsors === exactly ? "drafting.room.sponsors" : "drafting.room.sponsoredOther")}`}
              </small>
            </span>
            {decides && one.code !== code && inside.includes(one.code) && (
              <Button
                size="small"
                tone="quiet"
                aria-label={say("drafting.room.takeOutWhom", { name: nameOf(one.code) })}
                onClick={() => void draftings.act(room.id, { kind: "take-out", delegation: one.code })}
              >
                {say("drafting.room.takeOut")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {decides && askable.length > 0 && (
        <Select
          label={say("drafting.room.invite")}
          value=""
          options={[
            { value: "", label: say("drafting.open.askNobody") },
            ...askable.map((one) => ({ value: one.code as string, label: one.name })),
          ]}
          onChange={(other) =>
            other !== "" && void draftings.act(room.id, { kind: "invite", delegations: [other as DelegationCode] })
          }
        />
      )}
    </section>
  );
}

/** What cannot be taken back is asked once more, with what it does. */
function Sure({
  name,
  explains,
  act,
  onClose,
}: {
  readonly name: string;
  readonly explains: string;
  readonly act: () => Promise<void>;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={name} onClose={onClose}>
      <DialogForm
        onSubmit={() => void act()}
        footer={
          <>
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone="primary">
              {name}
            </Button>
          </>
        }
      >
        <p>{explains}</p>
      </DialogForm>
    </Dialog>
  );
}

/** Before it is tabled: who will be named with it. */
function TableDialog({
  room,
  code,
  drafted,
  draftings,
  settled,
  onClose,
  onDone,
}: Pick<Props, "room" | "code" | "draftings" | "onClose"> & {
  readonly drafted: readonly Inline[];
  readonly settled: () => Promise<unknown>;
  readonly onDone: () => void;
}) {
  const { record } = useNegotiation();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const nameOf = (of: DelegationCode): string => record.delegations.get(of)?.name ?? of;
  const { hash } = wordingOf(drafted);
  const named = room.members.filter((one) => one.code !== code && one.standing === "joined" && one.sponsors === hash);
  const table = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await settled();
    const answer = await draftings.table(room.id);
    setBusy(false);
    onClose();
    if (!answer) return;
    toast({ sentence: receiptSentence(say("drafting.table.done"), answer) });
    onDone();
  };
  return (
    <Dialog title={say("drafting.table.name")} onClose={onClose}>
      <DialogForm
        onSubmit={() => void table()}
        footer={
          <>
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone="primary" busy={busy}>
              {say("drafting.table.name")}
            </Button>
          </>
        }
      >
        <p>{say("drafting.table.explains", { name: nameOf(code) })}</p>
        <p>
          {named.length > 0
            ? say("drafting.table.sponsors", { who: list(named.map((one) => nameOf(one.code))) })
            : say("drafting.table.alone")}
        </p>
        {room.change === "replace" && <Redline from={wordsAs(record, room.paragraph, room.wording)} to={drafted} />}
      </DialogForm>
    </Dialog>
  );
}
