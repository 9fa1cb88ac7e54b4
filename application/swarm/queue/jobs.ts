import type { Queue } from 'bullmq';
import { UsageError } from '../../../catalogue/usageError.ts';
import { digestOf } from '../../../parallel/digest.ts';
import { modelDigests } from '../../../parallel/modelDigests.ts';
import type { ModelSource } from '../../project/project.ts';
import { buildTask } from '../../tasks/buildTask.ts';
import { toolVersion } from '../../version.ts';
import type { SwarmResult } from '../conclude.ts';
import type { SeedProgress } from '../playSeeds.ts';
import { type SeedRange, type Swarm, taskOfSeed } from '../swarm.ts';
import type { Tally } from '../tally.ts';

/*
 * The jobs of a swarm: one for each part of its seeds, and one that waits for all of these, puts together what they
 * came to, and shortens what broke. What a part came to is kept once, under the part, however often it was played.
 */

/** The names of the two kinds of jobs. */
export const jobNames = { part: 'part', conclusion: 'conclusion' } as const;

/** What every job of a swarm says. */
interface SwarmJob {
  readonly id: string;
  readonly swarm: Swarm;
  /** Of the version and the model, so that no worker plays another one. */
  readonly identity: string;
}

/** What the job of a part says. */
export interface PartJob extends SwarmJob {
  /** Its place among the parts. */
  readonly index: number;
  readonly seeds: SeedRange;
}

/** What the job that waits for the others says. */
export interface ConclusionJob extends SwarmJob {
  readonly parts: number;
}

/** What a part came to; nothing where an earlier part had ended the swarm before it was played. */
export interface PartResult {
  readonly index: number;
  readonly tally: Tally | null;
}

/** What a worker says of the part that it plays. */
export interface PartProgress extends SeedProgress {
  /** Which worker it is. */
  readonly worker: string;
}

/** What a job of the queue is about, comes to and is told of. */
export type AnyJob = PartJob | ConclusionJob;
export type AnyResult = PartResult | SwarmResult;

/** The queue as this package uses it. */
export type SwarmQueue = Queue<AnyJob, AnyResult, string>;

/** What makes a difference to what is played: the version of this package, and everything of the model. */
export function identityOf(swarm: Swarm, { models }: ModelSource): string {
  const built = buildTask(taskOfSeed(swarm, swarm.seeds.first, { shorten: false }), models);
  return digestOf(JSON.stringify([toolVersion, modelDigests(built)]));
}

/** Where it is kept that a part has ended its swarm: the earliest counts. */
export function endKey({ queue, id }: { readonly queue: string; readonly id: string }): string {
  return `highwater:${queue}:${id}:ended-by`;
}

/** The job that a swarm ends with. */
export async function conclusionOf(queue: SwarmQueue, id: string) {
  const job = await queue.getJob(id);
  // Jobs of this name are made by submitSwarm alone.
  if (job?.name !== jobNames.conclusion) {
    throw new UsageError(`there is no swarm "${id}" in the queue ${queue.name}`, 'unknown-name');
  }
  return { job, data: job.data as ConclusionJob };
}
