import { describe, expect, it } from 'vitest';
import {
  brokerText,
  quorumText,
  type ToldConfig,
  topicText,
} from '../../../application/running/toolText.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';

const config = (name: string, value: string, configSource: number): ToldConfig => ({
  name,
  value,
  configSource,
  synonyms: [
    { name, source: configSource },
    { name, source: 5 },
  ],
});

const partition = {
  partitionIndex: 0,
  leaderId: -1,
  replicaNodes: [1, 2],
  isrNodes: [],
  offlineReplicas: [1, 2],
};

describe('what a running cluster is asked', () => {
  it('is read as the output of the tools: topics, brokers and quorum', () => {
    const orders = topicText(
      'orders',
      'id',
      [
        { ...partition, partitionIndex: 1, eligibleLeaderReplicas: [2], lastKnownElr: [1] },
        { ...partition, leaderId: 2, isrNodes: [2, 1], offlineReplicas: [] },
      ],
      [config('min.insync.replicas', '2', 1), config('flush.messages', '1', 5)],
    );
    const brokers = [1, 2, 3].map(id =>
      brokerText(id, [
        config('node.id', String(id), 4),
        config('process.roles', 'broker', 4),
        config('broker.rack', `r${id}`, 4),
        config('controller.quorum.bootstrap.servers', 'c:1', 4),
        config('default.replication.factor', '3', 4),
        config('min.insync.replicas', '2', 3),
        config('offsets.topic.replication.factor', '3', 5),
        config('ssl.truststore.certificates', 'one\ntwo', 4),
      ]),
    );
    const replica = (replicaId: number, at: bigint) => ({
      replicaId,
      lastFetchTimestamp: at,
      lastCaughtUpTimestamp: at,
      logEndOffset: 7n,
    });
    const quorum = quorumText(10, [replica(10, 9000n), replica(11, -1n)], [replica(1, 8990n)]);
    const cluster = describeCluster(
      [orders, brokers.join('\n'), quorum].map((text, index) => ({
        name: `b:9092 ${index}`,
        text,
      })),
    );
    expect([cluster.brokers, cluster.controllers, cluster.nodes[0]?.rack]).toEqual([3, 2, 'r1']);
    // A default of the whole cluster is in force, whatever the files of controllers say.
    expect(cluster.topics[0]?.minInsyncReplicas).toMatchObject({ value: 2, origin: 'file' });
    expect(cluster.topics[1]?.flushEveryRecord.value).toBe(false);
    expect(
      cluster.partitions.map(({ leader, isr, elr, offline }) => [leader, isr, elr, offline]),
    ).toEqual([
      [2, [2, 1], [], []],
      [undefined, [], [2], [1, 2]],
    ]);
    expect(cluster.quorumState).toMatchObject({
      leader: 10,
      voters: [{ id: 10 }, { silentMs: 'never' }],
    });
  });
});
