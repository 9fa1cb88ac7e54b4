import type { ModelState } from '../../checker/core/compiledModel.ts';
import { labelOf } from '../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty, AnyScope, PropertyScope } from '../../checker/model/property.ts';
import {
  defaultConfig as plainPartition,
  quietScope as quietPartition,
} from '../../models/replication/config.ts';
import { brokersOf, partitionsOf } from '../../models/replication/context.ts';
import { replicationModel } from '../../models/replication/model.ts';
import { partitionOf } from '../../models/replication/partitionScope.ts';
import type { GhostFields, PartitionId, ProtocolFields } from '../../models/replication/schema.ts';
import { defaultConfig, quietScope } from '../../models/zookeeper/config.ts';
import { zooKeeperModel } from '../../models/zookeeper/model.ts';
import { replicationProperties } from '../../properties/replication.ts';
import {
  isSettled,
  type ZooKeeperScope,
  zooKeeperFactsOf,
} from '../../properties/zookeeper/zooKeeperScope.ts';
import { zooKeeperProperties } from '../../properties/zookeeper.ts';
import type { Fault, System } from './faults.ts';
import { beliefs, ending, isAtRest, knowsItsLog, type Seen } from './outcome.ts';

/** What is compared is asked with two replicas, and min.insync.replicas 2. */
const shape = { brokers: 2, minInsyncReplicas: 2 } as const;

/** What one fault comes to in one system. */
export interface Came {
  readonly distinctStates: number;
  /** What brokers take themselves for, at some moment. */
  readonly beliefs: readonly string[];
  /** What is so when nothing is under way. */
  readonly endings: readonly string[];
  /** Properties that are broken, of those that both modes have. */
  readonly broken: readonly string[];
}

interface Played {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  readonly see: (state: AnyScope) => Seen;
}

/** The names of the properties of records and leaders that both modes have. */
export function sharedProperties(): string[] {
  const kraft = replicationProperties({ ...plainPartition, ...shape }, quietPartition);
  const shared = zooKeeperProperties({ ...defaultConfig, ...shape }, quietScope).filter(
    ({ name, kind }) => kind !== 'sometimes' && kraft.some(property => property.name === name),
  );
  return shared.map(({ name }) => name);
}

/** Explores a fault in a system, completely. */
export async function explored(fault: Fault, system: System): Promise<Came> {
  const { model, properties, see } = played(fault, system);
  const moments = new Set<string>();
  const ends = new Set<string>();
  const shared = new Set(sharedProperties());
  const asked = properties.filter(({ name, kind }) => kind !== 'sometimes' && shared.has(name));
  const result = await exploreExhaustively(model, asked, {
    symmetry: true,
    keepGoing: true,
    onState({ propertyScope }: ModelState) {
      const seen = see(propertyScope);
      moments.add(beliefs(seen));
      if (isAtRest(seen)) ends.add(ending(seen));
    },
  });
  if (result.stopped !== undefined) throw new Error(`${fault.name}: ${result.stopped}`);
  return {
    distinctStates: result.distinctStates,
    beliefs: [...moments].sort(),
    endings: [...ends].sort(),
    broken: result.violations.map(({ property }) => property).sort(),
  };
}

/** What a story is about: an ending, a belief at some moment, or a property that it breaks. */
export interface Scene {
  readonly kind: 'belief' | 'ending' | 'broken';
  readonly what: string;
}

/** The steps of a shortest run to each scene. */
export async function storiesOf(
  fault: Fault,
  system: System,
  scenes: readonly Scene[],
): Promise<string[][]> {
  const { model, properties, see } = played(fault, system);
  const goals = scenes.map(({ kind, what }, index): AnyProperty => {
    const broken = properties.find(({ name }) => kind === 'broken' && name === what);
    return broken ?? sceneGoal(`scene-${index}`, { kind, what }, see);
  });
  const { violations, witnesses } = await exploreExhaustively(model, goals, {
    symmetry: true,
    keepGoing: true,
  });
  return goals.map(({ name }) => {
    const run = [...violations, ...witnesses].find(({ property }) => property === name);
    if (run === undefined) throw new Error(`${fault.name}: ${name} is not reached`);
    return run.steps.map(labelOf);
  });
}

function sceneGoal(name: string, { kind, what }: Scene, see: Played['see']): AnyProperty {
  return {
    name,
    kind: 'sometimes',
    statement: `${what}.`,
    loss: 'It is no loss.',
    source: 'a comparison of the two modes',
    reaches(_, after) {
      const seen = see(after);
      if (kind === 'belief') return beliefs(seen) === what;
      return isAtRest(seen) && ending(seen) === what;
    },
  };
}

function played(fault: Fault, { mode, kafka }: System): Played {
  return mode === 'zookeeper' ? withZooKeeper(fault, kafka) : withKraft(fault, kafka);
}

function withZooKeeper({ zookeeper }: Fault, kafka: string): Played {
  const config = { ...defaultConfig, ...shape, kafka };
  const bounds = { ...quietScope, ...zookeeper };
  const facts = zooKeeperFactsOf(config, bounds);
  return {
    model: zooKeeperModel(config, bounds),
    properties: zooKeeperProperties(config, bounds),
    see(state) {
      // The state is one of this model.
      const scope = state as unknown as ZooKeeperScope;
      const { partition, heard } = scope.protocol;
      return {
        all: facts.broker.all,
        partition: partitionOf(partition, facts.partition),
        acknowledged: scope.ghost.partition.partitions.get(facts.partition).acknowledged,
        isTold: broker => heard.get(broker).isTold,
        isSettled: isSettled(facts, scope),
      };
    },
  };
}

function withKraft({ kraft }: Fault, kafka: string): Played {
  const config = { ...plainPartition, ...shape, kafka };
  const bounds = { ...quietPartition, ...kraft };
  const { all } = brokersOf(config, bounds);
  const [only] = partitionsOf(config).all as [PartitionId];
  return {
    model: replicationModel(config, bounds),
    properties: replicationProperties(config, bounds),
    see(state) {
      // The state is one of this model.
      const { protocol, ghost } = state as unknown as PropertyScope<ProtocolFields, GhostFields>;
      const partition = partitionOf(protocol, only);
      return {
        all,
        partition,
        acknowledged: ghost.partitions.get(only).acknowledged,
        isTold: () => true,
        isSettled: all.every(each => knowsItsLog(partition, each)),
      };
    },
  };
}
