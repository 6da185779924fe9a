/** Where complaints go: what pino offers, and tests collect. Never the words of a paragraph, never a secret. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
