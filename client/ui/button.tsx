/**
 * A button. One that cannot be used now stays where it is, can be reached by keyboard and says why: a greyed word
 * without a reason teaches nothing.
 */
import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import styles from "./button.module.css";
import { Explained } from "./explained.tsx";

export type Tone = "plain" | "quiet" | "primary" | "object" | "reserve" | "support";

interface Props extends Omit<ComponentProps<"button">, "disabled" | "type"> {
  readonly tone?: Tone;
  readonly size?: "small" | "normal";
  /** Why it cannot be used now, as a sentence; null when it can. */
  readonly disabledReason?: string | null;
  readonly busy?: boolean;
  readonly submits?: boolean;
  readonly children: ReactNode;
}

export function Button({
  tone = "plain",
  size = "normal",
  disabledReason = null,
  busy = false,
  submits = false,
  children,
  onClick,
  className,
  ...rest
}: Props) {
  const reasonId = useId();
  const off = disabledReason !== null || busy;
  const button = (
    <button
      {...rest}
      type={submits ? "submit" : "button"}
      className={[styles["button"], className].filter(Boolean).join(" ")}
      data-tone={tone}
      data-size={size}
      aria-disabled={off || undefined}
      aria-describedby={disabledReason === null ? rest["aria-describedby"] : reasonId}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
    </button>
  );
  if (disabledReason === null) return button;
  return (
    <Explained id={reasonId} reason={disabledReason}>
      {button}
    </Explained>
  );
}
