import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quorumStateSentences } from '../../../cli/check/quorumStateText.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, describeText, errorOf, summaryOf } from './helpers.ts';

/** What a tool of a running Kafka printed. */
function output(name: string): string {
  return readFileSync(new URL(`outputs/${name}.txt`, import.meta.url), 'utf8');
}

describe('kafka-metadata-quorum describe', () => {
  it.each([
    ['3.9.1-quorum-status', false],
    ['4.3.1-quorum-status', false],
    ['4.3.1-quorum-status-dynamic', true],
    ['4.3.1-quorum-replication-human-readable', undefined],
  ])('%s tells the voters', (name, isDynamic) => {
    const cluster = describeText('q.txt', output(name));
    expect([cluster.controllers, cluster.brokers, cluster.dynamicVoters]).toEqual([
      3,
      0,
      isDynamic,
    ]);
    expect(cluster.nodes.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  });

  it('before 3.9 prints ids alone, and tables without directories', () => {
    const status =
      'ClusterId: a\nLeaderId: 2\nCurrentVoters:          [1,2,3]\nCurrentObservers: [4]\n';
    const table =
      'NodeId\tLogEndOffset\tLag\tLastFetchTimestamp\tLastCaughtUpTimestamp\tStatus\n' +
      '2\t10\t0\t5000\t5000\tLeader\n1\t10\t0\t4990\t4990\tFollower\n3\t9\t1\t100\t100\tFollower\n';
    expect(describeText('q.txt', status).quorumState).toMatchObject({
      leader: 2,
      isDynamic: false,
    });
    const { quorumState } = describeText('q.txt', status + table);
    expect(quorumState?.voters).toEqual([
      { id: 2, silentMs: 0 },
      { id: 1, silentMs: 10 },
      { id: 3, silentMs: 4900 },
    ]);
  });

  it.each([
    ['4.3.1-quorum-replication-one-down', 'Voter 3 had not fetched for 8.6 s'],
    ['3.9.1-quorum-replication-one-down', 'Voter 3 had not fetched since 1 leads'],
  ])('%s says who is silent, and what the next failure does', (name, silent) => {
    const text = quorumStateSentences(describeText('q.txt', output(name)).quorumState).join(' ');
    expect(text).toContain(silent);
    expect(text).toContain('The next failure of a voter stops every election and ISR change.');
  });

  it('says that one may still fail, or that too few are alive', () => {
    const healthy = describeText('q.txt', output('4.3.1-quorum-replication-human-readable'));
    expect(quorumStateSentences(healthy.quorumState).at(-1)).toBe(
      '1 more voter may fail, whichever.',
    );
    const two = output('4.3.1-quorum-replication-one-down').replace(
      '1796117061581',
      '1796117001581',
    );
    expect(quorumStateSentences(describeText('q.txt', two).quorumState).at(-1)).toBe(
      '1 voter of the 2 that are needed: nothing is elected and no ISR changes.',
    );
  });
});

describe('the voters of a running quorum', () => {
  it('are above what files say, with the brokers of other outputs', () => {
    const both = output('3.9.1-topics-two-down') + output('3.9.1-quorum-replication-one-down');
    expect(summaryOf(describeText('now.txt', both))).toBe(
      'kraft ?, 3 brokers, 3 controllers, separate: orders 3/2, metrics 2/2 unclean',
    );
    const dynamic =
      'process.roles=broker\nnode.id=11\ncontroller.quorum.bootstrap.servers=lb:9093\n';
    const files = [
      { name: 'b.properties', text: dynamic },
      { name: 'q.txt', text: output('4.3.1-quorum-status-dynamic') },
    ];
    const cluster = describeCluster(files);
    expect([cluster.controllers, cluster.dynamicVoters, cluster.placement]).toEqual([
      3,
      true,
      'separate',
    ]);
    expect(cluster.assumptions.some(({ setting }) => setting.startsWith('voters'))).toBe(false);
  });

  it('may be described nodes, all or some; those of another cluster are refused', () => {
    const compose = { name: 'c.yml', text: combinedCompose(3) };
    const status = { name: 'q.txt', text: output('4.3.1-quorum-status') };
    expect(summaryOf(describeCluster([compose, status]))).toContain('3 controllers, combined');
    const two = { ...status, text: status.text.replace('{"id": 3,', '{"id": 9,') };
    const { warnings, controllers, placement } = describeCluster([compose, two]);
    expect([controllers, placement]).toEqual([3, 'mixed']);
    expect(warnings.join()).toContain('a controller that is not among the voters of q.txt');
    const other = { ...status, text: status.text.replace(/"id": /g, '"id": 7') };
    expect(errorOf(compose, other).message).toContain('none of which is described');
    const zooKeeper = { name: 's.properties', text: 'broker.id=1\nzookeeper.connect=z:2181\n' };
    expect(errorOf(zooKeeper, status).message).toContain('with ZooKeeper');
  });

  it('are of one quorum', () => {
    const status = { name: 'a.txt', text: output('4.3.1-quorum-status') };
    const other = { name: 'b.txt', text: status.text.replace('{"id": 3,', '{"id": 4,') };
    expect(errorOf(status, other).message).toContain(
      'expected the voters of a.txt: line 7: 1, 2, 3',
    );
  });
});

describe('kafka-configs --all of a running broker', () => {
  it('tells the default of the whole cluster that eligible leader replicas put there', () => {
    const told = describeText('c.txt', output('4.3.1-configs-broker-all'));
    expect(told.topics[0]?.minInsyncReplicas).toMatchObject({ value: 2, origin: 'file' });
    expect(told.warnings.join()).not.toContain('has no effect');
  });

  it('tells that they are off where there is no such default', () => {
    const text = output('3.9.1-configs-broker-all');
    const told = describeCluster([{ name: 'c.txt', text }], { kafkaVersion: '4.2.0', brokers: 3 });
    expect(told.eligibleLeaderReplicas.value).toBe(false);
    expect(summaryOf(told)).toContain(': 3/2, __consumer_offsets 3/2');
    expect(told.nodes[0]?.rack).toBe('a');
  });
});
