/** What stands in the way of a backup or a restore, and what to do, for the person at the keyboard. */
export class Hindrance extends Error {
  override readonly name = "Hindrance";
}
