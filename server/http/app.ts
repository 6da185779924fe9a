/** The HTTP side, put together: what every request passes, then the interface for programs, the pages, the desks, and what is not there. */
import type { Express } from "express";
import express from "express";
import * as z from "zod";
import { compressAnswers } from "./compress.ts";
import { demoPages } from "../demo/front-door.tsx";
import { mintId } from "../../shared/domain/values.ts";
import type { Endpoint } from "./endpoint.ts";
import { endpoint, mount, refuseOtherMethodsOfPages } from "./endpoint.ts";
import { openapiDocument } from "./openapi.ts";
import { isOurs } from "./origins.ts";
import { pages } from "./pages/index.ts";
import { sendPage, troublePage } from "./pages/trouble.tsx";
import type { HttpPorts } from "./ports.ts";
import { answerProblems, notFound } from "./problems.ts";
import { statementLimit } from "./rate-limits.ts";
import { follow, identify, limitAddresses } from "./request-context.ts";
import { openOnceMore } from "./returning.ts";
import { archiveRoutes } from "./routes/archive.ts";
import { changedRoutes } from "./routes/changed.ts";
import { commandRoutes } from "./routes/commands.ts";
import { documentRoutes } from "./routes/documents.ts";
import { broughtFiles } from "./brought-files.ts";
import { intakeRoutes } from "./routes/intake.ts";
import { enteringRoutes } from "./routes/entering.ts";
import { exportRoutes } from "./routes/exports.ts";
import { feedRoutes } from "./routes/feeds.ts";
import { lineageRoutes } from "./routes/lineage.ts";
import { lineRoutes } from "./routes/lines.ts";
import { draftingRoutes } from "./routes/drafting.ts";
import { paperRoutes } from "./routes/papers.ts";
import { negotiationRoutes } from "./routes/negotiations.ts";
import { oembedRoutes } from "./routes/oembed.ts";
import { returnedRoutes } from "./routes/returned.ts";
import { roomRoutes } from "./routes/rooms.ts";
import { SlowFiles } from "./routes/slow-files.ts";
import { statusRoutes } from "./routes/status.ts";
import { unarchiveRoutes } from "./routes/unarchive.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { securityHeaders } from "./security-headers.ts";
import { mountShell } from "./shell.ts";

export function makeApp(ports: HttpPorts): Express {
  const { site, log, version, development, identity, house, random, demo } = ports;
  const app = express();
  app.set("trust proxy", ports.trustProxy).set("etag", "strong").set("query parser", "simple");
  app.disable("x-powered-by");

  app.use(follow(ports));
  app.use((_, response, next) => {
    response.locals["nonce"] = Buffer.from(random(16)).toString("base64url");
    next();
  });
  app.use(securityHeaders(site.isSecure, development !== null));
  app.use(limitAddresses(ports));
  app.use(compressAnswers);
  app.use(openOnceMore);
  app.use(identify(ports));

  const mayState = statementLimit(ports);
  const files = new SlowFiles(ports);
  const readBrought = broughtFiles(ports);
  const endpoints: Endpoint[] = [
    ...statusRoutes(ports),
    ...negotiationRoutes(ports),
    ...changedRoutes(ports),
    ...commandRoutes(ports, mayState),
    ...paperRoutes(ports),
    ...draftingRoutes(ports),
    ...roomRoutes(ports),
    ...lineRoutes(ports),
    ...exportRoutes(ports, files),
    ...archiveRoutes(ports, files),
    ...unarchiveRoutes(ports),
    ...feedRoutes(ports),
    ...oembedRoutes(ports),
    ...lineageRoutes(ports),
    ...documentRoutes(ports, files),
    ...files.routes(),
    ...intakeRoutes(ports, readBrought),
    ...returnedRoutes(ports, readBrought),
    ...webhookRoutes(ports),
    ...enteringRoutes(ports),
  ];
  /** Made when somebody first asks: it takes a tenth of a start. */
  let document: object | null = null;
  endpoints.push(
    endpoint(
      {
        method: "get",
        path: "/api/openapi.json",
        summary: "This document.",
        answer: z.looseObject({ openapi: z.string() }),
      },
      () => (document ??= openapiDocument(endpoints, described, version)),
    ),
  );
  mount(app, endpoints, ports);

  pages(app, {
    house,
    identify: async ({ caller }) => ({
      seats: house
        .all()
        .flatMap((negotiation) =>
          identity.actorsIn(caller, negotiation).map((actor) => ({ slug: negotiation.row.slug, actor })),
        ),
      mayOpen: (await identity.openerOf(caller)) !== null,
    }),
    mayState,
    fromHere: ({ headers }) => isOurs(headers, site.origins),
    linkState: (token) => identity.linkState(token),
    base: site.base,
    mint: () => mintId(random),
    demo: demo !== null,
  });
  if (demo) demoPages(app, { ...ports, demo });
  mountShell(app, ports);
  const described = pagesOn(app, endpoints);

  refuseOtherMethodsOfPages(app, endpoints);
  app.use(notFound);
  app.use(
    answerProblems(log, (request, response, status) => {
      if (request.path.startsWith("/api/") || request.accepts(["json", "html"]) !== "html") return false;
      sendPage(response, status, troublePage(status, request.reference));
      return true;
    }),
  );
  return app;
}

/** The addresses of pages, which describe themselves to people only. */
function pagesOn(app: Express, endpoints: readonly Endpoint[]): readonly { method: string; path: string }[] {
  const layers = (app as unknown as { router: { stack: readonly { route?: Routed }[] } }).router.stack;
  const known = new Set(endpoints.map(({ method, path }) => `${method} ${path}`));
  return layers.flatMap(({ route }) =>
    route === undefined
      ? []
      : [route.path]
          .flat()
          .flatMap((path) => Object.keys(route.methods).map((method) => ({ method, path })))
          .filter(({ method, path }) => !known.has(`${method} ${path}`)),
  );
}

interface Routed {
  readonly path: string | readonly string[];
  readonly methods: Readonly<Record<string, boolean>>;
}
