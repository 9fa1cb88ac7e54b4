import { type Acks, quietScope } from '../../../models/replication/config.ts';
import type { Generation } from '../../../models/replication/generation.ts';
import {
  B1,
  B2,
  B3,
  type BrokerName,
  consume,
  crash,
  fence,
  produce,
  type ReplicationStory,
  storiesIn,
} from './replicationStory.ts';

/** What clients of a partition find while some of its brokers are down. */
export interface Availability {
  /** Whether a consumer gets the record that was committed before. */
  readonly read: boolean;
  /** What becomes of a record that is sent with these acks. */
  readonly all: Outcome;
  readonly one: Outcome;
}

/**
 * `committed`: acknowledged and readable. `readable`: the producer got an error after the append.
 * `frozen`: appended, and the high watermark does not come to it. Anything else is the words of the refusal.
 */
type Outcome = string;

/** One cell of the table. */
export interface Cell {
  /** Begins a story with three replicas in sync, of some generation and min.insync.replicas. */
  readonly begin: () => ReplicationStory;
  /** The brokers that crash. */
  readonly down: readonly BrokerName[];
  /** Whether the controller has noticed and everybody knows. */
  readonly detected: boolean;
}

/** The stories of which cells are made. */
export function cellsOf(generation: Generation, minInsyncReplicas: number): Cell['begin'] {
  return storiesIn({
    config: { kafka: generation, minInsyncReplicas, acks: ['all', '1'] },
    bounds: { ...quietScope, records: 2, crashes: 3 },
  });
}

const brokers = [B1, B2, B3] as const;

/** Plays a cell: a record is committed, some brokers crash, and clients come. */
export function availabilityIn({ begin, down, detected }: Cell): Availability {
  const afterFailure = (): ReplicationStory => {
    const told = begin().take(produce(B1)).catchUp().take(down.map(crash));
    return detected ? told.take(down.map(fence)).catchUp() : told;
  };
  const told = afterFailure();
  const read = brokers.some(broker => told.guard(consume(broker, 0)) === 'enabled');
  return { read, all: sendTo(afterFailure(), 'all'), one: sendTo(afterFailure(), '1') };
}

/** Sends a record to the leader that the controller has, or had last, and lets it settle. */
function sendTo(told: ReplicationStory, acks: Acks): Outcome {
  const leader = brokers.find(broker => broker === told.leader) ?? B1;
  const words = told.guard(produce(leader, acks));
  if (words !== 'enabled') return words;
  told.take(produce(leader, acks)).catchUp();
  if (!told.exposed.includes(2)) return 'frozen';
  return told.acknowledged.some(text => text.startsWith('2 at 1')) ? 'committed' : 'readable';
}

/** A row as people read it. */
export function wordsOf({ read, all, one }: Availability): string {
  const reading = read ? 'read' : 'no read';
  return all === one ? `${reading}, ${all}` : `${reading}, acks=all ${all}, acks=1 ${one}`;
}

/** Every choice of `count` of the three brokers. */
export function choicesOf(count: number): BrokerName[][] {
  return Array.from({ length: 2 ** brokers.length }, (_, bits) =>
    brokers.filter((_broker, index) => (bits & (1 << index)) !== 0),
  ).filter(({ length }) => length === count);
}
