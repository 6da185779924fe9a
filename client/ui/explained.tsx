/**
 * A button that cannot be used, with its reason, shown to whoever points at it or comes to it by keyboard. The reason lies above the page
 * (a popover), so that nothing that clips what is in it (a paragraph off the screen is not painted, a panel scrolls) cuts it off.
 */
import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import styles from "./explained.module.css";

interface Props {
  readonly id: string;
  readonly reason: string;
  readonly children: ReactNode;
}

export function Explained({ id, reason, children }: Props) {
  const around = useRef<HTMLSpanElement>(null);
  const told = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const [button, box] = [around.current, told.current];
    if (!shown || !button || !box) return;
    const hide = (): void => setShown(false);
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === "Escape") hide();
    };
    const follow = (): void => place(box, button);
    box.showPopover?.();
    follow();
    // Whoever comes to it by keyboard makes the page scroll.
    addEventListener("scroll", follow, { capture: true, passive: true });
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("scroll", follow, { capture: true });
      removeEventListener("keydown", onKey);
      box.hidePopover?.();
    };
  }, [shown]);
  const show = (): void => setShown(true);
  const hide = (): void => setShown(false);
  return (
    <span
      ref={around}
      className={styles["around"]}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
    >
      {children}
      <span ref={told} role="tooltip" id={id} popover="manual" className={styles["reason"]}>
        {reason}
      </span>
    </span>
  );
}

const gapPx = 6;

/** Below the button, above it where there is no room, and never beside the window. */
function place(box: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = at.bottom + gapPx;
  const top = below + height > clientHeight && at.top - gapPx - height > 0 ? at.top - gapPx - height : below;
  const start = getComputedStyle(button).direction === "rtl" ? at.right - width : at.left;
  const left = Math.max(gapPx, Math.min(start, clientWidth - width - gapPx));
  Object.assign(box.style, { top: `${top}px`, left: `${left}px` });
}
