/**
 * Opening a negotiation on one page: what it is called, how it works, its text, who takes part; then every invitation link at once.
 */
import type { ReactNode } from "react";
import { useEffect, useId, useState } from "react";
import type { DisclosurePreset, Method } from "../../shared/domain/entries.ts";
import type { Delegation } from "../../shared/domain/roster.ts";
import type { Invitation, Me } from "../../shared/wire/api.ts";
import type { HouseApi } from "../live/api.ts";
import { RefusedError } from "../live/api.ts";
import { paths } from "../paths.ts";
import { ImportBox, noSource, previewOf } from "../report/import-box.tsx";
import { DisclosureChoice, MethodChoice, SilenceMinimum } from "../report/rules-fields.tsx";
import { DelegationPicker } from "../roster/delegation-picker.tsx";
import { InvitationSheet } from "../roster/invitation-sheet.tsx";
import { Link } from "../ui/address.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { PageState } from "../ui/page-state.tsx";
import { say } from "../ui/voice.ts";
import styles from "./new-negotiation.module.css";
import { OpenArchive } from "./open-archive.tsx";
import { slugOf } from "./slug.ts";

interface Opened {
  readonly slug: string;
  readonly title: string;
  readonly invitations: readonly Invitation[];
}

export function NewNegotiation({ api }: { readonly api: HouseApi }) {
  const [me, setMe] = useState<Me | null>(null);
  const [away, setAway] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  useEffect(() => {
    api.me().then(setMe, () => setAway(true));
    document.title = `${say("desk.new.heading")} – Rapporteur`;
  }, [api]);
  if (away) return <PageState title={say("desk.unreachable.title")} />;
  if (!me) return <PageState title={say("desk.loading")} busy />;
  if (!me.mayOpen) {
    return (
      <PageState title={say("desk.new.notAllowed")}>
        <p>{say("desk.new.notAllowedWhy")}</p>
        <a href={paths.home}>{say("desk.new.home")}</a>
      </PageState>
    );
  }
  return (
    <main className={styles["page"]}>
      <header className={styles["head"]}>
        <p className={styles["mark"]} aria-hidden>
          Rapporteur
        </p>
        <h1>{opened ? opened.title : say("desk.new.heading")}</h1>
      </header>
      {opened ? <Links opened={opened} /> : <Opening api={api} onOpened={setOpened} />}
      {me.mayUnarchive && !opened && <OpenArchive api={api} />}
    </main>
  );
}

function Opening({ api, onOpened }: { readonly api: HouseApi; readonly onOpened: (opened: Opened) => void }) {
  const [title, setTitle] = useState("");
  const [called, setCalled] = useState<string | null>(null);
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [method, setMethod] = useState<Method>("chair-pen");
  const [disclosure, setDisclosure] = useState<DisclosurePreset>("delegations");
  const [hours, setHours] = useState(72);
  const [source, setSource] = useState(noSource);
  const [delegations, setDelegations] = useState<readonly Delegation[]>([]);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [key] = useState(() => ({ body: "", key: "" }));
  const slug = ownSlug ?? slugOf(title);
  const missing = title.trim() === "" ? say("desk.new.titleMissing") : slug === "" ? say("desk.new.slugMissing") : null;

  const open = async (): Promise<void> => {
    if (missing || busy) return;
    setBusy(true);
    setTrouble(null);
    const opening = {
      title: title.trim(),
      slug,
      method,
      disclosure,
      silenceMinimumHours: hours,
      delegations,
      ...(source.text.trim() !== "" && {
        text: source.text,
        format: source.format,
        references: source.references,
      }),
    };
    const body = JSON.stringify(opening);
    if (key.body !== body) Object.assign(key, { body, key: crypto.randomUUID() });
    try {
      await api.open(opening, key.key);
      const seats = delegations.map(({ code }) => `delegation:${code}`);
      const invitations =
        seats.length === 0 ? [] : await api.negotiation(slug, "chair").invite(seats, `${key.key}-invitations`);
      onOpened({ slug, title: opening.title, invitations });
    } catch (error) {
      setTrouble(
        error instanceof RefusedError
          ? error.problem.code === "slug-taken"
            ? say("desk.new.slugTaken")
            : error.problem.detail
          : say("desk.notSent"),
      );
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Step title={say("desk.new.what")}>
        <TextField
          label={say("desk.new.title")}
          value={title}
          help={title !== "" && title === called ? say("desk.new.titleFromText") : undefined}
          required
          autoFocus
          dir="auto"
          placeholder={say("desk.new.titleExample")}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextField
          label={say("desk.new.slug")}
          help={`${location.origin}/n/${slug || "…"}`}
          value={slug}
          spellCheck={false}
          onChange={(event) => setOwnSlug(slugOf(event.target.value, true))}
        />
      </Step>
      <Step title={say("desk.new.text")}>
        <ImportBox
          source={source}
          files={api}
          onChange={(brought) => {
            setSource(brought);
            const heading = title === "" && brought.text.trim() !== "" ? previewOf(brought).report.title : null;
            if (!heading) return;
            setTitle(heading);
            setCalled(heading);
          }}
        />
      </Step>
      <Step title={say("desk.new.who")}>
        <DelegationPicker chosen={delegations} onChange={setDelegations} />
      </Step>
      <Step title={say("desk.new.how")}>
        <MethodChoice value={method} onChange={setMethod} />
        <DisclosureChoice value={disclosure} onChange={setDisclosure} />
        <SilenceMinimum value={hours} onChange={setHours} />
      </Step>
      <footer className={styles["foot"]}>
        {trouble && <p role="alert">{trouble}</p>}
        <Button submits tone="primary" busy={busy} disabledReason={missing}>
          {busy
            ? say("desk.new.busy")
            : delegations.length === 0
              ? say("desk.new.openAlone")
              : say("desk.new.open", { count: delegations.length })}
        </Button>
      </footer>
    </form>
  );
}

function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles["step"]} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className={styles["fields"]}>{children}</div>
    </section>
  );
}

function Links({ opened }: { readonly opened: Opened }) {
  const { slug, title, invitations } = opened;
  return (
    <div className={styles["links"]}>
      <p className={styles["done"]}>
        {say("desk.new.done")}{" "}
        <Link href={paths.desk(slug, "chair")} className={styles["go"]}>
          {say("desk.new.toDesk")}
        </Link>
      </p>
      {invitations.length > 0 && <InvitationSheet title={title} invitations={invitations} />}
    </div>
  );
}
