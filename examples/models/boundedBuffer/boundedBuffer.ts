import {
  actionsOf,
  anyNode,
  anyNodeOrNone,
  defineModel,
  defineSchema,
  int,
  type Node,
  noDeadlock,
  nodeSet,
  nodeType,
  propertiesOf,
  type ReadonlyRecordView,
  type Specification,
} from 'highwater';

export interface BufferOptions {
  readonly producers: number;
  readonly consumers: number;
  readonly capacity: number;
  /** Whether who has stored or taken something wakes all that wait, or one of them. */
  readonly wakesAll?: boolean;
}

/**
 * A buffer that threads share, as Java's wait and notify make it: who finds it full, or empty, waits, and there is
 * one set of waiting threads for both. Who is woken may be of the wrong kind, and waits again.
 */
export function boundedBuffer(options: BufferOptions): Specification {
  const { producers, consumers, capacity, wakesAll = false } = options;
  const producer = nodeType('producer', producers);
  const consumer = nodeType('consumer', consumers);
  const schema = defineSchema({
    protocol: {
      stored: int(0, capacity),
      waitingProducers: nodeSet(producer),
      waitingConsumers: nodeSet(consumer),
    },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const { invariant, sometimes } = propertiesOf(schema);
  type Protocol = ReturnType<typeof schema.create>['protocol'];
  type Woken = {
    readonly wokenProducer: Node<'producer'> | undefined;
    readonly wokenConsumer: Node<'consumer'> | undefined;
  };
  /** Which of those that wait is woken is left to chance: one of them, if there are any. */
  const woken = {
    wokenProducer: anyNodeOrNone(producer),
    wokenConsumer: anyNodeOrNone(consumer),
  };

  const isPossible = (
    { waitingProducers, waitingConsumers }: ReadonlyRecordView<typeof schema.protocol.fields>,
    { wokenProducer, wokenConsumer }: Woken,
    changes: boolean,
  ): boolean => {
    const nobody = wokenProducer === undefined && wokenConsumer === undefined;
    if (!changes || wakesAll) return nobody;
    if (waitingProducers.isEmpty && waitingConsumers.isEmpty) return nobody;
    if (wokenProducer !== undefined && wokenConsumer !== undefined) return false;
    if (wokenProducer !== undefined) return waitingProducers.has(wokenProducer);
    return wokenConsumer !== undefined && waitingConsumers.has(wokenConsumer);
  };
  const wake = (protocol: Protocol, { wokenProducer, wokenConsumer }: Woken): void => {
    if (wakesAll) {
      protocol.waitingProducers.clear();
      protocol.waitingConsumers.clear();
    }
    if (wokenProducer !== undefined) protocol.waitingProducers.delete(wokenProducer);
    if (wokenConsumer !== undefined) protocol.waitingConsumers.delete(wokenConsumer);
  };

  const model = defineModel({
    name: 'bounded-buffer',
    version: 1,
    config: { producers, consumers, capacity, wakesAll },
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'put',
        kind: 'protocol',
        actor: 'producer',
        phrase: '{producer} puts something in, or waits',
        params: { producer: anyNode(producer), ...woken },
        enabled({ protocol }, { producer: by, ...who }) {
          if (protocol.waitingProducers.has(by)) return 'it waits';
          return isPossible(protocol, who, protocol.stored < capacity);
        },
        step({ protocol }, { producer: by, ...who }) {
          if (protocol.stored === capacity) return protocol.waitingProducers.add(by);
          protocol.stored++;
          wake(protocol, who);
        },
      }),
      action({
        name: 'take',
        kind: 'protocol',
        actor: 'consumer',
        phrase: '{consumer} takes something out, or waits',
        params: { consumer: anyNode(consumer), ...woken },
        enabled({ protocol }, { consumer: by, ...who }) {
          if (protocol.waitingConsumers.has(by)) return 'it waits';
          return isPossible(protocol, who, protocol.stored > 0);
        },
        step({ protocol }, { consumer: by, ...who }) {
          if (protocol.stored === 0) return protocol.waitingConsumers.add(by);
          protocol.stored--;
          wake(protocol, who);
        },
      }),
    ],
  });
  const properties = [
    noDeadlock(model),
    invariant({
      name: 'never-overfull',
      statement: 'There is never more in the buffer than there is room for.',
      holds: ({ protocol }) => protocol.stored <= capacity,
    }),
    sometimes({
      name: 'full',
      statement: 'The buffer is full.',
      reaches: (_, { protocol }) => protocol.stored === capacity,
    }),
  ];
  return { model, properties };
}
