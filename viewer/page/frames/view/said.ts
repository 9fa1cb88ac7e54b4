import type { Place } from '../place.ts';

/** How a value is to be looked at. */
type Tone = 'good' | 'bad' | 'warn' | 'quiet';

/** A value in words, and whether the step has changed it. */
export interface Said {
  readonly text: string;
  readonly changed: boolean;
  /** The same before the step, if that was something else. */
  readonly was?: string;
  readonly tone?: Tone;
  /** More of it, for whoever asks. */
  readonly hint?: string;
}

/** What stands where there is nothing to say. */
export const nothing = '–';

/**
 * Says something of a place. It has changed if the same words come to something else in the state
 * before, so that whatever they are made of is covered.
 */
export function said(
  place: Place,
  words: (place: Place) => string,
  how: Pick<Said, 'tone' | 'hint'> = {},
): Said {
  const text = words(place);
  const was = place.before === undefined ? text : words(place.past);
  return { text, changed: was !== text, ...(was === text ? {} : { was }), ...how };
}

/** A number, a name or a flag as it stands there; the sign for nothing where there is none. */
export function plain({ now }: Place): string {
  if (now === null) return nothing;
  if (typeof now === 'boolean') return now ? 'yes' : 'no';
  return typeof now === 'object' ? '?' : String(now);
}

/** The names of a set, as `kafka-topics --describe` has them: `1, 2, 3`. */
export function setWords(place: Place): string {
  return namesWords(place.texts);
}

/** Names as a list. */
export function namesWords(names: readonly string[]): string {
  return names.length === 0 ? nothing : shortNames(names).join(', ');
}

/** Names as people of the field write them: the numbers alone if all are brokers, or all nodes. */
export function shortNames(names: readonly string[]): readonly string[] {
  const parts = names.map(name => /^(.*-)(\d+)$/.exec(name));
  const prefix = parts[0]?.[1];
  if (prefix === undefined || parts.some(part => part?.[1] !== prefix)) return names;
  const isKnown = prefix === 'broker-' || prefix === 'node-';
  return names.map((name, index) => {
    return index === 0 && !isKnown ? name : name.slice(prefix.length);
  });
}

/** `waitingProduce` as `waiting produce`. */
export function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}
