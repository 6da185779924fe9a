/** The groups of the roster, for the chair's team: who belongs, who was asked to join, and who speaks. */
import { useState } from "react";
import type { Group } from "../../shared/domain/groups.ts";
import { groupKinds, groupsIn, membersOf } from "../../shared/domain/groups.ts";
import type { Command } from "../../shared/domain/commands.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { capital } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Choice, Select, TextField } from "../ui/field.tsx";
import { language, list, say } from "../ui/voice.ts";
import styles from "./group-list.module.css";

type Doing = "create" | { readonly what: "change" | "dissolve" | "speaker"; readonly group: Group };

export function GroupList() {
  const { record, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const groups = groupsIn(record);
  const close = (): void => setDoing(null);
  return (
    <section className={styles["groups"]} aria-labelledby="groups">
      <h3 id="groups">{say("desk.groups.title")}</h3>
      {groups.length === 0 && <p className={styles["none"]}>{say("desk.groups.none")}</p>}
      {groups.map((group) => (
        <GroupItem key={group.id} group={group} onDo={setDoing} />
      ))}
      <div>
        <Button aria-haspopup="dialog" disabledReason={whyNot("create-group")} onClick={() => setDoing("create")}>
          {say("desk.groups.create.name")}
        </Button>
      </div>
      {doing === "create" && <GroupDialog group={null} onClose={close} />}
      {typeof doing === "object" && doing?.what === "change" && <GroupDialog group={doing.group} onClose={close} />}
      {typeof doing === "object" && doing?.what === "speaker" && <SpeakerDialog group={doing.group} onClose={close} />}
      {typeof doing === "object" && doing?.what === "dissolve" && (
        <StateDialog
          name={say("desk.groups.dissolve.name")}
          explains={say("desk.groups.dissolve.explains")}
          command={{ kind: "dissolve-group", group: doing.group.id }}
          done={say("desk.groups.dissolve.done")}
          onClose={close}
        />
      )}
    </section>
  );
}

function GroupItem({ group, onDo }: { readonly group: Group; readonly onDo: (doing: Doing) => void }) {
  const { record } = useNegotiation();
  const nameOf = (code: DelegationCode): string => record.delegations.get(code)?.name ?? code;
  const members = membersOf(record, group);
  const { speaker, invited } = group;
  return (
    <details className={styles["group"]}>
      <summary>
        <strong>{capital(group.name)}</strong>
        <small>
          {[
            say(`words.groupKind.${group.kind}`),
            ...(members.length > 0 || invited.length === 0
              ? [say("desk.groups.summary", { count: members.length })]
              : []),
            ...(invited.length > 0 ? [say("desk.groups.asked", { count: invited.length })] : []),
            speaker ? say("desk.groups.speaks", { who: nameOf(speaker) }) : say("desk.groups.nobodySpeaks"),
          ].join(" · ")}
        </small>
      </summary>
      <p>
        {members.length > 0
          ? say("desk.groups.members", { who: list(members.map(nameOf)) })
          : say("desk.groups.noMembers")}
        {invited.length > 0 && ` ${say("desk.groups.invited", { who: list(invited.map(nameOf)) })}`}
      </p>
      <div className={styles["acts"]}>
        {(["speaker", ...(group.kind === "regional" ? [] : (["change", "dissolve"] as const))] as const).map((what) => (
          <Button key={what} size="small" aria-haspopup="dialog" onClick={() => onDo({ what, group })}>
            {say(`desk.groups.${what}.name`)}
            <span className="unseen">: {group.name}</span>
          </Button>
        ))}
      </div>
    </details>
  );
}

function SpeakerDialog({ group, onClose }: { readonly group: Group; readonly onClose: () => void }) {
  const { record } = useNegotiation();
  const [speaker, setSpeaker] = useState<DelegationCode | "">(group.speaker ?? "");
  return (
    <StateDialog
      name={say("desk.groups.speaker.name")}
      explains={say("desk.groups.speaker.explains")}
      command={{ kind: "name-speaker", group: group.id, speaker: speaker === "" ? null : speaker }}
      done={say("desk.groups.speaker.done")}
      onClose={onClose}
    >
      <Select
        label={say("desk.groups.speaker.who")}
        value={speaker}
        options={[
          { value: "" as const, label: say("desk.groups.speaker.nobody") },
          ...membersOf(record, group).map((code) => ({
            value: code,
            label: record.delegations.get(code)?.name ?? code,
          })),
        ]}
        onChange={setSpeaker}
      />
    </StateDialog>
  );
}

/** Lists a new group, or changes one. */
function GroupDialog({ group, onClose }: { readonly group: Group | null; readonly onClose: () => void }) {
  const { record } = useNegotiation();
  const [name, setName] = useState(group?.name ?? "");
  const [kind, setKind] = useState<(typeof groupKinds)[number]>("cross-regional");
  const before = new Set(group ? [...group.members, ...group.invited] : []);
  const [listed, setListed] = useState<ReadonlySet<DelegationCode>>(before);
  const delegations = [...record.delegations.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
  const toggle = (code: DelegationCode): void => {
    const next = new Set(listed);
    if (!next.delete(code)) next.add(code);
    setListed(next);
  };
  const invite = [...listed].filter((code) => !before.has(code));
  const remove = [...before].filter((code) => !listed.has(code));
  const command: Command = group
    ? { kind: "change-group", group: group.id, name: name.trim(), invite, remove }
    : { kind: "create-group", name: name.trim(), of: kind, invite };
  const what = group ? "change" : "create";
  return (
    <StateDialog
      name={say(`desk.groups.${what}.name`)}
      command={command}
      done={say(`desk.groups.${what}.done`)}
      incomplete={name.trim() === "" ? say("desk.groups.nameHelp") : null}
      onClose={onClose}
    >
      <TextField
        label={say("desk.groups.nameOf")}
        help={say("desk.groups.nameHelp")}
        value={name}
        autoFocus
        maxLength={120}
        onChange={(event) => setName(event.target.value)}
      />
      {!group && (
        <Choice
          inline
          label={say("desk.groups.kind")}
          value={kind}
          options={groupKinds.map((value) => ({ value, label: say(`words.groupKind.${value}`) }))}
          onChange={setKind}
        />
      )}
      <fieldset className={styles["belong"]}>
        <legend>{say("desk.groups.belong")}</legend>
        <small>{say("desk.groups.belongHelp")}</small>
        <div className={styles["columns"]}>
          {delegations.map((delegation) => (
            <label key={delegation.code}>
              <input type="checkbox" checked={listed.has(delegation.code)} onChange={() => toggle(delegation.code)} />
              {delegation.name}
            </label>
          ))}
        </div>
      </fieldset>
    </StateDialog>
  );
}
