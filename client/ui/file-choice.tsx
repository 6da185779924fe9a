/** Choosing one file of one's device; what is done with it is told by whoever asked. */
import type { ReactNode } from "react";
import styles from "./file-choice.module.css";

interface Props {
  /** Endings and types, as `accept` of HTML takes them. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly disabled?: boolean;
  readonly size?: "small";
  readonly children: ReactNode;
}

export function FileChoice({ accept, onFile, disabled = false, size, children }: Props) {
  return (
    <label className={styles["file"]} data-size={size}>
      {children}
      <input
        type="file"
        accept={accept}
        className="unseen"
        disabled={disabled}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) onFile(chosen);
          // So that the same file can be chosen again, once it was mended.
          target.value = "";
        }}
      />
    </label>
  );
}
