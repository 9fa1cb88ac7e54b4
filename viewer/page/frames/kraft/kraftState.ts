import type { LaneState } from '../frame.ts';
import type { Place } from '../place.ts';
import { offsetAt } from '../view/logStrip.ts';

/** What is to be seen of a node on its lane. */
export function nodeLane(quorum: Place, name: string): LaneState {
  const node = quorum.at('nodes', name);
  const state = node.at('state').text;
  if (state === 'stopped') return { condition: 'down', leads: false };
  const epoch = node.at('epoch').number;
  return {
    condition: 'up',
    ...(state === undefined ? {} : { role: state }),
    ...(epoch === undefined ? {} : { epoch }),
    leads: state === 'leader',
  };
}

/** Who leads in the newest epoch that somebody leads; the first of them, if a defect lets there be two. */
export function newestLeader(quorum: Place): string | undefined {
  const leaders = quorum
    .at('nodes')
    .entries.filter(([, node]) => node.at('state').text === 'leader')
    .map(([name, node]) => ({ name, epoch: node.at('epoch').number ?? 0 }));
  return leaders.reduce<(typeof leaders)[number] | undefined>(
    (newest, one) => (newest === undefined || one.epoch > newest.epoch ? one : newest),
    undefined,
  )?.name;
}

/** The entry of a node at an offset; null where its log has none. */
export function entryAt(node: Place, offset: number): Place {
  return node.at('log', offset - (offsetAt(node.at('logStartOffset')) ?? 0));
}

/** The end of the log, exclusive. */
export function logEnd(node: Place): number {
  return (offsetAt(node.at('logStartOffset')) ?? 0) + node.at('log').list.length;
}
