import {
  actionsOf,
  anyNode,
  defineModel,
  defineSchema,
  enumeration,
  int,
  nodeSet,
  nodeType,
  node as oneOf,
  optional,
  perNode,
  propertiesOf,
  record,
  type Specification,
} from 'highwater';

const defaults = { servers: 3, terms: 2, crashes: 0, keepsVote: true };

/**
 * The election of Raft (Ongaro and Ousterhout 2014, section 5.2): terms, votes, time-outs, and votes that are split. A
 * request for a vote and its answer are one step; a server that is never asked is one that the request did not reach.
 * Without `keepsVote` a server that crashes does not find on disk whom it voted for.
 */
export function raftElection(options: Partial<typeof defaults> = {}): Specification {
  const { servers, terms, crashes, keepsVote } = { ...defaults, ...options };
  const server = nodeType('server', servers);
  const schema = defineSchema({
    protocol: {
      servers: perNode(
        server,
        record({
          role: enumeration('follower', 'candidate', 'leader'),
          term: int(0, terms),
          votedFor: optional(oneOf(server)),
          votes: nodeSet(server),
        }),
      ),
    },
    ghost: {},
    budget: { crashes: int(0, crashes) },
  });
  const action = actionsOf(schema, {});
  const { invariant, sometimes } = propertiesOf(schema);
  const one = { server: anyNode(server) };

  const model = defineModel({
    name: 'raft-election',
    version: 1,
    config: { servers, terms, keepsVote },
    bounds: { crashes },
    defects: [],
    schema,
    recorders: {},
    initialStates: [({ budget }) => void Object.assign(budget, { crashes })],
    actions: [
      action({
        name: 'timeOut',
        kind: 'protocol',
        actor: 'server',
        phrase: '{server} hears of no leader and stands for the next term',
        params: one,
        heldBack: ({ protocol }, { server: by }) => protocol.servers.get(by).term === terms,
        enabled({ protocol }, { server: by }) {
          const { role, term } = protocol.servers.get(by);
          return (role !== 'leader' && term < terms) || 'it leads, or the scope has no more terms';
        },
        step({ protocol }, { server: by }) {
          const own = protocol.servers.get(by);
          own.role = 'candidate';
          own.term++;
          own.votedFor = by;
          own.votes.clear();
          own.votes.add(by);
        },
      }),
      action({
        name: 'vote',
        kind: 'protocol',
        actor: 'server',
        phrase: '{server} votes for {candidate}',
        params: { ...one, candidate: anyNode(server) },
        enabled({ protocol }, { server: by, candidate }) {
          const [own, asking] = [protocol.servers.get(by), protocol.servers.get(candidate)];
          if (asking.role !== 'candidate') return 'nobody asks for a vote';
          if (asking.term > own.term) return true;
          return (asking.term === own.term && own.votedFor === undefined) || 'its vote is given';
        },
        step({ protocol }, { server: by, candidate }) {
          const [own, asking] = [protocol.servers.get(by), protocol.servers.get(candidate)];
          own.role = 'follower';
          own.term = asking.term;
          own.votedFor = candidate;
          own.votes.clear();
          asking.votes.add(by);
        },
      }),
      action({
        name: 'lead',
        kind: 'protocol',
        actor: 'server',
        phrase: '{server} has a majority and leads',
        params: one,
        enabled({ protocol }, { server: by }) {
          const { role, votes } = protocol.servers.get(by);
          return (role === 'candidate' && 2 * votes.size > servers) || 'it has no majority';
        },
        step({ protocol }, { server: by }) {
          protocol.servers.get(by).role = 'leader';
        },
      }),
      action({
        name: 'crash',
        kind: 'fault',
        actor: 'server',
        phrase: '{server} crashes and starts again',
        params: one,
        spends: 'crashes',
        enabled: () => true,
        step({ protocol }, { server: by }) {
          const own = protocol.servers.get(by);
          own.role = 'follower';
          own.votes.clear();
          if (!keepsVote) own.votedFor = undefined;
        },
      }),
    ],
  });
  const properties = [
    invariant({
      name: 'one-leader-per-term',
      statement: 'No two servers lead in one term.',
      holds({ protocol }) {
        const all = server.all.map(one => protocol.servers.get(one));
        const led = all.filter(({ role }) => role === 'leader').map(({ term }) => term);
        return new Set(led).size === led.length;
      },
    }),
    sometimes({
      name: 'split-vote',
      statement: 'Every vote of a term is given, and nobody has a majority of them.',
      reaches(_, { protocol }) {
        const all = server.all.map(one => protocol.servers.get(one));
        const isOver = all.every(({ term, votedFor }) => term === 1 && votedFor !== undefined);
        return isOver && all.every(({ votes }) => 2 * votes.size <= servers);
      },
    }),
  ];
  return { model, properties };
}
