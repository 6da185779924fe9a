/** A whole page that has nothing to show yet, or cannot: what is the case, what was kept, what to do. */
import type { ReactNode } from "react";
import styles from "./page-state.module.css";

interface Props {
  readonly title: string;
  readonly children?: ReactNode;
  readonly busy?: boolean;
}

export function PageState({ title, children, busy = false }: Props) {
  return (
    <main className={styles["page"]} aria-busy={busy}>
      <div className={styles["card"]}>
        <p className={styles["mark"]} aria-hidden>
          Rapporteur
        </p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
