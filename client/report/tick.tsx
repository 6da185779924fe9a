/** A sentence to agree to, with its box. */
import styles from "./silence-notice.module.css";

export function Tick(props: {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  return (
    <label className={styles["check"]}>
      <input type="checkbox" checked={props.value} onChange={(event) => props.onChange(event.target.checked)} />
      {props.label}
    </label>
  );
}
