/** Fetches what is large over a line that may break at any time: each time from where it stopped. */

/** A line on which nothing arrived for so long is given up, and asked anew. */
const silenceMs = 30_000;
const firstPauseMs = 500;
const longestPauseMs = 15_000;

/**
 * @param address of all that comes from this byte on
 * @param size of the whole, in bytes
 * @param onBytes hears how many there are
 * @throws where the server says no, or when `signal` does; whoever is only away is waited for
 */
export async function fetchInParts(
  address: (from: number) => string,
  size: number,
  headers: Readonly<Record<string, string>>,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const before = bytes;
    const silent = new AbortController();
    let watch = setTimeout(() => silent.abort(), silenceMs);
    try {
      const response = await fetch(address(bytes), { headers, signal: AbortSignal.any([signal, silent.signal]) });
      // What a gateway says of a server that is away is no answer of the server's.
      if (!response.ok && response.status < 500 && response.status !== 429) throw new NotThere();
      if (response.ok && response.body) {
        // Also an answer that was cut on its way may end as if it were whole.
        for (const reader = response.body.getReader(); ;) {
          const { done, value } = await reader.read();
          if (done) break;
          clearTimeout(watch);
          watch = setTimeout(() => silent.abort(), silenceMs);
          parts.push(value);
          onBytes((bytes += value.length));
        }
      }
    } catch (trouble) {
      if (trouble instanceof NotThere || signal.aborted) throw trouble;
    } finally {
      clearTimeout(watch);
    }
    if (bytes >= size) return joined(parts, bytes);
    if (bytes > before) pauseMs = firstPauseMs;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

class NotThere extends Error {}

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
