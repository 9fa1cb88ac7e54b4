import { expect, test } from 'vitest';
import type { ClientEvent } from '../../../properties/history/history.ts';
import { checkSentOnce } from '../../../properties/history/sentOnce.ts';

const acknowledged = (record: string, offset: number, client = 'p'): ClientEvent => ({
  kind: 'acknowledged',
  client,
  partition: 't-0',
  offset,
  record,
});
const read = (...records: readonly string[]): ClientEvent => ({
  kind: 'read',
  client: 'c',
  partition: 't-0',
  from: 0,
  to: records.length,
  records: records.map((record, offset) => ({ offset, record })),
});

test('records that are stored once and in order are', () => {
  const events = [acknowledged('a', 0), acknowledged('z', 1, 'q'), acknowledged('b', 2)];
  expect(checkSentOnce([...events, read('a', 'z', 'b'), read('a', 'z', 'b')])).toEqual([]);
});

test('a record at two offsets is stored twice', () => {
  expect(checkSentOnce([read('a', 'b', 'a')])).toEqual([
    {
      claim: 'records-are-stored-once',
      event: 0,
      clause: 'c read record a at offset 2, and c read it at offset 0',
    },
  ]);
  expect(checkSentOnce([read('a', 'b'), read('b')])).toMatchObject([{ event: 1 }]);
});

test('a later record at a smaller offset, or the same, is out of order', () => {
  expect(checkSentOnce([acknowledged('a', 1), acknowledged('b', 1)])).toEqual([
    {
      claim: 'own-writes-are-in-order',
      event: 1,
      clause: 'record a of p was acknowledged at offset 1, and record b after it at 1',
    },
  ]);
  expect(checkSentOnce([acknowledged('a', 1), acknowledged('b', 0, 'q')])).toEqual([]);
});
