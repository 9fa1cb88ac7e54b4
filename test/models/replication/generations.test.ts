import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { anyProperties } from '../../../checker/model/property.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defaultConfig, quietScope } from '../../../models/replication/config.ts';
import { type Generation, generations } from '../../../models/replication/generation.ts';
import { sameRecordAt } from '../../../models/replication/log.ts';
import {
  actsAsLeader,
  brokerViewOf,
  controllerView,
} from '../../../models/replication/metadata.ts';
import { replicationModel } from '../../../models/replication/model.ts';
import type { ReadonlyPartition } from '../../../models/replication/partitionScope.ts';
import type { Broker, PartitionView } from '../../../models/replication/schema.ts';
import { ofEveryPartition } from '../../../properties/replication/everyPartition.ts';
import type { PartitionInvariant } from '../../../properties/replication/partitionScope.ts';
import { everyFew } from '../../long.ts';

/** What the published specification asks of every leader, by either notion of the ISR. */
type IsrOf = (protocol: ReadonlyPartition, leader: Broker) => PartitionView['isr'];
const cached: IsrOf = (protocol, leader) => brokerViewOf(protocol, leader).isr;
const decided: IsrOf = protocol => controllerView(protocol).isr;

/**
 * For every replica that presumes leadership, each offset below its high watermark holds the same
 * record on it and on every member of the ISR: hachikuji/kafka-specification, WeakIsr (the ISR that the
 * leader has cached) and StrongIsr (the controller's).
 */
function leadersAgreeWithIsr(name: string, brokers: number, isrOf: IsrOf): PartitionInvariant {
  const { all } = nodeType('broker', brokers);
  return {
    name,
    kind: 'invariant',
    statement: 'Below its high watermark, every leader agrees with every ISR member.',
    loss: 'An election out of the ISR changes what consumers have read.',
    source: 'hachikuji/kafka-specification, module KafkaReplication',
    holds({ protocol }) {
      for (const leader of all) {
        if (!actsAsLeader(protocol, leader)) continue;
        const { log, highWatermark } = protocol.replicas.get(leader);
        const isr = isrOf(protocol, leader);
        for (const member of all) {
          if (!isr.has(member)) continue;
          const other = protocol.replicas.get(member).log;
          for (let offset = 0; offset < highWatermark; offset++) {
            if (!sameRecordAt(log, other, offset)) return `${leader + 1} and ${member + 1} differ`;
          }
        }
      }
      return true;
    },
  };
}

/** A generation, and the lengths of its shortest counterexamples; none where both claims hold. */
interface Verdicts {
  readonly generation: Generation;
  readonly twoBrokers?: number;
  readonly threeBrokers?: number;
}

const table: readonly Verdicts[] = [
  { generation: 'truncate-to-high-watermark', twoBrokers: 8, threeBrokers: 9 },
  { generation: 'kip-101', twoBrokers: 9, threeBrokers: 12 },
  { generation: 'kip-279', twoBrokers: 9, threeBrokers: 12 },
  { generation: 'kip-320' },
  { generation: 'alter-partition' },
  { generation: 'current' },
  { generation: 'current-elr' },
];

async function verdicts(generation: Generation, brokers: number, records: number) {
  const config = { ...defaultConfig, brokers, minInsyncReplicas: 1, kafka: generation };
  const bounds = { ...quietScope, records, preferredElections: 2 };
  const asked = [
    leadersAgreeWithIsr('weak', brokers, cached),
    leadersAgreeWithIsr('strong', brokers, decided),
  ];
  const partition = nodeType('partition', 1);
  const properties = anyProperties(asked.map(each => ofEveryPartition(partition, each)));
  const model = replicationModel(config, bounds);
  const { violations, verdict } = await exploreExhaustively(model, properties, {
    keepGoing: true,
    symmetry: true,
  });
  const lengths = Object.fromEntries(violations.map(each => [each.property, each.steps.length]));
  return { verdict, ...lengths };
}

function expected(length: number | undefined): object {
  if (length === undefined) return { verdict: 'holds' };
  return { verdict: 'violated', weak: length, strong: length };
}

describe('the generations of the protocol, by what the published specification asks', () => {
  test('are all in the table', () => {
    expect(table.map(({ generation }) => generation)).toEqual(generations);
  });

  test.each(everyFew(table, 2))('two leader changes, two brokers: $generation', async entry => {
    const { generation, twoBrokers } = entry;
    expect(await verdicts(generation, 2, 2)).toEqual(expected(twoBrokers));
  });

  // Where both hold the whole space is explored, which one record keeps small.
  test.each(everyFew(table, 3))('two leader changes, three brokers: $generation', async entry => {
    const { generation, threeBrokers } = entry;
    const records = threeBrokers === undefined ? 1 : 2;
    expect(await verdicts(generation, 3, records)).toEqual(expected(threeBrokers));
  });
});
