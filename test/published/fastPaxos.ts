import { actionsOf, defineModel } from '../../checker/model/model.ts';
import { anyElement, anyInt, anyNode, anyQuorum } from '../../checker/model/params.ts';
import { propertiesOf } from '../../checker/model/propertiesOf.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { int, node, optional, perNode, record, set, variants } from '../../checker/state/fields.ts';
import { type Node, nodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type { ReadonlyRecordView, RecordView } from '../../checker/state/viewTypes.ts';

/*
 * FastPaxos.tla of the TLA+ examples (specifications/SimplifiedFastPaxos, by Lim Ngian Xin Terry and Gaurav Gandhi), as
 * FastPaxos.cfg has it: four replicas, three values, ballots 0 to 4, of which 1 and 3 are fast; every three replicas are
 * a quorum, and a fast one. What was ever sent stays in one set. A proposal without a value is "any".
 */
const replica = nodeType('replica', 4);
const value = nodeType('value', 3);
const LAST = 4;
const ballot = int(0, LAST);

function isFast(bal: number): boolean {
  return bal === 1 || bal === 3;
}

const messages = set(
  variants('type', {
    P2a: { ballot, value: optional(node(value)) },
    P2b: { ballot, acceptor: node(replica), value: node(value) },
  }),
);
const schema = defineSchema({
  protocol: {
    messages,
    decision: optional(node(value)),
    /** Chosen by the coordinator: cValue. */
    coordinated: optional(node(value)),
    acceptors: perNode(
      replica,
      record({ maxBallot: ballot, maxVBallot: ballot, maxValue: optional(node(value)) }),
    ),
  },
  ghost: {},
  budget: {},
});
type State = ReadonlyRecordView<typeof schema.protocol.fields>;
type Value = Node<'value'>;

const action = actionsOf(schema, {});
const { invariant, stepProperty, sometimes } = propertiesOf(schema);
const protocol = { kind: 'protocol', actor: 'paxos' } as const;
const someBallot = anyInt(0, LAST);
const proposal = anyElement(messages, { type: 'P2a' });

/** What each of a quorum has voted for in a ballot; undefined for one that has not voted. */
function votesIn(state: State, bal: number, quorum: readonly Node<'replica'>[]) {
  return quorum.map(
    acceptor =>
      state.messages.where({ type: 'P2b', ballot: bal, acceptor }).find(() => true)?.value,
  );
}

function accept(
  state: RecordView<typeof schema.protocol.fields>,
  acceptor: Node<'replica'>,
  vote: { readonly ballot: number; readonly value: Value },
): void {
  const { ballot: bal, value: val } = vote;
  Object.assign(state.acceptors.get(acceptor), { maxBallot: bal, maxVBallot: bal, maxValue: val });
  state.messages.add({ type: 'P2b', acceptor, ballot: bal, value: val });
}

/** @param careless - Takes any value that was voted for, also where a majority has another. */
const coordinator = (careless: boolean) => [
  action({
    ...protocol,
    name: 'FastAny',
    params: { bal: someBallot },
    enabled: (_, { bal }) => isFast(bal) || 'the ballot is classic',
    step: (state, { bal }) =>
      state.protocol.messages.add({ type: 'P2a', ballot: bal, value: undefined }),
  }),
  action({
    ...protocol,
    name: 'ClassicAccept',
    params: { bal: someBallot, fast: someBallot, quorum: anyQuorum(replica), val: anyNode(value) },
    enabled({ protocol: state }, { bal, fast, quorum, val }) {
      if (isFast(bal) || !isFast(fast) || fast >= bal) return 'no fast ballot comes before it';
      if ((state.coordinated ?? val) !== val) return 'the coordinator has chosen another value';
      if (!state.messages.where({ type: 'P2a', ballot: bal }).isEmpty) return 'it has proposed';
      const votes = votesIn(state, fast, quorum);
      if (votes.includes(undefined)) return 'not all of the quorum have voted';
      if (new Set(votes).size === 1) return 'there is no collision';
      // Of three votes that are not the same, two make a majority.
      const most = votes.find((one, at) => votes.indexOf(one) < at);
      return careless || most === undefined ? votes.includes(val) : most === val;
    },
    step({ protocol: state }, { bal, val }) {
      state.coordinated = val;
      state.messages.add({ type: 'P2a', ballot: bal, value: val });
    },
  }),
];

const acceptors = [
  action({
    ...protocol,
    name: 'FastPropose',
    params: { acceptor: anyNode(replica), proposal, val: anyNode(value) },
    enabled({ protocol: state }, { acceptor, proposal: { ballot: bal, value: given }, val }) {
      const own = state.acceptors.get(acceptor);
      if (given !== undefined) return 'a value is given';
      if (own.maxBallot > bal) return 'it has seen a later ballot';
      if ((own.maxValue ?? val) !== val) return 'it has accepted another value';
      const voted = state.messages.where({ type: 'P2b', ballot: bal, acceptor });
      return voted.isEmpty || 'it has voted';
    },
    step: (state, { acceptor, proposal: { ballot: bal }, val }) =>
      accept(state.protocol, acceptor, { ballot: bal, value: val }),
  }),
  action({
    ...protocol,
    name: 'ClassicAccepted',
    params: { acceptor: anyNode(replica), proposal },
    enabled({ protocol: state }, { acceptor, proposal: { ballot: bal, value: given } }) {
      if (given === undefined) return 'no value is given';
      return state.acceptors.get(acceptor).maxBallot <= bal || 'it has seen a later ballot';
    },
    step(state, { acceptor, proposal: { ballot: bal, value: given } }) {
      if (given !== undefined) accept(state.protocol, acceptor, { ballot: bal, value: given });
    },
  }),
];

/** The vote that is decided by: TLC generates a state for each of a quorum, though all are for one value. */
const decides = { bal: someBallot, quorum: anyQuorum(replica), by: anyNode(replica) };
const learners = [true, false].map(fast =>
  action({
    ...protocol,
    name: fast ? 'FastDecide' : 'ClassicDecide',
    params: decides,
    enabled({ protocol: state }, { bal, quorum, by }) {
      if (isFast(bal) !== fast) return 'it is a ballot of the other kind';
      if (!quorum.includes(by)) return 'it is not in the quorum';
      const votes = votesIn(state, bal, quorum);
      if (votes.includes(undefined)) return 'not all of the quorum have voted';
      return !fast || new Set(votes).size === 1 || 'the votes differ';
    },
    step({ protocol: state }, { bal, by }) {
      state.decision = votesIn(state, bal, [by])[0];
    },
  }),
);

/** Fast Paxos with the claims of the module; a careless one may decide twice. */
export const fastPaxos = (careless = false): Specification => ({
  model: defineModel({
    name: 'fastPaxos',
    version: 1,
    config: { careless },
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [...coordinator(careless), ...acceptors, ...learners],
  }),
  properties: [
    stepProperty({
      name: 'paxos-consistency',
      statement: 'A decision does not change.',
      when: (before, after) => before.protocol.decision !== after.protocol.decision,
      holds: before => before.protocol.decision === undefined,
    }),
    invariant({
      name: 'fast-nontriviality',
      statement: 'What is decided was voted for in a fast ballot.',
      when: state => state.protocol.decision !== undefined,
      holds({ protocol: { messages: sent, decision } }) {
        if (decision === undefined) return true;
        return [1, 3].some(bal => {
          return !sent.where({ type: 'P2b', ballot: bal, value: decision }).isEmpty;
        });
      },
    }),
    sometimes({
      name: 'decided-after-a-collision',
      statement: 'A value is decided in a classic ballot.',
      reaches: (before, after, { name }) =>
        name === 'ClassicDecide' && before.protocol.decision !== after.protocol.decision,
    }),
  ],
});
