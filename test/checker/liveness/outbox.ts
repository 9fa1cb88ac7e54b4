import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { propertiesOf, temporalOf } from '../../../checker/model/propertiesOf.ts';
import type { Specification } from '../../../checker/model/specification.ts';
import { enumeration, int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';

/** What of an outbox differs. */
export interface OutboxOptions {
  /** Whether the broker comes back after an outage. */
  readonly comesBack?: boolean;
  /** How often customers may look around: what makes the scope large. */
  readonly looks?: number;
  /** Outages of the broker. */
  readonly outages?: number;
}

/** Customers place orders, a relay sends them to a broker, which has outages. */
export function outbox({
  comesBack = true,
  looks = 3,
  outages = 1,
}: OutboxOptions = {}): Specification {
  const schema = defineSchema({
    protocol: {
      placed: int(0, 2),
      sent: int(0, 2),
      looks: int(0, looks),
      broker: enumeration('up', 'down'),
    },
    ghost: {},
    budget: { outages: int(0, outages) },
  });
  const action = actionsOf(schema, {});
  const { invariant } = propertiesOf(schema);
  const { leadsTo } = temporalOf(schema);
  const model: AnyModel = defineModel({
    name: 'outbox',
    version: 1,
    config: { comesBack, looks },
    bounds: { outages },
    defects: [],
    schema,
    recorders: {},
    initialStates: [
      ({ budget }) => {
        budget.outages = outages;
      },
    ],
    actions: [
      action({
        name: 'place',
        kind: 'client',
        actor: 'customer',
        phrase: 'customer places an order',
        params: {},
        enabled: ({ protocol }) => protocol.placed < 2,
        step: ({ protocol }) => {
          protocol.placed++;
        },
      }),
      action({
        name: 'look',
        kind: 'client',
        actor: 'customer',
        phrase: 'customer looks around',
        params: {},
        enabled: ({ protocol }) => protocol.looks < looks,
        step: ({ protocol }) => {
          protocol.looks++;
        },
      }),
      action({
        name: 'send',
        kind: 'protocol',
        actor: 'relay',
        phrase: 'relay sends an order',
        params: {},
        enabled: ({ protocol }) =>
          protocol.broker === 'down' ? 'the broker is down' : protocol.sent < protocol.placed,
        step: ({ protocol }) => {
          protocol.sent++;
        },
      }),
      action({
        name: 'goDown',
        kind: 'fault',
        actor: 'broker',
        phrase: 'broker goes down',
        params: {},
        spends: 'outages',
        enabled: ({ protocol }) => protocol.broker === 'up',
        step: ({ protocol }) => {
          protocol.broker = 'down';
        },
      }),
      action({
        name: 'comeBack',
        kind: 'recovery',
        actor: 'broker',
        phrase: 'broker comes back',
        params: {},
        enabled: ({ protocol }) => comesBack && protocol.broker === 'down',
        step: ({ protocol }) => {
          protocol.broker = 'up';
        },
      }),
    ],
  });
  return {
    model,
    properties: [
      invariant({
        name: 'only-placed',
        statement: 'Only what was placed is sent.',
        when: ({ protocol }) => protocol.sent > 0,
        holds: ({ protocol }) => protocol.sent <= protocol.placed,
      }),
    ],
    temporal: [
      leadsTo({
        name: 'orders-are-sent',
        statement: 'An order that was placed is sent.',
        loss: 'A customer waits for ever.',
        when: ({ protocol }) => protocol.placed > protocol.sent,
        goal: ({ protocol }) => protocol.placed === protocol.sent,
      }),
    ],
  };
}
