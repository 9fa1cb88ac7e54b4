import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { defaultConfig, largeScope, quietScope } from '../../../models/replication/config.ts';
import { replicationContext } from '../../../models/replication/context.ts';
import { replicationDefects } from '../../../models/replication/defects.ts';
import { createTopic, replicationModel } from '../../../models/replication/model.ts';
import { rulesOf } from '../../../models/replication/rulesOf.ts';
import {
  isImbalanced,
  leaderImbalanceOf,
} from '../../../properties/replication/leaderImbalance.ts';
import { replicationQuestions } from '../../../properties/replication/questions.ts';
import { replicationProperties, replicationTemporal } from '../../../properties/replication.ts';
import { casesOf } from '../../long.ts';
import { replicationIn } from './scope.ts';

const twoPartitions = { partitions: 2 } as const;

describe('several partitions on the same brokers', () => {
  test('prefer one broker after the other, as Kafka places them', () => {
    const config = { ...defaultConfig, brokers: 3, partitions: 4 };
    const context = replicationContext(config, quietScope, rulesOf(config));
    const { protocol } = context.schema.create();
    createTopic(context, protocol);
    const assignments = context.partition.all.map(id =>
      protocol.metadata.history.get(0).partitions.get(id).replicas.toJSON().join(),
    );
    expect(assignments).toEqual(['0,1,2', '1,2,0', '2,0,1', '0,1,2']);
  });

  test('have a parameter that says which one an action is about; one has none', () => {
    const paramsOf = (partitions: number) =>
      replicationModel({ ...defaultConfig, partitions }, quietScope)
        .actions.filter(({ name }) => ['produce', 'fetch', 'crash'].includes(name))
        .map(({ name, params }) => [name, ...Object.keys(params)].join(' '));
    expect(paramsOf(1)).toEqual(['produce leader acks', 'fetch follower leader', 'crash broker']);
    expect(paramsOf(2)).toEqual([
      'produce leader acks partition',
      'fetch follower leader partition',
      'crash broker',
    ]);
  });

  test('are each held to every property, which says which one it does not hold of', async () => {
    const defect = replicationDefects.filter(
      ({ name }) => name === 'acknowledged-before-replication',
    );
    const { model, properties } = replicationIn({
      config: { ...twoPartitions, brokers: 2, minInsyncReplicas: 1 },
      bounds: { preferredElections: 1 },
      defects: defect,
    });
    const { violations } = await exploreExhaustively(model, properties, { keepGoing: true });
    const lost = violations.find(({ property }) => property === 'acknowledged-records-survive');
    expect(lost?.clause).toMatch(/^partition-[12]: broker-[12] leads, and its log has nothing/);
    expect(lost?.steps, 'as few steps as one partition takes').toHaveLength(3);
  });

  test('have each a temporal property of their own', () => {
    const names = replicationTemporal({ ...defaultConfig, ...twoPartitions }, quietScope).map(
      ({ name }) => name,
    );
    expect(names).toContain('partition-gets-leader-partition-1');
    expect(names).toContain('partition-gets-leader-partition-2');
  });

  test('hold at random on five brokers, in all that can happen together', async () => {
    const config = { ...defaultConfig, ...twoPartitions, brokers: 5, minInsyncReplicas: 3 };
    const properties = replicationProperties(config, largeScope);
    const model = replicationModel(config, largeScope);
    const result = await simulate(model, properties, {
      seed: 1,
      runs: casesOf(25, 60),
      maxSteps: 200,
    });
    expect(result.violations).toEqual([]);
    const verdicts = new Map(result.properties.map(({ name, verdict }) => [name, verdict]));
    expect(verdicts.get('broker-leads-one-and-follows-another')).toBe('reached');
    expect(verdicts.get('one-decision-moves-a-leader-and-an-isr')).toBe('reached');
  });
});

describe('leader imbalance', () => {
  const config = { ...defaultConfig, brokers: 2, minInsyncReplicas: 1, partitions: 3 };
  const context = replicationContext(config, quietScope, rulesOf(config));
  const { broker, partition } = context;
  const imbalances = (leaders: readonly number[]) => {
    const { protocol } = context.schema.create();
    createTopic(context, protocol);
    for (const id of partition.all) {
      const { history } = protocol.metadata;
      history.get(0).partitions.get(id).leader = broker.all[leaders[id] ?? -1];
    }
    return broker.all.map(each => leaderImbalanceOf(partition, protocol, each));
  };

  test('is what a broker is preferred for and does not lead', () => {
    // Partitions 1 and 3 prefer broker 1, partition 2 prefers broker 2.
    expect(imbalances([0, 1, 0])).toEqual([
      { preferring: 2, ledByOthers: 0 },
      { preferring: 1, ledByOthers: 0 },
    ]);
    expect(imbalances([1, 1, 0])).toEqual([
      { preferring: 2, ledByOthers: 1 },
      { preferring: 1, ledByOthers: 0 },
    ]);
    expect(imbalances([1, -1, 1]), 'no leader is another than the preferred one').toEqual([
      { preferring: 2, ledByOthers: 2 },
      { preferring: 1, ledByOthers: 1 },
    ]);
  });

  test('counts above a percentage with ZooKeeper, and always in KRaft', () => {
    const [zookeeper, kraft] = [
      rulesOf({ ...defaultConfig, kafka: '2.6' }),
      rulesOf(defaultConfig),
    ];
    const half = { preferring: 2, ledByOthers: 1 };
    expect(isImbalanced(zookeeper, half)).toBe(true);
    expect(isImbalanced(zookeeper, half, 50), 'not above it').toBe(false);
    expect(isImbalanced(kraft, half, 50)).toBe(true);
    for (const rules of [zookeeper, kraft]) {
      expect(isImbalanced(rules, { preferring: 2, ledByOthers: 0 })).toBe(false);
      expect(isImbalanced(rules, { preferring: 0, ledByOthers: 0 })).toBe(false);
    }
  });

  test('is left by a crash, although everybody is back and in sync', async () => {
    const pair = { ...config, partitions: 2 };
    const bounds = { ...quietScope, crashes: 1 };
    const question = replicationQuestions(pair, bounds).filter(
      ({ name }) => name === 'leaders-are-preferred-when-settled',
    );
    expect(question).toHaveLength(1);
    const { violations } = await exploreExhaustively(replicationModel(pair, bounds), question);
    expect(violations[0]?.clause).toMatch(
      /^broker-[12] is preferred by 1 partitions, of which others lead 1$/,
    );
    expect(violations[0]?.steps.map(({ name }) => name)).toContain('crash');
    expect(replicationQuestions({ ...pair, partitions: 1 }, bounds)).toHaveLength(4);
  });
});
