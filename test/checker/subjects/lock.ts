import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import { int, nodeSet } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { invariant, sometimes, toyModel } from './toys.ts';

const client = nodeType('client', 3);
const schema = defineSchema({
  protocol: { holders: nodeSet(client), noise: int(0, 20) },
  ghost: { grants: int(0, 200) },
  budget: { expiries: int(0, 2) },
});
const recorders = {
  granted: (ghost: { grants: number }): void => {
    if (ghost.grants < 200) ghost.grants++;
  },
};
const action = actionsOf(schema, recorders);

/** What may be changed of the lock, to see what becomes of its traces. */
export interface LockOptions {
  /** A free lock is needed to acquire it: without this, two clients can hold it. */
  readonly checked?: boolean;
  /** What acquiring is called. */
  readonly acquire?: string;
  readonly version?: number;
}

/**
 * Clients that take a lock and give it back, and a lock that may expire without its holder
 * noticing. Unless `checked`, two clients may hold it at once. `hum` does nothing that matters.
 */
export function lockModel(options: LockOptions = {}): AnyModel {
  const { checked = false, acquire = 'acquire', version = 1 } = options;
  return defineModel({
    ...toyModel,
    name: 'lock',
    version,
    schema,
    recorders,
    initialStates: [
      ({ budget }) => {
        budget.expiries = 2;
      },
    ],
    actions: [
      action({
        name: acquire,
        kind: 'client',
        actor: 'client',
        params: { client: anyNode(client) },
        enabled({ protocol }, { client: by }) {
          if (protocol.holders.has(by)) return 'the client holds the lock already';
          if (checked && !protocol.holders.isEmpty) return 'the lock is taken';
          return true;
        },
        step({ protocol, record }, { client: by }) {
          protocol.holders.add(by);
          record.granted();
        },
      }),
      action({
        name: 'release',
        kind: 'client',
        actor: 'client',
        params: { client: anyNode(client) },
        enabled: ({ protocol }, { client: by }) => protocol.holders.has(by),
        step: ({ protocol }, { client: by }) => protocol.holders.delete(by),
      }),
      action({
        name: 'hum',
        kind: 'protocol',
        actor: 'nobody',
        params: { tune: anyOf('low', 'high') },
        weight: 3,
        enabled: ({ protocol }) => protocol.noise < 20 || 'it is loud enough',
        step({ protocol }) {
          protocol.noise++;
        },
      }),
      action({
        name: 'expire',
        kind: 'fault',
        actor: 'clock',
        params: { client: anyNode(client) },
        spends: 'expiries',
        enabled: ({ protocol }, { client: by }) => protocol.holders.has(by) || 'nothing to expire',
        step: ({ protocol }, { client: by }) => protocol.holders.delete(by),
      }),
    ],
  });
}

/** At most `most` clients hold the lock. */
export function heldByAtMost(most: number): AnyProperty {
  const [property] = anyProperties([
    invariant(schema, 'held-by-few', {
      when: ({ protocol }) => !protocol.holders.isEmpty,
      holds: ({ protocol }) =>
        protocol.holders.size <= most || `${protocol.holders.size} clients hold the lock`,
    }),
  ]);
  return property as AnyProperty;
}

/** Some client gets the lock although another one had it before. */
export function handedOver(): AnyProperty {
  const [property] = anyProperties([
    sometimes(
      schema,
      'handed-over',
      (before, after) => before.ghost.grants < after.ghost.grants && after.ghost.grants === 2,
    ),
  ]);
  return property as AnyProperty;
}
