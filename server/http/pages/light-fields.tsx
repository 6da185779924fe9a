/** What the forms of the light page are made of, and what all of them know of the page they stand on. */
import type { ReactNode } from "react";
import type { SeenDrafting } from "../../../shared/domain/drafting.ts";
import type { ChangedFor } from "../../../shared/domain/changed-for.ts";
import { spokenForBy } from "../../../shared/domain/groups.ts";
import type { Level } from "../../../shared/domain/positions.ts";
import type { Fact } from "../../../shared/domain/record.ts";
import type { Actor } from "../../../shared/domain/roster.ts";
import type { Block } from "../../../shared/domain/text.ts";
import type { DelegationCode, ParagraphId } from "../../../shared/domain/values.ts";
import { sayParagraphs } from "../../../shared/messages/silence.ts";
import { capital } from "../../../shared/messages/tell.ts";
import type { Tried } from "./light-form.ts";
import { tickOf } from "./light-form.ts";
import type { Reading } from "./reader.tsx";
import { lightPath } from "./sparing.ts";
import { say, speaker } from "./speaker.ts";
import type { Surroundings } from "./words.tsx";

export interface LightReading extends Reading {
  readonly actor: Actor;
  /** Since the same moment as `changes`; null where nobody is represented, or everything is new. */
  readonly changed: ChangedFor | null;
  /** The private drafting rooms that its delegation may see: where it is asked into one, the page says so. */
  readonly rooms: readonly SeenDrafting[];
  /** Minted for this page; with what is done to what, it names each act once. */
  readonly formKey: string;
  /** What the last form put on the record. */
  readonly done: Fact | null;
  /** The form that was refused. */
  readonly tried: Tried | null;
  /** It stands in the place of the desk, for a browser that asks for less. */
  readonly isForLess: boolean;
}

export interface Seated extends LightReading {
  readonly code: DelegationCode | null;
  /** Levels this delegation can state; none for who only reads. */
  readonly states: readonly Level[];
  readonly byId: ReadonlyMap<ParagraphId, Block>;
  readonly around: Surroundings;
}

export type Values = Readonly<{ [name: string]: string }>;

export function Form({
  seated: { report, actor, formKey },
  about,
  children,
}: {
  readonly seated: Seated;
  readonly about: Readonly<{ [name: string]: string }>;
  readonly children: ReactNode;
}) {
  return (
    <form method="post" action={lightPath(report.slug, actor.seat)}>
      <input type="hidden" name="key" value={formKey} />
      {Object.entries(about).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

/** What was typed into a form that was refused; nothing for every other form. */
export function triedIn({ tried }: Seated, act: string, about: Values): Values {
  const fields = tried?.fields ?? {};
  const isThis = fields["act"] === act && Object.entries(about).every(([name, value]) => fields[name] === value);
  return isThis ? fields : {};
}

/** In which capacity; nothing is asked of those who speak for no group. */
export function Capacity({ seated: { record, code }, values }: { readonly seated: Seated; readonly values: Values }) {
  const groups = code === null ? [] : spokenForBy(record, code);
  if (groups.length === 0) return null;
  return (
    <Pick
      name="group"
      label={say("desk.groups.capacity")}
      values={values}
      options={[
        ["", say("desk.groups.own")],
        ...groups.map(({ id, name }) => [id, say("desk.groups.onBehalf", { group: name })] as const),
      ]}
    />
  );
}

/** Everything, or paragraphs to tick. */
export function Places({
  label,
  everything,
  among,
  seated: { record, text },
  values,
}: {
  readonly label: string;
  readonly everything: string;
  readonly among: readonly ParagraphId[];
  readonly seated: Seated;
  readonly values: Values;
}) {
  return (
    <>
      <Pick
        name="on"
        label={label}
        values={values}
        options={[
          ["some", say("silence.break.some")],
          ["all", everything],
        ]}
      />
      <fieldset>
        <legend>{say("silence.announce.choose")}</legend>
        {among.map((id) => (
          <label key={id} className="tick">
            <input type="checkbox" name={tickOf(id)} defaultChecked={values[tickOf(id)] !== undefined} />{" "}
            {capital(sayParagraphs([id], { record, text, voice: speaker }))}
          </label>
        ))}
      </fieldset>
    </>
  );
}

const Help = ({ help }: { readonly help: string | undefined }) => (help === undefined ? null : <small>{help}</small>);

interface Field {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly values: Values;
}

export const Box = ({ name, label, help, values }: Field) => (
  <label>
    {label} <Help help={help} />
    <textarea name={name} rows={2} maxLength={4000} dir="auto" defaultValue={values[name]} />
  </label>
);

export const Line = ({ name, label, help, values }: Field) => (
  <label>
    {label} <Help help={help} />
    <input name={name} maxLength={4000} dir="auto" autoComplete="off" defaultValue={values[name]} />
  </label>
);

export const Pick = ({
  name,
  label,
  values,
  options,
}: Omit<Field, "help"> & { readonly options: readonly (readonly [value: string, words: string])[] }) => (
  <label>
    {label}
    <select name={name} defaultValue={values[name]}>
      {options.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  </label>
);
