import { type Cases, type Edit, n1, n2, n3, stepFrom } from '../handBuilt.ts';

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

/** Places for the property about the network. */
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
};
