import { describe, expect, test } from 'vitest';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyNodeOrNone, anyOf } from '../../../checker/model/params.ts';
import type { Invariant } from '../../../checker/model/property.ts';
import {
  enumeration,
  flag,
  int,
  lifecycle,
  links,
  list,
  node,
  nodeSet,
  optional,
  perNode,
  record,
} from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema, type State } from '../../../checker/state/schema.ts';
import type { RecordView } from '../../../checker/state/viewTypes.ts';
import { doorTable } from './arbitrarySchema.ts';

/*
 * What must not compile. Each `@ts-expect-error` is checked by `npx tsc --noEmit`: an error that no
 * longer happens is an error itself. The functions are never called.
 */

const server = nodeType('server', 3);
const client = nodeType('client', 2);
const protocolFields = {
  main: node(server),
  user: node(client),
  backup: optional(node(server)),
  shade: enumeration('red', 'green'),
  epoch: int(0, 9),
  up: flag(),
  group: nodeSet(server),
  servers: nodeSet(server),
  users: nodeSet(client),
  ranks: perNode(server, int(0, 9)),
  log: list(record({ epoch: int(0, 9), from: node(server) }), 3),
  wires: links(server, record({ load: int(0, 9) })),
  door: lifecycle(doorTable),
};
const ghostFields = { acknowledged: int(0, 9) };
const budgetFields = { crashes: int(0, 2) };
const schema = defineSchema({ protocol: protocolFields, ghost: ghostFields, budget: budgetFields });

type P = typeof protocolFields;
type G = typeof ghostFields;

const recorders = {
  recordAcknowledged: (ghost: RecordView<G>, count: number, shade: 'red' | 'green') => {
    if (shade === 'red') ghost.acknowledged = count;
    return ghost.acknowledged;
  },
};
const action = actionsOf(schema, recorders);

const writing = ({ protocol }: State<P, G, typeof budgetFields>): void => {
  const { main, user } = protocol;
  // @ts-expect-error there is no such field
  protocol.mian;
  // @ts-expect-error a name is no node
  protocol.main = 'server-1';
  // @ts-expect-error a number is no node
  protocol.main = 1;
  // @ts-expect-error a client is no server
  protocol.main = user;
  // @ts-expect-error a node cannot be absent unless it is optional
  protocol.main = undefined;
  protocol.backup = undefined;
  // @ts-expect-error an optional node may be absent
  protocol.main = protocol.backup;
  // @ts-expect-error not one of the names
  protocol.shade = 'pink';
  // @ts-expect-error a flag is no number
  protocol.up = 1;
  // @ts-expect-error a number is no text
  protocol.epoch = '1';
  // @ts-expect-error a comparison that can never be true
  protocol.shade === 'pink';
  // @ts-expect-error a container cannot be replaced
  protocol.group = protocol.servers;
  // @ts-expect-error a client in a set of servers
  protocol.group.add(user);
  // @ts-expect-error a number in a set of servers
  protocol.group.add(0);
  // @ts-expect-error a set of clients is no set of servers
  protocol.group.assign(protocol.users);
  // @ts-expect-error a set of clients is compared with a set of servers
  protocol.group.isSubsetOf(protocol.users);
  // @ts-expect-error an array of servers has no place for a client
  protocol.ranks.get(user);
  // @ts-expect-error an array of numbers takes no text
  protocol.ranks.set(main, 'first');
  // @ts-expect-error a pushed record lacks a field
  protocol.log.push({ epoch: 1 });
  // @ts-expect-error a pushed record has a field too many
  protocol.log.push({ epoch: 1, from: main, to: main });
  // @ts-expect-error a link has two ends
  protocol.wires.get(main);
  // @ts-expect-error a link goes between servers
  protocol.wires.get(main, user);
};

const sending = ({ protocol }: State<P, G, typeof budgetFields>): void => {
  protocol.door.send('push', { creak: () => undefined }, undefined);
  // @ts-expect-error there is no such event
  protocol.door.send('pull', { creak: () => undefined }, undefined);
  // @ts-expect-error the effect "creak" has no handler
  protocol.door.send('push', {}, undefined);
  // @ts-expect-error an effect that the machine does not have
  protocol.door.send('push', { creak: () => undefined, bang: () => undefined }, undefined);
  // @ts-expect-error a lifecycle moves by events only
  protocol.door.state = 'open';
  // @ts-expect-error there is no such lifecycle state
  protocol.door.state === 'ajar';
};

const common = { kind: 'protocol', actor: 'server' } as const;

const guards = () =>
  action({
    ...common,
    name: 'guard',
    params: {
      of: anyNode(server),
      to: anyNodeOrNone(server),
      by: anyInt(1, 2),
      how: anyOf('fast', 'slow'),
    },
    enabled: (scope, { of, to, by, how, ...others }) => {
      const { protocol } = scope;
      // @ts-expect-error a guard does not see the ghost
      scope.ghost;
      // @ts-expect-error a guard does not see the budget
      scope.budget;
      // @ts-expect-error a guard does not record
      scope.record;
      // @ts-expect-error a guard does not write
      protocol.epoch = 1;
      // @ts-expect-error a guard does not add to a set
      protocol.group.add(of);
      // @ts-expect-error a guard does not push to a list
      protocol.log.push({ epoch: 1, from: of });
      // @ts-expect-error a guard does not write to an element of a list
      protocol.log.get(0).epoch = 1;
      // @ts-expect-error a guard does not set an element
      protocol.ranks.set(of, 1);
      // @ts-expect-error a guard does not write to a link
      protocol.wires.get(of, of).load = 1;
      // @ts-expect-error a guard does not send events
      protocol.door.send('push', { creak: () => undefined }, undefined);
      // @ts-expect-error the parameter may be none
      protocol.ranks.get(to);
      // @ts-expect-error not one of the choices
      how === 'slower';
      // @ts-expect-error there is no such parameter
      others.unknown;
      return by > 0 && protocol.ranks.get(of) === protocol.epoch;
    },
    step: () => undefined,
  });

const steps = () =>
  action({
    ...common,
    name: 'step',
    params: {},
    spends: 'crashes',
    enabled: () => 'never',
    step: (scope, params) => {
      scope.protocol.epoch = 1;
      scope.record.recordAcknowledged(3, 'red');
      // @ts-expect-error a step does not see the ghost
      scope.ghost;
      // @ts-expect-error a step does not see the budget
      scope.budget;
      // @ts-expect-error a fact of the wrong type
      scope.record.recordAcknowledged('three', 'red');
      // @ts-expect-error a fact that is none of the choices
      scope.record.recordAcknowledged(3, 'pink');
      // @ts-expect-error a fact is missing
      scope.record.recordAcknowledged(3);
      // @ts-expect-error there is no such recorder
      scope.record.recordCrash();
      // @ts-expect-error what a recorder returns stays hidden from the protocol
      const count: number = scope.record.recordAcknowledged(3, 'red');
      // @ts-expect-error there is no such parameter
      params.of;
      return count;
    },
  });

const declaring = () => {
  action({
    ...common,
    name: 'spending',
    params: {},
    // @ts-expect-error there is no such budget
    spends: 'partitions',
    enabled: () => true,
    step: () => undefined,
  });
  action({
    ...common,
    // @ts-expect-error there is no such kind of action
    kind: 'magic',
    name: 'kind',
    params: {},
    enabled: () => true,
    step: () => undefined,
  });
  action({
    ...common,
    name: 'guard that says nothing',
    params: {},
    // @ts-expect-error a guard is true, false or a reason
    enabled: () => undefined,
    step: () => undefined,
  });
  const recordOther = (ghost: RecordView<{ other: ReturnType<typeof int> }>) => ghost.other;
  // @ts-expect-error a recorder of facts about another ghost
  actionsOf(schema, { recordOther });
  defineModel({
    name: 'm',
    version: 1,
    config: {},
    bounds: {},
    defects: [],
    schema,
    recorders,
    // @ts-expect-error an initial state writes fields of the schema
    initialStates: [({ protocol }) => protocol.mian],
    actions: [],
  });
};

const properties = (): Invariant<P, G> => ({
  kind: 'invariant',
  name: 'name',
  statement: 'statement',
  loss: 'loss',
  source: 'source',
  holds: state => {
    // @ts-expect-error a property does not see the budget
    state.budget;
    // @ts-expect-error a property does not write
    state.ghost.acknowledged = 1;
    // @ts-expect-error a property does not write
    state.protocol.group.clear();
    return state.ghost.acknowledged === 0;
  },
});

describe('the types of a schema', () => {
  test('keep out what would be wrong, and let through what is right', () => {
    const rejected = [writing, sending, guards, steps, declaring, properties];
    expect(rejected.every(compiled => typeof compiled === 'function')).toBe(true);
    expect(guards().name).toBe('guard');
    expect(steps().spends).toBe('crashes');
  });
});
