/** Where this delegation's own inputs can be found, one by one. */
import { useMemo } from "react";
import { reflections } from "../../shared/domain/reflected.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ReflectedList } from "../report/reflected-list.tsx";
import { say } from "../ui/voice.ts";
import styles from "./my-positions.module.css";

export function ReflectedOwn({ code }: { readonly code: DelegationCode }) {
  const { record, text, report } = useNegotiation();
  const inputs = useMemo(
    () => reflections(record, text, report.annex).find(({ delegation }) => delegation === code)?.inputs ?? [],
    [record, text, report.annex, code],
  );
  if (inputs.length === 0) return null;
  const found = inputs.filter(({ places }) => places.length > 0).length;
  return (
    <details className={styles["mine"]}>
      <summary>{say("reflected.own")}</summary>
      <p>{say("reflected.ownSentence", { found, all: inputs.length })}</p>
      <ReflectedList inputs={inputs} />
    </details>
  );
}
