import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  ClusterConfigError,
  defaultConfig,
  largeScope,
  quietScope,
} from '../../../models/cluster/config.ts';
import { clusterModel } from '../../../models/cluster/model.ts';
import { hostsOf, nodeOf } from '../../../models/cluster/nodes.ts';
import { clusterProperties } from '../../../properties/cluster.ts';
import { casesOf, isLong } from '../../long.ts';

const rounds = { ...defaultConfig, transport: 'rounds' } as const;

describe('the nodes of a cluster', () => {
  const names = (config: Partial<ClusterConfig>): string[] => {
    const { node } = hostsOf({ ...defaultConfig, ...config });
    return node.all.map(each => node.nameOf(each));
  };

  test('are controllers and then brokers where they are separate', () => {
    expect(names({ controllers: 1, brokers: 2 })).toEqual(['controller-1', 'broker-1', 'broker-2']);
    const hosts = hostsOf({ ...defaultConfig, controllers: 1, brokers: 2 });
    const on = hosts.broker.all.map(broker => hosts.node.nameOf(nodeOf(hosts, broker)));
    expect(on).toEqual(['broker-1', 'broker-2']);
    expect(hosts.brokerOn).toEqual([undefined, 0, 1]);
    expect(hosts.node.named('broker-2')).toBe(2);
  });

  test('are both where they are combined', () => {
    expect(names({ mode: 'combined', controllers: 1 })).toEqual(['node-1', 'node-2', 'node-3']);
    expect(hostsOf({ ...defaultConfig, mode: 'combined' }).brokerOn).toEqual([0, 1, 2]);
  });

  test('cannot stand in for each other', () => {
    const { schema } = clusterModel(defaultConfig, quietScope);
    expect(schema.nodeTypes.map(({ name, interchangeable }) => [name, interchangeable])).toEqual([
      ['node', false],
      ['broker', false],
      ['partition', false],
    ]);
  });
});

describe('a cluster that cannot be', () => {
  test.each<[string, Partial<ClusterConfig>, Partial<ClusterBounds>]>([
    ['controllers: expected a whole number from 1 to 5, found 6', { controllers: 6 }, {}],
    [
      'controllers: expected a whole number from 1 to 3, found 4',
      { mode: 'combined', controllers: 4 },
      {},
    ],
    ['brokers: expected a whole number from 1 to 7, found 0', { brokers: 0 }, {}],
    [
      'kafka: expected a release with KRaft, 3.3 or newer, without ZooKeeper, found kip-320',
      { kafka: 'kip-320' },
      {},
    ],
    ['acks: expected all, 1 or 0, each at most once', { acks: [] }, {}],
    ['epochs: expected a whole number from 1 to 64, found 0', {}, { epochs: 0 }],
    ['decisions: expected a whole number from 1 to 128, found 129', {}, { decisions: 129 }],
    ['crashes: expected a whole number from 0 to 64, found -1', {}, { crashes: -1 }],
  ])('is refused: %s', (message, config, bounds) => {
    const build = () => clusterModel({ ...defaultConfig, ...config }, { ...quietScope, ...bounds });
    expect(build).toThrow(ClusterConfigError);
    expect(build).toThrow(message);
  });
});

describe('small clusters, in every state', () => {
  const one = { ...rounds, controllers: 1, brokers: 2, minInsyncReplicas: 1 };
  test.each<[string, ClusterConfig, Partial<ClusterBounds>]>([
    ['one node that dies', { ...one, mode: 'combined', brokers: 1 }, { epochs: 2, crashes: 1 }],
    ['two nodes', { ...one, mode: 'combined' }, { decisions: 2, preferredElections: 1 }],
    ['a controller and a broker that die', { ...one, brokers: 1 }, { epochs: 2, crashes: 1 }],
  ])('%s', async (_, config, change) => {
    const bounds = { ...quietScope, ...change };
    const model = clusterModel(config, bounds);
    const { stopped, violations, distinctStates } = await exploreExhaustively(
      model,
      clusterProperties(config, bounds),
      {},
    );
    expect(violations).toEqual([]);
    expect(stopped).toBeUndefined();
    expect(distinctStates).toBeGreaterThan(10);
  });
});

describe('large clusters, in random runs', () => {
  const clusters: readonly [string, Partial<ClusterConfig>, Partial<ClusterBounds>][] = [
    ['separate', {}, {}],
    ['combined', { mode: 'combined' }, {}],
    ['with slow listeners and late flushes', { slowListeners: true, lateFlush: true }, {}],
    [
      'combined, with eligible leader replicas',
      { mode: 'combined', eligibleLeaderReplicas: true, spareBrokers: 1, transport: 'rounds' },
      { reassignments: 2 },
    ],
  ];

  // One on every change; every scope of `check` has random runs of clusters as well.
  const some = clusters.filter((_, index) => isLong || index === 3);
  test.each(some)('%s', async (_, config, change) => {
    const whole = { ...defaultConfig, ...config };
    const bounds = { ...largeScope, ...change };
    const model = clusterModel(whole, bounds);
    const options = { seed: 5, runs: casesOf(6, 15), maxSteps: 500 };
    const result = await simulate(model, clusterProperties(whole, bounds), options);
    expect(result.violations).toEqual([]);
    expect(result.steps).toBeGreaterThan(1000);
    const actions = result.coverage.actions;
    for (const name of ['crash', 'restart', 'fence', 'applyCommitted', 'produce']) {
      expect(actions[name], name).toBeGreaterThan(0);
    }
  });
});

describe('the start of a cluster', () => {
  test('has brokers that run, and no controller yet', () => {
    const compiled = new CompiledModel(clusterModel(rounds, quietScope));
    const state = compiled.createState();
    compiled.initialize(state, 0);
    const words = (name: string): Set<string> =>
      new Set(
        compiled.instances.flatMap(({ action }, index) =>
          action.name === name ? [String(compiled.enabled(state, index))] : [],
        ),
      );
    expect(words('unfence')).toEqual(new Set(['no controller is active']));
    expect(words('applyCommitted')).toEqual(new Set(['all that is committed has been applied']));
    expect(words('produce')).toContain('true');
  });
});
