/**
 * The socket's message types and close codes, shared by both ends.
 * 0, 1 and 3 are y-websocket's own (y-protocols 1.0); 100 and above are ours and ignored by servers and clients that do not know them.
 */
export const message = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  /** Client to server, `varUint n`: "tell me when everything I sent before this is durable". */
  mark: 100,
  /** Server to client, `varUint n`: everything this socket sent before mark n is committed to disk. */
  durable: 101,
  /** Server to client, `varString JSON {code, message, paragraph?}`: the last update was refused, nothing of it was applied. */
  refused: 102,
  /** Server to client, `varUint 1, varString JSON RecordFrame`: entries of the record this viewer may see. */
  record: 110,
  /** Server to client, nothing more: something of the seat's own delegation has changed, which is told on its own routes only. */
  ownSide: 111,
  /** Server to client, `varString name, varUint bytes`: the answer to step 1, to be fetched by this name over HTTP; only to who asks for `states=named`. */
  namedState: 112,
} as const;

export const recordFrameVersion = 1;

/** A parameter of a line's address: whoever gives it takes a large state by its name. */
export const statesNamed = ["states", "named"] as const;

/** Codes 4400 to 4499 tell y-websocket not to come back; 45xx, 1012 and 1013 ask it to try again. */
export const closeCode = {
  malformed: 4400,
  notSignedIn: 4401,
  notAllowed: 4403,
  reload: 4409,
  tooLarge: 4413,
  storage: 4500,
  moving: 4503,
  tooSlow: 4508,
  tooFast: 4529,
  restarting: 1012,
  /** Try again later: there is no room for one more line. */
  full: 1013,
} as const;

/** Why an update to the text was refused (type 102). */
export type TextRefusalCode =
  | "malformed"
  | "too-large"
  | "foreign-client"
  | "forged"
  | "not-in-the-schema"
  | "paragraph-locked"
  | "text-frozen"
  | "not-a-writer"
  | "read-only"
  | "quota";

export interface TextRefusal {
  readonly code: TextRefusalCode;
  readonly message: string;
  readonly paragraph?: string;
}
