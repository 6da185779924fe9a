/** How long a line waits that the server has no room for now (close code 1013): long enough for it to recover, and not the same for all. */
export const secondsToWait = (): number => 5 + Math.floor(11 * Math.random());
