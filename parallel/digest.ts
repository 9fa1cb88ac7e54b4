import { createHash } from 'node:crypto';

/** Hexadecimal digits of a digest: 64 bits. */
const DIGITS = 16;

/** A short name for a text, another one for another text. */
export function digestOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
}
