import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nextSentences } from '../../../cli/check/nextText.ts';
import { nextFailures } from '../../../models/kafkaConfig/nextFailure.ts';
import { describeText } from './helpers.ts';

function output(name: string): string {
  return readFileSync(new URL(`outputs/${name}.txt`, import.meta.url), 'utf8');
}

function topic(configs: string, ...partitions: readonly string[]): string {
  const lines = partitions.map(
    (line, index) =>
      `\tTopic: t\tPartition: ${index}\t${line.replaceAll(' ', '\t').replaceAll(':\t', ': ')}`,
  );
  return [
    `Topic: t\tTopicId: a\tPartitionCount: 1\tReplicationFactor: 3\tConfigs: ${configs}`,
    ...lines,
  ].join('\n');
}

describe('the next failure of a running cluster', () => {
  it('is that of the last broker in sync, where two of three are down', () => {
    const cluster = describeText('t.txt', output('3.9.1-topics-two-down'));
    const all = ['orders-0', 'orders-1', 'orders-2', 'metrics-0'];
    expect(nextFailures(cluster)).toEqual([
      {
        broker: 11,
        offline: all,
        alone: all,
        unclean: ['metrics-0'],
        stopped: [],
        stopsQuorum: false,
      },
    ]);
    expect(nextSentences(cluster)).toEqual([
      'Next: the failure of broker 11 takes 4 partitions offline; what it loses with its power or disk is lost; or a ' +
        'replica out of sync leads, for unclean election is on, and acknowledged records are lost. ' +
        'The table is of the cluster in order.',
    ]);
  });

  it('loses nothing where another replica is eligible', () => {
    const cluster = describeText('t.txt', output('4.3.1-topics-two-down'));
    expect(nextFailures(cluster)).toMatchObject([
      { broker: 11, offline: ['orders-0', 'orders-1', 'orders-2'], alone: [] },
    ]);
  });

  it('is told of each broker: who stops writes, who nothing', () => {
    const text = topic(
      'min.insync.replicas=2',
      'Leader: 1 Replicas: 1,2,3 Isr: 1,2',
      'Leader: 3 Replicas: 3,4,5 Isr: 3,4,5',
    );
    const cluster = describeText('t.txt', text);
    expect(nextFailures(cluster).map(({ broker, stopped }) => [broker, stopped])).toEqual([
      [1, ['t-0']],
      [2, ['t-0']],
      [3, []],
      [4, []],
      [5, []],
    ]);
    expect(nextSentences(cluster)[0]).toBe(
      'Next: the failure of broker 1 makes t-0 refuse acks=all. That of 2 costs as much, or less. ' +
        'That of 3 or 4 or 5 stops nothing. The table is of the cluster in order.',
    );
  });

  it('may stop the metadata quorum as well, with a node that is both', () => {
    const text = topic('min.insync.replicas=1', 'Leader: 1 Replicas: 1,2 Isr: 1,2');
    const quorum = output('4.3.1-quorum-replication-one-down');
    const cluster = describeText('t.txt', `${text}\n${quorum}`);
    expect(nextFailures(cluster).map(({ broker, stopsQuorum }) => [broker, stopsQuorum])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(nextSentences(cluster).join(' ')).toContain(
      'Of 3 voters 1 is silent (3): no more may fail.',
    );
  });

  it('stops nothing in a cluster in order, and nothing is said where nobody asked', () => {
    const text = topic('min.insync.replicas=1', 'Leader: 1 Replicas: 1,2,3 Isr: 1,2,3');
    expect(nextSentences(describeText('t.txt', text))).toEqual([
      'Next: whichever broker fails, every partition goes on and takes acks=all.',
    ]);
    const offline = topic('', 'Leader: none Replicas: 1,2 Isr: 1');
    expect(nextSentences(describeText('t.txt', offline))[0]).toBe(
      'Next: no partition has a leader that could fail. The table is of the cluster in order.',
    );
    expect(
      nextSentences(describeText('b.properties', 'broker.id=1\nzookeeper.connect=z:1\n')),
    ).toEqual([]);
  });
});
