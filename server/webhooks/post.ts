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

/** @param except see `networksOf` */
export function posting(except: BlockList): Post {
  const refusalOf = (addresses: readonly string[], isPlain: boolean): Refused | null => {
    const isExcepted = addresses.every((address) => isIn(except, address));
    if (!isExcepted && !addresses.every((address) => isIn(except, address) || isPublic(address)))
      return new Refused("address");
    return isPlain && !isExcepted ? new Refused("plain") : null;
  };

  return (given, headers, body) => {
    if (!URL.canParse(given)) return Promise.resolve({ trouble: "unresolved" });
    const url = new URL(given);
    const isPlain = url.protocol === "http:";
    // An address in the place of a name is never looked up.
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    const refused = isIP(literal) ? refusalOf([literal], isPlain) : null;
    if (refused) return Promise.resolve({ trouble: refused.trouble });
    const guarded: LookupFunction = (name, options, answer) => {
      lookup(name, { ...options, all: true }, (trouble, found) => {
        const addresses = trouble ? [] : found.map(({ address }) => address);
        const no = addresses.length === 0 ? new Refused("unresolved") : refusalOf(addresses, isPlain);
        if (no) answer(no, "", 0);
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
}

function troubleOf(trouble: Error & { code?: string }) {
  if (trouble instanceof Refused) return trouble.trouble;
  if (trouble.name === "AbortError" || trouble.name === "TimeoutError") return "late";
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(trouble.code ?? "") ? "certificate" : "unreachable";
}
