import type { Redis as RedisClient } from 'ioredis';
import { UsageError } from '../../../catalogue/usageError.ts';

type BullMq = typeof import('bullmq');

/** Where the jobs of swarms are. */
export interface QueuePlace {
  /** The URL of a Redis or Valkey, or the path of its socket. */
  readonly redis: string;
  /** The name of the queue there: workers take the jobs of one queue. */
  readonly queue: string;
}

/** A connection to the queue, with the library that speaks to it. */
export interface QueueAccess {
  readonly bullmq: BullMq;
  readonly queue: string;
  readonly connection: RedisClient;
}

/**
 * Does something with the queue, which nothing else of this package needs.
 *
 * @throws UsageError when the libraries are not installed, or nobody answers there.
 */
export async function withQueue<Result>(
  { redis, queue }: QueuePlace,
  work: (access: QueueAccess) => Promise<Result>,
): Promise<Result> {
  const { bullmq, Redis } = await libraries();
  await expectAnswer(redis, Redis);
  // A worker outlives a restart of the server.
  const connection = new Redis(redis, { maxRetriesPerRequest: null });
  try {
    return await work({ bullmq, queue, connection });
  } finally {
    connection.disconnect();
  }
}

async function libraries() {
  try {
    const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bullmq, Redis };
  } catch {
    throw new UsageError('swarms need a queue: npm install bullmq@6 ioredis@5', 'wrong-value');
  }
}

/** Without this, a wrong address would be tried for ever. */
async function expectAnswer(redis: string, Redis: typeof import('ioredis').Redis): Promise<void> {
  const probe = new Redis(redis, { lazyConnect: true, retryStrategy: () => null });
  // What it is told of by an event is thrown as well.
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--redis: nobody answers at ${redis}: ${why}`, 'wrong-value');
  } finally {
    probe.disconnect();
  }
}
