import { expect, test } from 'vitest';
import { importingFrom } from '../../../conformance/kafka/moved.ts';

const source = [
  'package kafka.server;',
  'import org.apache.kafka.common.record.internal.MemoryRecords;',
  'import org.apache.kafka.metadata.KRaftMetadataCache;',
  'import org.apache.kafka.metadata.KRaftMetadataCacheOther;',
  'import org.apache.kafka.server.partition.inner.Other;',
  'final class A { org.apache.kafka.common.record.internal.Record record; }',
].join('\n');

test('a driver imports classes from where a release has them', () => {
  expect(importingFrom('3.9.1', source).split('\n')).toEqual([
    'package kafka.server;',
    'import org.apache.kafka.common.record.MemoryRecords;',
    'import kafka.server.metadata.KRaftMetadataCache;',
    'import org.apache.kafka.metadata.KRaftMetadataCacheOther;',
    'import org.apache.kafka.server.partition.inner.Other;',
    'final class A { org.apache.kafka.common.record.internal.Record record; }',
  ]);
});

test('a driver is written against the newest release', () => {
  expect(importingFrom('4.3.1', source)).toBe(source);
});
