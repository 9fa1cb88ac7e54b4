import { printable } from '../../checker/trace/renderParts.ts';
import type { ErrorCode } from '../explain/errors.ts';

/** One line for stderr, whatever is in the message, with what `highwater explain` takes. */
export function errorLine(message: string, code: ErrorCode): string {
  return `highwater: ${printable(message.trim().replace(/\s*\n\s*/g, ' '))} [${code}]\n`;
}
