import type { TraceFile, TraceJson } from '../../../../checker/trace/traceFile.ts';
import type { Cut, LaneState } from '../frame.ts';
import { Place } from '../place.ts';
import { cutFacts, madeCuts, messagesPart } from '../view/inFlight.ts';
import { restParts } from '../view/restParts.ts';
import { nothing, plain, said } from '../view/said.ts';
import type { Fact, Part, Section } from '../view/view.ts';
import { ghostRows } from './brokerLogs.ts';
import { brokerRows } from './brokerRows.ts';
import { partitionMessages } from './partitionMessages.ts';
import { partitionTable } from './partitionTable.ts';
import { brokerLane, partitionCuts } from './replicationState.ts';

/** The controller as an actor. */
const CONTROLLER = 'controller';

const known = {
  state: ['protocol', 'ghost', 'budget'],
  protocol: [
    'brokers',
    'registrations',
    'metadata',
    'alterPartition',
    'registrationAnswers',
    'fetchRequests',
    'fetchResponses',
    'network',
    'producer',
  ],
  ghost: ['acknowledged', 'exposed', 'deletedBefore'],
};

/** The brokers, the controller, and then everybody else who acts. */
export function replicationLanes({ initial, steps }: TraceFile): readonly string[] {
  const brokers = new Place(initial.state).at('protocol', 'brokers').keys;
  return [...new Set([...brokers, CONTROLLER, ...steps.map(({ actor }) => actor)])];
}

/** What is to be seen of somebody on a lane; of anybody but a broker nothing is known. */
export function replicationLaneState(state: TraceJson, lane: string): LaneState {
  const protocol = new Place(state).at('protocol');
  if (!protocol.at('brokers', lane).isRecord) return { condition: 'up', leads: false };
  return brokerLane(protocol, lane);
}

export function replicationCuts(state: TraceJson): readonly Cut[] {
  return partitionCuts(new Place(state).at('protocol'), CONTROLLER);
}

/** The state of one topic partition, as it is shown. */
export function replicationView(trace: TraceFile, state: Place, step: number): readonly Section[] {
  const [protocol, ghost] = [state.at('protocol'), state.at('ghost')];
  const cuts = (place: Place) => partitionCuts(place, CONTROLLER);
  const messages = () => partitionMessages(protocol, CONTROLLER);
  const parts: readonly Part[] = [
    ...partitionParts(protocol, ghost),
    messagesPart(trace, step, messages),
    {
      kind: 'facts',
      title: 'Clients and network',
      facts: [
        ...producerFacts(protocol),
        ...cutFacts(
          madeCuts(cuts(protocol), protocol.before === undefined ? undefined : cuts(protocol.past)),
        ),
      ],
    },
    ...restParts(state, known),
  ];
  return [{ title: '', parts }];
}

/** The replicas of a partition with what was promised of them, and the partition as everybody knows it. */
export function partitionParts(protocol: Place, ghost: Place): readonly Part[] {
  return [
    { kind: 'nodes', rows: brokerRows(protocol), records: ghostRows(protocol, ghost) },
    {
      kind: 'table',
      title: 'The partition, as each of them knows it',
      table: partitionTable(protocol),
    },
  ];
}

/** What the producer has sent, and of which records it does not know what became of them. */
export function producerFacts(protocol: Place): readonly Fact[] {
  const producer = protocol.at('producer');
  return [
    { label: 'producer', ...said(producer.at('sent'), sent => `${plain(sent)} sent`) },
    {
      label: 'fate unknown',
      ...said(
        producer.at('unresolved'),
        list => list.list.map(one => `r${plain(one)}`).join(', ') || nothing,
      ),
    },
  ];
}
