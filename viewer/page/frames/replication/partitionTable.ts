import type { Place } from '../place.ts';
import { nothing, plain, type Said, said, setWords } from '../view/said.ts';
import type { ViewTable } from '../view/view.ts';
import {
  isUp,
  metadataKnownTo,
  newestMetadata,
  newestMetadataOffset,
  type PartitionPlace,
} from './replicationState.ts';

/** What is said in each column by a metadata record, and whether that is shown where nobody has it. */
interface Column {
  readonly name: string;
  readonly words: (metadata: Place, partition: string) => string;
  readonly isOptional?: boolean;
}

/** A column about the partition itself. */
function ofPartition(name: string, words: (view: Place) => string, isOptional = false): Column {
  return {
    name,
    words: (metadata, partition) => words(metadata.at('partitions', partition)),
    isOptional,
  };
}

/** Which topic of the name it is; shown where one is deleted and another created. */
function topicWords(view: Place): string {
  const id = plain(view.at('topicId'));
  if (id === '0' || id === nothing) return nothing;
  return view.at('replicas').list.length === 0 ? `${id}, deleted` : id;
}

const epoch = ofPartition('partition epoch', view => plain(view.at('partitionEpoch')));
const columns: readonly Column[] = [
  ofPartition('topic id', topicWords, true),
  ofPartition('leader', view => plain(view.at('leader'))),
  ofPartition('leader epoch', view => plain(view.at('leaderEpoch'))),
  ofPartition('ISR', view => setWords(view.at('isr'))),
  ofPartition('ELR', view => setWords(view.at('elr'))),
  ofPartition('last known leader', view => plain(view.at('lastKnownLeader')), true),
  ofPartition('recovering', view => flag(view.at('recovering')), true),
  ofPartition('replicas', view => setWords(view.at('replicas'))),
  ofPartition('adding', view => setWords(view.at('adding')), true),
  ofPartition('removing', view => setWords(view.at('removing')), true),
  { name: 'min ISR', words: metadata => plain(metadata.at('minInsyncReplicas')) },
];

/** The partition as the controller has it, and below it as each broker knows it. */
export function partitionTable({ protocol, id }: PartitionPlace): ViewTable {
  const shown = columns.filter(
    ({ words, isOptional }) =>
      isOptional !== true ||
      protocol.at('metadata', 'history').list.some(metadata => words(metadata, id) !== nothing),
  );
  const brokers = protocol.at('brokers').keys;
  const all = [epoch, ...shown];
  return {
    columns: all.map(({ name }) => name),
    rows: [
      {
        name: 'controller',
        isReference: true,
        cells: all.map(({ words }) => said(protocol, place => words(newestMetadata(place), id))),
      },
      ...brokers.map(name => brokerRow({ protocol, id }, name, shown)),
    ],
  };
}

function brokerRow(
  { protocol, id }: PartitionPlace,
  name: string,
  shown: readonly Column[],
): ViewTable['rows'][number] {
  const note = said(protocol, place => staleness(place, name));
  return {
    name,
    isReference: false,
    ...(note.text === '' ? {} : { note: { ...note, tone: 'warn' as const } }),
    cells: [
      viewCell(protocol, name, metadata => epoch.words(metadata, id)),
      ...shown.map(({ words }) => warnOfStale(protocol, name, metadata => words(metadata, id))),
    ],
  };
}

/** What a broker knows. */
function viewCell(protocol: Place, name: string, words: (metadata: Place) => string): Said {
  return said(protocol, place =>
    isUp(place.at('brokers', name)) ? words(metadataKnownTo(place, name)) : nothing,
  );
}

/** The same; a warning where the controller knows better. */
function warnOfStale(protocol: Place, name: string, words: (metadata: Place) => string): Said {
  const cell = viewCell(protocol, name, words);
  const newest = words(newestMetadata(protocol));
  if (!isUp(protocol.at('brokers', name)) || cell.text === newest) return cell;
  return { ...cell, tone: 'warn', hint: `stale: the controller has ${newest}` };
}

function staleness(protocol: Place, name: string): string {
  const broker = protocol.at('brokers', name);
  if (!isUp(broker)) return 'knows nothing';
  const behind = newestMetadataOffset(protocol) - (broker.at('metadataOffset').number ?? 0);
  return behind > 0 ? `stale, ${behind} behind` : '';
}

function flag({ isSet }: Place): string {
  return isSet ? 'yes' : nothing;
}
