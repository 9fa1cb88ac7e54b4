import { expect, test } from 'vitest';
import { StateStore } from '../../../checker/core/stateStore.ts';
import { placeSchema } from '../subjects/toys.ts';

test('a store numbers states in the order of their arrival, and gives them back', () => {
  const store = new StateStore(placeSchema);
  const state = placeSchema.create();
  const places = Array.from({ length: 10_000 }, (_, at) => (at * 7919) % 10_000);
  const add = (place: number): number => {
    state.protocol.place = place;
    return store.add(state.bytes);
  };
  expect(places.map(add)).toEqual([...places.keys()]);
  expect(places.map(add)).toEqual([...places.keys()]);
  expect(store.size).toBe(10_000);
  const read = places.map((_, id) => {
    store.read(id, state.bytes);
    return state.protocol.place;
  });
  expect(read).toEqual(places);
});
