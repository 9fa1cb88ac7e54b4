import type { TraceFile, TraceJson } from '../../../../checker/trace/traceFile.ts';
import type { LaneState } from '../frame.ts';
import { Place } from '../place.ts';
import { messagesPart } from '../view/inFlight.ts';
import { restParts } from '../view/restParts.ts';
import { namesWords, nothing, plain, said, setWords, spaced } from '../view/said.ts';
import type { Fact, NodeRow, Part, Section, ViewTable } from '../view/view.ts';
import { partitionStrip } from './transactionLogs.ts';

const known = {
  state: ['protocol', 'ghost', 'budget'],
  protocol: [
    ...['partitions', 'coordinator', 'producers', 'lateRequests', 'lateEnds', 'lateMarkers'],
    ...['group', 'marked', 'reader', 'handled', 'sent'],
  ],
  ghost: ['transactions', 'sends', 'effects', 'toldEpochs'],
};

/** The processes, their coordinator, the partitions and the reader, and then everybody else who acts. */
export function transactionsLanes({ initial, steps }: TraceFile): readonly string[] {
  const protocol = new Place(initial.state).at('protocol');
  const [producers, partitions] = [protocol.at('producers').keys, protocol.at('partitions').keys];
  const nodes = [...producers, 'coordinator', ...partitions, 'reader'];
  return [...new Set([...nodes, ...steps.map(({ actor }) => actor)])];
}

/** What is to be seen of somebody on a lane. */
export function transactionsLaneState(state: TraceJson, lane: string): LaneState {
  const protocol = new Place(state).at('protocol');
  if (lane === 'coordinator') return coordinatorLane(protocol.at('coordinator'));
  const partition = protocol.at('partitions', lane);
  if (partition.isRecord) return epochLane(partition.at('leaderEpoch'), partition.at('leader'));
  const producer = protocol.at('producers', lane);
  if (!producer.isRecord) return { condition: 'up', leads: false };
  const role = producer.at('state').text;
  if (role === 'uninitialized') return { condition: 'down', leads: false };
  const isUp = epochLane(producer.at('epoch'), producer.at('state'));
  return role === 'fatalError' ? { ...isUp, condition: 'fenced' } : isUp;
}

function coordinatorLane(coordinator: Place): LaneState {
  const lane = epochLane(coordinator.at('leaderEpoch'), coordinator.at('leader'));
  const isLoading = coordinator.at('isLoaded').now === false;
  return isLoading ? { ...lane, condition: 'paused' } : lane;
}

function epochLane({ number: epoch }: Place, { text: role }: Place): LaneState {
  return {
    condition: 'up',
    ...(role === undefined ? {} : { role: spaced(role) }),
    ...(epoch === undefined ? {} : { epoch }),
    leads: false,
  };
}

/** The state of transactions, as it is shown. */
export function transactionsView(trace: TraceFile, state: Place, step: number): readonly Section[] {
  const [protocol, ghost] = [state.at('protocol'), state.at('ghost')];
  const parts: readonly Part[] = [
    { kind: 'nodes', rows: partitionRows(protocol), records: [] },
    { kind: 'table', title: 'The coordinator', table: coordinatorTable(protocol) },
    { kind: 'table', title: 'Processes', table: processTable(protocol) },
    messagesPart(trace, step, () => []),
    { kind: 'facts', title: 'What applications asked and were told', facts: toldFacts(ghost) },
    ...restParts(state, known),
  ];
  return [{ title: '', parts }];
}

function partitionRows(protocol: Place): readonly NodeRow[] {
  return protocol.at('partitions').keys.map(name => {
    const partition = protocol.at('partitions', name);
    return {
      name,
      condition: 'up',
      chips: [
        said(partition, at => `${plain(at.at('leader'))}, epoch ${plain(at.at('leaderEpoch'))}`),
      ],
      strip: partitionStrip(protocol, name),
      facts: [
        { label: 'HW', ...said(partition.at('highWatermark'), plain) },
        { label: 'reader', ...said(protocol.at('reader', name, 'position'), plain) },
      ],
    };
  });
}

function coordinatorTable(protocol: Place): ViewTable {
  const [log, ids] = [protocol.at('coordinator', 'log'), protocol.at('coordinator', 'ids')];
  return {
    columns: ['state', 'epoch', 'partitions', 'markers sent', 'pending', 'log'],
    rows: ids.entries.map(([name, id]) => ({
      name,
      isReference: false,
      cells: [
        said(id.at('state'), state => spaced(plain(state))),
        said(id.at('epoch'), plain),
        said(id.at('partitions'), setWords),
        said(id.at('marking'), setWords),
        said(id.at('pending'), plain),
        said(log, entries => logWords(entries, name)),
      ],
    })),
  };
}

/** What the log of the coordinator says of an id. */
function logWords(log: Place, id: string): string {
  const entries = log.list
    .filter(entry => entry.at('id').text === id)
    .map(entry => `${spaced(plain(entry.at('state')))} in ${plain(entry.at('epoch'))}`);
  return entries.join(', then ') || nothing;
}

function processTable(protocol: Place): ViewTable {
  return {
    columns: ['state', 'epoch', 'awaits', 'batches', 'input'],
    rows: protocol.at('producers').entries.map(([name, producer]) => ({
      name,
      isReference: false,
      cells: [
        said(producer.at('state'), state => spaced(plain(state))),
        said(producer.at('epoch'), plain),
        said(producer, at => (at.at('asking').isSet ? 'the coordinator' : nothing)),
        said(producer.at('batches'), batchWords),
        said(producer, at =>
          at.at('isReading').isSet ? `at ${plain(at.at('position'))}` : nothing,
        ),
      ],
    })),
  };
}

function batchWords(batches: Place): string {
  const sent = batches.entries.flatMap(([partition, batch]) => {
    const phase = batch.at('phase').text ?? 'none';
    const record = batch.at('record').number ?? 0;
    const what = record > 0 ? `record ${record}` : `offset ${plain(batch.at('input'))}`;
    return phase === 'none' ? [] : [`${what} to ${partition}: ${phase}`];
  });
  return sent.join(', ') || nothing;
}

function toldFacts(ghost: Place): readonly Fact[] {
  const transactions = ghost.at('transactions').list.map((transaction, index) => ({
    label: `transaction ${index + 1}`,
    ...said(transaction, toldWords),
  }));
  const read = said(ghost.at('sends'), sends =>
    namesWords(
      sends.list.flatMap((sent, index) =>
        (sent.at('reads').number ?? 0) > 0 ? `${index + 1}` : [],
      ),
    ),
  );
  return [...transactions, { label: 'records read', ...read }];
}

function toldWords(transaction: Place): string {
  const { asked, decided, told } = {
    asked: plain(transaction.at('asked')),
    decided: plain(transaction.at('decided')),
    told: plain(transaction.at('told')),
  };
  return `epoch ${plain(transaction.at('epoch'))}: asked ${asked}, decided ${decided}, told ${told}`;
}
