import type { RandomSource } from '../../../checker/core/randomSource.ts';

/* Metadata logs that differ from a real one in one event. */

export type Mutation = 'dropped' | 'swapped' | 'altered';

/** A mutated log, and what was done to it. */
export interface Mutant {
  readonly mutation: Mutation;
  readonly what: string;
  readonly text: string;
  /** Why Kafka could have written it just as well, where that is so. */
  readonly becauseIndependent?: string | undefined;
}

type Data = Readonly<Record<string, unknown>>;

interface Row {
  readonly line: string;
  readonly offset?: number;
  readonly type?: string;
  readonly data?: Data;
}

const events = new Set([
  'REGISTER_BROKER_RECORD',
  'BROKER_REGISTRATION_CHANGE_RECORD',
  'PARTITION_RECORD',
  'PARTITION_CHANGE_RECORD',
]);

/**
 * The log with one event left out, exchanged with the next one, or with another value in one of its fields.
 *
 * @param renumbers - Whether what was left out leaves no gap in the offsets.
 */
export function mutate(
  text: string,
  mutation: Mutation,
  random: RandomSource,
  renumbers: boolean,
): Mutant | undefined {
  const rows = text.split('\n').map(rowOf);
  const at = rows.flatMap((row, index) => (isEvent(row) ? [index] : []));
  if (mutation === 'dropped')
    return dropped(rows, at[random.below(at.length)] as number, renumbers);
  if (mutation === 'swapped') return swapped(rows, at, random.below(at.length - 1));
  return altered(rows, at[random.below(at.length)] as number, random);
}

function rowOf(line: string): Row {
  const [, offset, json = ''] = /^\| offset: (\d+) .*?payload: (\{.*\})$/.exec(line) ?? [];
  if (offset === undefined) return { line };
  const { type, data } = JSON.parse(json) as { type: string; data: Data };
  return { line, offset: Number(offset), type, data };
}

/** What tells of directories alone is no event of the protocol. */
function isEvent({ type, data }: Row): boolean {
  if (type === undefined || data === undefined || !events.has(type)) return false;
  if (type !== 'BROKER_REGISTRATION_CHANGE_RECORD') return true;
  return 'fenced' in data || 'inControlledShutdown' in data;
}

function dropped(rows: readonly Row[], at: number, renumbers: boolean): Mutant {
  const { offset = 0, line } = rows[at] as Row;
  const left = rows.filter((_, index) => index !== at);
  const lines = renumbers ? left.map(row => moved(row, offset)) : left.map(row => row.line);
  return { mutation: 'dropped', what: line, text: lines.join('\n') };
}

/** A line behind an offset that is left out: every offset in it is one less, broker epochs too. */
function moved({ line }: Row, dropped: number): string {
  return line.replace(
    /((?:baseOffset|lastOffset|offset|"brokerEpoch"): ?)(\d+)/g,
    (_, name: string, offset: string) => {
      const isEnd = name.startsWith('lastOffset');
      const isBehind = isEnd ? Number(offset) >= dropped : Number(offset) > dropped;
      return `${name}${isBehind ? Number(offset) - 1 : offset}`;
    },
  );
}

function swapped(rows: readonly Row[], at: readonly number[], pair: number): Mutant | undefined {
  const [first, second] = [at[pair] as number, at[pair + 1] as number];
  const [a, b] = [rows[first] as Row, rows[second] as Row];
  if (a.type === b.type && JSON.stringify(a.data) === JSON.stringify(b.data)) return undefined;
  const lines = rows.map(({ line }) => line);
  lines[first] = withData(a, b.type as string, b.data as Data);
  lines[second] = withData(b, a.type as string, a.data as Data);
  const text = lines.join('\n');
  const becauseIndependent = whyIndependent(a, b, isrBefore(rows, first));
  return { mutation: 'swapped', what: `${a.line} <> ${b.line}`, text, becauseIndependent };
}

/** Of a partition: who leads it and who is in sync. */
interface Known {
  readonly leader: number;
  readonly isr: readonly number[];
}

/** What the records before a row have come to for the partition that it is about. */
function isrBefore(rows: readonly Row[], at: number): Known {
  const { topicId, partitionId } = (rows[at] as Row).data ?? {};
  const records = rows
    .slice(0, at)
    .flatMap(({ type, data }) => (type?.startsWith('PARTITION_') && data ? [data] : []))
    .filter(data => data['topicId'] === topicId && data['partitionId'] === partitionId);
  return records.reduce(changed, { leader: -1, isr: [] });
}

function changed(known: Known, data: Data): Known {
  const isr = data['isr'];
  return {
    leader: Number(data['leader'] ?? known.leader),
    isr: Array.isArray(isr) ? isr.map(Number) : known.isr,
  };
}

/**
 * Why Kafka could have written two records in the other order just as well: each is what a decision writes that neither
 * reads nor changes what the other one is about. Said of four kinds of pairs; that a run explains the log is asked for
 * besides.
 */
function whyIndependent(a: Row, b: Row, before: Known): string | undefined {
  const areBoth = (type: string): boolean => a.type === type && b.type === type;
  const differIn = (name: string): boolean => a.data?.[name] !== b.data?.[name];
  if (areBoth('PARTITION_CHANGE_RECORD') && differIn('topicId')) {
    // ReplicationControlManager decides about a partition by its own registration, by who is active and by settings; of
    // one decision about a broker it goes through the partitions in the order of a hash index (BrokersToIsrs).
    return 'changes of two partitions';
  }
  if (areBoth('BROKER_REGISTRATION_CHANGE_RECORD') && differIn('brokerId')) {
    // A heartbeat is answered by what its broker has sent (BrokerHeartbeatManager.calculateNextBrokerState).
    return 'registrations of two brokers';
  }
  if (isAskedByLeader(a, b) || isAskedByLeader(b, a)) {
    // ReplicationControlManager.validateAlterPartitionData asks whether those of the new ISR may be in it, and of nobody
    // else; a leader takes out who lags whenever it looks (Partition.maybeShrinkIsr), fenced or not yet.
    return 'an ISR that its leader may ask for, and the registration of a broker that is not in it';
  }
  if (areBoth('PARTITION_CHANGE_RECORD') && isByEither(a, b, before)) {
    return 'an ISR that either leader may ask for, and an election among its members';
  }
  return undefined;
}

/** Whether a record changes the ISR of a partition and not its leader, and the other one is of a broker outside of it. */
function isAskedByLeader(change: Row, registration: Row): boolean {
  if (registration.type !== 'BROKER_REGISTRATION_CHANGE_RECORD') return false;
  const isr = change.data?.['isr'];
  return (
    keepsLeader(change) && Array.isArray(isr) && !isr.includes(registration.data?.['brokerId'])
  );
}

/** Whether one record elects, the other one changes the ISR, and both leaders are in both ISRs. */
function isByEither(a: Row, b: Row, before: Known): boolean {
  if (keepsLeader(a) === keepsLeader(b)) return false;
  const after = [a, b].reduce((known, { data = {} }) => changed(known, data), before);
  return [before, after].every(({ leader }) =>
    [before, after].every(({ isr }) => isr.includes(leader)),
  );
}

function keepsLeader({ type, data = {} }: Row): boolean {
  return type === 'PARTITION_CHANGE_RECORD' && !('leader' in data) && 'isr' in data;
}

function altered(rows: readonly Row[], at: number, random: RandomSource): Mutant | undefined {
  const row = rows[at] as Row;
  const changes = alterations(row.data as Data);
  const change = changes[random.below(changes.length)];
  if (change === undefined) return undefined;
  const data = { ...row.data, ...change };
  const lines = rows.map(({ line }, index) =>
    index === at ? withData(row, row.type as string, data) : line,
  );
  return {
    mutation: 'altered',
    what: `${row.line} with ${JSON.stringify(change)}`,
    text: lines.join('\n'),
  };
}

/** Every other value of a field that is tried: another leader, a member more or less, another epoch, the other way round. */
function alterations(data: Data): Data[] {
  const brokers = [11, 12, 13];
  return Object.entries(data).flatMap(([name, value]): Data[] => {
    const isSet = ['isr', 'eligibleLeaderReplicas', 'lastKnownElr'].includes(name);
    if (isSet && Array.isArray(value)) {
      return brokers.map(id => ({
        [name]: value.includes(id) ? value.filter(each => each !== id) : [...value, id],
      }));
    }
    if (name === 'leader')
      return [-1, ...brokers].filter(id => id !== value).map(leader => ({ leader }));
    if (name === 'brokerEpoch')
      return [{ brokerEpoch: Number(value) + 1 }, { brokerEpoch: Number(value) - 1 }];
    if (name === 'brokerId')
      return brokers.filter(id => id !== value).map(brokerId => ({ brokerId }));
    if (name === 'fenced')
      return [{ fenced: typeof value === 'boolean' ? !value : -Number(value) }];
    if (name === 'leaderRecoveryState') return [{ leaderRecoveryState: 1 - Number(value) }];
    return [];
  });
}

function withData({ line }: Row, type: string, data: Data): string {
  const [head = ''] = line.split('payload: ');
  return `${head}payload: ${JSON.stringify({ type, version: 0, data })}`;
}
