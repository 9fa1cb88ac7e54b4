/** Where a command begins: after a separator, or what is given to `sh -c`. */
const BEGINNING = /(?:^|[\n;&|(]|\s-\w*c\s|\b(?:then|do|else)\s)\s*["']?/;
/** A value as it may be written: in quotes, as what a command prints, as a parameter, or plainly. */
const VALUE =
  /(?:"[^"]*"|'[^']*'|`[^`]*`|\$\((?:[^()]|\([^()]*\))*\)|\$\{[^}]*\}|[^\s;&|"'`$]|\$)*/;
/** A statement that gives a variable its value. */
const ASSIGNMENT = new RegExp(
  `${BEGINNING.source}(export\\s+)?([A-Za-z_]\\w*)=(${VALUE.source})`,
  'g',
);

/** `${NAME##pattern}` and the like: a parameter with a pattern that is taken off. */
const TRIMMED = /^([A-Za-z_]\w*)(##?|%%?)(.*)$/;
const WITH_DEFAULT = /^([A-Za-z_]\w*)(?::?-)(.*)$/;

/**
 * The variables that the commands of a shell export, as far as their values follow from known ones: parameters with a
 * default or a pattern that is taken off (`${HOSTNAME##*-}`), and sums. What a command computes stays as it is
 * written.
 */
export function exportedIn(
  text: string,
  known: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const variables = new Map(known);
  const exported = new Map<string, string>();
  for (const [, isExported, name = '', written = ''] of text.matchAll(ASSIGNMENT)) {
    const value = valueIn(written, variables);
    variables.set(name, value);
    if (isExported !== undefined) exported.set(name, value);
  }
  // A name may be exported after it has its value.
  for (const [, names = ''] of text.matchAll(/\bexport\s+((?:[A-Za-z_]\w*\s*)+)(?=$|[\n;&|"'])/g)) {
    for (const name of names.trim().split(/\s+/)) {
      const value = variables.get(name);
      if (value !== undefined && !known.has(name)) exported.set(name, value);
    }
  }
  return exported;
}

function valueIn(written: string, variables: ReadonlyMap<string, string>): string {
  const single = /^'([^']*)'$/.exec(written)?.[1];
  if (single !== undefined) return single;
  const sums = written
    .replace(/^"([\s\S]*)"$/, '$1')
    .replace(/\$\(\(([^()]*)\)\)/g, (whole, sum: string) => sumOf(sum, variables) ?? whole);
  return sums.replace(
    /\$\{([^{}]*)\}|\$([A-Za-z_]\w*)/g,
    (whole, braced?: string, bare?: string) => {
      return parameter(braced ?? bare ?? '', variables) ?? whole;
    },
  );
}

function parameter(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  const [, trimmed, operator = '', pattern = ''] = TRIMMED.exec(text) ?? [];
  if (trimmed !== undefined) {
    const value = variables.get(trimmed);
    return value === undefined ? undefined : without(value, operator, pattern);
  }
  const [, optional, fallback = ''] = WITH_DEFAULT.exec(text) ?? [];
  if (optional !== undefined) return variables.get(optional) || fallback;
  return variables.get(text);
}

/** A value without what matches a pattern at its beginning (`#`) or end (`%`), as much as can be if doubled. */
function without(value: string, operator: string, pattern: string): string {
  const star = pattern.indexOf('*');
  const [before, after] =
    star < 0 ? [pattern, ''] : [pattern.slice(0, star), pattern.slice(star + 1)];
  const isLong = operator.length === 2;
  if (operator.startsWith('#')) {
    if (!value.startsWith(before)) return value;
    if (star < 0) return value.slice(before.length);
    const at = isLong ? value.lastIndexOf(after) : value.indexOf(after, before.length);
    return at < before.length ? value : value.slice(at + after.length);
  }
  if (!value.endsWith(star < 0 ? before : after)) return value;
  if (star < 0) return value.slice(0, value.length - before.length);
  const at = isLong ? value.indexOf(before) : value.lastIndexOf(before);
  return at < 0 ? value : value.slice(0, at);
}

/** The sum of numbers and variables: `${HOSTNAME##*-} + 1`. */
function sumOf(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  const filled = text
    .replace(/\$\{([^{}]*)\}/g, (whole, name: string) => parameter(name, variables) ?? whole)
    .replace(/\$?([A-Za-z_]\w*)/g, (whole, name: string) => variables.get(name) ?? whole);
  const terms = filled.replace(/\s+/g, '').match(/^\d{1,9}(?:[+-]\d{1,9})*$/);
  if (terms === null) return undefined;
  const numbers = terms[0].match(/[+-]?\d+/g) ?? [];
  return String(numbers.reduce((sum, number) => sum + Number(number), 0));
}
