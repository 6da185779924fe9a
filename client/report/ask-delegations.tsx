/** Delegations that are asked to something, or named beside oneself: added one by one from a list, taken off by a click. */
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Select } from "../ui/field.tsx";
import { language } from "../ui/voice.ts";
import styles from "./ask-delegations.module.css";

interface Props {
  readonly label: string;
  readonly help?: string;
  /** The line that is shown while none is being added. */
  readonly add: string;
  readonly uninvite: (name: string) => string;
  readonly asked: readonly DelegationCode[];
  /** Whom it makes no sense to ask. */
  readonly except: readonly (DelegationCode | "")[];
  readonly onChange: (asked: readonly DelegationCode[]) => void;
}

export function AskDelegations({ label, help, add, uninvite, asked, except, onChange }: Props) {
  const { record } = useNegotiation();
  const nameOf = (code: DelegationCode): string => record.delegations.get(code)?.name ?? code;
  const askable = [...record.delegations.values()]
    .filter(({ kind, code }) => kind === "member-state" && !except.includes(code) && !asked.includes(code))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <>
      <Select
        label={label}
        {...(help !== undefined && { help })}
        value=""
        options={[
          { value: "", label: add },
          ...askable.map(({ code, name }) => ({ value: code as string, label: name })),
        ]}
        onChange={(code) => code !== "" && onChange([...asked, code as DelegationCode])}
      />
      {asked.length > 0 && (
        <ul className={styles["asked"]}>
          {asked.map((code) => (
            <li key={code}>
              {nameOf(code)}{" "}
              <button
                type="button"
                aria-label={uninvite(nameOf(code))}
                onClick={() => onChange(asked.filter((other) => other !== code))}
              >
                <span aria-hidden>✕</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
