/** What is said while a file is being written, and when it could not be. */
import { linksOf } from "./reader.tsx";
import { say } from "./speaker.ts";
import { PlainPage } from "./trouble.tsx";

interface Wanted {
  readonly slug: string;
  /** "talks-rev-1.pdf" */
  readonly name: string;
}

const Back = ({ slug }: Pick<Wanted, "slug">) => (
  <p>
    <a className="button quiet" href={`/n/${slug}`}>
      {say("reader.twoParts")}
    </a>
  </p>
);

export const FileInWork = ({ slug, name, seconds }: Wanted & { readonly seconds: number }) => (
  <PlainPage title={say("publication.inWork.title", { name })} links={linksOf(slug, null)}>
    <p className="sentence" role="status">
      {say("publication.inWork.since", { count: seconds })}
    </p>
    <p className="further">{say("publication.inWork.next")}</p>
    <Back slug={slug} />
  </PlainPage>
);

/** @param reference finds the trouble in the server's log */
export const FileFailed = ({
  slug,
  name,
  why,
  reference,
}: Wanted & { readonly why: string; readonly reference: string }) => (
  <PlainPage title={say("publication.failed.title", { name })} links={linksOf(slug, null)}>
    <p className="sentence">{why}</p>
    <p className="further">{say("publication.failed.otherwise")}</p>
    <Back slug={slug} />
    <p className="aside">{say("site.trouble.reference", { reference })}</p>
  </PlainPage>
);
