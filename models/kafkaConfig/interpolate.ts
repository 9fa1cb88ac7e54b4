/** Deepest nesting of defaults inside defaults that is resolved, as in `${A:-${B:-1}}`. */
const DEEPEST = 8;

/** Values of variables by name, as a `.env` file beside a compose file has them. */
export type Variables = ReadonlyMap<string, string>;

const NONE: Variables = new Map();

/**
 * Resolves docker compose's interpolation: a variable that is known gives its value, `${NAME:-text}` and
 * `${NAME-text}` otherwise their default, `$$` a dollar sign. A variable without either stays as it is
 * written, so that whoever needs the value can say that it is not known.
 *
 * Source: the Compose specification, "Interpolation".
 */
export function interpolate(text: string, variables: Variables = NONE): string {
  return resolve(text, variables, DEEPEST);
}

function resolve(text: string, variables: Variables, depth: number): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) break;
    result += text.slice(at, dollar);
    if (text.startsWith('$$', dollar)) {
      result += '$';
      at = dollar + 2;
      continue;
    }
    const end = endOfVariable(text, dollar);
    // Without its closing brace nothing after it can be told apart either: the rest stays as it is.
    if (end < 0) return result + text.slice(dollar);
    result += replacement(text.slice(dollar, end), variables, depth);
    at = end;
  }
  return result + text.slice(at);
}

/** The index after `$NAME` or `${...}`; after the dollar sign if it is neither; -1 without its brace. */
function endOfVariable(text: string, dollar: number): number {
  if (text.startsWith('${', dollar)) {
    const brace = closingBrace(text, dollar + 2);
    return brace < 0 ? -1 : brace + 1;
  }
  const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(dollar + 1, dollar + 200))?.[0] ?? '';
  return dollar + 1 + name.length;
}

/** The index of the brace that closes the one before `from`, or -1. */
function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('${', at)) open += 1;
    else if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  return -1;
}

const VARIABLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?)([-+?])([\s\S]*))?\}$/;

function replacement(whole: string, variables: Variables, depth: number): string {
  const bare = /^\$[A-Za-z_]/.test(whole) ? `\${${whole.slice(1)}}` : whole;
  const [, name = '', colon = '', operator = '', rest = ''] = VARIABLE.exec(bare) ?? [];
  if (name === '' || depth === 0) return whole;
  const known = variables.get(name);
  const isSet = known !== undefined && !(colon === ':' && known === '');
  if (operator === '-') return isSet ? known : resolve(rest, variables, depth - 1);
  if (operator === '+') return isSet ? resolve(rest, variables, depth - 1) : '';
  return isSet ? known : whole;
}
