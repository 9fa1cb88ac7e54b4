import { type Cases, type Edit, n1, n2, n3, set, stepFrom } from '../handBuilt.ts';

type Node = typeof n1;
/** What node 2 sends to node 1 is lost. */
const cut: Edit = ({ protocol }) => {
  protocol.cutLinks.get(n2, n1).cut = true;
};
/** A message is on its way between a node that asks and one that answers. */
const underWay =
  (phase: 'request' | 'response', from: Node, to: Node): Edit =>
  ({ protocol }) => {
    protocol.connections.get(from, to).phase = phase;
  };
const exchange = (from: string, to: string, answer: string) =>
  ['exchangeFetch', { from, to, answer }] as const;

const stray =
  (phase: 'request' | 'response'): Edit =>
  ({ protocol: { strays, connections } }) => {
    strays.push({ ...connections.get(n2, n1), from: n2, to: n1, phase });
  };
const noStray: Edit = ({ protocol }) => protocol.strays.truncate(0);
const becomes =
  (phase: 'request' | 'response'): Edit =>
  ({ protocol }) => {
    protocol.strays.get(0).phase = phase;
  };
const arrives = ['deliverStray', { stray: 0 }] as const;
const isThere = 'stray message 0 has arrived, and is still on its way';

/** Node 1 is in the second epoch. */
const newer: Edit = ({ protocol }) => {
  protocol.nodes.get(n1).epoch = 2;
};
const asks =
  (rpc: 'vote' | 'preVote', epoch: number): Edit =>
  ({ protocol }) => {
    Object.assign(protocol.connections.get(n2, n1), { phase: 'request', rpc, epoch });
  };
const answered =
  (result: 'refused' | 'granted' | 'rejected' | 'unsupported'): Edit =>
  ({ protocol }) => {
    Object.assign(protocol.connections.get(n2, n1), { phase: 'response', epoch: 1, result });
  };

/** Places for the properties about the network. */
export const networkCases: Readonly<Record<string, Cases>> = {
  'nothing-crosses-a-cut': {
    good: {
      'a request goes the other way': stepFrom([cut], [underWay('request', n1, n2)]),
      'an answer comes the other way': stepFrom([cut], [underWay('response', n2, n1)]),
      'a request goes to another node': stepFrom([cut], [underWay('request', n2, n3)]),
      'a request was on its way': stepFrom([underWay('request', n2, n1), cut], []),
      'an answer was on its way': stepFrom([underWay('response', n1, n2), cut], []),
      'the answer to an exchange is lost': stepFrom(
        [cut],
        [],
        ...exchange('node-1', 'node-2', 'lost'),
      ),
      'a request that was on its way is handled': stepFrom([cut], [], 'handleFetch', {
        from: 'node-2',
        to: 'node-1',
      }),
      'two others exchange': stepFrom([cut], [], ...exchange('node-2', 'node-3', 'arrives')),
      'another is asked': stepFrom([cut], [], ...exchange('node-3', 'node-1', 'arrives')),
      'an exchange began before': stepFrom(
        [underWay('request', n2, n1), cut],
        [],
        ...exchange('node-2', 'node-1', 'arrives'),
      ),
    },
    bad: {
      'a request is sent': [
        stepFrom([cut], [underWay('request', n2, n1)]),
        'a request goes from node-2 to node-1 across a cut',
      ],
      'an answer is sent': [
        stepFrom([cut], [underWay('response', n1, n2)]),
        'an answer goes from node-2 to node-1 across a cut',
      ],
      'an exchange begins': [
        stepFrom([cut], [], ...exchange('node-2', 'node-1', 'lost')),
        'a request goes from node-2 to node-1 across a cut',
      ],
      'the answer to an exchange arrives': [
        stepFrom([cut], [], ...exchange('node-1', 'node-2', 'arrives')),
        'an answer goes from node-2 to node-1 across a cut',
      ],
    },
    silent: { 'nothing is cut': stepFrom([], [underWay('request', n2, n1)]) },
  },
  'messages-arrive-once': {
    good: {
      'an answer is gone': stepFrom([stray('response')], [noStray], ...arrives),
      'a request is answered': stepFrom([stray('request')], [becomes('response')], ...arrives),
    },
    bad: {
      'a request stays': [stepFrom([stray('request')], [], ...arrives), isThere],
      'an answer stays': [stepFrom([stray('response')], [], ...arrives), isThere],
    },
    silent: { 'a message is late': stepFrom([], [stray('request')], 'delayMessage') },
  },
  'older-requests-are-refused': {
    good: {
      'it is refused': stepFrom([newer, asks('vote', 1)], [answered('refused')]),
      'by one that knows no pre-votes': stepFrom(
        [newer, asks('vote', 1), set(n1, { preVoteSupported: false })],
        [answered('refused')],
      ),
    },
    bad: {
      'a vote is granted': [
        stepFrom([newer, asks('vote', 1)], [answered('granted')]),
        'node-1 answers a request of node-2 of an older epoch with granted',
      ],
      'a pre-vote is rejected': [
        stepFrom([newer, asks('preVote', 1)], [answered('rejected')]),
        'node-1 answers a request of node-2 of an older epoch with rejected',
      ],
      'a vote is not supported': [
        stepFrom(
          [newer, asks('vote', 1), set(n1, { preVoteSupported: false })],
          [answered('unsupported')],
        ),
        'node-1 answers a request of node-2 of an older epoch with unsupported',
      ],
    },
    silent: {
      'it is of the same epoch': stepFrom([newer, asks('vote', 2)], [answered('granted')]),
      'it is not handled': stepFrom([newer, asks('vote', 1)], []),
      'an answer was on its way': stepFrom([newer, answered('granted')], []),
      'pre-votes are not known': stepFrom(
        [newer, asks('preVote', 1), set(n1, { preVoteSupported: false })],
        [answered('unsupported')],
      ),
    },
  },
};
