/**
 * What is around every desk: which meeting, which words, am I connected, is it saved. It opens the lines of one seat and hands the
 * negotiation down; the desks themselves are bundles of their own.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { Seat } from "../../shared/domain/roster.ts";
import { parseSeat, spellSeat } from "../../shared/domain/roster.ts";
import { writesText } from "../../shared/domain/rights.ts";
import { lockedParagraphs } from "../../shared/domain/status.ts";
import type { Me, NegotiationInfo } from "../../shared/wire/api.ts";
import type { HouseApi, NegotiationApi } from "../live/api.ts";
import { RefusedError } from "../live/api.ts";
import type { LiveText } from "../live/live-text.ts";
import { RecordConnection } from "../live/record-connection.ts";
import { NegotiationContext, useLiveText, useNegotiationFrom } from "../live/use-negotiation.ts";
import { ways } from "../live/ways.ts";
import { paths, socketUrl } from "../paths.ts";
import { useAnnouncer } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { PageState } from "../ui/page-state.tsx";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { say } from "../ui/voice.ts";
import { Banner } from "./banner.tsx";
import styles from "./desk-frame.module.css";
import { useNews } from "./news.ts";
import { Opening as OpeningPage } from "./opening.tsx";

export interface Opened {
  readonly me: Me;
  readonly info: NegotiationInfo;
  readonly api: NegotiationApi;
  readonly connection: RecordConnection;
  readonly live: LiveText | null;
}

/** Opens the lines of one seat. Tests open their own. */
export type Open = (api: HouseApi, slug: string, seat: string) => Promise<Opened>;

export const openLines: Open = async (house, slug, seat) => {
  const api = house.negotiation(slug, seat);
  // What is on the record already comes compressed this way; what the line to come would tell of it, it would tell as it is.
  const [me, info, frame] = await Promise.all([house.me(), api.info(), api.events(0)]);
  const connection = new RecordConnection({
    connect: (after) => ways.open(`${socketUrl(info.rooms.record, seat)}&after=${after}`),
    fetchAfter: (after) => api.events(after),
    now: Date.now,
    frame,
  });
  // Only those who may join the text's room load what is needed to read it live.
  const live = info.rooms.text === null ? null : await joinText(info.rooms.text);
  return { me, info, api, connection, live };

  async function joinText(room: string): Promise<LiveText> {
    const parsed = parseSeat(seat);
    const writes = parsed !== null && writesText(parsed);
    const { openLiveText } = await import("../live/live-text.ts");
    return openLiveText({
      negotiation: slug,
      room,
      seat,
      person: me.person?.name ?? "",
      clientId: writes ? () => api.clientId(room) : null,
      isLocked: (paragraph) => lockedParagraphs(connection.seen().record).has(paragraph),
      onRecord: (frame) => connection.take(frame),
      after: connection.seen().record.seq,
    });
  }
};

interface Props {
  readonly api: HouseApi;
  readonly slug: string;
  readonly seat: Seat;
  readonly open?: Open;
  /** Which page of the desk is looked at. */
  readonly children: ReactNode;
}

type Opening =
  | { readonly state: "opening" }
  | { readonly state: "open"; readonly opened: Opened }
  | { readonly state: "failed"; readonly trouble: unknown };

export function DeskFrame({ open = openLines, ...props }: Props) {
  const [attempt, setAttempt] = useState(0);
  const spelled = spellSeat(props.seat);
  const key = `${props.slug} ${spelled} ${attempt}`;
  return <SeatDesk key={key} {...props} {...{ open, spelled }} onRetry={() => setAttempt(attempt + 1)} />;
}

interface SeatProps extends Required<Props> {
  readonly spelled: string;
  readonly onRetry: () => void;
}

function SeatDesk({ api, open, slug, spelled, seat, onRetry, children }: SeatProps) {
  const [opening, setOpening] = useState<Opening>({ state: "opening" });
  useEffect(() => {
    let left = false;
    let opened: Opened | null = null;
    const close = (): void => {
      opened?.connection.close();
      opened?.live?.close();
    };
    open(api, slug, spelled).then(
      (result) => {
        opened = result;
        if (left) close();
        else setOpening({ state: "open", opened: result });
      },
      (trouble: unknown) => !left && setOpening({ state: "failed", trouble }),
    );
    return () => {
      left = true;
      close();
    };
  }, [api, open, slug, spelled]);

  if (opening.state === "failed") {
    return <NoDesk slug={slug} trouble={opening.trouble} onRetry={onRetry} />;
  }
  if (opening.state === "opening") return <OpeningPage onRetry={onRetry} />;
  return (
    <OpenDesk opened={opening.opened} slug={slug} seat={seat} spelledSeat={spelled}>
      {children}
    </OpenDesk>
  );
}

function NoDesk({
  slug,
  trouble,
  onRetry,
}: {
  readonly slug: string;
  readonly trouble: unknown;
  readonly onRetry: () => void;
}) {
  if (!(trouble instanceof RefusedError)) {
    return (
      <PageState title={say("desk.unreachable.title")}>
        <p>{say("desk.unreachable.what")}</p>
        <Button tone="primary" onClick={onRetry}>
          {say("desk.retry")}
        </Button>
      </PageState>
    );
  }
  const { status, reference } = trouble.problem;
  return (
    <PageState title={say(status === 404 ? "desk.noSuchPage" : "desk.notYours.title")}>
      <p>{say("desk.notYours.what")}</p>
      <p>
        <a href={paths.publicReport(slug)}>{say("desk.links.report")}</a>
      </p>
      {reference && <p>{say("desk.reference", { reference })}</p>}
    </PageState>
  );
}

interface OpenProps {
  readonly opened: Opened;
  readonly slug: string;
  readonly seat: Seat;
  readonly spelledSeat: string;
  readonly children: ReactNode;
}

function OpenDesk({ opened: { me, info, api, connection, live }, slug, seat, spelledSeat, children }: OpenProps) {
  const mine = me.seats.find((held) => held.negotiation === slug && held.seat === spelledSeat);
  const liveText = useLiveText(live);
  const negotiation = useNegotiationFrom({
    slug,
    seat,
    spelledSeat,
    name: mine?.name ?? me.person?.name ?? "",
    info,
    api,
    connection,
    liveText,
    live,
  });
  const { record, line } = negotiation;
  useNews(negotiation);
  useEffect(() => {
    document.title = `${record.settings.title || info.title} – Rapporteur`;
  }, [record.settings.title, info.title]);
  useEffect(() => {
    const back = (): void => connection.reconnect();
    addEventListener("online", back);
    document.addEventListener("visibilitychange", back);
    return () => {
      removeEventListener("online", back);
      document.removeEventListener("visibilitychange", back);
    };
  }, [connection]);
  usePanes();
  useLostLine(line.state === "offline" || line.state === "full");

  if (record.seq === 0) {
    if (line.state === "ended") return <PageState title={say(`desk.ended.${line.why}`)} />;
    return <OpeningPage onRetry={negotiation.reconnect} />;
  }
  return (
    <NegotiationContext value={negotiation}>
      <nav className={styles["skips"]} aria-label={say("desk.skip.label")}>
        <a href="#text">{say("desk.skip.text")}</a>
        <a href="#beside">{say("desk.skip.beside")}</a>
      </nav>
      <Banner />
      {children}
    </NegotiationContext>
  );
}

function useLostLine(lost: boolean): void {
  const { warn } = useAnnouncer();
  useEffect(() => {
    if (!lost) return;
    warn(say("desk.lineLost"));
    return () => warn(say("desk.lineBack"));
  }, [lost, warn]);
}

/** F6 and Shift+F6 go from pane to pane, as in Word and in every browser. */
function usePanes(): void {
  const at = useRef(0);
  const go = useCallback((by: 1 | -1) => {
    const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
    if (panes.length === 0) return;
    const current = panes.findIndex((pane) => pane.contains(document.activeElement));
    at.current = ((current < 0 ? at.current : current) + by + panes.length) % panes.length;
    const pane = panes[at.current]!;
    pane.tabIndex = -1;
    pane.focus();
  }, []);
  useShortcuts([
    { keys: "F6", label: say("desk.shortcuts.nextPane"), act: () => go(1) },
    { keys: "Shift+F6", label: say("desk.shortcuts.previousPane"), act: () => go(-1) },
  ]);
}
