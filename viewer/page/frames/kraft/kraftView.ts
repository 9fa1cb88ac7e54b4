import type { TraceFile, TraceJson } from '../../../../checker/trace/traceFile.ts';
import type { Cut, LaneState } from '../frame.ts';
import { linkCuts } from '../links.ts';
import { Place } from '../place.ts';
import { cutFacts, madeCuts, messagesPart } from '../view/inFlight.ts';
import { restParts } from '../view/restParts.ts';
import { nothing, plain, said } from '../view/said.ts';
import type { Fact, Part, Section } from '../view/view.ts';
import type { ValueWords } from './entry.ts';
import { nodeLane } from './kraftState.ts';
import { committedRow } from './nodeLogs.ts';
import { electionTable, nodeRows } from './nodeRows.ts';
import { quorumMessages } from './quorumMessages.ts';

const known = {
  state: ['protocol', 'ghost', 'budget'],
  protocol: ['nodes', 'connections', 'strays', 'cutLinks', 'client'],
  ghost: ['leaders', 'committed', 'votes'],
};

/** The nodes, and then everybody else who acts. */
export function kraftLanes({ initial, steps }: TraceFile): readonly string[] {
  const nodes = new Place(initial.state).at('protocol', 'nodes').keys;
  return [...new Set([...nodes, ...steps.map(({ actor }) => actor)])];
}

/** What is to be seen of somebody on a lane; of anybody but a node nothing is known. */
export function kraftLaneState(state: TraceJson, lane: string): LaneState {
  const quorum = new Place(state).at('protocol');
  if (!quorum.at('nodes', lane).isRecord) return { condition: 'up', leads: false };
  return nodeLane(quorum, lane);
}

export function kraftCuts(state: TraceJson): readonly Cut[] {
  return linkCuts(new Place(state).at('protocol', 'cutLinks'));
}

/** The state of the metadata quorum, as it is shown. */
export function kraftView(trace: TraceFile, state: Place, step: number): readonly Section[] {
  const [quorum, ghost] = [state.at('protocol'), state.at('ghost')];
  const parts: readonly Part[] = [
    ...quorumParts(quorum, ghost),
    messagesPart(trace, step, () => quorumMessages(quorum)),
    {
      kind: 'facts',
      title: 'Clients and network',
      facts: [
        { label: 'client', ...said(quorum.at('client', 'sent'), sent => `${plain(sent)} sent`) },
        ...networkFacts(quorum),
      ],
    },
    ...restParts(state, known),
  ];
  return [{ title: '', parts }];
}

/** The nodes with what was committed, the election as each knows it, and who has led. */
export function quorumParts(quorum: Place, ghost: Place, valueWords?: ValueWords): readonly Part[] {
  const records = committedRow(quorum, ghost, valueWords);
  return [
    { kind: 'nodes', rows: nodeRows(quorum, valueWords), records },
    {
      kind: 'table',
      title: 'The election, as each of them knows it',
      table: electionTable(quorum),
    },
    { kind: 'facts', title: 'Leaders by epoch', facts: leaderFacts(quorum, ghost) },
  ];
}

/** The cuts between the nodes. */
export function networkFacts(quorum: Place): readonly Fact[] {
  const cuts = (place: Place) => linkCuts(place.at('cutLinks'));
  const before = quorum.before === undefined ? undefined : cuts(quorum.past);
  return cutFacts(madeCuts(cuts(quorum), before));
}

/** Who first led each epoch, and who else takes itself for the leader of it now. */
function leaderFacts(quorum: Place, ghost: Place): readonly Fact[] {
  const facts = ghost.at('leaders').list.flatMap((_, index) => {
    const epoch = index + 1;
    const words = ([nodes, ghosts]: readonly [Place, Place]) => epochWords(nodes, ghosts, epoch);
    const text = words([quorum, ghost]);
    const was = ghost.before === undefined ? text : words([quorum.past, ghost.past]);
    const isTwice = text.includes(' and ');
    const tone = isTwice ? { tone: 'bad' as const, hint: 'two leaders in one epoch' } : {};
    const fact = { label: `epoch ${epoch}`, text, changed: text !== was, ...tone };
    return text === nothing && was === nothing ? [] : [text === was ? fact : { ...fact, was }];
  });
  return facts.length > 0 ? facts : [{ label: 'so far', text: 'nobody has led', changed: false }];
}

function epochWords(quorum: Place, ghost: Place, epoch: number): string {
  const first = ghost.at('leaders', epoch - 1, 'leader').text;
  const leading = quorum.at('nodes').entries.flatMap(([name, node]) => {
    const leads = node.at('state').text === 'leader' && node.at('epoch').number === epoch;
    return leads ? [name] : [];
  });
  const leaders = [...new Set(first === undefined ? leading : [first, ...leading])];
  return leaders.join(' and ') || nothing;
}
