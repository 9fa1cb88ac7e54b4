import type { Place } from '../place.ts';
import { nothing, plain, type Said, said, setWords } from '../view/said.ts';
import type { ViewTable } from '../view/view.ts';
import { brokerView, controllerView, isUp, newestMetadata } from './replicationState.ts';

/** What is said of the partition in each column, and whether that is shown where nobody has it. */
interface Column {
  readonly name: string;
  readonly words: (view: Place) => string;
  readonly isOptional?: boolean;
}

const columns: readonly Column[] = [
  { name: 'leader', words: view => plain(view.at('leader')) },
  { name: 'leader epoch', words: view => plain(view.at('leaderEpoch')) },
  { name: 'ISR', words: view => setWords(view.at('isr')) },
  { name: 'ELR', words: view => setWords(view.at('elr')) },
  { name: 'last known leader', words: view => plain(view.at('lastKnownLeader')), isOptional: true },
  { name: 'recovering', words: view => flag(view.at('recovering')), isOptional: true },
  { name: 'replicas', words: view => setWords(view.at('replicas')) },
  { name: 'adding', words: view => setWords(view.at('adding')), isOptional: true },
  { name: 'removing', words: view => setWords(view.at('removing')), isOptional: true },
  { name: 'min ISR', words: view => plain(view.at('minInsyncReplicas')) },
];

/** The partition as the controller has it, and below it as each broker knows it. */
export function partitionTable(protocol: Place): ViewTable {
  const shown = columns.filter(
    ({ words, isOptional }) =>
      isOptional !== true ||
      protocol.at('metadata', 'history').list.some(view => words(view) !== nothing),
  );
  const brokers = protocol.at('brokers').keys;
  return {
    columns: ['partition epoch', ...shown.map(({ name }) => name)],
    rows: [
      {
        name: 'controller',
        isReference: true,
        cells: [
          said(protocol, place => String(newestMetadata(place))),
          ...shown.map(({ words }) => said(protocol, place => words(controllerView(place)))),
        ],
      },
      ...brokers.map(name => brokerRow(protocol, name, shown)),
    ],
  };
}

function brokerRow(
  protocol: Place,
  name: string,
  shown: readonly Column[],
): ViewTable['rows'][number] {
  const note = said(protocol, place => staleness(place, name));
  return {
    name,
    isReference: false,
    ...(note.text === '' ? {} : { note: { ...note, tone: 'warn' as const } }),
    cells: [
      said(protocol, place =>
        known(place, name, () => plain(place.at('brokers', name, 'metadataOffset'))),
      ),
      ...shown.map(({ words }) => viewCell(protocol, name, words)),
    ],
  };
}

/** What a broker knows; a warning where the controller knows better. */
function viewCell(protocol: Place, name: string, words: Column['words']): Said {
  const cell = said(protocol, place => known(place, name, () => words(brokerView(place, name))));
  const newest = words(controllerView(protocol));
  if (!isUp(protocol.at('brokers', name)) || cell.text === newest) return cell;
  return { ...cell, tone: 'warn', hint: `stale: the controller has ${newest}` };
}

function known(protocol: Place, name: string, words: () => string): string {
  return isUp(protocol.at('brokers', name)) ? words() : nothing;
}

function staleness(protocol: Place, name: string): string {
  const broker = protocol.at('brokers', name);
  if (!isUp(broker)) return 'knows nothing';
  const behind = newestMetadata(protocol) - (broker.at('metadataOffset').number ?? 0);
  return behind > 0 ? `stale, ${behind} behind` : '';
}

function flag({ isSet }: Place): string {
  return isSet ? 'yes' : nothing;
}
