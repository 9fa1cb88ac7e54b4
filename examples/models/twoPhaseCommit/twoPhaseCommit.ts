import {
  actionsOf,
  anyNode,
  defineModel,
  defineSchema,
  enumeration,
  node,
  nodeSet,
  nodeType,
  perNode,
  refines,
  type Specification,
  set,
  variants,
} from 'highwater';
import { transactionCommit } from '../transactionCommit/transactionCommit.ts';

export interface TwoPhaseOptions {
  readonly managers: number;
  /** Whether the coordinator commits once a majority is prepared, as if it decided on a value. */
  readonly hasty?: boolean;
}

/**
 * Two-phase commit as in TwoPhase.tla of the TLA+ examples: resource managers tell a coordinator that they are prepared, and
 * it tells them to commit once all are, or to abort at any time before. Messages are one set that only grows.
 */
export function twoPhaseCommit({ managers: count, hasty = false }: TwoPhaseOptions): Specification {
  const manager = nodeType('manager', count);
  const schema = defineSchema({
    protocol: {
      managers: perNode(manager, enumeration('working', 'prepared', 'committed', 'aborted')),
      coordinator: enumeration('init', 'committed', 'aborted'),
      /** Whom the coordinator knows to be prepared. */
      heard: nodeSet(manager),
      sent: set(variants('type', { prepared: { by: node(manager) }, commit: {}, abort: {} })),
    },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const own = { kind: 'protocol', actor: 'by', params: { by: anyNode(manager) } } as const;
  const coordinator = { kind: 'protocol', actor: 'coordinator' } as const;
  const enough = hasty ? Math.floor(count / 2) + 1 : count;

  const model = defineModel({
    name: 'twoPhaseCommit',
    version: 1,
    config: { managers: count, hasty },
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [
      action({
        ...coordinator,
        name: 'hear',
        phrase: 'the coordinator hears that {by} is prepared',
        params: own.params,
        enabled({ protocol }, { by }) {
          if (protocol.coordinator !== 'init') return 'it has decided';
          return protocol.sent.has({ type: 'prepared', by }) || 'it has not said so';
        },
        step: ({ protocol }, { by }) => protocol.heard.add(by),
      }),
      action({
        ...coordinator,
        name: 'decideToCommit',
        params: {},
        enabled({ protocol }) {
          if (protocol.coordinator !== 'init') return 'it has decided';
          return protocol.heard.size >= enough || 'it has not heard of all';
        },
        step({ protocol }) {
          protocol.coordinator = 'committed';
          protocol.sent.add({ type: 'commit' });
        },
      }),
      action({
        ...coordinator,
        name: 'decideToAbort',
        params: {},
        enabled: ({ protocol }) => protocol.coordinator === 'init' || 'it has decided',
        step({ protocol }) {
          protocol.coordinator = 'aborted';
          protocol.sent.add({ type: 'abort' });
        },
      }),
      action({
        ...own,
        name: 'prepare',
        phrase: '{by} prepares, and says so',
        enabled: ({ protocol }, { by }) =>
          protocol.managers.get(by) === 'working' || 'it is not working any more',
        step({ protocol }, { by }) {
          protocol.managers.set(by, 'prepared');
          protocol.sent.add({ type: 'prepared', by });
        },
      }),
      action({
        ...own,
        name: 'chooseToAbort',
        enabled: ({ protocol }, { by }) =>
          protocol.managers.get(by) === 'working' || 'it is not working any more',
        step: ({ protocol }, { by }) => protocol.managers.set(by, 'aborted'),
      }),
      action({
        ...own,
        name: 'commit',
        enabled: ({ protocol }) => protocol.sent.has({ type: 'commit' }) || 'nobody says so',
        step: ({ protocol }, { by }) => protocol.managers.set(by, 'committed'),
      }),
      action({
        ...own,
        name: 'abort',
        enabled: ({ protocol }) => protocol.sent.has({ type: 'abort' }) || 'nobody says so',
        step: ({ protocol }, { by }) => protocol.managers.set(by, 'aborted'),
      }),
    ],
  });

  const properties = [
    refines(schema, transactionCommit(manager), {
      name: 'is-a-transaction-commit',
      loss: 'One manager has committed what another has aborted.',
      mapping({ protocol: { managers } }, abstract) {
        for (const each of manager.all) abstract.protocol.managers.set(each, managers.get(each));
      },
    }),
  ];
  return { model, properties };
}
