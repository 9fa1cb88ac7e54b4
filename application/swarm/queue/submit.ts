import { randomUUID } from 'node:crypto';
import type { FlowJob } from 'bullmq';
import type { ModelSource } from '../../project/project.ts';
import { partsOf, type Swarm } from '../swarm.ts';
import { type ConclusionJob, identityOf, jobNames, type PartJob } from './jobs.ts';
import { type QueuePlace, withQueue } from './library.ts';

/** How a swarm is divided among workers. */
export interface SubmitOptions extends QueuePlace {
  /** Seeds of one job: what a worker that dies costs at most. */
  readonly seedsPerJob: number;
}

/** A swarm that was put into the queue. */
export interface Submitted {
  /** What it is called from now on. */
  readonly id: string;
  readonly parts: number;
}

/** Times that a job is tried which an error ends, other than of the model. */
const ATTEMPTS = 3;
const SECOND = 1000;
/** How long, in seconds, the result of a swarm is kept in the queue. */
const KEPT_FOR = 30 * 24 * 3600;

/**
 * Puts the seeds of a swarm into a queue, as jobs for workers.
 *
 * @throws UsageError when the swarm names something that does not exist, or there is no queue.
 */
export function submitSwarm(
  swarm: Swarm,
  source: ModelSource,
  { seedsPerJob, ...place }: SubmitOptions,
): Promise<Submitted> {
  const identity = identityOf(swarm, source);
  const id = `${swarm.model}-${randomUUID().slice(0, 8)}`;
  const parts = partsOf(swarm.seeds, seedsPerJob);
  return withQueue(place, async ({ bullmq, connection, queue }) => {
    const flows = new bullmq.FlowProducer({ connection });
    const data: ConclusionJob = { id, swarm, identity, parts: parts.length };
    const retried = { attempts: ATTEMPTS, backoff: { type: 'exponential', delay: SECOND } };
    const children = parts.map((seeds, index): FlowJob => {
      const part: PartJob = { id, swarm, identity, index, seeds };
      // What it came to is kept with the job that waits for it.
      const options = { ...retried, jobId: `${id}-${index}`, failParentOnFailure: true };
      return {
        name: jobNames.part,
        queueName: queue,
        data: part,
        opts: { ...options, removeOnComplete: true, removeOnFail: { age: KEPT_FOR } },
      };
    });
    const kept = { removeOnComplete: { age: KEPT_FOR }, removeOnFail: { age: KEPT_FOR } };
    try {
      await flows.add({
        name: jobNames.conclusion,
        queueName: queue,
        data,
        opts: { ...retried, ...kept, jobId: id },
        children,
      });
    } finally {
      await flows.close();
    }
    return { id, parts: parts.length };
  });
}
