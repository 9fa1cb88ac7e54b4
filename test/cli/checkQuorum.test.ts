import { describe, expect, it } from 'vitest';
import { playedQuorum } from '../../application/check/playedQuorum.ts';
import { arithmeticSentences } from '../../cli/check/arithmeticText.ts';
import { playedSentences } from '../../cli/check/playedText.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { describeCluster } from '../../models/kafkaConfig/describeCluster.ts';

/** A cluster in which every controller is a broker as well. */
function combined(nodes: number, replicas: number, minIsr: number): ClusterDescription {
  const ids = Array.from({ length: nodes }, (_, index) => index + 1);
  const common = [
    'process.roles=broker,controller',
    'controller.listener.names=CONTROLLER',
    `controller.quorum.voters=${ids.map(id => `${id}@node${id}:9093`).join(',')}`,
    `default.replication.factor=${replicas}`,
    `min.insync.replicas=${minIsr}`,
    `offsets.topic.replication.factor=${replicas}`,
    `transaction.state.log.replication.factor=${replicas}`,
    `transaction.state.log.min.isr=${minIsr}`,
  ].join('\n');
  return describeCluster(
    ids.map(id => ({ name: `${id}.properties`, text: `node.id=${id}\n${common}\n` })),
  );
}

async function sentencesOf(cluster: ClusterDescription): Promise<string> {
  return playedSentences(cluster, await playedQuorum(cluster)).join('\n');
}

describe('what the metadata quorum of a cluster survives', () => {
  it('tells which plane stops first where nodes are combined', async () => {
    expect(await sentencesOf(combined(3, 3, 2))).toContain(
      'stop together, with the 2nd failed node',
    );
    expect(await sentencesOf(combined(5, 3, 2))).toContain(
      'acks=all writes stop first, with the 2nd failed node that held a replica; the metadata ' +
        'plane with the 3rd.',
    );
    const text = await sentencesOf(combined(3, 3, 1));
    expect(text).toContain('the metadata plane stops first, with the 2nd failed node.');
    expect(text).toContain('although by counting brokers alone they go on');
  });

  it('tells that an even number gains nothing', async () => {
    const text = await sentencesOf(combined(4, 3, 2));
    expect(text).toContain('4 combined controllers survive 1 failure, whichever: no more than 3');
    expect(await sentencesOf(combined(2, 2, 1))).toContain('survive no failure: no more than 1');
  });

  it('says of a single node only that it must not fail', async () => {
    expect(await sentencesOf(combined(1, 1, 1))).toBe(
      '1 combined controller survives no failure. With it down, nothing is committed.',
    );
  });

  it('counts more than seven voters, and says that they are not played', async () => {
    const cluster = combined(9, 3, 2);
    expect(await playedQuorum(cluster)).toBeUndefined();
    const text = await sentencesOf(cluster);
    expect(text).toContain('9 controllers are not played, for 7 are the most that are.');
    expect(text).toContain('By counting they survive 4 failures, whichever.');
    expect(text).not.toContain('explored');
  });

  it('says nothing of ZooKeeper', async () => {
    const text = 'zookeeper.connect=z:2181\nbroker.id=1\n';
    const cluster = describeCluster([
      { name: 'server.properties', text },
      { name: 'zookeeper.properties', text: 'clientPort=2181\n' },
    ]);
    expect(await playedQuorum(cluster)).toBeUndefined();
    expect(playedSentences(cluster, undefined)).toEqual([]);
    expect(arithmeticSentences(cluster).at(-1)).toContain('writes hang until they time out');
  });
});
