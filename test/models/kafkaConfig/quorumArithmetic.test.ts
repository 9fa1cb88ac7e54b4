import { describe, expect, it } from 'vitest';
import type { TopicDurability } from '../../../models/kafkaConfig/clusterDescription.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import {
  dataArithmetic,
  majorityOf,
  metadataArithmetic,
  oneNodeFailure,
} from '../../../models/kafkaConfig/quorumArithmetic.ts';
import { combinedCompose, describeText, example } from './helpers.ts';

function topicWith(replicationFactor: number, minIsr: number): TopicDurability {
  const said = <T>(value: T) => ({ value, origin: 'file' as const, where: 'test' });
  return {
    topic: 't',
    replicationFactor: said(replicationFactor),
    minInsyncReplicas: said(minIsr),
    uncleanLeaderElection: said(false),
    flushEveryRecord: said(false),
    unusable: undefined,
  };
}

describe('metadata plane', () => {
  it('needs a majority: floor(N/2)+1', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(majorityOf)).toEqual([1, 2, 2, 3, 3, 4, 4]);
  });

  it('survives a minority of failures, and is unknown where nobody counts its members', () => {
    expect(metadataArithmetic(describeText('c.yml', combinedCompose(5)))).toEqual({
      members: 5,
      majority: 3,
      survives: 2,
    });
    const zookeeper = describeCluster([example('apache-kafka-3-zookeeper.server.properties')]);
    expect(metadataArithmetic(zookeeper)).toBeUndefined();
  });
});

describe('data plane', () => {
  it.each([
    [3, 1, 2, 2, 1],
    [3, 2, 1, 2, 2],
    [3, 3, 0, 2, 3],
    [1, 1, 0, 0, 1],
    [2, 3, 0, 1, 2],
  ])(
    'RF %i with minISR %i: writes survive %i, reads %i, copies %i',
    (rf, minIsr, writes, reads, copies) => {
      expect(dataArithmetic(topicWith(rf, minIsr))).toMatchObject({
        writesSurvive: writes,
        readsSurvive: reads,
        copiesWhenAcknowledged: copies,
        effectiveMinInsyncReplicas: copies,
      });
    },
  );
});

describe('failure of one node', () => {
  it('takes a vote and replicas at once in combined placement', () => {
    const [failure, ...others] = oneNodeFailure(describeText('c.yml', combinedCompose(3)));
    expect(others).toEqual([]);
    expect(failure).toEqual({
      roles: ['broker', 'controller'],
      nodes: 3,
      takesVoter: true,
      takesReplicas: true,
      metadataSurvives: true,
      writesStop: ['auto-created topics'],
      readsStop: ['auto-created topics'],
    });
  });

  it('takes one or the other in separate placement', () => {
    const failures = oneNodeFailure(describeCluster([example('strimzi-kafka-persistent.yaml')]));
    expect(
      failures.map(({ roles, takesVoter, writesStop }) => [roles, takesVoter, writesStop]),
    ).toEqual([
      [['controller'], true, []],
      [['broker'], false, []],
    ]);
  });

  it('stops the metadata plane of a single voter', () => {
    const [failure] = oneNodeFailure(describeText('c.yml', combinedCompose(1)));
    expect(failure?.metadataSurvives).toBe(false);
  });
});
