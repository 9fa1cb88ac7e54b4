import type { LoggedPartition } from '../metadataState.ts';
import type { DecisionHistory, InForce } from './decisionHistory.ts';
import { type Held, holdEach, Unexplained } from './finding.ts';
import type { EpochBegin, Printed } from './messages.ts';
import type { NodeEvent, NodeLog } from './nodeLog.ts';

type Of<Kind extends NodeEvent['kind']> = Extract<NodeEvent, { readonly kind: Kind }>;

/** Where each leader's epoch begins, by its own log. */
export type EpochStarts = Map<string, { readonly start: number; readonly broker: number }>;

/** The name of an epoch of a partition. */
export function epochKey({ topicId, partition }: LoggedPartition, epoch: number | string): string {
  return `${topicId}/${partition}/${epoch}`;
}

/**
 * Holds what a broker logs of its replicas to what the controllers have decided. A broker learns the records of the
 * metadata log in their order, several in one update; of every partition that an update changes, and that it has a
 * replica of, it says once what it makes of it, and that is the registration that is in force at the end of the update.
 * Where the log does not tell of updates (`MetadataLoader` is at DEBUG for that), there must be some that explain it.
 *
 * Source: MetadataLoader.maybePublishMetadata, BrokerMetadataPublisher.onMetadataUpdate, TopicsDelta.localChanges,
 * ReplicaManager.applyDelta, Partition.makeLeader, makeFollower.
 *
 * @param starts - Is told where the epochs of this broker's leaderships begin.
 */
export function holdBrokerLog(log: NodeLog, history: DecisionHistory, starts: EpochStarts): Held {
  const replicas = new ReplicaLog(log, history, starts);
  return holdEach(log.events, event => replicas.hold(event));
}

/** What a broker knows of a partition. */
interface Known {
  readonly leader: number;
  readonly leaderEpoch: number;
  /** Where in the metadata log that was so. */
  readonly at: number;
}

class ReplicaLog {
  readonly #broker: number;
  readonly #history: DecisionHistory;
  readonly #starts: EpochStarts;
  /** The offset up to which the broker has learned everything, at least. */
  #position = -1;
  /** What changes with the update, and has not been spoken of. Nothing where the log does not tell of updates. */
  #due: Set<string> | undefined;
  /** Whether the log has the beginning of the process: of another it is not known what it knows. */
  #isWhole = false;
  readonly #known = new Map<string, Known>();

  /** Of each process whether the log tells of its updates, the one that is read first. */
  readonly #telling: boolean[];

  constructor({ node, events }: NodeLog, history: DecisionHistory, starts: EpochStarts) {
    this.#broker = node;
    this.#history = history;
    this.#starts = starts;
    this.#telling = processesIn(events).map(isTelling);
  }

  /** @returns how many values were compared; nothing if the message is of no replica. */
  hold(event: NodeEvent): number | undefined {
    switch (event.kind) {
      case 'role':
        if (event.starts) this.#begin();
        return undefined;
      case 'publishes':
        return this.#publish(event);
      case 'replica':
        return this.#replica(event);
      case 'isr':
        return this.#isr(event);
      default:
        return undefined;
    }
  }

  #begin(): void {
    this.#telling.shift();
    this.#isWhole = true;
    this.#position = -1;
    this.#due = undefined;
    this.#known.clear();
  }

  #publish({ to, isFirst }: Of<'publishes'>): number | undefined {
    if (this.#telling[0] !== true) return undefined;
    // Before its publisher is there a broker makes nothing of the metadata.
    if (!isFirst && this.#due === undefined) return undefined;
    if (to > this.#history.end) {
      throw new Unexplained(`the metadata log ends at offset ${this.#history.end}, before ${to}`);
    }
    if (to < this.#position) throw new Unexplained(`metadata up to ${this.#position} is known`);
    const [missing] = this.#due ?? [];
    if (missing !== undefined) {
      const epoch = this.#history.at(missing, this.#position)?.partition?.partitionEpoch;
      throw new Unexplained(
        `nothing was said of ${missing}, which has partition epoch ${epoch} since offset ${this.#position}`,
      );
    }
    const before = isFirst ? -1 : this.#position;
    this.#position = to;
    this.#due = new Set(this.#history.names.filter(name => this.#isChange(name, before)));
    return 1;
  }

  /** Whether a broker has to make something of a partition when it learns what was decided after an offset. */
  #isChange(name: string, before: number): boolean {
    const now = this.#history.at(name, this.#position);
    if (now?.partition?.replicas.includes(this.#broker) !== true) return false;
    const then = this.#history.at(name, before);
    return (
      before < 0 ||
      then?.partition?.partitionEpoch !== now.partition.partitionEpoch ||
      then.partition.topicId !== now.partition.topicId
    );
  }

  #replica(event: Of<'replica'>): number {
    const { partition: name, leads, printed, repeated = new Map(), begins } = event;
    const { from, partition } = this.#inForce(name, printed);
    if (partition === undefined) throw new Unexplained(`${name} is deleted at offset ${from}`);
    if (!partition.replicas.includes(this.#broker)) {
      throw new Unexplained(`broker ${this.#broker} has no replica of ${name} at offset ${from}`);
    }
    if (leads !== (partition.leader === this.#broker)) {
      throw new Unexplained(`${partition.leader} leads ${name} at offset ${from}`);
    }
    const compared = compare(printed, partition, name) + compare(repeated, partition, name);
    if (this.#due?.delete(name) === false) {
      throw new Unexplained(`the update up to offset ${this.#position} changes nothing of ${name}`);
    }
    const seen =
      begins === undefined
        ? this.#expectEpoch(name, repeated.get('leaderEpoch'))
        : this.#begins(name, partition, begins, leads);
    const { leader, leaderEpoch } = partition;
    this.#known.set(name, { leader, leaderEpoch, at: Math.max(this.#position, from) });
    if (this.#due === undefined) this.#position = Math.max(this.#position, from);
    return compared + seen;
  }

  /** What the message is about: what is in force now, or with the next update that it can be. */
  #inForce(name: string, printed: Printed): InForce {
    const all = this.#history.of(name);
    if (this.#due !== undefined) {
      const now = this.#history.at(name, this.#position);
      if (now === undefined)
        throw new Unexplained(`there is no ${name} at offset ${this.#position}`);
      return now;
    }
    const next = all.filter((_, index) => (all[index + 1]?.from ?? Infinity) > this.#position);
    const meant = next.find(({ partition }) => isMeant(printed, partition)) ?? next[0];
    if (meant === undefined) throw new Unexplained(`nothing was decided about ${name}`);
    return meant;
  }

  /** The first look at an epoch: who was known before, and where the log ends. */
  #begins(name: string, partition: LoggedPartition, begins: EpochBegin, leads: boolean): number {
    const { end, highWatermark, previous } = begins;
    if (previous !== undefined) this.#expectKnown(name, previous);
    if (highWatermark > end) {
      throw new Unexplained(
        `the high watermark ${highWatermark} of ${name} is beyond its end ${end}`,
      );
    }
    if (leads) this.#lead(partition, end);
    return previous === undefined ? 1 : 3;
  }

  #expectKnown(name: string, previous: NonNullable<EpochBegin['previous']>): void {
    const known = this.#known.get(name);
    const isNew = previous.epoch === -1;
    if (known === undefined && !this.#isWhole) return;
    const isSo = isNew
      ? this.#due === undefined || !this.#isKept(name)
      : known?.leader === previous.leader && known?.leaderEpoch === previous.epoch;
    if (isSo) return;
    const before =
      known === undefined ? 'nothing' : `${known.leader} in epoch ${known.leaderEpoch}`;
    const said = isNew ? 'nothing' : `${previous.leader} in epoch ${previous.epoch}`;
    throw new Unexplained(`of ${name} it knew ${before}, and says that it knew ${said}`);
  }

  /** Who leads or follows already has begun to in the same process. */
  #expectEpoch(name: string, epoch: string | undefined): number {
    if (epoch === undefined || !this.#isWhole) return 0;
    const known = this.#known.get(name)?.leaderEpoch;
    if (String(known) === epoch) return 1;
    throw new Unexplained(
      `of ${name} it knew ${known ?? 'no'} epoch, and says that it knew ${epoch}`,
    );
  }

  /** Whether a replica that was known has been there since. */
  #isKept(name: string): boolean {
    const known = this.#known.get(name);
    if (known === undefined) return false;
    const since = this.#history
      .of(name)
      .filter(({ from }) => from > known.at && from <= this.#position);
    return since.every(({ partition }) => partition?.replicas.includes(this.#broker) === true);
  }

  #lead(partition: LoggedPartition, end: number): void {
    const key = epochKey(partition, partition.leaderEpoch);
    // A process that starts again leads on in its epoch, further on in its log.
    if (!this.#starts.has(key)) this.#starts.set(key, { start: end, broker: this.#broker });
  }

  /** The answer of the controller may come before the record. */
  #isr({ partition: name, printed }: Of<'isr'>): number {
    const all = this.#history.of(name);
    const epoch = printed.get('partitionEpoch');
    const found = all.findLast(({ partition }) => String(partition?.partitionEpoch) === epoch);
    if (found?.partition === undefined) {
      throw new Unexplained(`${name} never has partition epoch ${epoch}`);
    }
    const { leader, isr, recovering } = found.partition;
    if (leader !== this.#broker) throw new Unexplained(`${leader} leads ${name} then`);
    const before = all[all.indexOf(found) - 1]?.partition;
    if (before?.recovering === recovering && before.isr.join() === isr.join()) {
      throw new Unexplained(`partition epoch ${epoch} of ${name} has the ISR of before`);
    }
    return compare(printed, found.partition, name);
  }
}

/** What each process has said; the first may be without its beginning. */
function processesIn(events: readonly NodeEvent[]): NodeEvent[][] {
  const processes: NodeEvent[][] = [[]];
  for (const event of events) {
    if (event.kind === 'role' && event.starts) processes.push([]);
    processes.at(-1)?.push(event);
  }
  return processes;
}

/** The first update is told of at INFO, the others at DEBUG; and replicas may be logged elsewhere. */
function isTelling(events: readonly NodeEvent[]): boolean {
  const isUpdate = (event: NodeEvent): boolean => event.kind === 'publishes' && !event.isFirst;
  return events.some(isUpdate) && events.some(({ kind }) => kind === 'replica');
}

function isMeant(printed: Printed, partition: LoggedPartition | undefined): boolean {
  return String(partition?.partitionEpoch) === printed.get('partitionEpoch');
}

/** Of what is printed the values that the metadata log has too; lists of members are sets. */
function compare(printed: Printed, partition: LoggedPartition, name: string): number {
  const setOf = (ids: readonly number[]) => `[${[...ids].sort((a, b) => a - b).join()}]`;
  const decided: Readonly<Record<string, string>> = {
    leader: String(partition.leader),
    leaderEpoch: String(partition.leaderEpoch),
    partitionEpoch: String(partition.partitionEpoch),
    isr: setOf(partition.isr),
    replicas: setOf(partition.replicas),
    addingReplicas: setOf(partition.adding),
    removingReplicas: setOf(partition.removing),
    elr: setOf(partition.elr),
    lastKnownElr: setOf(partition.lastKnownElr),
  };
  let compared = 0;
  for (const [field, value] of Object.entries(decided)) {
    const said = printed.get(field);
    if (said === undefined) continue;
    const found = said.startsWith('[') ? setOf(numbersIn(said)) : said;
    if (found !== value) {
      throw new Unexplained(
        `${field} of ${name}: the log has ${found}, the controllers decided ${value}`,
      );
    }
    compared++;
  }
  return compared;
}

function numbersIn(list: string): number[] {
  return [...list.matchAll(/\d+/g)].map(([digits]) => Number(digits));
}
