/** Dialogs: named by their title, with what a form in one has around it. */
import type { FormEvent, ReactNode } from "react";
import styles from "./dialog.module.css";
import type { ModalProps } from "./modal.tsx";
import { onDemand } from "./on-demand.tsx";

export const Dialog = onDemand<ModalProps>(async () => (await import("./modal.tsx")).Modal);

interface FormProps {
  readonly children: ReactNode;
  /** What went wrong with the last attempt, and whether it may be sent again as it is. */
  readonly trouble?: ReactNode;
  readonly footer: ReactNode;
  readonly onSubmit: () => void;
}

/** The inside of a dialog that states something: Ctrl+Enter sends it, as Enter does in a single line. */
export function DialogForm({ children, trouble, footer, onSubmit }: FormProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form
      className={styles["form"]}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
      }}
    >
      <div className={styles["body"]}>{children}</div>
      {trouble && (
        <p role="alert" className={styles["trouble"]}>
          {trouble}
        </p>
      )}
      <footer className={styles["foot"]}>{footer}</footer>
    </form>
  );
}
