import { expect, test } from 'vitest';
import { judged } from '../../conformance/live/soak.ts';
import type { ClientEvent } from '../../properties/history/history.ts';

const partition = 't-0';
const acknowledged = (offset: number, record: string): ClientEvent => ({
  ...{ kind: 'acknowledged', client: 'producer', partition },
  ...{ offset, record },
});
const end = (offset: number): ClientEvent => ({
  ...{ kind: 'endOffset', client: 'producer', partition },
  offset,
});
const read = (from: number, ...values: readonly string[]): ClientEvent => ({
  ...{ kind: 'read', client: 'consumer', partition },
  ...{ from, to: from + values.length },
  records: values.map((record, index) => ({ offset: from + index, record })),
});

test('an end that a deposed leader tells breaks nothing, and is reported', () => {
  const { broken, outdated } = judged([
    acknowledged(0, 'r1'),
    acknowledged(1, 'r2'),
    read(0, 'r1'),
    end(1),
    read(0, 'r1', 'r2'),
    end(2),
  ]);
  expect(broken).toEqual([]);
  expect(outdated.map(({ claim }) => claim)).toEqual(['own-writes-are-readable']);
});

test('a record that is lost, repeated or out of order is broken', () => {
  const claims = (...events: readonly ClientEvent[]): string[] =>
    judged(events).broken.map(({ claim }) => claim);
  expect(claims(acknowledged(0, 'r1'), read(0, 'r2'))).toEqual(['acknowledged-writes-are-read']);
  expect(claims(read(0, 'r1', 'r1'))).toEqual(['records-are-stored-once']);
  expect(claims(acknowledged(1, 'r1'), acknowledged(0, 'r2'))).toEqual(['own-writes-are-in-order']);
});
