import { describe, expect, test } from 'vitest';
import { validate } from '../../../checker/validate/validate.ts';
import * as kraft from '../../../models/kraft/config.ts';
import { kraftModel } from '../../../models/kraft/model.ts';
import * as replication from '../../../models/replication/config.ts';
import { replicationModel } from '../../../models/replication/model.ts';
import { dropped, observedWalk, swapped } from './observedWalk.ts';

const partition = 'protocol.metadata.history[-1].partitions.partition-1';
const brokers = ['broker-1', 'broker-2', 'broker-3'];
const subjects = [
  {
    name: 'replication',
    model: replicationModel(
      { ...replication.defaultConfig, eligibleLeaderReplicas: true },
      { ...replication.quietScope, crashes: 1, missedHeartbeats: 1 },
    ),
    watched: [
      ...['leader', 'leaderEpoch', 'isr', 'elr', 'partitionEpoch'].map(
        name => `${partition}.${name}`,
      ),
      ...brokers.map(broker => `protocol.registrations.${broker}.state`),
      ...brokers.map(broker => `protocol.brokers.${broker}.process`),
    ],
  },
  {
    name: 'kraft',
    model: kraftModel(
      { ...kraft.defaultConfig, transport: 'rounds' },
      { ...kraft.quietScope, epochs: 3, records: 2, crashes: 1 },
    ),
    watched: ['node-1', 'node-2', 'node-3'].flatMap(node =>
      ['state', 'epoch', 'leader', 'vote', 'log', 'highWatermark', 'granted'].map(
        name => `protocol.nodes.${node}.${name}`,
      ),
    ),
  },
];

describe.each(subjects)('random runs of $name', ({ model, watched }) => {
  const logs = [1, 2].map(seed =>
    observedWalk(model, seed, { watched, mostUnobserved: 1, steps: 20 }),
  );

  test('are explained by their own model', () => {
    for (const log of logs) {
      expect(log.lines.length).toBeGreaterThan(5);
      const found = validate(model, log);
      expect(found.verdict).toBe('explained');
      expect(found.constraints.observedSteps).toBe(log.lines.length);
    }
  });

  test('are often refused with a line left out, or two exchanged', () => {
    const mutated = logs.slice(0, 1).flatMap(log =>
      // What follows the last line is not known: a log without it is another that is in order.
      [0, 2, 4, 6]
        .filter(at => at + 1 < log.lines.length)
        .flatMap(at => [dropped(log, at), swapped(log, at)]),
    );
    const refused = mutated.filter(log => validate(model, log).verdict === 'unexplained');
    // Two steps that do not depend on each other may be exchanged, and the log is in order.
    expect(refused.length / mutated.length).toBeGreaterThanOrEqual(1 / 3);
  });
});
