/**
 * The one place from which this server opens a connection to somebody (SPEC: HOK4). The name is resolved here and the address looked at
 * before it is connected to, so that a name cannot answer otherwise the second time.
 */
import { lookup } from "node:dns";
import type { RequestOptions } from "node:http";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { BlockList, isIP } from "node:net";
import type { Outcome } from "./webhook.ts";

const longestMs = 10_000;

/** Special addresses (IANA): this machine, its neighbours, and what leads to them in disguise. */
const closed = new BlockList();
const special =
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 " +
  "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 2001::/23 2001:db8::/32 2002::/16";
for (const network of special.split(" ")) addTo(closed, network);
/** Of IPv6 only what is given out to the world; the rest is local, mapped or not given out. */
const worldwide = new BlockList();
addTo(worldwide, "2000::/3");

function addTo(list: BlockList, network: string): void {
  const [address = "", bits] = network.split("/");
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  list.addSubnet(address, Number(bits ?? (family === "ipv6" ? 128 : 32)), family);
}

/** @param networks those that may be sent to although they are not public: `10.1.0.0/16, fd00::/8` */
export function networksOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) addTo(list, network);
  return list;
}

const isIn = (list: BlockList, address: string): boolean => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

const isPublic = (address: string): boolean =>
  !isIn(closed, address) && (isIP(address) === 4 || (isIP(address) === 6 && isIn(worldwide, address)));

class Refused extends Error {
  readonly trouble: "address" | "plain" | "unresolved";
  constructor(trouble: Refused["trouble"]) {
    super(trouble);
    this.trouble = trouble;
  }
}

export type Post = (url: string, headers: Readonly<{ [name: string]: string }>, body: string) => Promise<Outcome>;

export interface Outside {
  readonly post: Post;
  /** Why nothing would be sent to this address, by what its name is known for now; null also for a name that nobody knows yet. */
  readonly refuses: (url: string) => Promise<"address" | "plain" | null>;
}

/** An address in the place of a name is never looked up. Null for a name. */
function literalIn({ hostname }: URL): string | null {
  const literal = hostname.replace(/^\[|\]$/g, "");
  return isIP(literal) ? literal : null;
}

/** @param except see `networksOf` */
export function outside(except: BlockList): Outside {
  const refusalOf = (addresses: readonly string[], isPlain: boolean): "address" | "plain" | null => {
    const isExcepted = addresses.every((address) => isIn(except, address));
    if (!isExcepted && !addresses.every((address) => isIn(except, address) || isPublic(address))) return "address";
    return isPlain && !isExcepted ? "plain" : null;
  };

  const refuses: Outside["refuses"] = async (given) => {
    const url = new URL(given);
    const literal = literalIn(url);
    const addresses = literal === null ? await addressesOf(url.hostname) : [literal];
    return addresses.length === 0 ? null : refusalOf(addresses, url.protocol === "http:");
  };

  const post: Post = (given, headers, body) => {
    if (!URL.canParse(given)) return Promise.resolve({ trouble: "unresolved" });
    const url = new URL(given);
    const isPlain = url.protocol === "http:";
    const literal = literalIn(url);
    const refused = literal === null ? null : refusalOf([literal], isPlain);
    if (refused) return Promise.resolve({ trouble: refused });
    const guarded: LookupFunction = (name, options, answer) => {
      lookup(name, { ...options, all: true }, (trouble, found) => {
        const addresses = trouble ? [] : found.map(({ address }) => address);
        const no = addresses.length === 0 ? "unresolved" : refusalOf(addresses, isPlain);
        if (no) answer(new Refused(no), "", 0);
        else if (options.all) answer(null, found);
        else answer(null, found[0]!.address, found[0]!.family);
      });
    };
    const options: RequestOptions = {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      lookup: guarded,
      // A connection of its own, gone afterwards: nobody else's request is on it.
      agent: false,
      signal: AbortSignal.timeout(longestMs),
    };
    return new Promise((resolve) => {
      const asked = (isPlain ? plainRequest : secureRequest)(url, options, (answer) => {
        resolve({ status: answer.statusCode ?? 0 });
        // Nobody reads what it says.
        answer.destroy();
      });
      asked.on("error", (trouble) => resolve({ trouble: troubleOf(trouble) }));
      asked.end(body);
    });
  };
  return { post, refuses };
}

const addressesOf = (name: string): Promise<readonly string[]> =>
  new Promise((resolve) => {
    lookup(name, { all: true }, (trouble, found) => resolve(trouble ? [] : found.map(({ address }) => address)));
  });

function troubleOf(trouble: Error & { code?: string }) {
  if (trouble instanceof Refused) return trouble.trouble;
  if (trouble.name === "AbortError" || trouble.name === "TimeoutError") return "late";
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(trouble.code ?? "") ? "certificate" : "unreachable";
}
