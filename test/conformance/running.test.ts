import { describe, expect, test } from 'vitest';
import { toldBy } from '../../application/running/toldBy.ts';
import { hasKafka, kafkaVersions } from '../../conformance/kafka/jars.ts';
import { Cluster } from '../../conformance/live/cluster.ts';
import { describeCluster } from '../../models/kafkaConfig/describeCluster.ts';
import { nextFailures } from '../../models/kafkaConfig/nextFailure.ts';
import { isLong } from '../long.ts';

/** Starts a real cluster: where its jars have been resolved before (npm run conformance), in long runs. */
const versions = kafkaVersions.filter(version => isLong && hasKafka(version));

describe.skipIf(versions.length === 0)('a running cluster', () => {
  test.each(versions)(
    'of %s is described, and what the next failure costs after one',
    async version => {
      const rack = (id: number) => ({ 'broker.rack': `rack ${id}` });
      const cluster = new Cluster(
        {
          version,
          controllers: [1, 2, 3],
          brokers: [11, 12, 13],
          properties: { 'min.insync.replicas': 2, 'default.replication.factor': 3 },
          propertiesOf: { 11: rack(11), 12: rack(12), 13: rack(13) },
        },
        () => undefined,
      );
      try {
        await cluster.open();
        const configs = { 'min.insync.replicas': '2' };
        await cluster.ask('create', { topic: 'orders', replicas: [11, 12, 13], configs });
        const told = async () => describeCluster(await toldBy(cluster.bootstrap, undefined));
        const before = await told();
        expect([before.brokers, before.controllers, before.placement]).toEqual([3, 3, 'separate']);
        expect(before.nodes.flatMap(({ rack: each }) => each ?? [])).toHaveLength(3);
        expect(before.topics[0]).toMatchObject({
          replicationFactor: { value: 3 },
          minInsyncReplicas: { value: 2, origin: 'file' },
        });
        expect(
          nextFailures(before).every(
            ({ stopped, offline }) => stopped.length + offline.length === 0,
          ),
        ).toBe(true);
        await cluster.kill(12);
        await cluster.until(
          'the ISR has two members',
          async () => (await told()).partitions[0]?.isr.length === 2,
          60,
        );
        const after = await told();
        expect([after.brokers, after.controllers]).toEqual([3, 3]);
        expect(nextFailures(after).map(({ broker, stopped }) => [broker, stopped])).toEqual([
          [11, ['orders-0']],
          [13, ['orders-0']],
        ]);
      } finally {
        cluster.close();
      }
    },
    240_000,
  );
});
