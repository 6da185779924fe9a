/**
 * The server's log: lines of JSON. It says what happened to requests, rooms and the disk; never the words of a paragraph, a position or
 * a name, and never a secret. Callers log ids and codes; what could slip in all the same is struck out here.
 */
import type { DestinationStream, Logger } from "pino";
import { pino } from "pino";

const secrets = ["cookie", "authorization", "set-cookie", "token", "ticket", "link", "password", "secret"];
const words = [
  "text",
  "content",
  "reason",
  "condition",
  "remedy",
  "quote",
  "command",
  "body",
  "answer",
  "title",
  "name",
];
const hidden = [...secrets, ...words].map((key) => `["${key}"]`);

/** @param destination by default standard error: standard output is for what was asked for */
export function makeLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: {
        paths: ["", "*", "*.*", "*.*.*"].flatMap((at) => hidden.map((key) => `${at}${key}`)),
        censor: "[hidden]",
      },
    },
    destination,
  );
}

/** An error without what libraries hang on it: rows, parameters, bodies. */
function describeError(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { name, message, stack, cause } = thrown;
  const { code } = thrown as { code?: unknown };
  return {
    type: name,
    message,
    ...(typeof code === "string" && { code }),
    stack,
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}
