import {
  type Cases,
  type Edit,
  freshQuorum,
  is,
  knows,
  n1,
  n2,
  n3,
  refusedBy,
  set,
  stops,
} from '../handBuilt.ts';

type Node = typeof n1;
const candidate = is(n2, 'candidate', { epoch: 2, vote: n2 });
const grantedBy =
  (node: Node, voter: Node): Edit =>
  ({ protocol }) => {
    protocol.nodes.get(node).granted.add(voter);
  };
const fetched =
  (node: Node, other: Node): Edit =>
  ({ protocol }) => {
    protocol.nodes.get(node).fetchOffsets.set(other, 0);
  };
const hasFetched =
  (node: Node): Edit =>
  ({ protocol }) => {
    protocol.nodes.get(node).hasFetched = true;
  };
const inEpoch =
  (node: Node, known: { epoch?: number; leader?: Node; vote?: Node }): Edit =>
  ({ protocol }) => {
    Object.assign(protocol.nodes.get(node), known);
  };

/** States for the property about what nodes have in memory. */
export const memoryCases: Readonly<Record<string, Cases>> = {
  'memory-belongs-to-state': {
    good: {
      'a leader and who follows it': freshQuorum(
        set(n1, { epochStartOffset: 1, active: true }),
        fetched(n1, n2),
        hasFetched(n2),
      ),
      'a candidate with votes': freshQuorum(candidate, grantedBy(n2, n3), refusedBy(n2, n1)),
      'one asks for pre-votes': freshQuorum(
        is(n2, 'prospective'),
        grantedBy(n2, n3),
        refusedBy(n2, n1),
      ),
      'a node has stopped': freshQuorum(stops(n2)),
    },
    bad: {
      'a follower with votes': [
        freshQuorum(grantedBy(n2, n3)),
        'node-2 is follower, and has votes',
      ],
      'a follower with refusals': [
        freshQuorum(refusedBy(n2, n3)),
        'node-2 is follower, and has refusals',
      ],
      'a candidate that has fetched': [
        freshQuorum(candidate, hasFetched(n2)),
        'node-2 is candidate, and has a fetch from its leader',
      ],
      'a follower with an epoch of its own': [
        freshQuorum(set(n2, { epochStartOffset: 1 })),
        'node-2 is follower, and has the start of its epoch',
      ],
      'a follower with an active controller': [
        freshQuorum(set(n2, { active: true })),
        'node-2 is follower, and has an active controller',
      ],
      'a follower that knows of fetches': [
        freshQuorum(fetched(n2, n3)),
        'node-2 is follower, and has fetches of others',
      ],
      'an epoch in memory': [
        freshQuorum(stops(n2), inEpoch(n2, { epoch: 1 })),
        'node-2 is stopped, and has an epoch',
      ],
      'a leader in memory': [
        freshQuorum(stops(n2), inEpoch(n2, { leader: n1 })),
        'node-2 is stopped, and has a leader',
      ],
      'a vote in memory': [
        freshQuorum(stops(n2), inEpoch(n2, { vote: n1 })),
        'node-2 is stopped, and has a vote',
      ],
      'a high watermark in memory': [
        freshQuorum(stops(n2), set(n2, { highWatermark: 1 })),
        'node-2 is stopped, and has a high watermark',
      ],
      'what was applied in memory': [
        freshQuorum(stops(n2), set(n2, { appliedOffset: 1 })),
        'node-2 is stopped, and has what it has applied',
      ],
      'voters in memory': [
        freshQuorum(stops(n2), knows(n2, [n1])),
        'node-2 is stopped, and has voters',
      ],
    },
  },
};
