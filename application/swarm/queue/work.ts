import type { Job, Worker } from 'bullmq';
import { UsageError } from '../../../catalogue/usageError.ts';
import { isKnownToThreads, type ModelSource } from '../../project/project.ts';
import type { InterruptFlag } from '../../tasks/interrupt.ts';
import { runTask } from '../../tasks/runTask.ts';
import { WorkerThread } from '../../tasks/workerThread.ts';
import { conclude } from '../conclude.ts';
import { Interrupted, playSeeds, type RunTask } from '../playSeeds.ts';
import { isOver, nothing, type Tally, together } from '../tally.ts';
import {
  type AnyJob,
  type AnyResult,
  type ConclusionJob,
  conclusionOf,
  endKey,
  identityOf,
  jobNames,
  type PartJob,
  type PartProgress,
  type PartResult,
  type SwarmQueue,
} from './jobs.ts';
import { type QueueAccess, type QueuePlace, withQueue } from './library.ts';

/** How a worker works. */
export interface WorkOptions extends QueuePlace {
  /** What it is called in the status; for instance host and process. */
  readonly name: string;
  /** Work until this swarm is over; without it, until somebody asks to stop. */
  readonly until?: string;
  /** Milliseconds after which the job of a worker that says nothing any more is given to another. */
  readonly stalledAfter: number;
  readonly interrupt: InterruptFlag;
  /** Is told what is done, in a line. */
  readonly tell?: (line: string) => void;
}

/** How often a job is given to another worker because the one that had it died. */
const MOST_DEATHS = 20;
/** Milliseconds between two words on how far a part has come. */
const PROGRESS_EVERY = 2000;
/** Milliseconds between two looks at whether somebody asked to stop. */
const LOOK_EVERY = 200;
/** Seconds that a look for a job waits for one. */
const WAIT_FOR_JOB = 2;

/** The queue has jobs that this worker must not do. */
class OtherModel extends UsageError {}

/**
 * Takes jobs of swarms from the queue, one at a time, and does them.
 *
 * @throws UsageError when there is no queue or no such swarm, or a job is of another version or model than this one.
 */
export async function workOnSwarms(source: ModelSource, options: WorkOptions): Promise<void> {
  const player = playerFor(source, options);
  try {
    await withQueue(options, access => new SwarmWorker(source, options, access, player.run).work());
  } finally {
    await player.end();
  }
}

/**
 * What plays: a thread of its own, so that this one can say at any time that the worker lives. Models that no thread
 * finds are played here.
 */
function playerFor(source: ModelSource, { interrupt }: WorkOptions): Player {
  if (!isKnownToThreads(source)) {
    const isInterrupted = (): boolean => interrupt.isSet;
    return {
      run: (task, onProgress) => runTask(task, source, { isInterrupted, onProgress }),
      end: () => Promise.resolve(),
    };
  }
  const thread = new WorkerThread(interrupt, source.file);
  let tasks = 0;
  return {
    run: (task, onProgress) => thread.run(tasks++, task, onProgress),
    end: () => thread.end(),
  };
}

interface Player {
  readonly run: RunTask;
  readonly end: () => Promise<void>;
}

type QueueWorker = Worker<AnyJob, AnyResult, string>;

class SwarmWorker {
  readonly #source: ModelSource;
  readonly #options: WorkOptions;
  readonly #access: QueueAccess;
  readonly #run: RunTask;
  readonly #identities = new Map<string, string>();
  /** What ends this worker. */
  #refused: OtherModel | undefined;

  constructor(source: ModelSource, options: WorkOptions, access: QueueAccess, run: RunTask) {
    this.#source = source;
    this.#options = options;
    this.#access = access;
    this.#run = run;
  }

  async work(): Promise<void> {
    const { bullmq, connection, queue: name } = this.#access;
    const { stalledAfter, until } = this.#options;
    const queue = new bullmq.Queue<AnyJob, AnyResult, string>(name, { connection });
    try {
      if (until !== undefined) await conclusionOf(queue, until);
      const worker: QueueWorker = new bullmq.Worker(name, (job, token) => this.#do(job, token), {
        connection,
        name: this.#options.name,
        lockDuration: stalledAfter,
        stalledInterval: stalledAfter,
        maxStalledCount: MOST_DEATHS,
        drainDelay: WAIT_FOR_JOB,
      });
      // Of a connection that is lost, which is made again.
      worker.on('error', error => this.#tell(error.message));
      worker.on('failed', (_, error) => this.#tell(error.message));
      try {
        while (!(await this.#isDone(queue)))
          await new Promise(next => setTimeout(next, LOOK_EVERY));
      } finally {
        await worker.close();
      }
    } finally {
      await queue.close();
    }
    if (this.#refused !== undefined) throw this.#refused;
  }

  async #isDone(queue: SwarmQueue): Promise<boolean> {
    if (this.#isEnding) return true;
    const { until } = this.#options;
    if (until === undefined) return false;
    const state = await (await conclusionOf(queue, until)).job.getState();
    return state === 'completed' || state === 'failed';
  }

  get #isEnding(): boolean {
    return this.#refused !== undefined || this.#options.interrupt.isSet;
  }

  async #do(job: Job<AnyJob, AnyResult, string>, token: string | undefined): Promise<AnyResult> {
    try {
      this.#expectSame(job.data);
      // What a job of each name is about is said by submitSwarm alone.
      if (job.name === jobNames.part) return await this.#play(job, job.data as PartJob);
      return await this.#conclude(job, job.data as ConclusionJob);
    } catch (error) {
      if (!(error instanceof Interrupted) && !(error instanceof OtherModel)) throw error;
      // It is no failure of the job: another worker is to have it at once.
      await job.moveToWait(token);
      throw new this.#access.bullmq.WaitingError();
    }
  }

  /** @throws OtherModel when the job was made of another version or another model. */
  #expectSame({ id, swarm, identity }: AnyJob): void {
    if (this.#isEnding) throw new Interrupted('this worker ends');
    const own = this.#identities.get(id) ?? identityOf(swarm, this.#source);
    this.#identities.set(id, own);
    if (own === identity) return;
    const text = `swarm ${id} is of another version of Highwater or of the model ${swarm.model} than this worker`;
    this.#refused = new OtherModel(text, 'wrong-value');
    throw this.#refused;
  }

  async #play(job: Job<AnyJob>, { id, swarm, index, seeds }: PartJob): Promise<PartResult> {
    const ends = new Ends(this.#access, id);
    if (!swarm.keepGoing && (await ends.isBefore(index))) return { index, tally: null };
    const last = seeds.first + seeds.count - 1;
    this.#tell(`${id}: seeds ${seeds.first} to ${last} (job ${index + 1})`);
    let told = 0;
    const tally = await playSeeds(swarm, seeds, this.#run, progress => {
      const now = performance.now();
      if (now - told < PROGRESS_EVERY) return;
      told = now;
      const said: PartProgress = { ...progress, worker: this.#options.name };
      // Whether it arrives makes no difference to the job.
      job.updateProgress({ ...said }).catch(() => undefined);
    });
    if (isOver(tally, swarm)) await ends.add(index);
    return { index, tally };
  }

  async #conclude(job: Job<AnyJob>, { id, swarm, parts }: ConclusionJob): Promise<AnyResult> {
    this.#tell(`${id}: puts together what ${parts} jobs came to`);
    const values = Object.values(await job.getChildrenValues<PartResult>());
    const result = await conclude(swarm, wholeTally(values, parts, swarm), this.#source, this.#run);
    await new Ends(this.#access, id).remove();
    return result;
  }

  #tell(line: string): void {
    this.#options.tell?.(line);
  }
}

/** Which parts have ended a swarm, kept beside the queue. */
class Ends {
  readonly #key: string;
  readonly #client: QueueAccess['connection'];

  constructor({ queue, connection }: QueueAccess, id: string) {
    this.#key = endKey({ queue, id });
    this.#client = connection;
  }

  /** Whether a part before this one has. */
  async isBefore(index: number): Promise<boolean> {
    const [earliest] = await this.#client.zrange(this.#key, 0, 0);
    return earliest !== undefined && Number(earliest) < index;
  }

  async add(index: number): Promise<void> {
    await this.#client.zadd(this.#key, index, String(index));
  }

  async remove(): Promise<void> {
    await this.#client.del(this.#key);
  }
}

/**
 * What all parts came to, in the order of their seeds.
 *
 * @throws Error when a part is missing, or there twice.
 */
export function wholeTally(
  values: readonly PartResult[],
  parts: number,
  swarm: { readonly keepGoing: boolean },
): Tally {
  const ordered = [...values].sort((a, b) => a.index - b.index);
  const isWhole = ordered.length === parts && ordered.every(({ index }, at) => index === at);
  if (!isWhole)
    throw new Error(`expected ${parts} parts, found ${ordered.map(({ index }) => index)}`);
  let whole = nothing;
  for (const { index, tally } of ordered) {
    if (isOver(whole, swarm)) break;
    if (tally === null)
      throw new Error(`part ${index} was left out, and nothing before it ended the swarm`);
    whole = together(whole, tally);
  }
  return whole;
}
