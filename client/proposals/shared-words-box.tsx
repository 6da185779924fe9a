/** The words of one block of a text that others write at the same time, with their cursors, in an editor that comes when it is needed. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { noteNumbers } from "../../shared/domain/numbering.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import type { LiveText } from "../live/live-text.ts";
import { peerIn } from "../live/presence.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./words-box.module.css";

interface Props {
  readonly label: string;
  readonly live: LiveText;
  readonly block: ParagraphId;
  readonly writable: boolean;
  /** A line or two, not a paragraph. */
  readonly short?: boolean;
}

export function SharedWordsBox({ label, live, block, writable, short = false }: Props) {
  const { record, text } = useNegotiation();
  const { doc, awareness, isSynced } = useSyncExternalStore(live.subscribe, live.connected);
  const place = useRef<HTMLDivElement>(null);
  const [isReady, setReady] = useState(false);
  const latest = useRef({ record, text });
  useEffect(() => {
    latest.current = { record, text };
  });
  useEffect(() => {
    if (!isSynced) return;
    let leave = (): void => undefined;
    let gone = false;
    const nameOf = (client: number): string | null => {
      const peer = peerIn(awareness, client);
      const code: DelegationCode | null = peer?.seat && "delegation" in peer.seat ? peer.seat.delegation : null;
      const delegation = code && (latest.current.record.delegations.get(code)?.name ?? code);
      return peer && (delegation && delegation !== peer.name ? `${peer.name}, ${delegation}` : peer.name);
    };
    void import("../editor/shared-words-editor.ts").then(({ mountSharedWords }) => {
      if (gone || !place.current) return;
      const mounted = mountSharedWords(place.current, {
        doc,
        block,
        writable,
        presence: { awareness, nameOf },
        name: label,
        focus: false,
        numberOf: (to) => numberOf(to, { ...latest.current, voice }),
        noteNumber: (id) => noteNumbers(latest.current.text).get(id),
      });
      const atOnce = live.passThrough((deliver) => mounted.composition.pass(deliver));
      leave = () => {
        atOnce();
        mounted.destroy();
      };
      setReady(true);
    });
    return () => {
      gone = true;
      leave();
    };
  }, [live, doc, awareness, isSynced, block, writable, label]);
  return (
    <div className={styles["field"]}>
      <span className={styles["label"]} aria-hidden>
        {label}
      </span>
      <div ref={place} className={styles["place"]} data-short={short || undefined} aria-busy={!isReady}>
        {!isReady && <span role="status">{say("proposals.propose.editor")}</span>}
      </div>
    </div>
  );
}
