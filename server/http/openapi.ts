/** The OpenAPI 3.1 document, made from the endpoints. Its schemas are JSON Schema 2020-12, which zod writes itself. */
import * as z from "zod";
import * as answers from "../../shared/wire/answers.ts";
import { commandBody, commandCodec } from "../../shared/wire/commands.ts";
import { idempotencyKey, spelledSeat } from "../../shared/wire/values.ts";
import type { Endpoint } from "./endpoint.ts";
import { problemsOf } from "./endpoint.ts";
import type { ProblemCode } from "./problems.ts";
import { problemCodes, statusOf } from "./problems.ts";

const named = {
  Command: commandCodec,
  CommandBody: commandBody,
  CommandAnswer: answers.commandAnswer,
  ComposedReport: answers.composedReport,
  Events: answers.events,
  Me: answers.me,
  NegotiationInfo: answers.negotiationInfo,
  Problem: answers.problem.extend({ code: z.enum(problemCodes) }),
} as const;

const reference = (name: string): string => `#/components/schemas/${name}`;

function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: reference });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, inPlace(schema)]));
}

function schemaOf(codec: z.ZodType): unknown {
  const name = Object.entries(named).find(([, schema]) => schema === codec)?.[0];
  if (name !== undefined) return { $ref: reference(name) };
  return inPlace(z.toJSONSchema(codec, { io: "input" }));
}

/** Without the address and dialect that a schema of its own would have. */
function inPlace({ $schema: _schema, $id: _id, ...schema }: { $schema?: unknown; $id?: unknown }): object {
  return schema;
}

/** @param pages addresses that answer with a page for people */
export function openapiDocument(
  endpoints: readonly Endpoint[],
  pages: readonly { readonly method: string; readonly path: string }[],
  version: string,
): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const page of pages) (paths[pathOf(page)] ??= {})[page.method] = pageOperation(page.path);
  for (const known of endpoints) (paths[pathOf(known)] ??= {})[known.method] = operation(known);
  return {
    openapi: "3.1.0",
    info: {
      title: "Rapporteur",
      version,
      description:
        "Text is merged, statements are logged, everything read is a pure function of both. Requests act for one seat; with a session that holds several, name it in the header Rapporteur-Seat.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    security: [{}, { session: [] }, { token: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-rapporteur" },
        token: { type: "http", scheme: "bearer" },
      },
    },
  };
}

const pathOf = ({ path }: { readonly path: string }): string => path.replace(/:(\w+)/g, "{$1}");

function operation(known: Endpoint): object {
  const { method, path, summary, body, file, status = 200, answer } = known;
  return {
    operationId: [
      method,
      ...path.split(/[^A-Za-z0-9]+/).filter((word) => word && word !== "api" && word !== "v1"),
    ].join("-"),
    summary,
    parameters: parametersOf(known),
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } } }),
    ...(file !== undefined && { requestBody: { required: true, content: { "application/octet-stream": {} } } }),
    responses: {
      [status]: {
        description: "Done",
        ...(status !== 303 && {
          content: typeof answer === "string" ? { [answer]: {} } : { "application/json": { schema: schemaOf(answer) } },
        }),
      },
      ...problemResponses(known),
    },
  };
}

const pageOperation = (path: string): object => ({
  summary: "A page for people.",
  parameters: inPathOf(path),
  responses: { default: { description: "The page, or one that says why not", content: { "text/html": {} } } },
});

const inPathOf = (path: string): object[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

function parametersOf({ path, query, once, seated }: Endpoint): object[] {
  const asked = query ? (z.toJSONSchema(query, { io: "input" }) as { properties?: object; required?: string[] }) : {};
  const inQuery = Object.entries(asked.properties ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: asked.required?.includes(name) ?? false,
    schema,
  }));
  const header = (name: string, required: boolean, codec: z.ZodType): object => ({
    name,
    in: "header",
    required,
    schema: schemaOf(codec),
  });
  return [
    ...inPathOf(path),
    ...inQuery,
    ...(seated ? [header("Rapporteur-Seat", false, spelledSeat)] : []),
    ...(once ? [header("Idempotency-Key", true, idempotencyKey)] : []),
  ];
}

/** One response for each status, with the codes that it can carry. */
function problemResponses(known: Endpoint): object {
  const codes = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(known)) codes.set(statusOf(code), [...(codes.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...codes].map(([status, possible]) => [
      status,
      {
        description: possible.join(", "),
        content: {
          "application/problem+json": {
            schema: { allOf: [{ $ref: reference("Problem") }, { properties: { code: { enum: possible } } }] },
          },
        },
      },
    ]),
  );
}
