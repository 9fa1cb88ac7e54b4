import type { DumpedRecord } from '../dumpedRecords.ts';
import type { DecisionHistory } from './decisionHistory.ts';
import { type Finding, type Held, Unexplained } from './finding.ts';
import type { NodeEvent, NodeLog } from './nodeLog.ts';

type Replayed = Extract<NodeEvent, { readonly kind: 'replayed' }>;

/**
 * Holds what a controller logs of the records that it replays to the metadata log: the same records, in the same order,
 * none left out. Partition changes are told of at DEBUG alone; where there are none they are not asked for.
 *
 * Source: `replay` of ClusterControlManager and ReplicationControlManager.
 */
export function holdControllerLog({ events }: NodeLog, history: DecisionHistory): Held {
  const told = new Set(events.flatMap(event => (event.kind === 'replayed' ? [event.record] : [])));
  const expected = history.records.filter(({ type }) => told.has(type));
  // What the records of a snapshot were is not in the dump of the log behind it.
  if (history.hasSnapshot) return { messages: 0, fields: 0, finding: undefined };
  let [messages, fields] = [0, 0];
  for (const { replayed, isKept } of livesOf(events)) {
    const held = holdLife(replayed, expected);
    messages += held.messages;
    fields += held.fields;
    if (held.finding !== undefined && isKept) return { messages, fields, finding: held.finding };
  }
  return { messages, fields, finding: undefined };
}

interface Life {
  readonly replayed: Replayed[];
  /** Whether what it replayed was committed, as far as is known. */
  isKept: boolean;
}

/**
 * What one process replays from the beginning on. What follows a renunciation, or a snapshot, is left out: where it
 * goes on is not told.
 */
function livesOf(events: readonly NodeEvent[]): Life[] {
  const lives: Life[] = [];
  let life: Life | undefined = { replayed: [], isKept: true };
  lives.push(life);
  for (const event of events) {
    if (event.kind === 'role' && event.starts) {
      life = { replayed: [], isKept: true };
      lives.push(life);
    } else if (event.kind === 'renounces') {
      // The last of what it replayed may be gone.
      if (life !== undefined) life.isKept = false;
      life = undefined;
    } else if (event.kind === 'loadsSnapshot') {
      life = undefined;
    } else if (event.kind === 'replayed') {
      life?.replayed.push(event);
    }
  }
  return lives;
}

function holdLife(replayed: readonly Replayed[], expected: readonly DumpedRecord[]): Held {
  let [messages, fields] = [0, 0];
  for (const [index, event] of replayed.entries()) {
    try {
      fields += compare(event, expected[index]);
      messages++;
    } catch (error) {
      if (!(error instanceof Unexplained)) throw error;
      return { messages, fields, finding: findingAt(event, error.message) };
    }
  }
  return { messages, fields, finding: undefined };
}

function findingAt({ file, line }: Replayed, problem: string): Finding {
  return { file, line, problem };
}

function compare({ record, printed }: Replayed, expected: DumpedRecord | undefined): number {
  if (expected === undefined) throw new Unexplained(`the metadata log ends before this ${record}`);
  const where = `offset ${expected.offset}`;
  if (expected.type !== record) {
    throw new Unexplained(`${record} is replayed, where ${where} has ${expected.type}`);
  }
  let compared = 0;
  for (const [name, absent] of fieldsOf[record] ?? []) {
    const said = printed.get(name) ?? printed.get(renamed[name] ?? name);
    if (said === undefined) continue;
    const dumped = textOf(expected.data[name] ?? absent);
    if (said !== dumped) {
      throw new Unexplained(`${name} is ${said}, and in ${record} at ${where} ${dumped}`);
    }
    compared++;
  }
  return compared;
}

/** Values as Kafka prints them, without spaces. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? `[${value.join()}]` : String(value);
}

/** What is compared of each record, with the value of a field that is not written. */
const fieldsOf: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  REGISTER_BROKER_RECORD: [
    ['brokerId', 0],
    ['incarnationId', ''],
    ['brokerEpoch', 0],
    ['fenced', true],
    ['inControlledShutdown', false],
  ],
  BROKER_REGISTRATION_CHANGE_RECORD: [
    ['brokerId', 0],
    ['brokerEpoch', 0],
    ['fenced', 0],
    ['inControlledShutdown', 0],
  ],
  PARTITION_RECORD: [
    ['topicId', ''],
    ['replicas', []],
    ['isr', []],
    ['addingReplicas', []],
    ['removingReplicas', []],
    ['eligibleLeaderReplicas', []],
    ['lastKnownElr', []],
    ['leader', 0],
    ['leaderEpoch', 0],
    ['partitionEpoch', 0],
  ],
  PARTITION_CHANGE_RECORD: [
    ['partitionId', 0],
    ['topicId', ''],
    ['isr', null],
    ['leader', -2],
    ['replicas', null],
    ['addingReplicas', null],
    ['removingReplicas', null],
    ['leaderRecoveryState', -1],
    ['eligibleLeaderReplicas', null],
    ['lastKnownElr', null],
  ],
};

/** A registration names some of them otherwise than its record. */
const renamed: Readonly<Record<string, string>> = { eligibleLeaderReplicas: 'elr' };
