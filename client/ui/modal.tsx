/** What makes a dialog one: it lies over the rest, keeps the focus inside, closes by Escape or outside, and gives the focus back. */
import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal as AriaModal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";
import { say } from "./voice.ts";

export interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Modal({ title, onClose, wide = false, children }: ModalProps) {
  return (
    <ModalOverlay className={styles["overlay"]!} isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <AriaModal className={styles["modal"]!} data-wide={wide || undefined}>
        <Dialog className={styles["dialog"]!}>
          <header className={styles["head"]}>
            <Heading slot="title" className={styles["title"]!}>
              {title}
            </Heading>
            <Button tone="quiet" size="small" aria-label={say("desk.close")} onClick={onClose}>
              <span aria-hidden>✕</span>
            </Button>
          </header>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
