/** Packages at the chair's desk: prepared for the team's eyes alone, changed, offered to delegations, withdrawn. */
import { useState } from "react";
import type { ParagraphCondition } from "../../shared/domain/conditions.ts";
import type { SeenPackage } from "../../shared/domain/packages.ts";
import type { PackageId, ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ChooseParagraphs } from "../report/choose-paragraphs.tsx";
import { conditionsIn, ConditionRows, incompleteIn, useRows } from "../report/condition-rows.tsx";
import { PackageCard } from "../report/package-card.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";
import styles from "./steps.module.css";

type Doing = { readonly what: "change" | "release" | "withdraw"; readonly offer: SeenPackage };

interface Props {
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function PackageList({ onShow }: Props) {
  const { report, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<Doing | "prepare" | null>(null);
  const packages = report.packages.filter(({ withdrawn }) => withdrawn === null);
  // With the adoption they are over (PKG7).
  if (report.adoption) return null;
  const close = (): void => setDoing(null);
  return (
    <section className={styles["steps"]} aria-labelledby="packages">
      <h2 id="packages">{say("packages.title")}</h2>
      {packages.map((offer) => (
        <PackageCard key={offer.id} offer={offer} onShow={onShow}>
          {(offer.releasedAt === null || offer.changed
            ? (["release", "change", "withdraw"] as const)
            : (["change", "withdraw"] as const)
          ).map((what) => (
            <Button
              key={what}
              size="small"
              aria-haspopup="dialog"
              disabledReason={whyNot(acts[what])}
              onClick={() => setDoing({ what, offer })}
            >
              {say(`packages.${what}.name`)}
              <span className="unseen">: {offer.title}</span>
            </Button>
          ))}
        </PackageCard>
      ))}
      <div>
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("prepare-package")}
          onClick={() => setDoing("prepare")}
        >
          {say("packages.prepare.name")}
        </Button>
      </div>
      {doing === "prepare" && <PackageDialog offer={null} paragraphs={[]} onClose={close} />}
      {typeof doing === "object" && doing?.what === "change" && (
        <PackageDialog offer={doing.offer} paragraphs={doing.offer.paragraphs} onClose={close} />
      )}
      {typeof doing === "object" && doing?.what === "release" && (
        <StateDialog
          name={say("packages.release.name")}
          explains={say("packages.release.explains")}
          command={{ kind: "release-package", package: doing.offer.id }}
          done={say("packages.release.done", { title: doing.offer.title })}
          onClose={close}
        >
          <PackageCard offer={doing.offer} onShow={onShow} />
        </StateDialog>
      )}
      {typeof doing === "object" && doing?.what === "withdraw" && (
        <WithdrawDialog id={doing.offer.id} title={doing.offer.title} onClose={close} />
      )}
    </section>
  );
}

const acts = { change: "prepare-package", release: "release-package", withdraw: "withdraw-package" } as const;

/** @param paragraphs those that are ticked when it opens */
export function PackageDialog({
  offer,
  paragraphs: ticked,
  onClose,
}: {
  readonly offer: SeenPackage | null;
  readonly paragraphs: readonly ParagraphId[];
  readonly onClose: () => void;
}) {
  const { report } = useNegotiation();
  const [title, setTitle] = useState(
    offer?.title ?? say("packages.prepare.titled", { letter: letterAfter(report.packages.length) }),
  );
  const [chosen, setChosen] = useState<ReadonlySet<ParagraphId>>(new Set(ticked));
  // What is only to stay as it is circulated is said by the release, of the words there are then.
  const asked = offer?.conditions.map(({ condition }) => condition) ?? [];
  const { rows, onChange } = useRows(
    asked.filter((condition) => condition.is !== "stays" || condition.words !== undefined),
  );
  const among = [...report.parts.consensus, ...report.parts.chairSummary].filter(({ kind }) => kind === "paragraph");
  const conditions = conditionsIn(rows).filter((one): one is ParagraphCondition => one.is !== "stands");
  const name = say(offer ? "packages.change.name" : "packages.prepare.name");
  return (
    <StateDialog
      name={name}
      explains={say("packages.prepare.explains")}
      wide
      command={{
        kind: "prepare-package",
        ...(offer && { package: offer.id }),
        title: title.trim(),
        paragraphs: among.flatMap(({ id }) => (chosen.has(id) ? [id] : [])),
        conditions,
      }}
      done={say("packages.prepare.done")}
      incomplete={
        title.trim() === ""
          ? say("packages.prepare.untitled")
          : chosen.size === 0
            ? say("packages.prepare.nothing")
            : incompleteIn(rows)
      }
      onClose={onClose}
    >
      <TextField
        label={say("packages.prepare.title")}
        value={title}
        maxLength={120}
        onChange={(event) => setTitle(event.target.value)}
      />
      <ChooseParagraphs label={say("packages.prepare.links")} among={among} chosen={chosen} onChange={setChosen} />
      <ConditionRows label={say("packages.prepare.asks")} among={among} rows={rows} onChange={onChange} />
    </StateDialog>
  );
}

const letterAfter = (count: number): string => String.fromCodePoint(65 + (count % 26));

function WithdrawDialog({
  id,
  title,
  onClose,
}: {
  readonly id: PackageId;
  readonly title: string;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      name={say("packages.withdraw.name")}
      explains={say("packages.withdraw.explains")}
      command={{ kind: "withdraw-package", package: id, ...(reason.trim() !== "" && { reason: reason.trim() }) }}
      done={say("packages.withdraw.done", { title })}
      onClose={onClose}
    >
      <TextBox
        label={say("packages.withdraw.reason")}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
