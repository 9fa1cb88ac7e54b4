import type { JsonValue } from '../../checker/state/json.ts';
import type { ObservedLine, Reading } from '../../checker/validate/observation.ts';
import { type DumpedRecord, RecordFields } from './dumpedRecords.ts';

/** A record that says something of the partition, with what is so after it. */
export interface RelevantRecord {
  readonly record: DumpedRecord;
  readonly kind:
    | 'create'
    | 'change'
    | 'register'
    | 'repeated'
    | 'registration'
    | 'minIsr'
    | 'clearElr';
  readonly state: Readonly<Record<string, JsonValue>>;
}

/** Where a record is written. */
export function placeOf({ file, line, offset, type }: DumpedRecord): string {
  return `${file}:${line}: offset ${offset}: ${type}`;
}

/**
 * What a record may mean: one decision writes several, in one batch.
 *
 * @param next - The two records after it.
 * @param isReassigned - Whether the replicas of the partition change within the section.
 */
export function lineOf(
  first: RelevantRecord,
  next: readonly RelevantRecord[],
  isReassigned: boolean,
): ObservedLine {
  const { record } = first;
  const inBatch = next.filter(each => each.record.batch === record.batch);
  const [second, third] = inBatch;
  const actions = isReassigned ? [...byLeader, 'reassign'] : byLeader;
  const alone = first.kind === 'change' ? actions : actionsOf[first.kind];
  const readings: Reading[] = [reading([first], alone)];
  if (second !== undefined && areOne(first, second)) {
    const kind = first.kind === 'change' ? second.kind : first.kind;
    readings.push(reading([first, second], actionsOf[kind]));
  }
  // Of a partition that the controller finds by two indexes it writes the change twice.
  if (third !== undefined && second !== undefined && isWrittenTwice(first, second, third)) {
    readings.push(reading([first, second, third], actionsOf[third.kind]));
  }
  return { text: `${placeOf(record)} ${JSON.stringify(record.data)}`, readings };
}

/**
 * Whether two records are of one decision, as the controller writes them: fencing and registering change partitions
 * first, unfencing and controlled shutdown the broker first.
 *
 * Source: ReplicationControlManager.handleBrokerFenced, handleBrokerUnfenced, handleBrokerInControlledShutdown,
 * handleBrokerShutdown.
 */
function areOne(first: RelevantRecord, second: RelevantRecord): boolean {
  const kinds = `${first.kind} ${second.kind}`;
  if (kinds === 'change registration') return fences(second);
  if (kinds === 'registration change') return !fences(first);
  return kinds === 'change register' || kinds === 'minIsr clearElr';
}

function fences({ record }: RelevantRecord): boolean {
  const fields = new RecordFields(record);
  return fields.has('fenced') && fields.number('fenced') === 1;
}

function isWrittenTwice(...[first, second, third]: readonly RelevantRecord[]): boolean {
  return [first, second, third].map(each => each?.kind).join(' ') === 'change change register';
}

function reading(records: readonly RelevantRecord[], actions: readonly string[]): Reading {
  const state = Object.assign({}, ...records.map(each => each.state));
  // A process that registers again is answered as before, and nothing is decided.
  if (records[0]?.kind === 'repeated') return { kind: 'state', state };
  return {
    lines: records.length,
    steps: actions.map(action => ({ action })),
    state,
  };
}

/** What changes a partition alone. */
const byLeader = ['alterPartition', 'electPreferred', 'electUncleanly'] as const;

const actionsOf: Readonly<Record<RelevantRecord['kind'], readonly string[]>> = {
  create: ['create'],
  change: byLeader,
  register: ['register'],
  repeated: [],
  registration: ['fence', 'unfence', 'enterControlledShutdown', 'fenceAgain'],
  minIsr: ['changeMinIsr'],
  clearElr: ['changeMinIsr'],
};
