import { describe, expect, test } from 'vitest';
import type { Generation } from '../../../models/replication/generation.ts';
import { availabilityIn, type Cell, cellsOf, choicesOf, wordsOf } from './availability.ts';
import { B1 } from './replicationStory.ts';

/** The answers of every choice of `down` brokers, each once. */
function answersIn(cell: Omit<Cell, 'down'>, down: number, leaderDies?: boolean): string[] {
  const choices = choicesOf(down).filter(
    brokers => leaderDies === undefined || brokers.includes(B1) === leaderDies,
  );
  return [...new Set(choices.map(chosen => wordsOf(availabilityIn({ ...cell, down: chosen }))))];
}

function rowsOf(generation: Generation, minIsr: number): [string, string[]][] {
  const cell = { begin: cellsOf(generation, minIsr), detected: true };
  return [0, 1, 2, 3].map(down => [`minIsr=${minIsr}, ${down} down`, answersIn(cell, down)]);
}

function tableOf(generation: Generation): Record<string, string[]> {
  const rows = [1, 2, 3].flatMap(minIsr => rowsOf(generation, minIsr));
  return Object.fromEntries(rows);
}

const works = ['read, committed'];
const offline = ['no read, the broker does not act as leader'];

describe('replication: what is available with failures that have been detected (brokers=3)', () => {
  test.each(['current', 'current-elr'] as const)(
    '%s: below min.insync.replicas acks=all is refused, and the high watermark stands still (3.7)',
    generation => {
      const belowMinIsr = ['read, acks=all NOT_ENOUGH_REPLICAS, acks=1 frozen'];
      expect(tableOf(generation)).toEqual({
        'minIsr=1, 0 down': works,
        'minIsr=1, 1 down': works,
        'minIsr=1, 2 down': works,
        'minIsr=1, 3 down': offline,
        'minIsr=2, 0 down': works,
        'minIsr=2, 1 down': works,
        'minIsr=2, 2 down': belowMinIsr,
        'minIsr=2, 3 down': offline,
        'minIsr=3, 0 down': works,
        'minIsr=3, 1 down': belowMinIsr,
        'minIsr=3, 2 down': belowMinIsr,
        'minIsr=3, 3 down': offline,
      });
    },
  );

  test('alter-partition: before 3.7 acks=1 is committed and read with a single copy', () => {
    const belowMinIsr = ['read, acks=all NOT_ENOUGH_REPLICAS, acks=1 committed'];
    const table = tableOf('alter-partition');
    expect(table['minIsr=2, 1 down']).toEqual(works);
    expect(table['minIsr=2, 2 down']).toEqual(belowMinIsr);
    expect(table['minIsr=3, 1 down']).toEqual(belowMinIsr);
    expect(table['minIsr=3, 2 down']).toEqual(belowMinIsr);
    expect(table['minIsr=2, 3 down']).toEqual(offline);
  });
});

describe('replication: what is available between a failure and its detection (brokers=3)', () => {
  const rows = [1, 2, 3].flatMap(minIsr => [1, 2].map(down => ({ minIsr, down })));

  test.each(rows)(
    'minIsr=$minIsr, $down followers down: acks=all hangs, whatever min.insync.replicas says',
    ({ minIsr, down }) => {
      const cell = { begin: cellsOf('current', minIsr), detected: false };
      expect(answersIn(cell, down, false)).toEqual(['read, frozen']);
    },
  );

  test('the leader down: nobody serves until another one is elected', () => {
    const cell = { begin: cellsOf('current', 1), detected: false };
    expect(answersIn(cell, 1, true)).toEqual(offline);
  });
});
