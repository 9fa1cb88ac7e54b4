import type { Swarm } from '../swarm.ts';
import { isOver, nothing, type Tally, together } from '../tally.ts';
import {
  type AnyJob,
  type AnyResult,
  type ConclusionJob,
  conclusionOf,
  jobNames,
  type PartProgress,
  type PartResult,
  type SwarmQueue,
} from './jobs.ts';
import { type QueuePlace, withQueue } from './library.ts';

/** How far a swarm has come. */
export interface SwarmStatus {
  readonly id: string;
  readonly swarm: Swarm;
  /** `done` where its result is there; `failed` where a job was given up, as `failure` says. */
  readonly state: 'waiting' | 'at work' | 'concluding' | 'done' | 'failed';
  readonly failure: string | null;
  /** Jobs that are over, of how many. */
  readonly parts: { readonly done: number; readonly of: number };
  /** What is played now. */
  readonly active: readonly PartProgress[];
  /** Of jobs that are over and of those that are played. */
  readonly steps: number;
  readonly seeds: number;
  /** Of jobs that are over: what broke, by the first of their seeds that did; earlier seeds may still be played. */
  readonly broken: Tally['broken'];
  /** Since it was submitted, until it was over. */
  readonly seconds: number;
}

/** How the swarms of a queue stand. */
export interface QueueStatus {
  readonly queue: string;
  /** Workers that are connected to it. */
  readonly workers: number;
  readonly swarms: readonly SwarmStatus[];
}

/**
 * How one swarm of a queue stands, or, without an id, each of them.
 *
 * @throws UsageError when there is no queue, or no such swarm.
 */
export function swarmStatus(place: QueuePlace, id?: string): Promise<QueueStatus> {
  return withQueue(place, async ({ bullmq, connection, queue: name }) => {
    const queue: SwarmQueue = new bullmq.Queue(name, { connection });
    try {
      const ids = id === undefined ? await swarmsIn(queue) : [id];
      const swarms: SwarmStatus[] = [];
      for (const each of ids) swarms.push(await statusOf(queue, each));
      return { queue: name, workers: await queue.getWorkersCount(), swarms };
    } finally {
      await queue.close();
    }
  });
}

/** The swarms that the queue knows, the newest first. */
async function swarmsIn(queue: SwarmQueue): Promise<readonly string[]> {
  const kinds = [
    'waiting-children',
    'waiting',
    'active',
    'delayed',
    'completed',
    'failed',
  ] as const;
  const jobs = await queue.getJobs([...kinds]);
  return jobs
    .filter(({ name }) => name === jobNames.conclusion)
    .sort((a, b) => b.timestamp - a.timestamp)
    .map(({ data }) => data.id);
}

async function statusOf(queue: SwarmQueue, id: string): Promise<SwarmStatus> {
  const { job, data } = await conclusionOf(queue, id);
  const state = await job.getState();
  const values = Object.values(await job.getChildrenValues<PartResult>());
  const done = tallyOfDone(values, data);
  const active = await activeParts(queue, id);
  const end = job.finishedOn ?? Date.now();
  const sum = (one: (progress: PartProgress) => number): number =>
    active.reduce((all, progress) => all + one(progress), 0);
  return {
    id,
    swarm: data.swarm,
    state: wordFor(state, values.length + active.length),
    failure: state === 'failed' ? (job.failedReason ?? 'unknown') : null,
    parts: { done: values.length, of: data.parts },
    active,
    steps: done.steps + sum(({ steps }) => steps),
    seeds: done.seeds + sum(({ seeds }) => seeds),
    broken: done.broken,
    seconds: (end - job.timestamp) / 1000,
  };
}

function wordFor(state: string, begun: number): SwarmStatus['state'] {
  if (state === 'completed') return 'done';
  if (state === 'failed') return 'failed';
  if (state !== 'waiting-children') return 'concluding';
  return begun === 0 ? 'waiting' : 'at work';
}

/** Of the parts that are over, in the order of their seeds; those between may be missing. */
function tallyOfDone(values: readonly PartResult[], { swarm }: ConclusionJob): Tally {
  const ordered = [...values].sort((a, b) => a.index - b.index);
  let whole = nothing;
  for (const { tally } of ordered) {
    if (isOver(whole, swarm)) break;
    if (tally !== null) whole = together(whole, tally);
  }
  return whole;
}

async function activeParts(queue: SwarmQueue, id: string): Promise<readonly PartProgress[]> {
  const jobs = await queue.getActive();
  return jobs
    .filter(({ name, data }) => name === jobNames.part && data.id === id)
    .map(({ progress }) => (isProgress(progress) ? progress : { worker: '', seeds: 0, steps: 0 }));
}

/** Whether the worker has said something yet. */
function isProgress(progress: unknown): progress is PartProgress {
  return typeof progress === 'object' && progress !== null && 'worker' in progress;
}

/** What is asked of a swarm's result. */
export interface ResultOptions extends QueuePlace {
  /** Wait until it is there. */
  readonly wait: boolean;
  readonly isInterrupted?: () => boolean;
}

/** Milliseconds between two looks at whether a swarm is over. */
const LOOK_EVERY = 500;

/**
 * What a swarm came to.
 *
 * @returns undefined where that is not known yet.
 * @throws UsageError when there is no queue, or no such swarm; Error when a job of it was given up.
 */
export function swarmResult(
  id: string,
  { wait, isInterrupted = () => false, ...place }: ResultOptions,
): Promise<Extract<AnyResult, { verdict: unknown }> | undefined> {
  return withQueue(place, async ({ bullmq, connection, queue: name }) => {
    const queue = new bullmq.Queue<AnyJob, AnyResult, string>(name, { connection });
    try {
      for (;;) {
        const { job } = await conclusionOf(queue, id);
        const state = await job.getState();
        if (state === 'failed') throw new Error(`swarm ${id} was given up: ${job.failedReason}`);
        const { returnvalue } = job;
        if (state === 'completed' && 'verdict' in returnvalue) return returnvalue;
        if (!wait || isInterrupted()) return undefined;
        await new Promise(next => setTimeout(next, LOOK_EVERY));
      }
    } finally {
      await queue.close();
    }
  });
}
