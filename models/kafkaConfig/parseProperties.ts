import { ConfigError } from './configError.ts';
import type { FoundProperty } from './foundProperty.ts';

/** A properties file: what it sets, and which names it sets more than once. */
export interface ParsedProperties {
  readonly properties: ReadonlyMap<string, FoundProperty>;
  readonly repeated: readonly string[];
}

interface LogicalLine {
  readonly number: number;
  readonly text: string;
}

const BLANK = /^[ \t\f]+/;

/**
 * Parses Java properties syntax as `java.util.Properties.load` does: `=`, `:` or white space
 * separates, `#` and `!` start a comment line, a backslash continues a line or escapes a character,
 * and the last of several equal names wins.
 *
 * @throws ConfigError for a malformed `\uXXXX` escape, the one thing that Java refuses too.
 */
export function parseProperties(file: string, text: string): ParsedProperties {
  const properties = new Map<string, FoundProperty>();
  const repeated = new Set<string>();
  for (const line of logicalLines(text)) {
    const end = endOfName(line.text);
    const name = unescaped(file, line.number, line.text.slice(0, end));
    const value = unescaped(file, line.number, withoutSeparator(line.text.slice(end)));
    if (properties.has(name)) repeated.add(name);
    properties.set(name, { text: value, file, place: `line ${line.number}: ${name}` });
  }
  return { properties, repeated: [...repeated] };
}

/** Natural lines joined where they end in an odd number of backslashes; comments left out. */
function logicalLines(text: string): readonly LogicalLine[] {
  const result: LogicalLine[] = [];
  let parts: string[] = [];
  let start = 0;
  for (const [index, natural] of text.split(/\r\n|\n|\r/).entries()) {
    const line = natural.replace(BLANK, '');
    const continuing = parts.length > 0;
    // A comment cannot be continued, nor can one begin inside a continued line.
    if (!continuing && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    if (!continuing) start = index + 1;
    const continued = backslashesAtEnd(line) % 2 === 1;
    parts.push(continued ? line.slice(0, -1) : line);
    if (continued) continue;
    result.push({ number: start, text: parts.join('') });
    parts = [];
  }
  if (parts.length > 0) result.push({ number: start, text: parts.join('') });
  return result.filter(line => line.text !== '');
}

function backslashesAtEnd(line: string): number {
  let count = 0;
  while (count < line.length && line[line.length - 1 - count] === '\\') count += 1;
  return count;
}

function endOfName(line: string): number {
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === '\\') at += 1;
    else if ('=: \t\f'.includes(character)) return at;
  }
  return line.length;
}

function withoutSeparator(rest: string): string {
  const trimmed = rest.replace(BLANK, '');
  const separated = trimmed.startsWith('=') || trimmed.startsWith(':') ? trimmed.slice(1) : trimmed;
  return separated.replace(BLANK, '');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
]);

function unescaped(file: string, line: number, text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_whole, escaped: string) => {
    if (escaped.length === 5) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    if (escaped === 'u') {
      throw new ConfigError({
        file,
        place: `line ${line}`,
        expected: 'four hexadecimal digits after \\u',
        found: 'fewer',
      });
    }
    return ESCAPES.get(escaped) ?? escaped;
  });
}
