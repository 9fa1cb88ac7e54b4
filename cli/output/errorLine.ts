import { printable } from '../../checker/trace/renderParts.ts';

/** One line for stderr, whatever is in the message. */
export function errorLine(message: string): string {
  return `highwater: ${printable(message.trim().replace(/\s*\n\s*/g, ' '))}\n`;
}
