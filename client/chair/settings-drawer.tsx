/** The rules of this negotiation. A change is public, so it is said what it does before it is made. */
import { useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import { labelSchemes } from "../../shared/domain/alternatives.ts";
import { languages } from "../../shared/domain/languages.ts";
import { disclaimerOf } from "../../shared/domain/summary.ts";
import { useNegotiation, useStating } from "../live/use-negotiation.ts";
import { deadlineIn } from "../../shared/messages/times.ts";
import { sayRule } from "../../shared/messages/tell.ts";
import { DisclosureChoice, MethodChoice, SilenceMinimum } from "../report/rules-fields.tsx";
import { receiptSentence } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { Choice, Select, TextBox, TextField } from "../ui/field.tsx";
import { useToast } from "../ui/toasts.tsx";
import { ownZone, say, voice } from "../ui/voice.ts";
import type { ChosenDeadline } from "./deadline-field.tsx";
import { DeadlineField } from "./deadline-field.tsx";
import type { DrawerProps } from "./outline-drawer.tsx";
import styles from "./settings-drawer.module.css";
import { WebhookList } from "./webhook-list.tsx";

export function SettingsDrawer({ onClose }: DrawerProps) {
  const { record, seat, whyNot } = useNegotiation();
  const { settings } = record;
  const { busy, trouble, state } = useStating();
  const toast = useToast();
  const [title, setTitle] = useState(settings.title);
  const [original, setOriginal] = useState(settings.language ?? "en");
  const [method, setMethod] = useState(settings.method);
  const [preset, setPreset] = useState(settings.disclosure);
  const [phase, setPhase] = useState(settings.phase ?? "");
  const [from, setFrom] = useState<ChosenDeadline>({ at: null, zone: ownZone });
  const [later, setLater] = useState(false);
  const [hours, setHours] = useState(settings.silenceMinimumHours);
  const [scheme, setScheme] = useState(settings.labels ?? "alt");
  const [disclaimer, setDisclaimer] = useState(disclaimerOf(record));
  const announced = settings.next && record.phases.at(-1);
  const changes: readonly Command[] = [
    ...(title.trim() !== "" && title.trim() !== settings.title
      ? [{ kind: "set-title", title: title.trim() } as const]
      : []),
    ...(original !== (settings.language ?? "en") ? [{ kind: "set-language", language: original } as const] : []),
    ...(method !== settings.method ? [{ kind: "set-method", method } as const] : []),
    ...(hours !== settings.silenceMinimumHours ? [{ kind: "set-silence-minimum", hours } as const] : []),
    ...(scheme !== (settings.labels ?? "alt") ? [{ kind: "set-label-scheme", scheme } as const] : []),
    ...(disclaimer.trim() !== "" && disclaimer.trim() !== disclaimerOf(record)
      ? [{ kind: "set-disclaimer", text: disclaimer.trim() } as const]
      : []),
    ...(preset !== settings.disclosure || phase.trim() !== (settings.phase ?? "")
      ? [
          {
            kind: "set-disclosure",
            preset,
            ...(phase.trim() !== "" && { phase: phase.trim() }),
            ...(later && from.at !== null && { from: from.at }),
          } as const,
        ]
      : []),
  ];
  const save = async (): Promise<void> => {
    for (const change of changes) {
      const answer = await state(change);
      if (!answer) return;
      toast({ sentence: receiptSentence(say("desk.settings.done"), answer) });
    }
  };
  return (
    <Drawer title={say("desk.drawer.settings")} onClose={onClose}>
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField label={say("desk.new.title")} value={title} onChange={(event) => setTitle(event.target.value)} />
        <Select
          label={say("desk.new.language")}
          help={say("desk.new.languageHelp")}
          value={original}
          options={languages.map((value) => ({ value, label: say(`publication.languages.${value}`) }))}
          onChange={setOriginal}
        />
        <MethodChoice value={method} onChange={setMethod} />
        <DisclosureChoice value={preset} onChange={setPreset} />
        <TextField
          label={say("desk.settings.phase")}
          help={say("desk.settings.phaseHelp")}
          maxLength={80}
          value={phase}
          onChange={(event) => setPhase(event.target.value)}
        />
        <Choice
          inline
          label={say("desk.settings.when")}
          value={later ? "later" : "now"}
          options={(["now", "later"] as const).map((value) => ({ value, label: say(`desk.settings.whens.${value}`) }))}
          onChange={(value) => setLater(value === "later")}
        />
        {later && <DeadlineField label={say("desk.settings.from")} chosen={from} onChange={setFrom} />}
        {announced && (
          <p className={styles["note"]} role="note">
            {say("desk.settings.announced", {
              when: deadlineIn(announced.from, from.zone, voice.language),
              rule: sayRule(announced, voice),
            })}
          </p>
        )}
        <SilenceMinimum value={hours} onChange={setHours} />
        <Select
          label={say("summary.alternatives.scheme")}
          value={scheme}
          options={labelSchemes.map((value) => ({ value, label: say(`summary.alternatives.schemes.${value}`) }))}
          onChange={setScheme}
        />
        <TextBox
          label={say("summary.disclaimer.label")}
          help={say("summary.disclaimer.help")}
          rows={3}
          value={disclaimer}
          onChange={(event) => setDisclaimer(event.target.value)}
        />
        <p className={styles["note"]}>{say("desk.settings.public")}</p>
        {trouble && <p role="alert">{trouble.sentence}</p>}
        <Button
          submits
          tone="primary"
          busy={busy}
          disabledReason={
            whyNot("set-title") ??
            (later && from.at === null ? say("desk.settings.fromMissing") : null) ??
            (changes.length === 0 ? say("refusals.nothing-changes") : null)
          }
        >
          {say("desk.settings.save")}
        </Button>
      </form>
      {seat.role === "chair" && <WebhookList />}
    </Drawer>
  );
}
