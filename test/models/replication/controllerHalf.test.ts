import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import { fieldPath } from '../../../checker/state/fieldPath.ts';
import type { JsonValue } from '../../../checker/state/json.ts';
import { copyState } from '../../../checker/state/schema.ts';
import type { Observation, ObservedLine } from '../../../checker/validate/observation.ts';
import { validate } from '../../../checker/validate/validate.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationConfig,
} from '../../../models/replication/config.ts';
import { controllerModel } from '../../../models/replication/controller/controllerModel.ts';
import { replicationModel } from '../../../models/replication/model.ts';

const bounds = {
  ...quietScope,
  crashes: 3,
  missedHeartbeats: 2,
  isrShrinks: 2,
  shutdowns: 2,
  uncleanElections: 1,
  minIsrChanges: 1,
};
const brokers = ['broker-1', 'broker-2', 'broker-3'];
const partitionFields = [
  ...['leader', 'leaderEpoch', 'partitionEpoch', 'isr', 'elr', 'lastKnownLeader', 'recovering'],
  'replicas',
];
const registrationFields = ['state', 'brokerEpoch'];

/** What a run of `replication` decides, as the controller's half is held to it. */
function decisionsOf(config: ReplicationConfig, seed: number, steps: number): Observation {
  const model = new CompiledModel(replicationModel(config, bounds));
  const random = new RandomSource(seed);
  const pathsIn = (decided: string): string[] => [
    ...partitionFields.map(name => `${decided}.partitions.partition-1.${name}`),
    `${decided}.minInsyncReplicas`,
    ...brokers.flatMap(broker =>
      registrationFields.map(name => `protocol.registrations.${broker}.${name}`),
    ),
  ];
  const seen = pathsIn('protocol.metadata.history[-1]').map(path => fieldPath(model.schema, path));
  const watched = pathsIn('protocol.metadata.history[0]');
  const [before, after] = [model.createState(), model.createState()];
  model.initialize(before, 0);
  const lines: ObservedLine[] = [];
  for (let step = 0; step < steps; step++) {
    const enabled = [...model.live].filter(index => model.enabled(before, index) === true);
    if (enabled.length === 0) break;
    const index = enabled[random.below(enabled.length)] as number;
    copyState(before, after);
    model.step(after, index);
    const state = Object.fromEntries(
      seen.flatMap((field, at): [string, JsonValue][] =>
        field.isSame(before.bytes, after.bytes)
          ? []
          : [[watched[at] as string, field.read(after.bytes)]],
      ),
    );
    const { name } = model.instances[index]?.action ?? { name: '' };
    if (Object.keys(state).length > 0) lines.push({ text: name, readings: [{ state }] });
    copyState(after, before);
  }
  return { lines, watched, mostUnobserved: 0 };
}

/** The controller's half, from where `replication` begins. */
function controllerFor(config: ReplicationConfig, decisions: number) {
  const { kafka, eligibleLeaderReplicas, zooKeeper, repairs, minInsyncReplicas } = config;
  const others = [2, 1, 0].map(first => ({
    replicas: [first, ...[0, 1, 2].filter(each => each !== first)],
    adding: [],
    removing: [],
  }));
  return controllerModel({
    ...{ kafka, eligibleLeaderReplicas, zooKeeper, repairs, minInsyncReplicas },
    uncleanLeaderElection: config.uncleanLeaderElection,
    minInsyncReplicasLater: [1, 2, 3],
    registrations: brokers.map(() => ({ state: 'unfenced' as const, registrations: 0 })),
    partition: {
      ...{ replicas: [0, 1, 2], adding: [], removing: [], isr: [0, 1, 2], elr: [] },
      ...{ leader: 0, leaderEpoch: 0, partitionEpoch: 0, lastKnownLeader: undefined },
      recovering: false,
    },
    assignments: others,
    decisions,
  });
}

const settings: readonly Partial<ReplicationConfig>[] = [
  {},
  { eligibleLeaderReplicas: true },
  { uncleanLeaderElection: true, minInsyncReplicas: 1 },
  { eligibleLeaderReplicas: true, minInsyncReplicas: 3 },
  { kafka: '3.9' },
];

describe.each(settings)('the controller of replication with %o', changes => {
  const config = { ...defaultConfig, ...changes };

  test('decides nothing that its half does not', () => {
    for (const seed of [1, 2]) {
      const log = decisionsOf(config, seed, 150);
      const { lines } = log;
      // Preferred elections are left out: those of the model reorder the assignment as well.
      expect(lines.length).toBeGreaterThan(3);
      const found = validate(controllerFor(config, lines.length), log);
      expect({ seed, at: found.line, verdict: found.verdict, nearest: found.nearest }).toEqual({
        ...{ seed, at: undefined, verdict: 'explained', nearest: undefined },
      });
    }
  });
});
