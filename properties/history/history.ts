/**
 * Something that a client of a topic was told, in the order in which clients were told it. Nothing in it comes from a
 * model: the history of a real cluster, written down by its clients, can be held to the same claims.
 */
export type ClientEvent = Acknowledged | Read | EndOffset | Deleted;

/** What every event says. */
interface Told {
  /** Who was told: a producer, a consumer, or one who is both. */
  readonly client: string;
  readonly partition: string;
  /** The leader epoch in which the answer was given, where the client knows it (KIP-320). */
  readonly leaderEpoch?: number;
}

/** A producer got success for its record with acks=all. */
export interface Acknowledged extends Told {
  readonly kind: 'acknowledged';
  readonly offset: number;
  /** What the record is, by anything that tells records apart. */
  readonly record: string;
}

/** A consumer read from one offset up to another, which is where it reads next. */
export interface Read extends Told {
  readonly kind: 'read';
  readonly from: number;
  readonly to: number;
  /** What it was given; an offset that is not among them had nothing. */
  readonly records: readonly { readonly offset: number; readonly record: string }[];
}

/** A client asked where the readable part of the log ends (ListOffsets): the offset of the next record. */
export interface EndOffset extends Told {
  readonly kind: 'endOffset';
  readonly offset: number;
}

/** An administrator had the records below this offset deleted. */
export interface Deleted {
  readonly kind: 'deleted';
  readonly partition: string;
  readonly before: number;
}

/** A claim about histories. */
export type HistoryClaim =
  | 'acknowledged-writes-are-read'
  | 'reads-agree'
  | 'end-offset-monotonic'
  | 'own-writes-are-readable'
  | 'records-are-stored-once'
  | 'own-writes-are-in-order';

/** An event at which a claim is false. */
export interface BrokenHistory {
  readonly claim: HistoryClaim;
  /** Which event, counted from 0. */
  readonly event: number;
  readonly clause: string;
}

/** What is known of one partition from the events so far. */
interface Known {
  readonly acknowledged: Acknowledged[];
  /** By offset: what was first read there, and by whom. */
  readonly read: Map<number, { readonly record: string; readonly client: string }>;
  /** By client: how far the log went that it was shown, and in which leader epoch. */
  readonly ends: Map<string, { readonly offset: number; readonly leaderEpoch: number | undefined }>;
  deletedBefore: number;
}

/**
 * Holds what clients were told to what Kafka promises them, with acks=all and unclean election off:
 *
 * - no read passes over a record that was acknowledged before it, or finds another in its place;
 * - all reads of an offset give one record;
 * - the end of the log that a client is shown does not go back;
 * - whoever was told that its record is stored is shown an end beyond it.
 *
 * Of an answer in an older leader epoch than the client knows, the last two say nothing: it comes from a leader
 * that was deposed, and clients that know leader epochs do not take it (KIP-320).
 *
 * @returns every event at which a claim is false, in their order; none if the history is in order.
 */
export function checkHistory(events: readonly ClientEvent[]): BrokenHistory[] {
  const partitions = new Map<string, Known>();
  return events.flatMap((event, index) => {
    const known = knownOf(partitions, event.partition);
    const broken = brokenBy(known, event);
    note(known, event);
    return broken.map(({ claim, clause }) => ({ claim, event: index, clause }));
  });
}

type Broken = Pick<BrokenHistory, 'claim' | 'clause'>;

function knownOf(partitions: Map<string, Known>, partition: string): Known {
  const found = partitions.get(partition);
  if (found !== undefined) return found;
  const fresh = { acknowledged: [], read: new Map(), ends: new Map(), deletedBefore: 0 };
  partitions.set(partition, fresh);
  return fresh;
}

function brokenBy(known: Known, event: ClientEvent): Broken[] {
  switch (event.kind) {
    case 'read':
      return [...lostIn(known, event), ...otherIn(known, event)];
    case 'endOffset':
      return isOutdated(known, event)
        ? []
        : [...backIn(known, event), ...unreadableIn(known, event)];
    default:
      return [];
  }
}

/** Acknowledged records that the read passes over, or in whose place it finds another. */
function lostIn(
  { acknowledged, deletedBefore }: Known,
  { client, from, to, records }: Read,
): Broken[] {
  const read = new Map(records.map(each => [each.offset, each.record]));
  return acknowledged.flatMap(({ offset, record }): Broken[] => {
    if (offset < Math.max(from, deletedBefore) || offset >= to) return [];
    const found = read.get(offset);
    if (found === record) return [];
    const what = found === undefined ? 'nothing' : `record ${found}`;
    const clause = `${client} read ${what} at offset ${offset}, where record ${record} was acknowledged`;
    return [{ claim: 'acknowledged-writes-are-read', clause }];
  });
}

/** Records that differ from what was read at their offset before. */
function otherIn({ read }: Known, { client, records }: Read): Broken[] {
  return records.flatMap(({ offset, record }): Broken[] => {
    const first = read.get(offset);
    if (first === undefined || first.record === record) return [];
    const here = `${client} read record ${record} at offset ${offset}`;
    const clause = `${here}, where ${first.client} read record ${first.record}`;
    return [{ claim: 'reads-agree', clause }];
  });
}

/** Whether the answer is of an older leader epoch than the client has had answers of. */
function isOutdated({ ends, acknowledged }: Known, { client, leaderEpoch }: EndOffset): boolean {
  if (leaderEpoch === undefined) return false;
  const own = acknowledged.filter(each => each.client === client).map(each => each.leaderEpoch);
  return [ends.get(client)?.leaderEpoch, ...own].some(
    epoch => epoch !== undefined && epoch > leaderEpoch,
  );
}

function backIn({ ends }: Known, { client, offset }: EndOffset): Broken[] {
  const shown = ends.get(client)?.offset ?? 0;
  if (offset >= shown) return [];
  const clause = `${client} is shown ${offset} as the end of the log, and was shown ${shown} before`;
  return [{ claim: 'end-offset-monotonic', clause }];
}

function unreadableIn({ acknowledged }: Known, { client, offset }: EndOffset): Broken[] {
  const missing = acknowledged.find(each => each.client === client && each.offset >= offset);
  if (missing === undefined) return [];
  const own = `its record ${missing.record} was acknowledged at offset ${missing.offset}`;
  return [
    {
      claim: 'own-writes-are-readable',
      clause: `${client} is shown ${offset} as the end of the log, and ${own}`,
    },
  ];
}

function note(known: Known, event: ClientEvent): void {
  if (event.kind === 'deleted') known.deletedBefore = Math.max(known.deletedBefore, event.before);
  else if (event.kind === 'acknowledged') known.acknowledged.push(event);
  else noteEnd(known, event, event.kind === 'read' ? event.to : event.offset);
  if (event.kind !== 'read') return;
  for (const { offset, record } of event.records) {
    if (!known.read.has(offset)) known.read.set(offset, { record, client: event.client });
  }
}

function noteEnd({ ends }: Known, { client, leaderEpoch }: Told, offset: number): void {
  const before = ends.get(client);
  if (before !== undefined && before.offset > offset) return;
  ends.set(client, { offset, leaderEpoch: leaderEpoch ?? before?.leaderEpoch });
}
