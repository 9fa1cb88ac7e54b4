import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../models/kafkaConfig/configError.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { hostFailures } from '../../../models/kafkaConfig/rackArithmetic.ts';
import { combinedCompose } from './helpers.ts';

const file = {
  name: 'c.yml',
  text: combinedCompose(3, ['KAFKA_DEFAULT_REPLICATION_FACTOR: 3', 'KAFKA_MIN_INSYNC_REPLICAS: 2']),
};
const names = describeCluster([file]).nodes.map(({ name }) => name);
const [first = '', second = '', third = ''] = names;

describe('machines', () => {
  it('are shared by the services of a compose project, and take all that they have', () => {
    const [failure, ...others] = hostFailures(describeCluster([file]));
    expect(others).toEqual([]);
    expect(failure).toMatchObject({ brokers: 3, voters: 3, metadataSurvives: false });
    const [topic] = failure?.topics ?? [];
    expect(topic).toMatchObject({ replicationFactor: 3, replicasLeft: 0 });
  });

  it('are what somebody says they are, by name or id', () => {
    const hosts = new Map([
      [first, 'a'],
      [second, 'a'],
      [third, 'b'],
    ]);
    const failures = hostFailures(describeCluster([file], { hosts }));
    expect(failures.map(({ rack, brokers, voters }) => [rack, brokers, voters])).toEqual([
      ['a', 2, 2],
    ]);
    expect(failures[0]?.metadataSurvives).toBe(false);
    expect(failures[0]?.topics[0]).toMatchObject({ replicasLeft: 1, minIsr: 2 });
    const byId = describeCluster([file], { hosts: new Map([['1', 'elsewhere']]) });
    expect(byId.nodes.find(({ id }) => id === 1)?.host).toBe('elsewhere');
    expect(() => describeCluster([file], { hosts: new Map([['nobody', 'a']]) })).toThrow(
      ConfigError,
    );
  });

  it('are none of one node alone, nor of properties files', () => {
    const hosts = new Map(names.map(name => [name, `host of ${name}`]));
    expect(hostFailures(describeCluster([file], { hosts }))).toEqual([]);
    const text = 'process.roles=broker\nnode.id=1\ncontroller.quorum.voters=2@a:1,3@b:1\n';
    expect(hostFailures(describeCluster([{ name: 'a.properties', text }]))).toEqual([]);
  });

  it('take no more replicas than the placement over racks allows', () => {
    const racked = [1, 2, 3, 4].map(id => ({
      name: `${id}.properties`,
      text: [
        `broker.id=${id}`,
        'zookeeper.connect=z1:2181,z2:2181,z3:2181',
        `broker.rack=${id <= 2 ? 'east' : 'west'}`,
        'default.replication.factor=2',
      ].join('\n'),
    }));
    const ids = (...all: readonly string[]) => new Map(all.map(id => [id, 'shared']));
    const leftOn = (hosts: ReadonlyMap<string, string>) =>
      hostFailures(describeCluster(racked, { hosts }))[0]?.topics[0]?.replicasLeft;
    // Two brokers of one rack never have both copies; one of each rack may.
    expect(leftOn(ids('1', '2'))).toBe(1);
    expect(leftOn(ids('1', '3'))).toBe(0);
  });
});
