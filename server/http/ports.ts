/** What the HTTP side needs from the rest of the server. */
import type { ViteDevServer } from "vite";
import type { House } from "../negotiation/house.ts";
import type { Ports } from "../negotiation/ports.ts";
import type { HttpLines } from "../rooms/http-lines.ts";
import type { Reader } from "../reading/reader.ts";
import type { Press } from "../publication/press.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Webhooks } from "../webhooks/deliveries.ts";
import type { Identity } from "./identity.ts";
import type { Site } from "./origins.ts";
import type { Tickets } from "./tickets.ts";

/** The negotiation that everyone may play with. */
export interface Demo {
  readonly slug: string;
  /** Brings the beginning back. */
  reset(): Promise<void>;
}

export interface HttpPorts extends Ports {
  readonly house: House;
  readonly identity: Identity;
  readonly tickets: Tickets;
  readonly lines: HttpLines;
  readonly press: Press;
  readonly reader: Reader;
  readonly webhooks: Webhooks;
  readonly site: Site;
  readonly metrics: Metrics;
  readonly version: string;
  /** How many proxies in front of us say truly whom they speak for, or which addresses they have (express, `trust proxy`). */
  readonly trustProxy: boolean | number | string;
  readonly demo: Demo | null;
  /** The folder of the built client; null where there is none, as in tests. */
  readonly client: string | null;
  readonly development: ViteDevServer | null;
}
