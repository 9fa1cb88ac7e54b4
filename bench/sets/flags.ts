import { type AnyAction, actionsOf, defineModel } from '../../checker/model/model.ts';
import { anyNode, anyNodeOrNone, anyQuorum } from '../../checker/model/params.ts';
import { propertiesOf } from '../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { flag, int, node, optional, perNode, record } from '../../checker/state/fields.ts';
import { nodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';

interface Scope {
  readonly values: number;
  readonly ballots: number;
}

/**
 * The Paxos of `examples/models/paxos`, with a flag or a value for each message that there can be in place of a set of
 * messages: what somebody writes who has no sets.
 */
export function paxosOfFlags(scope: Scope): Specification {
  const parts = partsOf(scope);
  const model = defineModel({
    name: 'paxos-of-flags',
    version: 1,
    config: { ...scope },
    bounds: {},
    defects: [],
    schema: parts.schema,
    recorders: {},
    initialStates: [() => {}],
    actions: [...actionsOfLeaders(parts), ...actionsOfAcceptors(parts)],
  });
  return { model, properties: propertiesIn(parts) };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf({ values, ballots }: Scope) {
  const acceptor = nodeType('acceptor', 3);
  const value = nodeType('value', values);
  const ballot = nodeType('ballot', ballots, { interchangeable: false });
  const vote = { mbal: optional(int(0, ballots - 1)), mval: optional(node(value)) };
  const schema = defineSchema({
    protocol: {
      asked: perNode(ballot, flag()),
      promises: perNode(acceptor, perNode(ballot, record({ sent: flag(), ...vote }))),
      proposals: perNode(ballot, optional(node(value))),
      votes: perNode(acceptor, perNode(ballot, optional(node(value)))),
      acceptors: perNode(acceptor, record({ maxBal: optional(int(0, ballots - 1)), ...vote })),
    },
    ghost: {},
    budget: {},
  });
  return { acceptor, value, ballot, schema };
}

const by = (name: string, actor: string) => ({ name, kind: 'protocol', actor }) as const;

function actionsOfLeaders({ acceptor, value, ballot, schema }: Parts): AnyAction[] {
  const action = actionsOf(schema, {});
  return [
    action({
      ...by('phase1a', 'leader'),
      params: { bal: anyNode(ballot) },
      enabled: () => true,
      step: ({ protocol }, { bal }) => protocol.asked.set(bal, true),
    }),
    action({
      ...by('phase2a', 'leader'),
      params: {
        bal: anyNode(ballot),
        val: anyNode(value),
        quorum: anyQuorum(acceptor),
        follows: anyNodeOrNone(acceptor),
      },
      enabled({ protocol }, { bal, val, quorum, follows }) {
        if (protocol.proposals.get(bal) !== undefined) return false;
        const promises = quorum.map(acc => protocol.promises.get(acc).get(bal));
        if (!promises.every(({ sent }) => sent)) return false;
        const last = Math.max(...promises.map(({ mbal }) => mbal ?? -1));
        if (follows === undefined) return last < 0;
        if (!quorum.includes(follows) || last < 0) return false;
        const followed = protocol.promises.get(follows).get(bal);
        return followed.mbal === last && followed.mval === val;
      },
      step: ({ protocol }, { bal, val }) => protocol.proposals.set(bal, val),
    }),
  ];
}

function actionsOfAcceptors({ acceptor, ballot, schema }: Parts): AnyAction[] {
  const action = actionsOf(schema, {});
  return [
    action({
      ...by('phase1b', 'acc'),
      params: { acc: anyNode(acceptor), bal: anyNode(ballot) },
      enabled: ({ protocol }, { acc, bal }) =>
        protocol.asked.get(bal) && bal > (protocol.acceptors.get(acc).maxBal ?? -1),
      step({ protocol }, { acc, bal }) {
        const own = protocol.acceptors.get(acc);
        own.maxBal = bal;
        const promise = protocol.promises.get(acc).get(bal);
        Object.assign(promise, { sent: true, mbal: own.mbal, mval: own.mval });
      },
    }),
    action({
      ...by('phase2b', 'acc'),
      params: { acc: anyNode(acceptor), bal: anyNode(ballot) },
      enabled: ({ protocol }, { acc, bal }) =>
        protocol.proposals.get(bal) !== undefined &&
        bal >= (protocol.acceptors.get(acc).maxBal ?? -1),
      step({ protocol }, { acc, bal }) {
        const val = protocol.proposals.get(bal);
        Object.assign(protocol.acceptors.get(acc), { maxBal: bal, mbal: bal, mval: val });
        protocol.votes.get(acc).set(bal, val);
      },
    }),
  ];
}

function propertiesIn({ acceptor, value, ballot, schema }: Parts): AnyProperty[] {
  const { invariant, sometimes } = propertiesOf(schema);
  type Protocol = Parameters<Parameters<typeof invariant>[0]['holds']>[0]['protocol'];
  const chosenIn = ({ votes }: Protocol) =>
    value.all.filter(val =>
      ballot.all.some(
        bal => acceptor.all.filter(acc => votes.get(acc).get(bal) === val).length > 1,
      ),
    );
  return [
    invariant({
      name: 'one-value-is-chosen',
      statement: 'No two values are chosen.',
      holds: ({ protocol }) => chosenIn(protocol).length < 2,
    }),
    sometimes({
      name: 'a-value-is-chosen',
      statement: 'A value is chosen.',
      reaches: (_, { protocol }) => chosenIn(protocol).length > 0,
    }),
  ];
}
