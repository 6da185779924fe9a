/** Someone who reads a room and writes nothing, and comes back as browsers do: after a moment, later and later, never all at once. */
import { WebSocket } from "ws";

export class Reader {
  isOnline = false;
  comings = 0;
  readonly #url: string;
  #socket: WebSocket | null = null;
  #attempt = 0;
  #isOver = false;

  constructor(base: string, room: string) {
    this.#url = `${base.replace("http", "ws")}/sync/${room}`;
    this.#connect();
  }

  stop(): void {
    this.#isOver = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    if (this.#isOver) return;
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("message", () => {
      if (!this.isOnline) this.comings++;
      this.isOnline = true;
      this.#attempt = 0;
    });
    socket.on("close", () => {
      this.isOnline = false;
      if (!this.#isOver) {
        setTimeout(() => this.#connect(), (250 + Math.random() * 500) * Math.min(8, 2 ** this.#attempt++));
      }
    });
  }
}
