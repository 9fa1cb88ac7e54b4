import { describe, expect, test } from 'vitest';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { partitionOf } from '../../../models/replication/partitionScope.ts';
import { type ClientEvent, checkHistory } from '../../../properties/history/history.ts';
import { clientEventsOf } from '../../../properties/history/ofReplication.ts';
import {
  acknowledged,
  b2,
  deleted,
  type Edit,
  elects,
  type HandBuiltStep,
  only,
  stepFrom,
  writes,
} from '../replication/handBuilt.ts';

const one = { client: 'alice', partition: 'p' } as const;
const other = { client: 'bob', partition: 'p' } as const;
const stored: ClientEvent = {
  ...one,
  kind: 'acknowledged',
  offset: 0,
  record: 'a',
  leaderEpoch: 1,
};
const reads = (record: string | undefined, by: typeof one | typeof other = other): ClientEvent => ({
  ...by,
  kind: 'read',
  from: 0,
  to: 1,
  records: record === undefined ? [] : [{ offset: 0, record }],
});
const ends = (
  offset: number,
  leaderEpoch?: number,
  by: typeof one | typeof other = one,
): ClientEvent => ({
  ...by,
  kind: 'endOffset',
  offset,
  ...(leaderEpoch === undefined ? {} : { leaderEpoch }),
});

describe('a history is in order', () => {
  test.each<[string, readonly ClientEvent[]]>([
    ['where nothing happened', []],
    ['where what was stored is read', [stored, reads('a'), reads('a', one)]],
    ['where somebody read before it was stored', [reads(undefined), stored]],
    [
      'where it was deleted on request',
      [stored, { kind: 'deleted', partition: 'p', before: 1 }, reads(undefined)],
    ],
    ['where another partition has another record', [stored, { ...reads('b'), partition: 'q' }]],
    ['where the end grows', [ends(0), ends(2), ends(2)]],
    ['where another client is shown less', [ends(2), ends(1, undefined, other)]],
    ['where a deposed leader shows less', [stored, ends(2, 2), ends(1, 1), ends(0, 0)]],
    ['where a writer is shown its record', [stored, ends(1)]],
  ])('%s', (_, events) => expect(checkHistory(events)).toEqual([]));
});

describe('a history is broken', () => {
  test.each<[string, readonly ClientEvent[], string, string]>([
    [
      'by a read without the record',
      [stored, reads(undefined)],
      'acknowledged-writes-are-read',
      'bob read nothing at offset 0, where record a was acknowledged',
    ],
    [
      'by a read of another',
      [stored, reads('b')],
      'acknowledged-writes-are-read',
      'bob read record b at offset 0, where record a was acknowledged',
    ],
    [
      'by two reads',
      [reads('a', one), reads('b')],
      'reads-agree',
      'bob read record b at offset 0, where alice read record a',
    ],
    [
      'by an end that goes back',
      [ends(2), ends(1)],
      'end-offset-monotonic',
      'alice is shown 1 as the end of the log, and was shown 2 before',
    ],
    [
      'by an end before what was read',
      [reads('a', one), ends(0)],
      'end-offset-monotonic',
      'alice is shown 0 as the end of the log, and was shown 1 before',
    ],
    [
      'by an end before an own record',
      [stored, ends(0, 1)],
      'own-writes-are-readable',
      'alice is shown 0 as the end of the log, and its record a was acknowledged at offset 0',
    ],
  ])('%s', (_, events, claim, clause) => {
    expect(checkHistory(events)).toEqual([{ claim, event: events.length - 1, clause }]);
  });
});

describe('what clients of the model are told', () => {
  const told = ({ before, after, action }: HandBuiltStep): ClientEvent[] => {
    const [was, is] = [before, after].map(({ protocol, ghost }) => ({
      protocol: partitionOf(protocol, only),
      ghost: ghost.partitions.get(only),
    }));
    if (was === undefined || is === undefined) throw new Error('there are two states');
    return clientEventsOf(nodeType('broker', 4), 'p', [was, is, action]);
  };
  const step = (
    before: readonly Edit[],
    change: readonly Edit[],
    name: string,
    offset: number,
    leader: string,
  ) => told(stepFrom(before, change, name, { leader, offset }));

  test('is a history, and breaks where a new leader lacks a record', () => {
    const success = step([], [acknowledged(1, 0)], 'fetch', 0, 'broker-1');
    const read = step(
      [writes(b2, [[2, 1]], 1), elects(b2, { know: [b2] })],
      [],
      'consume',
      0,
      'broker-2',
    );
    const asked = step([elects(b2, { know: [b2] })], [], 'listOffsets', 0, 'broker-2');
    expect(success).toMatchObject([{ kind: 'acknowledged', offset: 0, record: '1' }]);
    expect(read).toMatchObject([{ kind: 'read', from: 0, to: 1, leaderEpoch: 1 }]);
    expect(step([], [deleted(1)], 'deleteRecords', 0, 'broker-1')).toMatchObject([{ before: 1 }]);
    expect(step([], [acknowledged(1, 0, '1')], 'produce', 0, 'broker-1')).toEqual([]);
    const claims = (events: readonly ClientEvent[]) =>
      checkHistory(events).map(({ claim }) => claim);
    expect(claims([...success, ...read])).toEqual(['acknowledged-writes-are-read']);
    expect(claims([...success, ...asked])).toEqual(['own-writes-are-readable']);
  });
});
