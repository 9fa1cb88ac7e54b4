import type { ParamName } from './arguments.ts';
import { type FlatParam, flatParams } from './flatParams.ts';
import type { ParamDomains } from './params.ts';

/** An action as far as its phrase is concerned. */
export interface Phrased {
  readonly phrase?: string | undefined;
  readonly params: ParamDomains;
}

/** `{name}`, or `{name|words}` with the words that stand for a parameter that is left open. */
const place = /\{([^{}|]*)(?:\|([^{}]*))?\}/g;

/**
 * The phrase of an action with its parameters filled in, by their names as traces have them; nothing
 * if the action has no phrase. An optional parameter that is absent reads as the words behind the bar,
 * or "none". Names of choices read as words: `fetchRequest` as "fetch request".
 */
export function phraseOf(
  { phrase, params: domains }: Phrased,
  params: Readonly<Record<string, ParamName>>,
): string | undefined {
  const flat = flatParams(domains);
  return phrase?.replace(
    place,
    (_, name: string, open = 'none') => wordsOf(flat.get(name), params[name]) ?? open,
  );
}

/** A parameter that the phrase names and the action does not have. */
export function unknownInPhrase({ phrase = '', params }: Phrased): string | undefined {
  const named = [...phrase.matchAll(place)].map(([, name = '']) => name);
  const flat = flatParams(params);
  return named.find(name => !flat.has(name));
}

function wordsOf(domain: FlatParam | undefined, value: ParamName | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  const isChoice = domain?.kind === 'choice';
  return isChoice ? inWords(String(value)) : String(value);
}

function inWords(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => {
    return `${end} ${start.toLowerCase()}`;
  });
}
