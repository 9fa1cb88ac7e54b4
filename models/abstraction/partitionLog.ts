import { actionsOf, defineModel } from '../../checker/model/model.ts';
import { anyNode, anyOf } from '../../checker/model/params.ts';
import { enumeration, int, list, node, optional } from '../../checker/state/fields.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import { LOST } from './committedLog.ts';

/** How large an abstract partition log is. */
export interface PartitionLogSize {
  readonly broker: NodeType<'broker'>;
  /** What may be acknowledged. */
  readonly records: readonly [string, ...string[]];
  /** The most records in the log. */
  readonly length: number;
  /** The last leader epoch. */
  readonly epochs: number;
}

/**
 * A partition as a producer with acks=all may rely on it: leaders come and go, each with an epoch of its own, and
 * every one of them has what was acknowledged under those before it, in its order.
 */
export function partitionLog({ broker, records, length, epochs }: PartitionLogSize) {
  const schema = defineSchema({
    protocol: {
      leader: optional(node(broker)),
      leaderEpoch: int(0, epochs),
      /** What was acknowledged. */
      log: list(enumeration(LOST, ...records), Math.max(1, length)),
    },
    ghost: {},
    budget: {},
  });
  type State = Pick<ReturnType<typeof schema.create>, 'protocol'>;
  const action = actionsOf(schema, {});
  const hasEpochs = ({ protocol }: { protocol: { readonly leaderEpoch: number } }) =>
    protocol.leaderEpoch < epochs || 'there is no later leader epoch';
  const model = defineModel({
    name: 'partition-log',
    version: 1,
    config: {},
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: broker.all.map(first => ({ protocol }: State) => {
      protocol.leader = first;
    }),
    actions: [
      action({
        name: 'acknowledge',
        kind: 'protocol',
        actor: 'log',
        phrase: '{record} is acknowledged',
        params: { record: anyOf(...records) },
        enabled: ({ protocol: { log } }) => log.length < log.capacity || 'the log is full',
        step: ({ protocol: { log } }, { record }) => void log.push(record),
      }),
      action({
        name: 'failOver',
        kind: 'protocol',
        actor: 'log',
        phrase: '{to} takes over with the whole log',
        params: { to: anyNode(broker) },
        enabled: hasEpochs,
        step({ protocol }, { to }) {
          protocol.leader = to;
          protocol.leaderEpoch++;
        },
      }),
      action({
        name: 'goOffline',
        kind: 'fault',
        actor: 'log',
        phrase: 'nobody leads for now',
        params: {},
        enabled: scope => (scope.protocol.leader === undefined ? 'nobody leads' : hasEpochs(scope)),
        step({ protocol }) {
          protocol.leader = undefined;
          protocol.leaderEpoch++;
        },
      }),
    ],
  });
  return { model, schema };
}
