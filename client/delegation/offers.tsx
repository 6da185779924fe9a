/** The packages that the chair offers, as a delegation sees them. Nothing where there are none, or after the adoption (PKG7). */
import type { ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { PackageCard } from "../report/package-card.tsx";
import { say } from "../ui/voice.ts";
import styles from "./my-positions.module.css";

export function Offers({ onShow }: { readonly onShow: (paragraph: ParagraphId) => void }) {
  const { packages, adoption } = useNegotiation().report;
  if (adoption || packages.length === 0) return null;
  return (
    <section className={styles["mine"]} aria-labelledby="offers">
      <h2 id="offers">{say("packages.offered")}</h2>
      {packages.map((offer) => (
        <PackageCard key={offer.id} offer={offer} onShow={onShow} />
      ))}
    </section>
  );
}
