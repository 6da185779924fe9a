/** The only place in the client that spells a URL. */

export type DeskPage = "text" | "overview";

const suffix: Readonly<Record<DeskPage, string>> = { text: "", overview: "/overview" };

export const paths = {
  home: "/",
  newNegotiation: "/new",
  desk: (slug: string, seat: string, page: DeskPage = "text"): string => `/n/${slug}/desk/${seat}${suffix[page]}`,
  /** What `desk` spelled; null for another address. */
  readDesk: (path: string): { readonly slug: string; readonly seat: string; readonly page: DeskPage } | null => {
    const [, slug = "", seat = "", overview] = /^\/n\/([^/]+)\/desk\/([^/]+)(\/overview)?\/?$/.exec(path) ?? [];
    return slug === "" ? null : { slug, seat, page: overview === undefined ? "text" : "overview" };
  },
  lightPage: (slug: string, seat: string): string => `/n/${slug}/desk/${seat}/light`,
  publicReport: (slug: string): string => `/n/${slug}`,
  /** The numbered log, as this seat may see it. */
  record: (slug: string, seat: string): string => `/n/${slug}/record?seat=${encodeURIComponent(seat)}`,
  /** The life of one paragraph, as this seat may see it. */
  certificate: (slug: string, silence: string, seat: string): string =>
    `/n/${slug}/silence/${silence}?seat=${encodeURIComponent(seat)}`,
  life: (slug: string, paragraph: string, seat: string): string =>
    `/n/${slug}/p/${paragraph}?seat=${encodeURIComponent(seat)}`,
  /**
   * The report, or a document about it, as this seat may see it.
   * @param name of the document; null for the report itself, which comes in modes
   */
  file: (slug: string, name: string | null, format: string, seat: string, mode?: "review" | "compilation"): string =>
    `/n/${slug}${name === null ? "" : `/${name}`}.${format}?seat=${encodeURIComponent(seat)}${mode ? `&mode=${mode}` : ""}`,
} as const;

const root = "/api/v1";
const ofNegotiation = (slug: string): string => `${root}/negotiations/${encodeURIComponent(slug)}`;

export const apiPaths = {
  alive: "/healthz",
  me: `${root}/me`,
  clientIds: `${root}/client-ids`,
  state: (room: string, name: string, from: number): string => `${root}/rooms/${room}/states/${name}?from=${from}`,
  negotiations: `${root}/negotiations`,
  negotiation: ofNegotiation,
  commands: (slug: string): string => `${ofNegotiation(slug)}/commands`,
  events: (slug: string, after: number): string => `${ofNegotiation(slug)}/events?after=${after}`,
  seen: (slug: string): string => `${ofNegotiation(slug)}/seen`,
  papers: (slug: string, act: "" | "/remove" | "/release" = ""): string => `${ofNegotiation(slug)}/papers${act}`,
  drafting: (slug: string, act: "" | "/act" | "/table" = ""): string => `${ofNegotiation(slug)}/drafting${act}`,
  webhooks: (slug: string, act: "" | "/test" | "/resume" | "/remove" = ""): string =>
    `${ofNegotiation(slug)}/webhooks${act}`,
  feedKey: (slug: string, act: "" | "/end" = ""): string => `${ofNegotiation(slug)}/feed-key${act}`,
  receipts: (slug: string, silence: string): string => `${ofNegotiation(slug)}/silences/${silence}/receipts`,
  text: (slug: string): string => `${ofNegotiation(slug)}/text`,
  readText: (name: string, changes: string | null): string =>
    `${root}/files/text?${new URLSearchParams({ name, ...(changes !== null && { changes }) }).toString()}`,
  readTables: `${root}/files/tables`,
  archives: `${root}/archives`,
  returnedFiles: (slug: string, onBehalfOf: string | null): string =>
    `${ofNegotiation(slug)}/returned-files${onBehalfOf === null ? "" : `?onBehalfOf=${onBehalfOf}`}`,
  invitations: (slug: string): string => `${ofNegotiation(slug)}/invitations`,
} as const;

/** Address of a room's socket, for one seat of this browser's session. */
export function socketUrl(
  room: string,
  seat: string | null,
  here: Pick<Location, "protocol" | "host"> = location,
): string {
  const query = seat === null ? "" : `?seat=${encodeURIComponent(seat)}`;
  return `${here.protocol === "https:" ? "wss:" : "ws:"}//${here.host}/sync/${room}${query}`;
}
