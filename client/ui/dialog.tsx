/** Dialogs: named by their title, closed by Escape or outside, focus kept inside and given back. */
import type { FormEvent, ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";
import { say } from "./voice.ts";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Dialog({ title, onClose, wide = false, children }: Props) {
  return (
    <ModalOverlay className={styles["overlay"]!} isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={styles["modal"]!} data-wide={wide || undefined}>
        <AriaDialog className={styles["dialog"]!}>
          <header className={styles["head"]}>
            <Heading slot="title" className={styles["title"]!}>
              {title}
            </Heading>
            <Button tone="quiet" size="small" aria-label={say("desk.close")} onClick={onClose}>
              <span aria-hidden>✕</span>
            </Button>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

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
