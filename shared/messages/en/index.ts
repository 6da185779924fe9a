/** English, complete: every other language is measured against it. One file an area. */
import { archive } from "./archive.ts";
import { awaited } from "./awaited.ts";
import { changed } from "./changed.ts";
import { light } from "./light.ts";
import { lineage } from "./lineage.ts";
import { overview } from "./overview.ts";
import { demo } from "./demo.ts";
import { drafting } from "./drafting.ts";
import { desk } from "./desk.ts";
import { feeds } from "./feeds.ts";
import { packages } from "./packages.ts";
import { proposals } from "./proposals.ts";
import { publication } from "./publication.ts";
import { reader } from "./reader.ts";
import { record } from "./record.ts";
import { reflected } from "./reflected.ts";
import { refusals } from "./refusals.ts";
import { returned } from "./returned.ts";
import { silence } from "./silence.ts";
import { site } from "./site.ts";
import { summary } from "./summary.ts";
import { versions } from "./versions.ts";
import { webhooks } from "./webhooks.ts";
import { words } from "./words.ts";

export const en = {
  archive,
  awaited,
  changed,
  desk,
  demo,
  drafting,
  feeds,
  light,
  lineage,
  overview,
  packages,
  proposals,
  publication,
  reader,
  record,
  reflected,
  refusals,
  returned,
  silence,
  site,
  summary,
  versions,
  webhooks,
  words,
} as const;
