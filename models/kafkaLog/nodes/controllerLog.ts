import type { DumpedRecord } from '../dumpedRecords.ts';
import type { DecisionHistory } from './decisionHistory.ts';
import { type Held, holdEach, Unexplained } from './finding.ts';
import type { NodeEvent, NodeLog } from './nodeLog.ts';

type Replayed = Extract<NodeEvent, { readonly kind: 'replayed' }>;

/**
 * Holds what a controller logs of the records that it replays to the metadata log: the same records, in the same order,
 * none left out. Partition changes are told of at DEBUG alone; where they are not, none is asked for.
 *
 * Source: `replay` of ClusterControlManager and ReplicationControlManager.
 */
export function holdControllerLog({ events }: NodeLog, history: DecisionHistory): Held {
  const nothing = { messages: 0, fields: 0, finding: undefined };
  // What the records of a snapshot were is not in the dump of the log behind it.
  if (history.hasSnapshot) return nothing;
  const told = new Set(
    events.flatMap(event =>
      event.kind === 'replayed' && event.always !== true ? [event.record] : [],
    ),
  );
  const expected = history.records.filter(({ type }) => told.has(type));
  let [messages, fields] = [0, 0];
  for (const { replayed, isWhole, isKept } of livesOf(events)) {
    const asked = replayed.filter(({ record }) => told.has(record));
    const held = isWhole ? holdLife(asked, expected) : holdRest(asked, expected);
    messages += held.messages;
    fields += held.fields;
    if (held.finding !== undefined && isKept) return { messages, fields, finding: held.finding };
  }
  return { ...nothing, messages, fields };
}

interface Life {
  readonly replayed: Replayed[];
  /** Whether the log has its beginning. */
  readonly isWhole: boolean;
  /** Whether what it replayed was committed, as far as is known. */
  isKept: boolean;
}

/**
 * What one process replays from the beginning on. What follows a renunciation, or a snapshot, is left out: where it
 * goes on is not told.
 */
function livesOf(events: readonly NodeEvent[]): Life[] {
  const lives: Life[] = [];
  let life: Life | undefined = { replayed: [], isWhole: false, isKept: true };
  lives.push(life);
  for (const event of events) {
    if (event.kind === 'creates' || (event.kind === 'role' && event.starts)) {
      life = { replayed: [], isWhole: true, isKept: true };
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
  const fencings = new Fencings();
  let index = 0;
  return holdEach(replayed, event => {
    const record = expected[index++];
    const compared = compare(event, record);
    const changes = record !== undefined && fencings.replay(record);
    if (event.isNoOp === true && changes)
      throw new Unexplained(
        `nothing is changed, and ${record.type} at offset ${record.offset} does`,
      );
    return compared;
  });
}

/** Who is fenced, by the records so far. */
class Fencings {
  readonly #fenced = new Map<unknown, boolean>();

  /** Whether a record fences, or unfences, a broker of which the opposite is known. */
  replay({ type, data }: DumpedRecord): boolean {
    const isRegistration = type === 'REGISTER_BROKER_RECORD';
    if (!isRegistration && type !== 'BROKER_REGISTRATION_CHANGE_RECORD') return false;
    const change = isRegistration
      ? data['fenced'] === false
        ? -1
        : 1
      : Number(data['fenced'] ?? 0);
    if (change === 0) return false;
    const broker = data['brokerId'];
    const before = this.#fenced.get(broker);
    this.#fenced.set(broker, change > 0);
    return before !== undefined && before !== change > 0;
  }
}

/** What begins in the middle of a process: somewhere in the metadata log it goes on. The longest is the answer. */
function holdRest(replayed: readonly Replayed[], expected: readonly DumpedRecord[]): Held {
  let best = holdLife(replayed, expected);
  for (let from = 1; best.finding !== undefined && from < expected.length; from++) {
    const held = holdLife(replayed, expected.slice(from));
    if (held.finding === undefined || held.messages > best.messages) best = held;
  }
  return best;
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
