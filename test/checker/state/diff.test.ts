import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, diffJson } from '../../../checker/state/diff.ts';
import { type JsonValue, stateToJson } from '../../../checker/state/json.ts';
import { casesOf } from '../../long.ts';
import { arbitrarySchema, arbitraryStateJson, stateOf } from './arbitrarySchema.ts';

describe('the difference of two states', () => {
  const cases: [string, JsonValue, JsonValue, Change[]][] = [
    ['equal', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    [
      'a field',
      { a: { b: 1, c: 2 } },
      { a: { b: 1, c: 3 } },
      [{ path: 'a.c', before: 2, after: 3 }],
    ],
    [
      'a field of one of the elements',
      { log: [{ epoch: 1 }, { epoch: 2 }] },
      { log: [{ epoch: 1 }, { epoch: 5 }] },
      [{ path: 'log[1].epoch', before: 2, after: 5 }],
    ],
    [
      'an element more',
      { log: [{ epoch: 1 }] },
      { log: [{ epoch: 1 }, { epoch: 2 }] },
      [{ path: 'log[1]', before: null, after: { epoch: 2 } }],
    ],
    [
      'all elements gone',
      { log: [{ epoch: 1 }, { epoch: 2 }] },
      { log: [] },
      [
        { path: 'log[0]', before: { epoch: 1 }, after: null },
        { path: 'log[1]', before: { epoch: 2 }, after: null },
      ],
    ],
    ['a number of a list', { a: [1, 2] }, { a: [1, 3] }, [{ path: 'a[1]', before: 2, after: 3 }]],
    [
      'a set of names as a whole',
      { group: ['s-1', 's-2'] },
      { group: ['s-2'] },
      [{ path: 'group', before: ['s-1', 's-2'], after: ['s-2'] }],
    ],
    [
      'a set that was empty',
      { group: [] },
      { group: ['s-2'] },
      [{ path: 'group', before: [], after: ['s-2'] }],
    ],
    ['absence', { a: null, b: 1 }, { a: 0, b: 1 }, [{ path: 'a', before: null, after: 0 }]],
    [
      'several fields, in their order',
      { z: 1, a: 1, m: { y: true, b: 'x' } },
      { z: 2, a: 1, m: { y: false, b: 'w' } },
      [
        { path: 'z', before: 1, after: 2 },
        { path: 'm.y', before: true, after: false },
        { path: 'm.b', before: 'x', after: 'w' },
      ],
    ],
    [
      'a list in place of an object',
      { a: [1] },
      { a: { b: 1 } },
      [{ path: 'a', before: [1], after: { b: 1 } }],
    ],
  ];
  test.each(cases)('%s', (_, before, after, changes) => {
    expect(diffJson(before, after)).toEqual(changes);
  });
});

type Mutable = JsonValue[] | { [key: string]: JsonValue };

/** Makes one change in a copy of a state; `null` past the end of a list drops the element. */
function applyChange(json: JsonValue, { path, after }: Change): void {
  const keys = path.split(/[.[]/).map(part => part.replace(']', ''));
  let place = json as Mutable;
  for (const key of keys.slice(0, -1)) place = (place as Record<string, JsonValue>)[key] as Mutable;
  const last = keys.at(-1) ?? '';
  (place as Record<string, JsonValue>)[last] = after;
}

/** Drops the elements that a diff reports as `null` because the list became shorter. */
function dropAbsent(json: JsonValue): JsonValue {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.filter((item: JsonValue) => item !== null).map(dropAbsent);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, dropAbsent(value)]));
}

describe('the difference of two random states', () => {
  const pair = arbitrarySchema().chain(schema => {
    const state = arbitraryStateJson(schema, { unsetNodes: false }).map(json =>
      stateToJson(schema, stateOf(schema, json)),
    );
    return fc.tuple(state, state);
  });

  test('is empty exactly when they are equal', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const equal = JSON.stringify(before) === JSON.stringify(after);
        expect(diffJson(before, after).length === 0).toBe(equal);
        expect(diffJson(before, structuredClone(before))).toEqual([]);
      }),
      { seed: 7, numRuns: casesOf(70, 200) },
    );
  });

  test('turns the one into the other when it is applied, and says what was there before', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const changed = structuredClone(before);
        for (const change of diffJson(before, after)) {
          expect(JSON.stringify(change.before)).not.toBe(JSON.stringify(change.after));
          applyChange(changed, change);
        }
        expect(dropAbsent(changed)).toEqual(dropAbsent(after));
        const back = structuredClone(after);
        for (const { path, before: was } of diffJson(before, after)) {
          applyChange(back, { path, before: null, after: was });
        }
        expect(dropAbsent(back)).toEqual(dropAbsent(before));
      }),
      { seed: 8, numRuns: casesOf(70, 200) },
    );
  });

  test('names each place once', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const paths = diffJson(before, after).map(change => change.path);
        expect(new Set(paths).size).toBe(paths.length);
      }),
      { seed: 9, numRuns: casesOf(40, 100) },
    );
  });
});
