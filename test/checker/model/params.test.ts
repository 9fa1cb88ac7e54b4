import { describe, expect, test } from 'vitest';
import {
  anyInt,
  anyNode,
  anyNodeOrNone,
  anyOf,
  argumentsOf,
} from '../../../checker/model/params.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';

const server = nodeType('server', 2);

describe('the arguments of an action', () => {
  test('without parameters are one empty choice', () => {
    expect(argumentsOf({})).toEqual([{ values: {}, names: {} }]);
  });

  test('are every value of a domain, with its name', () => {
    const pairsOf = (domains: Parameters<typeof argumentsOf>[0]) =>
      argumentsOf(domains).map(({ values, names }) => [values['x'], names['x']]);
    expect(pairsOf({ x: anyNode(server) })).toEqual([
      [0, 'server-1'],
      [1, 'server-2'],
    ]);
    expect(pairsOf({ x: anyNodeOrNone(server) })).toEqual([
      [undefined, null],
      [0, 'server-1'],
      [1, 'server-2'],
    ]);
    expect(pairsOf({ x: anyInt(-1, 1) })).toEqual([
      [-1, -1],
      [0, 0],
      [1, 1],
    ]);
    expect(pairsOf({ x: anyInt(4, 4) })).toEqual([[4, 4]]);
    expect(pairsOf({ x: anyOf('fast', 'slow') })).toEqual([
      ['fast', 'fast'],
      ['slow', 'slow'],
    ]);
  });

  test('combine all domains, the last varying fastest, in a fixed order', () => {
    const choices = argumentsOf({
      from: anyNode(server),
      how: anyOf('fast', 'slow'),
      count: anyInt(1, 3),
    });
    expect(choices).toHaveLength(2 * 2 * 3);
    expect(choices.slice(0, 4).map(choice => Object.values(choice.names))).toEqual([
      ['server-1', 'fast', 1],
      ['server-1', 'fast', 2],
      ['server-1', 'fast', 3],
      ['server-1', 'slow', 1],
    ]);
    expect(new Set(choices.map(choice => JSON.stringify(choice.names))).size).toBe(12);
  });

  test('may name the same node twice', () => {
    const pairs = argumentsOf({ from: anyNode(server), to: anyNode(server) });
    expect(pairs.map(({ values }) => [values['from'], values['to']])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  test.each([
    [3, 2],
    [0.5, 2],
    [0, Number.NaN],
  ])('are not every whole number from %d to %d', (min, max) => {
    expect(() => anyInt(min, max)).toThrow(
      `anyInt(${min}, ${max}): expected whole bounds, min <= max`,
    );
  });
});
