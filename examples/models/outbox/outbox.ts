import {
  actionsOf,
  anyNode,
  defineModel,
  defineSchema,
  int,
  list,
  type Node,
  nodeSet,
  nodeType,
  node as oneOf,
  perNode,
  propertiesOf,
  type RecordView,
  type Specification,
  temporalOf,
} from 'highwater';

const defaults = { orders: 2, crashes: 1, hasOutbox: true, dedups: true };

/**
 * A service that stores orders in its database and tells others of them by a queue. With an outbox it stores order and
 * message in one transaction, and a relay publishes what waits and then marks it; without one it publishes after it has
 * stored, if it still lives. A consumer that `dedups` keeps which orders it has handled.
 */
export function outbox(options: Partial<typeof defaults> = {}): Specification {
  const { orders, crashes, hasOutbox, dedups } = { ...defaults, ...options };
  const order = nodeType('order', orders);
  const most = orders * (crashes + 1);
  const schema = defineSchema({
    protocol: {
      stored: nodeSet(order),
      waiting: nodeSet(order),
      // In memory: gone with the process.
      inHand: nodeSet(order),
      queue: list(oneOf(order), most),
      known: nodeSet(order),
    },
    ghost: { handled: perNode(order, int(0, most)) },
    budget: { crashes: int(0, crashes) },
  });
  const recorders = {
    handled: ({ handled }: RecordView<typeof schema.ghost.fields>, id: Node<'order'>): void =>
      handled.set(id, handled.get(id) + 1),
  };
  const action = actionsOf(schema, recorders);
  const one = { order: anyNode(order) };
  const model = defineModel({
    name: 'outbox',
    version: 1,
    config: { orders, hasOutbox, dedups },
    bounds: { crashes },
    defects: [],
    schema,
    recorders,
    initialStates: [({ budget }) => void Object.assign(budget, { crashes })],
    actions: [
      action({
        name: 'store',
        kind: 'client',
        actor: 'order',
        phrase: 'the service stores {order}',
        params: one,
        enabled: ({ protocol }, { order: id }) => !protocol.stored.has(id) || 'it is stored',
        step({ protocol }, { order: id }) {
          protocol.stored.add(id);
          (hasOutbox ? protocol.waiting : protocol.inHand).add(id);
        },
      }),
      action({
        name: 'publish',
        kind: 'protocol',
        actor: 'order',
        phrase: '{order} is published',
        params: one,
        enabled({ protocol: { waiting, inHand } }, { order: id }) {
          if (hasOutbox) return (waiting.has(id) && !inHand.has(id)) || 'it does not wait';
          return inHand.has(id) || 'nobody has it in hand';
        },
        step({ protocol }, { order: id }) {
          protocol.queue.push(id);
          if (hasOutbox) protocol.inHand.add(id);
          else protocol.inHand.delete(id);
        },
      }),
      action({
        name: 'mark',
        kind: 'protocol',
        actor: 'order',
        phrase: '{order} is marked as published',
        params: one,
        enabled: ({ protocol }, { order: id }) => hasOutbox && protocol.inHand.has(id),
        step({ protocol }, { order: id }) {
          protocol.inHand.delete(id);
          protocol.waiting.delete(id);
        },
      }),
      action({
        name: 'handle',
        kind: 'protocol',
        actor: 'consumer',
        phrase: 'consumer handles what is first in the queue',
        params: {},
        enabled: ({ protocol }) => protocol.queue.length > 0 || 'the queue is empty',
        step({ protocol, record }) {
          const id = protocol.queue.shift();
          if (!dedups || !protocol.known.has(id)) record.handled(id);
          protocol.known.add(id);
        },
      }),
      action({
        name: 'crash',
        kind: 'fault',
        actor: 'service',
        phrase: 'service crashes and starts again',
        params: {},
        spends: 'crashes',
        enabled: ({ protocol }) => !protocol.inHand.isEmpty || 'it has nothing in hand',
        step: ({ protocol }) => protocol.inHand.clear(),
      }),
    ],
  });
  const { invariant } = propertiesOf(schema);
  const properties = [
    invariant({
      name: 'handled-once',
      statement: 'No order is handled twice.',
      holds: ({ ghost }) => order.all.every(id => ghost.handled.get(id) <= 1),
    }),
  ];
  const temporal = [
    temporalOf(schema).leadsTo({
      name: 'stored-orders-are-handled',
      statement: 'An order that is stored is handled.',
      when: ({ protocol }) => !protocol.stored.isEmpty,
      goal: ({ protocol: { stored, known } }) => stored.isSubsetOf(known),
    }),
  ];
  return { model, properties, temporal };
}
