/** A panel beside the work, not over it: what is in it can be read while one writes. Escape closes it. */
import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import styles from "./drawer.module.css";
import { say } from "./voice.ts";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Drawer({ title, onClose, children }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      data-pane
      className={styles["drawer"]}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header className={styles["head"]}>
        <h2>{title}</h2>
        <Button tone="quiet" size="small" aria-label={say("desk.close")} onClick={onClose}>
          <span aria-hidden>✕</span>
        </Button>
      </header>
      <div className={styles["body"]}>{children}</div>
    </aside>
  );
}
