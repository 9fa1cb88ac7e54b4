import { isNodeName } from '../../../../checker/trace/participants.ts';
import type { TraceFile, TraceJson } from '../../../../checker/trace/traceFile.ts';
import type { LaneState } from '../frame.ts';
import { Place } from '../place.ts';

/** How deep in a state nodes are looked for. */
const MOST_DEPTH = 4;
/** States of a lifecycle in which a process does not run. */
const DOWN = new Set(['down', 'stopped', 'notRunning', 'offline', 'crashed', 'dead']);
const LEADING = new Set(['leader', 'leading', 'primary']);

/** What looks like a node in the state, and then everybody else who acts, as they appear. */
export function genericLanes({ initial, steps }: TraceFile): readonly string[] {
  const nodes = nodeNamesIn(new Place(initial.state), MOST_DEPTH);
  return [...new Set([...nodes, ...steps.map(({ actor }) => actor)])];
}

/** The keys that look like the name of a node, in the order in which they appear. */
function nodeNamesIn(place: Place, depth: number): readonly string[] {
  if (depth === 0) return [];
  return [
    ...new Set(
      place.entries.flatMap(([key, child]) => [
        ...(isNodeName(key) && !key.includes('->') ? [key] : []),
        ...nodeNamesIn(child, depth - 1),
      ]),
    ),
  ];
}

/** What can be told of a node without knowing the model: its role, if one of its fields is called so. */
export function genericLaneState(state: TraceJson, lane: string): LaneState {
  const node = nodeIn(new Place(state), lane, MOST_DEPTH);
  if (node === undefined) return { condition: 'up', leads: false };
  const role =
    node.text !== undefined
      ? [node.text]
      : ['process', 'state', 'role', 'status'].flatMap(key => node.at(key).text ?? []);
  const epoch = node.at('epoch').number ?? node.at('term').number;
  const isPaused = node.at('paused').isSet;
  const isDown = role.some(word => DOWN.has(word)) || node.at('crashed').isSet;
  return {
    condition: isDown ? 'down' : isPaused ? 'paused' : 'up',
    ...(role[0] === undefined ? {} : { role: role[0] }),
    ...(epoch === undefined ? {} : { epoch }),
    leads: role.some(word => LEADING.has(word)),
  };
}

function nodeIn(place: Place, name: string, depth: number): Place | undefined {
  const here = place.at(name);
  if (here.isRecord || here.text !== undefined) return here;
  if (depth === 1) return undefined;
  for (const [, child] of place.entries) {
    const found = nodeIn(child, name, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
