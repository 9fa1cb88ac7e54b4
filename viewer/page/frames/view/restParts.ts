import type { Place } from '../place.ts';
import { restOf } from './genericView.ts';
import type { Part } from './view.ts';

/** The fields of a state that a view shows by their meaning. */
interface KnownFields {
  readonly state: readonly string[];
  readonly protocol: readonly string[];
  readonly ghost: readonly string[];
}

/** The fields of a state that are not of the model as it is known: those of an extension. */
export function restParts(state: Place, fields: KnownFields): readonly Part[] {
  const places = [
    ['Further fields', state, fields.state],
    ['Further fields of the protocol', state.at('protocol'), fields.protocol],
    ['Further ghost fields', state.at('ghost'), fields.ghost],
  ] as const;
  return places.flatMap(([title, place, names]) => {
    const node = restOf(place, names);
    return node === undefined ? [] : [{ kind: 'rest' as const, title, node }];
  });
}
