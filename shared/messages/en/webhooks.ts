/** Programs that are told of what is recorded: the chair's settings. */
import { plural } from "../plural.ts";

export const webhooks = {
  title: "Programs that are told",
  lead: "Each new entry of the record, as everyone may see it, is sent to these addresses by signed messages (Standard Webhooks).",
  none: "No program is told.",
  url: "Address",
  urlHelp: "An https address that takes POST.",
  add: "Tell this address",
  secret: "Its messages are signed with this secret. It is shown only now; keep it where the messages arrive.",
  copy: "Copy the secret",
  copied: "Copied.",
  added: "It is told of every entry after {seq}.",
  received: "Received up to entry {seq}.",
  failing: "It fails since {since}. Tried again {next}.",
  stopped: "It failed for three days. Nothing has been sent since {at}.",
  test: "Send a test",
  tested: "The test was received.",
  notTested: "The test was not received: {why}.",
  resume: "Try again",
  remove: "Remove",
  removed: "This address is told nothing any more.",
  trouble: "The server did not answer. Nothing was changed.",
  log: plural({ one: "The last message", other: "The last {count} messages" }),
  message: "{at}: {what}, {why}",
  messages: { entries: "up to entry {seq}", test: "a test" },
  answered: "answered {status} after {ms} ms",
  refused: {
    spelling: "Give a whole address that begins with https://, without a password or a # in it.",
    address:
      "This address is not public: messages go to public ones only, and to networks that whoever keeps the server excepts (WEBHOOK_NETWORKS).",
    plain: "The address must begin with https://, so that nobody reads along.",
  },
  troubles: {
    address: "the address is not public",
    unresolved: "nobody knows this name",
    plain: "it must begin with https",
    unreachable: "nobody answers there",
    certificate: "its certificate is not good",
    late: "no answer within ten seconds",
  },
} as const;
