import type { TraceFile, TraceJson } from '../../../../checker/trace/traceFile.ts';
import type { Cut, LaneState } from '../frame.ts';
import { nodeLane } from '../kraft/kraftState.ts';
import { networkFacts, quorumParts } from '../kraft/kraftView.ts';
import { quorumMessages } from '../kraft/quorumMessages.ts';
import { linkCuts } from '../links.ts';
import { Place } from '../place.ts';
import { partitionMessages } from '../replication/partitionMessages.ts';
import { brokerLane } from '../replication/replicationState.ts';
import { partitionSections, producerFacts } from '../replication/replicationView.ts';
import { messagesPart } from '../view/inFlight.ts';
import { restParts } from '../view/restParts.ts';
import { nothing, plain, said, spaced } from '../view/said.ts';
import type { Fact, Section, ViewTable } from '../view/view.ts';

/** Who a partition's message is from or to, if it is whichever controller is active. */
const CONTROLLER = 'controller';

const known = {
  state: ['protocol', 'ghost', 'budget'],
  protocol: [
    'quorum',
    'partition',
    'controller',
    'decisions',
    'appliedOffset',
    'metadataOffsetAt',
    'registeredAt',
  ],
  ghost: ['quorum', 'partition', 'applied'],
};

/** The nodes, the brokers that are no nodes by name, and then everybody else who acts. */
export function clusterLanes({ initial, steps }: TraceFile): readonly string[] {
  const protocol = new Place(initial.state).at('protocol');
  const nodes = protocol.at('quorum', 'nodes').keys;
  const brokers = protocol.at('partition', 'brokers').keys;
  return [...new Set([...nodes, ...brokers, ...steps.map(({ actor }) => actor)])];
}

/** A broker is shown by what it is for the partition, although it observes the quorum as well. */
export function clusterLaneState(state: TraceJson, lane: string): LaneState {
  const protocol = new Place(state).at('protocol');
  const [quorum, partition] = [protocol.at('quorum'), protocol.at('partition')];
  if (partition.at('brokers', lane).isRecord) return brokerLane(partition, lane);
  if (quorum.at('nodes', lane).isRecord) return nodeLane(quorum, lane);
  return { condition: 'up', leads: false };
}

/** One network carries both levels: what is cut between nodes is cut for the brokers on them. */
export function clusterCuts(state: TraceJson): readonly Cut[] {
  const protocol = new Place(state).at('protocol');
  const cuts = [
    ...linkCuts(protocol.at('quorum', 'cutLinks')),
    ...linkCuts(protocol.at('partition', 'network', 'cutLinks')),
  ];
  const keys = cuts.map(({ from, to }) => JSON.stringify([from, to]));
  return cuts.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** The state of a cluster, as it is shown: both levels, and what lies between them. */
export function clusterView(trace: TraceFile, state: Place, step: number): readonly Section[] {
  const [protocol, ghost] = [state.at('protocol'), state.at('ghost')];
  const [quorum, partition] = [protocol.at('quorum'), protocol.at('partition')];
  const meaning = (value: number) => decisionWords(protocol.at('decisions', value - 1));
  const controller = protocol.at('controller').text ?? CONTROLLER;
  const messages = () => [...quorumMessages(quorum), ...partitionMessages(partition, controller)];
  return [
    ...partitionSections(partition, ghost.at('partition'), 'Topic partition'),
    {
      title: 'Metadata quorum',
      parts: quorumParts(quorum, ghost.at('quorum'), meaning),
    },
    {
      title: 'Between them',
      parts: [
        messagesPart(trace, step, messages),
        {
          kind: 'facts',
          title: 'Clients and network',
          facts: [...producerFacts(partition), ...betweenFacts(protocol), ...networkFacts(quorum)],
        },
        { kind: 'table', title: 'Decisions of controllers', table: decisionTable(protocol) },
        ...restParts(state, known),
      ],
    },
  ];
}

function betweenFacts(protocol: Place): readonly Fact[] {
  return [
    { label: 'active controller', ...said(protocol.at('controller'), plain) },
    {
      label: 'metadata in effect to',
      ...said(protocol.at('appliedOffset'), plain, {
        hint: 'the committed entries below this offset have taken effect',
      }),
    },
  ];
}

/** What the records of the metadata log stand for. */
function decisionTable(protocol: Place): ViewTable {
  return {
    columns: ['decision', 'about'],
    rows: protocol.at('decisions').list.map((decision, index) => ({
      name: `r${index + 1}`,
      isReference: false,
      cells: [said(decision, one => spaced(plain(one.at('command')))), said(decision, aboutWords)],
    })),
  };
}

function decisionWords(decision: Place): string {
  const about = aboutWords(decision);
  const command = spaced(plain(decision.at('command')));
  return about === nothing ? command : `${command} (${about})`;
}

function aboutWords(decision: Place): string {
  const names = [
    ['', decision.at('partition')],
    ['', decision.at('broker')],
    ['add ', decision.at('add')],
    ['remove ', decision.at('remove')],
  ] as const;
  const parts = names.flatMap(([word, place]) =>
    place.text === undefined ? [] : [`${word}${place.text}`],
  );
  const minIsr = decision.at('minInsyncReplicas').number ?? 0;
  return [...parts, ...(minIsr === 0 ? [] : [`min ISR ${minIsr}`])].join(', ') || nothing;
}
