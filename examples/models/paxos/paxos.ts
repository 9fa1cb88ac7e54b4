import {
  actionsOf,
  anyElement,
  anyInt,
  anyNode,
  anyNodeOrNone,
  anyQuorum,
  defineModel,
  defineSchema,
  int,
  node,
  nodeType,
  optional,
  perNode,
  propertiesOf,
  type ReadonlyRecordView,
  record,
  type Specification,
  set,
  variants,
} from 'highwater';

export interface PaxosOptions {
  readonly values: number;
  readonly ballots: number;
  /** Whether a leader proposes what it likes, whatever it was told of earlier votes. */
  readonly deaf?: boolean;
}

/**
 * Lamport's Paxos for one value, as in Paxos.tla of the TLA+ examples. What was ever sent is in one set of messages
 * and stays there, so that each may arrive at any time, more than once, or never.
 */
export function paxos({ values, ballots, deaf = false }: PaxosOptions): Specification {
  const acceptor = nodeType('acceptor', 3);
  const value = nodeType('value', values);
  const ballot = int(0, ballots - 1);
  const vote = { mbal: optional(ballot), mval: optional(node(value)) };
  const sent = set(
    variants('type', {
      '1a': { bal: ballot },
      '1b': { acc: node(acceptor), bal: ballot, ...vote },
      '2a': { bal: ballot, val: node(value) },
      '2b': { acc: node(acceptor), bal: ballot, val: node(value) },
    }),
  );
  const schema = defineSchema({
    protocol: {
      sent,
      acceptors: perNode(acceptor, record({ maxBal: optional(ballot), ...vote })),
    },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const { invariant, sometimes } = propertiesOf(schema);
  const protocol = (name: string, actor: string) => ({ name, kind: 'protocol', actor }) as const;
  const someBallot = anyInt(0, ballots - 1);

  const model = defineModel({
    name: 'paxos',
    version: 1,
    config: { values, ballots, deaf },
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => {}],
    actions: [
      action({
        ...protocol('phase1a', 'leader'),
        phrase: 'the leader of ballot {bal} asks for promises',
        params: { bal: someBallot },
        enabled: () => true,
        step: ({ protocol }, { bal }) => protocol.sent.add({ type: '1a', bal }),
      }),
      action({
        ...protocol('phase1b', 'acc'),
        phrase: '{acc} promises to ignore ballots before {bal}',
        params: { acc: anyNode(acceptor), bal: someBallot },
        enabled({ protocol }, { acc, bal }) {
          if (!protocol.sent.has({ type: '1a', bal })) return 'nobody asks';
          return bal > (protocol.acceptors.get(acc).maxBal ?? -1) || 'it has promised more';
        },
        step({ protocol }, { acc, bal }) {
          const own = protocol.acceptors.get(acc);
          own.maxBal = bal;
          protocol.sent.add({ type: '1b', acc, bal, mbal: own.mbal, mval: own.mval });
        },
      }),
      action({
        ...protocol('phase2a', 'leader'),
        phrase: 'the leader of ballot {bal} proposes {val}',
        params: {
          bal: someBallot,
          val: anyNode(value),
          quorum: anyQuorum(acceptor),
          // Whose vote it follows: there is one for each way in which Paxos.tla makes this step true.
          follows: anyNodeOrNone(acceptor),
        },
        enabled({ protocol: { sent } }, { bal, val, quorum, follows }) {
          if (!sent.where({ type: '2a', bal }).isEmpty) return 'it has proposed';
          const promises = quorum.map(acc => sent.where({ type: '1b', bal, acc }).find(() => true));
          if (promises.includes(undefined)) return 'not all of the quorum have promised';
          const last = Math.max(...promises.map(promise => promise?.mbal ?? -1));
          if (follows === undefined) return deaf || last < 0 || 'somebody has voted';
          const followed = promises.find(promise => promise?.acc === follows);
          if (followed?.mbal === undefined) return 'that is nobody who has voted';
          return (followed.mbal === last && followed.mval === val) || 'another vote counts';
        },
        step: ({ protocol }, { bal, val }) => protocol.sent.add({ type: '2a', bal, val }),
      }),
      action({
        ...protocol('phase2b', 'acc'),
        phrase: '{acc} votes for {proposal.val} in ballot {proposal.bal}',
        params: { acc: anyNode(acceptor), proposal: anyElement(sent, { type: '2a' }) },
        enabled: ({ protocol }, { acc, proposal: { bal } }) =>
          bal >= (protocol.acceptors.get(acc).maxBal ?? -1) || 'it has promised more',
        step({ protocol }, { acc, proposal: { bal, val } }) {
          Object.assign(protocol.acceptors.get(acc), { maxBal: bal, mbal: bal, mval: val });
          protocol.sent.add({ type: '2b', acc, bal, val });
        },
      }),
    ],
  });

  const chosenIn = ({ sent }: ReadonlyRecordView<typeof schema.protocol.fields>) =>
    value.all.filter(val => {
      const votes = Array.from({ length: ballots }, (_, bal) =>
        sent.where({ type: '2b', bal, val }),
      );
      return votes.some(({ size }) => size > 1);
    });
  const properties = [
    invariant({
      name: 'one-value-is-chosen',
      statement: 'No two values are chosen.',
      holds({ protocol }) {
        const chosen = chosenIn(protocol);
        return chosen.length < 2 || `${chosen.map(value.nameOf).join(' and ')} are chosen`;
      },
    }),
    sometimes({
      name: 'a-value-is-chosen',
      statement: 'A value is chosen.',
      reaches: (_, { protocol }) => chosenIn(protocol).length > 0,
    }),
  ];
  return { model, properties };
}
