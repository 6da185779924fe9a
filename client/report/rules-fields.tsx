/** The rules of a negotiation that its chair sets, as they are asked for when it is opened and in its settings. */
import type { DisclosurePreset, Method } from "../../shared/domain/entries.ts";
import { Choice, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

interface Props<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

const methods: readonly Method[] = ["chair-pen", "on-screen"];
const presets: readonly DisclosurePreset[] = ["closed", "delegations", "open"];

export function MethodChoice(props: Props<Method>) {
  return (
    <Choice
      label={say("desk.new.method")}
      options={methods.map((value) => ({
        value,
        label: say(`words.method.${value}`),
        help: say(`desk.new.methods.${value}`),
      }))}
      {...props}
    />
  );
}

export function DisclosureChoice(props: Props<DisclosurePreset>) {
  return (
    <Choice
      label={say("desk.new.disclosure")}
      options={presets.map((value) => ({
        value,
        label: say(`words.disclosure.${value}`),
        help: say(`desk.new.disclosures.${value}`),
      }))}
      {...props}
    />
  );
}

/** In whole hours, at most thirty days. */
export function SilenceMinimum({ value, onChange }: Props<number>) {
  return (
    <TextField
      type="number"
      min={0}
      max={720}
      step={1}
      label={say("silence.minimum.label")}
      help={say("silence.minimum.help")}
      value={value}
      onChange={(event) => onChange(Math.min(720, Math.max(0, Math.round(event.target.valueAsNumber || 0))))}
    />
  );
}
