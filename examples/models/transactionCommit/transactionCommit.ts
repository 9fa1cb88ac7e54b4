import {
  actionsOf,
  anyNode,
  defineModel,
  defineSchema,
  enumeration,
  type NodeType,
  perNode,
  propertiesOf,
} from 'highwater';

/**
 * What a transaction over several resource managers is: all of them commit, or none does. As TCommit.tla of the TLA+
 * examples has it: nobody says how they agree.
 */
export function transactionCommit(manager: NodeType<'manager'>) {
  const schema = defineSchema({
    protocol: {
      managers: perNode(manager, enumeration('working', 'prepared', 'committed', 'aborted')),
    },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const own = { kind: 'protocol', actor: 'by', params: { by: anyNode(manager) } } as const;
  const model = defineModel({
    name: 'transactionCommit',
    version: 1,
    config: { managers: manager.count },
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [
      action({
        ...own,
        name: 'prepare',
        phrase: '{by} prepares',
        enabled: ({ protocol: { managers } }, { by }) =>
          managers.get(by) === 'working' || 'it is not working any more',
        step: ({ protocol: { managers } }, { by }) => managers.set(by, 'prepared'),
      }),
      action({
        ...own,
        name: 'commit',
        phrase: '{by} commits',
        enabled({ protocol: { managers } }, { by }) {
          if (managers.get(by) !== 'prepared') return 'it is not prepared';
          const canCommit = manager.all.every(each =>
            ['prepared', 'committed'].includes(managers.get(each)),
          );
          return canCommit || 'somebody is not prepared';
        },
        step: ({ protocol: { managers } }, { by }) => managers.set(by, 'committed'),
      }),
      action({
        ...own,
        name: 'abort',
        phrase: '{by} aborts',
        enabled({ protocol: { managers } }, { by }) {
          if (!['working', 'prepared'].includes(managers.get(by))) return 'it has decided';
          const nobody = manager.all.every(each => managers.get(each) !== 'committed');
          return nobody || 'somebody has committed';
        },
        step: ({ protocol: { managers } }, { by }) => managers.set(by, 'aborted'),
      }),
    ],
  });
  const { invariant, sometimes } = propertiesOf(schema);
  const properties = [
    invariant({
      name: 'decisions-agree',
      statement: 'No manager has committed where another has aborted.',
      holds({ protocol: { managers } }) {
        const states = manager.all.map(each => managers.get(each));
        return !(states.includes('committed') && states.includes('aborted'));
      },
    }),
    sometimes({
      name: 'all-commit',
      statement: 'Every manager commits.',
      reaches: (_, { protocol: { managers } }) =>
        manager.all.every(each => managers.get(each) === 'committed'),
    }),
  ];
  return { schema, model, properties };
}
