import {
  type Cases,
  type Edit,
  files,
  first,
  knows,
  n1,
  n2,
  n3,
  n4,
  set,
  snapshot,
  stepFrom,
  stops,
  writes,
} from '../handBuilt.ts';

type Node = typeof n1;
const cut =
  (from: Node, to: Node): Edit =>
  ({ protocol }) => {
    protocol.cutLinks.get(from, to).cut = true;
  };
/** Of node 2: all but one of its links, and that one. */
const cutOff = [cut(n2, n1), cut(n1, n2), cut(n2, n3), cut(n3, n2), cut(n2, n4)];
const last = cut(n4, n2);
const asked: Edit = ({ protocol }) => {
  protocol.connections.get(n2, n1).phase = 'request';
};
const of = { node: 'node-2' };
const link = { from: 'node-2', to: 'node-1' };
const voter = (name: string) => ({ leader: 'node-1', voter: name });
const inVain = (name: string, why: string): string => `${name} does nothing: ${why}`;

const empty: readonly Edit[] = [stops(n2), writes(n2, []), files(n2, { epoch: 0 }), knows(n2, [])];
const fresh = [...empty, set(n2, { directory: 1 })];
const has = (what: string): string => `the new disk of node-2 has ${what}`;
const replaced = (after: readonly Edit[], directory = 'new') =>
  stepFrom([], after, 'replaceDisk', { node: 'node-2', directory });

/** Steps for the properties about faults and operators. */
export const faultCases: Readonly<Record<string, Cases>> = {
  'nothing-happens-in-vain': {
    good: {
      'a node crashes': stepFrom([], [stops(n2)], 'crash', of),
      'a node restarts': stepFrom([stops(n2)], [], 'restart', of),
      'a file is lost': stepFrom([stops(n2)], [files(n2, { epoch: 0 })], 'loseQuorumState', of),
      'a leader resigns': stepFrom([], [], 'resign', { leader: 'node-1' }),
      'a first snapshot': stepFrom([], [snapshot(n2, 1)], 'takeSnapshot', of),
      'an observer is added': stepFrom([], [], 'addVoter', voter('node-4')),
      'a voter is removed': stepFrom([], [], 'removeVoter', voter('node-2')),
      'the last link of a node': stepFrom(cutOff, [last], 'cutNode', of),
      'the last link to a node': stepFrom(
        [cut(n1, n2), cut(n3, n2), last, cut(n2, n1), cut(n2, n3)],
        [cut(n2, n4)],
        'cutNode',
        of,
      ),
      'the other direction of a link': stepFrom([cut(n1, n2)], [cut(n2, n1)], 'cutLink', link),
      'the network heals': stepFrom([cut(n2, n1)], [], 'healNetwork'),
      'a message is lost': stepFrom([asked], [], 'loseMessage', link),
      'a message is delayed': stepFrom([asked], [], 'delayMessage', link),
      'a message is there twice': stepFrom([asked], [], 'duplicateMessage', link),
    },
    bad: {
      'a stopped node crashes': [
        stepFrom([stops(n2)], [], 'crash', of),
        inVain('crash', 'it had stopped'),
      ],
      'a running node restarts': [stepFrom([], [], 'restart', of), inVain('restart', 'it ran')],
      'an empty file is lost': [
        stepFrom([files(n2, { epoch: 0 })], [], 'loseQuorumState', of),
        inVain('loseQuorumState', 'the file said nothing'),
      ],
      'a follower resigns': [
        stepFrom([], [], 'resign', { leader: 'node-2' }),
        inVain('resign', 'it did not lead'),
      ],
      'the same snapshot': [
        stepFrom([snapshot(n2, 1)], [], 'takeSnapshot', of),
        inVain('takeSnapshot', 'it had one'),
      ],
      'a voter is added': [
        stepFrom([], [], 'addVoter', voter('node-2')),
        inVain('addVoter', 'that was a voter'),
      ],
      'an observer is removed': [
        stepFrom([], [], 'removeVoter', voter('node-4')),
        inVain('removeVoter', 'that was no voter'),
      ],
      'a node is cut off again': [
        stepFrom([...cutOff, last], [], 'cutNode', of),
        inVain('cutNode', 'it was cut off'),
      ],
      'a link is cut again': [
        stepFrom([cut(n2, n1)], [], 'cutLink', link),
        inVain('cutLink', 'it was cut'),
      ],
      'a whole network heals': [
        stepFrom([], [], 'healNetwork'),
        inVain('healNetwork', 'nothing was cut'),
      ],
      'nothing is lost': [
        stepFrom([], [], 'loseMessage', link),
        inVain('loseMessage', 'nothing was on its way'),
      ],
    },
    silent: { 'a node flushes': stepFrom([], [], 'flush', of) },
  },
  'replaced-disks-are-empty': {
    good: {
      'a new disk': replaced(fresh),
      'a disk with the old directory id': replaced(empty, 'same'),
    },
    bad: {
      'with a log': [replaced([...fresh, writes(n2, [first])]), has('a log')],
      'with a log that began later': [
        replaced([...fresh, writes(n2, [], { start: 1 })]),
        has('a log'),
      ],
      'with a snapshot': [replaced([...fresh, snapshot(n2, 1, { of: [] })]), has('a snapshot')],
      'with voters': [replaced([...fresh, snapshot(n2, 0, { of: [n1] })]), has('a snapshot')],
      'with an epoch': [replaced([...fresh, files(n2, { epoch: 1 })]), has('an epoch')],
      'with a leader': [replaced([...fresh, files(n2, { epoch: 0, leader: n1 })]), has('an epoch')],
      'with a vote': [replaced([...fresh, files(n2, { epoch: 0, vote: n1 })]), has('a vote')],
      'with the old directory id': [replaced(empty), has('directory id 0')],
      'with another directory id': [replaced(fresh, 'same'), has('directory id 1')],
    },
    silent: { 'a node crashes': stepFrom([], [stops(n2)], 'crash', of) },
  },
};
