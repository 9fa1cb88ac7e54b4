import { describe, expect, it } from 'vitest';
import type { WantedProperty } from '../../../application/advice/change.ts';
import { edited, editsFor } from '../../../application/advice/fileEdits.ts';

const copies: WantedProperty = {
  property: 'offsets.topic.replication.factor',
  value: '3',
  of: 'brokers',
};
const minimum: WantedProperty = { property: 'min.insync.replicas', value: '2', of: 'controllers' };

/** The text of one file after the lines for these properties were written. */
function withLines(text: string, ...wanted: readonly WantedProperty[]): string | undefined {
  const files = [{ name: 'f', text }];
  return edited(files, editsFor(files, wanted))[0]?.text;
}

describe('lines of advice', () => {
  it('go beside what a service of a compose file says of its node, in its form', () => {
    const list = [
      'services:',
      '  ui:',
      '    environment:',
      '      - KAFKA_BROKERS=k:9092',
      '  k:',
      '    environment:',
      '      - "KAFKA_CFG_PROCESS_ROLES=broker"',
      '      - KAFKA_CFG_MIN_INSYNC_REPLICAS=1',
    ];
    const added = '      - "KAFKA_CFG_OFFSETS_TOPIC_REPLICATION_FACTOR=3"';
    expect(withLines(list.join('\n'), copies)?.split('\n')).toEqual(list.toSpliced(7, 0, added));
    const map = [
      'x-kafka: &kafka',
      '  KAFKA_NODE_ID: 1',
      "  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1'",
      'services: {}',
    ];
    expect(withLines(map.join('\n'), copies)?.split('\n')[2]).toBe(
      '  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 3',
    );
  });

  it('replace the last of equal lines of a properties file, of a node that it is about', () => {
    const file = 'process.roles=broker\r\noffsets.topic.replication.factor = 1\r\n\r\n';
    expect(withLines(file, copies, minimum)).toBe(
      'process.roles=broker\r\noffsets.topic.replication.factor=3\r\n\r\n',
    );
    expect(withLines('process.roles=controller\nnode.id=1\n', copies, minimum)).toBe(
      'process.roles=controller\nnode.id=1\nmin.insync.replicas=2\n',
    );
  });

  it('go into the configuration of a resource of Strimzi, and of the topic that is meant', () => {
    const kafka = ['kind: Kafka', 'spec:', '  kafka:', '    config:', '      a.b: 1'];
    expect(withLines(kafka.join('\n'), copies)?.split('\n')[4]).toBe(
      '      offsets.topic.replication.factor: 3',
    );
    const topics = ['one', 'two'].flatMap(name => [
      'kind: KafkaTopic',
      `metadata: {name: ${name}}`,
      'spec:',
      '  replicas: 1',
      '---',
    ]);
    const wanted = { property: 'replicas', value: '3', of: { topic: 'two' } };
    expect(withLines(topics.join('\n'), wanted)?.split('\n')[8]).toBe('  replicas: 3');
    expect(withLines(topics.join('\n'), wanted)?.split('\n')[3]).toBe('  replicas: 1');
  });

  it('are none where nothing tells where they would go', () => {
    const files = [{ name: 'topics.txt', text: 'Topic: t\tPartitionCount: 1' }];
    expect(editsFor(files, [copies])).toEqual([]);
  });
});
