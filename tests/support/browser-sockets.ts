/** The client's sockets in Node, whose version 20 has no WebSocket of its own for them to build on. */
import { WebSocket } from "ws";

/** In a browser an error that nobody listens to ends nothing. */
class BrowserWebSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    this.on("error", () => undefined);
  }
}

Object.assign(globalThis, { WebSocket: BrowserWebSocket });
export const { PatientSocket } = await import("../../client/live/patient-socket.ts");
export const { Ways } = await import("../../client/live/ways.ts");
