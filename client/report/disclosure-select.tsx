/** Who may see a name and a reason: what the rule of the negotiation discloses, or more. */
import type { Audience } from "../../shared/domain/positions.ts";
import { audiences } from "../../shared/domain/positions.ts";
import { Select } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

interface Props {
  readonly label: string;
  /** What the rule gives; nothing narrower is offered. */
  readonly ruled: Audience;
  readonly value: Audience;
  readonly onChange: (audience: Audience) => void;
}

export const DisclosureSelect = ({ label, ruled, value, onChange }: Props) => (
  <Select
    label={label}
    help={say("desk.lodge.disclosureHelp")}
    value={value}
    options={audiences
      .slice(audiences.indexOf(ruled))
      .map((audience) => ({ value: audience, label: say(`words.audience.${audience}`) }))}
    onChange={onChange}
  />
);
