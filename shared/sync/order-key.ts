/**
 * Fractional order keys (SPEC: SYN2): strings over [0-9a-z], compared by code unit; between any two there is another.
 * A random tail keeps two people who insert at one place from minting the same key; equal keys do no harm, ties go by id.
 */

const digits = "0123456789abcdefghijklmnopqrstuvwxyz";
const base = digits.length;
const middle = base >> 1;
const tailLength = 4;

/**
 * A key above `low` and below `high`, or null where none fits (`"a"` and `"a0"` are neighbours, though we mint no such keys).
 * It is never a prefix of `high`, so that longer keys may be made from it.
 * Steps by one towards an open side, so that writing on and on at one place adds a digit only every seventeen paragraphs.
 * @param low "" for the beginning
 * @param high "" for the end
 * @param random uniform in [0, 1)
 */
export function keyBetween(low: string, high: string, random: () => number): string | null {
  if (high !== "" && low >= high) return null;
  let key = "";
  // Once the key has branched off below `high`, nothing bounds it from above any more.
  let below = high === "";
  for (let at = 0; ; at++) {
    const lowOpen = at >= low.length;
    const floor = lowOpen ? 0 : digits.indexOf(low.charAt(at));
    if (!below && at >= high.length) return null;
    const ceiling = below ? base : digits.indexOf(high.charAt(at));
    if (ceiling - floor > 1) {
      key += digits.charAt(stepInto(floor, ceiling, lowOpen, below));
      break;
    }
    key += digits.charAt(floor);
    if (floor < ceiling) below = true;
  }
  for (let i = 0; i < tailLength; i++) key += digits.charAt(1 + Math.floor(random() * (base - 1)));
  return key;
}

function stepInto(floor: number, ceiling: number, lowOpen: boolean, highOpen: boolean): number {
  if (lowOpen && highOpen) return middle;
  if (highOpen) return floor + 1;
  if (lowOpen) return ceiling - 1;
  return (floor + ceiling) >> 1;
}

/**
 * `count` increasing keys between two. They share one random tail, so that two runs pasted at one place stand one after the other
 * and never alternate.
 */
export function keysBetween(low: string, high: string, count: number, random: () => number): string[] | null {
  const stem = keyBetween(low, high, random);
  if (stem === null) return null;
  if (count === 1) return [stem];
  const width = count.toString(base).length;
  return Array.from({ length: count }, (_, i) => stem + (i + 1).toString(base).padStart(width, "0"));
}
