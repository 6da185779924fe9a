/** Inputs of one delegation, each with the places where it can be found. */
import type { Input } from "../../shared/domain/reflected.ts";
import { capital, mention } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { list, say, voice } from "../ui/voice.ts";

export function ReflectedList({ inputs }: { readonly inputs: readonly Input[] }) {
  const { record, text } = useNegotiation();
  const nameOf = (input: Input): string => {
    const paragraph = mention(input.paragraph, { record, text, voice }).words;
    if (input.kind === "proposal") return say("reflected.input.proposal", { paragraph });
    return say("reflected.input.position", { level: say(`words.level.${input.level}`), paragraph });
  };
  return (
    <ul>
      {inputs.map((input) => (
        <li key={input.id}>
          {say("reflected.found", {
            input: capital(nameOf(input)),
            places:
              input.places.length === 0
                ? say("reflected.where.none")
                : list(input.places.map((where) => say(`reflected.where.${where}`))),
          })}
        </li>
      ))}
    </ul>
  );
}
