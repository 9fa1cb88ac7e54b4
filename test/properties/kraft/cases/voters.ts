import {
  type Cases,
  type Edit,
  first,
  n1,
  n2,
  n3,
  n4,
  set,
  stepFrom,
  voterSet,
  voters,
  writes,
} from '../handBuilt.ts';

type Node = typeof n1;
const appends = (...of: readonly Node[]): Edit => writes(n1, [first, voterSet(of)]);
/** The newest voters record names this disk of a node. */
const onDisk =
  (node: Node, directory: number): Edit =>
  ({ protocol }) => {
    const { log } = protocol.nodes.get(n1);
    log.get(log.length - 1).directories.set(node, directory);
  };
const add = (...edits: readonly Edit[]) =>
  stepFrom([set(n4, { directory: 1 })], edits, 'addVoter', { leader: 'node-1', voter: 'node-4' });
const remove = (...edits: readonly Edit[]) =>
  stepFrom([], edits, 'removeVoter', { leader: 'node-1', voter: 'node-3' });
const three = 'node-1, node-2, node-3';

/** Steps for the property about what operators ask of the voters. */
export const voterCases: Readonly<Record<string, Cases>> = {
  'voter-changes-are-as-asked': {
    good: {
      'one more, on its second disk': add(appends(...voters, n4), onDisk(n4, 1)),
      'one less': remove(appends(n1, n2)),
      'one less, which has another disk by now': stepFrom(
        [set(n3, { directory: 1 })],
        [appends(n1, n2)],
        'removeVoter',
        { leader: 'node-1', voter: 'node-3' },
      ),
    },
    bad: {
      'nobody is added': [add(appends(...voters)), `addVoter of node-4 makes ${three} of ${three}`],
      'on another disk': [
        add(appends(...voters, n4)),
        `addVoter of node-4 makes ${three}, node-4 of ${three}`,
      ],
      'another one is no voter any more': [
        add(appends(n1, n3, n4), onDisk(n4, 1)),
        `addVoter of node-4 makes node-1, node-3, node-4 on disk 1 of ${three}`,
      ],
      'another one is on another disk': [
        remove(appends(n1, n2), onDisk(n2, 1)),
        `removeVoter of node-3 makes node-1, node-2 on disk 1 of ${three}`,
      ],
      'nobody is removed': [
        remove(appends(...voters)),
        `removeVoter of node-3 makes ${three} of ${three}`,
      ],
      'another one comes in': [
        remove(appends(n1, n2, n4)),
        `removeVoter of node-3 makes node-1, node-2, node-4 of ${three}`,
      ],
    },
    silent: { 'a leader changes the voters by itself': stepFrom([], [appends(n1, n2)], 'flush') },
  },
};
