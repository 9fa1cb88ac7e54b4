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
import { brokerLane, partitionAt, partitionCuts, partitionsOf } from './replicationState.ts';

/** The controller as an actor. */
const CONTROLLER = 'controller';

const known = {
  state: ['protocol', 'ghost', 'budget'],
  protocol: [
    'brokers',
    'registrations',
    'metadata',
    'registrationAnswers',
    'network',
    'partitions',
  ],
  ghost: ['partitions'],
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

/** The state of a topic, as it is shown: its partitions, and what there is beside them. */
export function replicationView(trace: TraceFile, state: Place, step: number): readonly Section[] {
  const [protocol, ghost] = [state.at('protocol'), state.at('ghost')];
  const cuts = (place: Place) => partitionCuts(place, CONTROLLER);
  const messages = () => partitionMessages(protocol, CONTROLLER);
  const beside: readonly Part[] = [
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
  const partitions = partitionSections(protocol, ghost, '');
  const [only] = partitions;
  if (partitions.length === 1 && only !== undefined) {
    return [{ ...only, parts: [...only.parts, ...beside] }];
  }
  return [...partitions, { title: 'Beside the partitions', parts: beside }];
}

/**
 * For each partition its replicas with what was promised of them, and the partition as everybody knows it.
 * The title is that of a single one; several are called by their names.
 */
export function partitionSections(protocol: Place, ghost: Place, title: string): Section[] {
  const partitions = partitionsOf(protocol);
  return partitions.map(partition => ({
    title: partitions.length === 1 ? title : partition.id,
    parts: [
      {
        kind: 'nodes',
        rows: brokerRows(partition),
        records: ghostRows(partition, ghost.at('partitions', partition.id)),
      },
      {
        kind: 'table',
        title: 'The partition, as each of them knows it',
        table: partitionTable(partition),
      },
    ],
  }));
}

/** What producers have sent, and of which records they do not know what became of them. */
export function producerFacts(protocol: Place): readonly Fact[] {
  const partitions = partitionsOf(protocol);
  return partitions.flatMap(partition => {
    const producer = partitionAt(partition).at('producer');
    const suffix = partitions.length > 1 ? ` (${partition.id})` : '';
    return [
      { label: `producer${suffix}`, ...said(producer.at('sent'), sent => `${plain(sent)} sent`) },
      {
        label: `fate unknown${suffix}`,
        ...said(
          producer.at('unresolved'),
          list => list.list.map(one => `r${plain(one)}`).join(', ') || nothing,
        ),
      },
    ];
  });
}
