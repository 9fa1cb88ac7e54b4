import {
  actionsOf,
  anyNode,
  defineModel,
  defineSchema,
  flag,
  int,
  node,
  nodeType,
  optional,
  perNode,
  propertiesOf,
  refines,
  type Specification,
} from 'highwater';
import { lock } from '../lock/lock.ts';

export interface LeaseOptions {
  /** How often the server's clock may run so fast that it is ahead of a client's. */
  readonly drifts?: number;
}

/**
 * A server that grants a lease to one client at a time. Nobody gives a lease back that was cut off, so it runs out:
 * first by the client's clock, then by the server's. Where the server's clock is fast it is the other way round.
 */
export function leaseService({ drifts = 0 }: LeaseOptions = {}): Specification {
  const client = nodeType('client', 3);
  const schema = defineSchema({
    protocol: {
      /** Whom the server has granted the lease. */
      granted: optional(node(client)),
      /** Who believes to have it. */
      believes: perNode(client, flag()),
    },
    ghost: {},
    budget: { drifts: int(0, drifts) },
  });
  const action = actionsOf(schema, {});
  const one = { client: anyNode(client) };
  const model = defineModel({
    name: 'lease-service',
    version: 1,
    config: {},
    bounds: { drifts },
    defects: [],
    schema,
    recorders: {},
    initialStates: [({ budget }) => void Object.assign(budget, { drifts })],
    actions: [
      action({
        name: 'grant',
        kind: 'protocol',
        actor: 'server',
        phrase: 'the server grants {client} the lease',
        params: one,
        enabled: ({ protocol }) => protocol.granted === undefined || 'the lease is granted',
        step({ protocol }, { client: to }) {
          protocol.granted = to;
        },
      }),
      action({
        name: 'learn',
        kind: 'protocol',
        actor: 'client',
        phrase: '{client} learns that it has the lease',
        params: one,
        enabled: ({ protocol }, { client: by }) =>
          protocol.granted === by && !protocol.believes.get(by),
        step: ({ protocol }, { client: by }) => protocol.believes.set(by, true),
      }),
      action({
        name: 'stop',
        kind: 'protocol',
        actor: 'client',
        phrase: "the lease runs out by {client}'s clock",
        params: one,
        enabled: ({ protocol }, { client: by }) => protocol.believes.get(by),
        step: ({ protocol }, { client: by }) => protocol.believes.set(by, false),
      }),
      action({
        name: 'expire',
        kind: 'protocol',
        actor: 'server',
        phrase: "the lease runs out by the server's clock",
        params: {},
        enabled: ({ protocol: { granted, believes } }) =>
          granted !== undefined && (!believes.get(granted) || "it has not run out by the client's"),
        step({ protocol }) {
          protocol.granted = undefined;
        },
      }),
      action({
        name: 'expireEarly',
        kind: 'fault',
        actor: 'server',
        phrase: "the server's clock is fast, and the lease runs out by it first",
        params: {},
        spends: 'drifts',
        enabled: ({ protocol: { granted, believes } }) =>
          granted !== undefined && believes.get(granted),
        step({ protocol }) {
          protocol.granted = undefined;
        },
      }),
    ],
  });
  const properties = [
    refines(schema, lock(client), {
      name: 'lease-is-a-lock',
      loss: 'Two clients write what only one may.',
      mapping({ protocol: { believes } }, { protocol: { holders } }) {
        for (const each of client.all) if (believes.get(each)) holders.add(each);
      },
    }),
    propertiesOf(schema).sometimes({
      name: 'lease-changes-hands',
      statement: 'A client has the lease after another one.',
      reaches: (_, { protocol }, { name, params }) =>
        name === 'learn' && params['client'] !== 'client-1' && protocol.granted !== undefined,
    }),
  ];
  return { model, properties };
}
