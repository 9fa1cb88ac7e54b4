import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Control } from '../../checker/core/control.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { CheckpointFolder } from '../../parallel/checkpointFolder.ts';
import { exploreInParallel, type ParallelOptions } from '../../parallel/exploreInParallel.ts';
import { modelDigests } from '../../parallel/modelDigests.ts';
import { Difference, expectSame, type Outcome, outcomeFrom } from './difference.ts';
import { specificationOf } from './engineModel.ts';
import type { Subject } from './subject.ts';

/* One model in so many is searched by threads, and kept in files in the middle of the search. */
const THREADS_EVERY = 1000;
const FILES_EVERY = 50;

/** What this and other threads build. */
const module = { url: new URL('engineModel.ts', import.meta.url).href, name: specificationOf.name };

/** Compares a search by threads, and one that goes on from files, with one of this thread. */
export async function compareParallel(subject: Subject): Promise<void> {
  const { number, specification } = subject;
  const byThreads = number % THREADS_EVERY === 1;
  const fromFiles = number % FILES_EVERY === 1;
  if (!byThreads && !fromFiles) return;
  const { model, properties } = specification;
  const right = await outcomeFrom('exhaustive', () =>
    exploreExhaustively(model, properties, { keepGoing: true }),
  );
  if (byThreads) {
    for (const workers of [2, 4]) {
      expectSameOutcome(`${workers} threads`, await explore(subject, { workers }), right);
    }
  }
  if (fromFiles) await compareKept(subject, right);
}

function explore(
  { graph, specification }: Subject,
  options: Partial<ParallelOptions>,
): Promise<Outcome<ExplorationResult>> {
  const whole = { ...module, data: graph.drawn };
  const usual = { workers: 1, keepGoing: true, specification, frontierBytes: 256 };
  return outcomeFrom('parallel', () => exploreInParallel(whole, { ...usual, ...options }));
}

async function compareKept(subject: Subject, right: Outcome<ExplorationResult>): Promise<void> {
  const { number, specification } = subject;
  const name = 'resumed from files';
  const folder = join(mkdtempSync(join(tmpdir(), 'highwater-differential-')), 'kept');
  const options = {
    folder,
    every: 1e9,
    run: { model: 'drawn', bounds: {} },
    sources: modelDigests(specification),
  };
  try {
    const control = stopAt(1 + (number % 7));
    const checkpoint = CheckpointFolder.create(options);
    const first = await explore(subject, { checkpoint, control, pollEvery: 1 });
    if ('error' in first || first.result.stopped === undefined) {
      expectSameOutcome(name, first, right);
      return;
    }
    const resumed = await explore(subject, { checkpoint: CheckpointFolder.resume(options) });
    expectSameOutcome(name, resumed, right);
  } finally {
    rmSync(join(folder, '..'), { recursive: true });
  }
}

function stopAt(times: number): Control {
  let asked = 0;
  return { poll: async () => (++asked < times ? undefined : 'interrupted') };
}

function expectSameOutcome(
  name: string,
  outcome: Outcome<ExplorationResult>,
  right: Outcome<ExplorationResult>,
): void {
  if ('error' in right) {
    const depth = 'error' in outcome ? outcome.error.steps.length : 'no error';
    expectSame(name, 'the depth of the error', depth, right.error.steps.length);
  } else if ('error' in outcome) {
    throw new Difference(name, `throws ${outcome.error.message}`);
  } else {
    expectSame(name, 'the result', outcome.result, right.result);
  }
}
