/** Fields with their label above and their help below, as plain HTML: every browser and reader knows these. */
import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import styles from "./field.module.css";

interface Framed {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
}

export function TextField({ label, help, error, ...input }: Framed & ComponentProps<"input">) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error ?? null}>
      <input id={id} className={styles["input"]} aria-describedby={`${id}-help`} aria-invalid={!!error} {...input} />
    </Frame>
  );
}

export function TextBox({ label, help, error, ...input }: Framed & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error ?? null}>
      <textarea
        id={id}
        rows={3}
        className={styles["input"]}
        aria-describedby={`${id}-help`}
        aria-invalid={!!error}
        {...input}
      />
    </Frame>
  );
}

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly help?: ReactNode;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly inline?: boolean;
}

/** One of few, all of them in sight. */
export function Choice<Value extends string>({ label, value, options, onChange, inline }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles["choice"]} data-inline={inline || undefined}>
      <legend className={styles["label"]}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles["option"]}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.help && <small className={styles["help"]}>{option.help}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface SelectProps<Value extends string> extends Framed {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

export function Select<Value extends string>({ label, help, error, value, options, onChange }: SelectProps<Value>) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error ?? null}>
      <select
        id={id}
        className={styles["input"]}
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

function Frame({
  id,
  label,
  help,
  error,
  children,
}: {
  id: string;
  label: string;
  help: ReactNode;
  error: string | null;
  children: ReactNode;
}) {
  return (
    <div className={styles["field"]}>
      <label htmlFor={id} className={styles["label"]}>
        {label}
      </label>
      {children}
      {(help || error) && (
        <small id={`${id}-help`} className={styles["help"]} data-error={!!error || undefined}>
          {error ?? help}
        </small>
      )}
    </div>
  );
}
