/** Words of the summary that say how many, each with the delegations for which it speaks, and where the two disagree (SPEC: SUM). */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { statesIn } from "../../shared/domain/roster.ts";
import type { SeenQuantifier } from "../../shared/domain/summary.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { language, list, say } from "../ui/voice.ts";
import styles from "./quantifier-list.module.css";

export function QuantifierList({ paragraph }: { readonly paragraph: ComposedParagraph }) {
  const { whyNot } = useNegotiation();
  const [tying, setTying] = useState<SeenQuantifier | null>(null);
  const { quantifiers } = paragraph;
  if (quantifiers.length === 0) return null;
  return (
    <section aria-labelledby="quantifiers" className={styles["quantifiers"]}>
      <h3 id="quantifiers">{say("summary.quantifier.title")}</h3>
      <ul>
        {quantifiers.map((quantifier) => (
          <li key={quantifier.from} data-warning={quantifier.warning}>
            <Quantifier quantifier={quantifier} />
            <Button
              size="small"
              tone="quiet"
              aria-haspopup="dialog"
              disabledReason={whyNot("tie-quantifier")}
              onClick={() => setTying(quantifier)}
            >
              {say("summary.quantifier.name")}
            </Button>
          </li>
        ))}
      </ul>
      {tying && <TieDialog paragraph={paragraph} quantifier={tying} onClose={() => setTying(null)} />}
    </section>
  );
}

export function Quantifier({ quantifier: { words, by, warning } }: { readonly quantifier: SeenQuantifier }) {
  return (
    <>
      <p>
        {by.length === 0 ? (
          <q>{words}</q>
        ) : (
          say("summary.speaksFor", { words, names: list(by.map(({ name }) => name)) })
        )}
      </p>
      {warning && (
        <p className={styles["warning"]}>
          <span aria-hidden>⚠</span> {say(`summary.quantifier.warning.${warning}`)}
        </p>
      )}
    </>
  );
}

interface Tying {
  readonly paragraph: ComposedParagraph;
  readonly quantifier: SeenQuantifier;
  readonly onClose: () => void;
}

function TieDialog({ paragraph: { id, wording }, quantifier, onClose }: Tying) {
  const { record } = useNegotiation();
  // What the form was opened on: if the words change meanwhile the server says so.
  const [on] = useState(wording);
  const [codes, setCodes] = useState<readonly DelegationCode[]>(quantifier.by.map(({ code }) => code));
  const delegations = [...record.delegations.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <StateDialog
      name={say("summary.quantifier.name")}
      explains={say("summary.quantifier.explains")}
      command={{ kind: "tie-quantifier", paragraph: id, wording: on, from: quantifier.from, delegations: codes }}
      done={say("summary.quantifier.done", { words: quantifier.words })}
      onClose={onClose}
    >
      <p>
        <q>{quantifier.words}</q> <small>{say("summary.quantifier.of", { table: statesIn(record) })}</small>
      </p>
      {codes.length === 0 && <p>{say("summary.quantifier.nobody")}</p>}
      <ul className={styles["chosen"]}>
        {codes.map((code) => {
          const name = record.delegations.get(code)?.name ?? code;
          return (
            <li key={code}>
              {name}
              <Button
                size="small"
                tone="quiet"
                aria-label={say("summary.quantifier.remove", { name })}
                onClick={() => setCodes(codes.filter((other) => other !== code))}
              >
                <span aria-hidden>✕</span>
              </Button>
            </li>
          );
        })}
      </ul>
      <Select<DelegationCode | "">
        label={say("summary.quantifier.add")}
        value=""
        options={[
          { value: "", label: "" },
          ...delegations
            .filter(({ code }) => !codes.includes(code))
            .map(({ code, name }) => ({ value: code, label: name })),
        ]}
        onChange={(code) => code !== "" && setCodes([...codes, code])}
      />
    </StateDialog>
  );
}
