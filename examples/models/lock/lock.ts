import {
  actionsOf,
  anyNode,
  defineModel,
  defineSchema,
  type NodeType,
  nodeSet,
  propertiesOf,
} from 'highwater';

/** A lock: one client at a time has it, and nobody takes it from who does. */
export function lock(client: NodeType<'client'>) {
  const schema = defineSchema({
    protocol: { holders: nodeSet(client) },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const one = { client: anyNode(client) };
  const model = defineModel({
    name: 'lock',
    version: 1,
    config: {},
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'acquire',
        kind: 'protocol',
        actor: 'client',
        phrase: '{client} acquires the lock',
        params: one,
        enabled: ({ protocol }) => protocol.holders.isEmpty || 'somebody has the lock',
        step: ({ protocol }, { client: by }) => protocol.holders.add(by),
      }),
      action({
        name: 'release',
        kind: 'protocol',
        actor: 'client',
        phrase: '{client} releases the lock',
        params: one,
        enabled: ({ protocol }, { client: by }) =>
          protocol.holders.has(by) || 'the client does not have the lock',
        step: ({ protocol }, { client: by }) => protocol.holders.delete(by),
      }),
    ],
  });
  const properties = [
    propertiesOf(schema).invariant({
      name: 'one-holder',
      statement: 'At most one client has the lock.',
      holds: ({ protocol }) => protocol.holders.size <= 1,
    }),
  ];
  return { schema, model, properties };
}
