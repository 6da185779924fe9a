/** A WebSocket that gives up a handshake nobody answers, as behind a proxy whose server is gone: no browser does so before minutes have passed. */

/** Longer than a handshake takes on the worst of lines that still carry a text. */
const patienceMs = 15_000;

/** Closes with 1006, as after any other failure, when it was not opened in time; then whoever holds it tries again. */
export class PatientSocket extends WebSocket {
  /** Nobody answered. */
  isGivenUp = false;

  constructor(url: string | URL, patience = patienceMs) {
    super(url);
    const giveUp = setTimeout(() => {
      this.isGivenUp = true;
      this.close();
    }, patience);
    const settled = (): void => clearTimeout(giveUp);
    this.addEventListener("open", settled);
    this.addEventListener("close", settled);
  }
}
