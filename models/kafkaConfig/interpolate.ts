/** Deepest nesting of defaults inside defaults that is resolved, as in `${A:-${B:-1}}`. */
const DEEPEST = 8;

/**
 * Resolves docker compose's interpolation without an environment: `${NAME:-text}` and
 * `${NAME-text}` give their default, `$$` a dollar sign. A variable without a default stays as it is
 * written, so that whoever needs the value can say that it is not known.
 *
 * Source: the Compose specification, "Interpolation".
 */
export function interpolate(text: string): string {
  return resolve(text, DEEPEST);
}

function resolve(text: string, depth: number): string {
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
    if (!text.startsWith('${', dollar)) {
      result += '$';
      at = dollar + 1;
      continue;
    }
    const end = closingBrace(text, dollar + 2);
    // Without its closing brace nothing after it can be told apart either: the rest stays as it is.
    if (end < 0) return result + text.slice(dollar);
    result += replacement(text.slice(dollar, end + 1), depth);
    at = end + 1;
  }
  return result + text.slice(at);
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

function replacement(whole: string, depth: number): string {
  const parts = /^\$\{[A-Za-z_][A-Za-z0-9_]*:?-([\s\S]*)\}$/.exec(whole);
  const fallback = parts?.[1];
  if (fallback === undefined || depth === 0) return whole;
  return resolve(fallback, depth - 1);
}
