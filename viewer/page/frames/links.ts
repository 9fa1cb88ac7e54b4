import type { Cut } from './frame.ts';
import type { Place } from './place.ts';

/** The cut ones among links that are named `a->b`. */
export function linkCuts(links: Place): readonly Cut[] {
  return links.entries.flatMap(([name, link]) => {
    const ends = link.at('cut').isSet ? linkEnds(name) : undefined;
    return ends === undefined ? [] : [ends];
  });
}

/** Both ends of a link that is named `a->b`. */
export function linkEnds(name: string): Cut | undefined {
  const [from, to, more] = name.split('->');
  return from !== undefined && to !== undefined && more === undefined ? { from, to } : undefined;
}
