import type { Environment } from './environment.ts';
import type { FoundProperty } from './foundProperty.ts';
import { interpolate, type Variables } from './interpolate.ts';

/**
 * The variables in a file as `env_file` and `.env` have them: `NAME=value` lines, `#` begins a comment,
 * quotes are taken off, and a name alone takes its value from the shell.
 *
 * Source: the Compose specification, "Env_file format".
 */
export function readEnvFile(file: string, text: string, variables: Variables): Environment {
  const result = new Map<string, FoundProperty>();
  const known = new Map(variables);
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const parts = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:[=:]\s*(.*))?$/.exec(line);
    const name = parts?.[1];
    if (name === undefined) continue;
    const value = parts?.[2] === undefined ? `\${${name}}` : unquoted(parts[2]);
    const found = typeof value === 'string' ? interpolate(value, known) : value.literal;
    known.set(name, found);
    result.set(name, { text: found, file, place: `line ${index + 1}: ${name}` });
  }
  return result;
}

/** The value without its quotes and comment; in single quotes nothing is interpolated. */
function unquoted(written: string): string | { readonly literal: string } {
  const single = /^'([^']*)'/.exec(written)?.[1];
  if (single !== undefined) return { literal: single };
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(written)?.[1];
  if (double !== undefined) return double.replace(/\\(.)/g, '$1');
  return written.replace(/(^|\s+)#.*$/, '').trim();
}

/** The values of variables alone. */
export function valuesOf(environment: Environment): Variables {
  return new Map([...environment].map(([name, { text }]) => [name, text]));
}
