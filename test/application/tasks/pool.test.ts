import { describe, expect, it } from 'vitest';
import { plainProject } from '../../../application/project/project.ts';
import { errorOf, failureOf } from '../../../application/tasks/failure.ts';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { runTasks } from '../../../application/tasks/pool.ts';
import type { Task, TaskResult } from '../../../application/tasks/task.ts';
import { UsageError } from '../../../catalogue/usageError.ts';
import { ModelError, NondeterminismError } from '../../../checker/core/errors.ts';
import { CheckpointError } from '../../../parallel/checkpointError.ts';
import { StorageError } from '../../../parallel/storageError.ts';
import { defectSearch } from '../../cli/defectTrace.ts';

const names = ['leader-epoch-not-bumped', 'acknowledged-before-replication', 'reads-to-log-end'];
const tasks = names.map(defectSearch);
/** A search of far more states than are expanded before progress is told. */
const long: Task = {
  model: 'replication',
  request: { config: { brokers: 2 }, bounds: { records: 3, crashes: 2 }, defects: [] },
  engine: { kind: 'exhaustive', symmetry: true, keepGoing: false },
  limits: {},
};
const wrong: Task = { ...long, properties: ['no-such-property'] };

function contents(results: readonly TaskResult[]): unknown {
  return results.map(({ result, traces }) => ({ result, traces }));
}

const source = plainProject();

describe('the pool', () => {
  it('returns the same results in the order of the tasks for any number of jobs', async () => {
    const interrupt = new InterruptFlag();
    const alone = await runTasks(tasks, { source, jobs: 1, interrupt });
    const together = await runTasks(tasks, { source, jobs: 2, interrupt });
    expect(alone.map(({ task }) => task)).toEqual(tasks);
    for (const [index, { task }] of together.entries()) expect(task).toBe(tasks[index]);
    expect(contents(together)).toEqual(contents(alone));
  });

  it('tells each result as it comes, and progress', async () => {
    const limited = { ...long, limits: { states: 3000 } };
    const told: number[] = [];
    const progressed = new Set<number>();
    await runTasks([limited, limited], {
      source,
      jobs: 2,
      interrupt: new InterruptFlag(),
      onResult: index => told.push(index),
      onProgress: index => progressed.add(index),
    });
    expect(told.toSorted()).toEqual([0, 1]);
    expect([...progressed].toSorted()).toEqual([0, 1]);
  });

  it.each([1, 2])('throws the error of a task with its class (%i jobs)', async jobs => {
    const running = runTasks([...tasks.slice(0, 1), wrong], {
      source,
      jobs,
      interrupt: new InterruptFlag(),
    });
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow('unknown property "no-such-property"');
  });

  it('does not wait for tasks after one that failed', async () => {
    const running = runTasks([wrong, long], { source, jobs: 2, interrupt: new InterruptFlag() });
    await expect(running).rejects.toThrow(UsageError);
  });

  it.each([1, 2])('returns what ran when it is interrupted (%i jobs)', async jobs => {
    const interrupt = new InterruptFlag();
    const results = await runTasks([long, long, long], {
      source,
      jobs,
      interrupt,
      onProgress: () => interrupt.set(),
    });
    expect(results.length).toBeGreaterThan(0);
    expect(results.length).toBeLessThanOrEqual(jobs);
    for (const { result } of results) {
      expect(result.stopped).toBe('interrupted');
      expect(result.distinctStates).toBeGreaterThan(0);
    }
  });

  it('starts nothing after an interrupt', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    expect(await runTasks(tasks, { source, jobs: 1, interrupt })).toEqual([]);
    expect(await runTasks(tasks, { source, jobs: 2, interrupt })).toEqual([]);
  });
});

describe('errors between threads', () => {
  const steps = [{ name: 'count', actor: 'counter', params: { by: 1 } }];

  it.each([
    new UsageError('wrong'),
    new ModelError('crashed', steps),
    new NondeterminismError('differs', steps),
    new CheckpointError('of another run'),
    new StorageError('the disk is full'),
    new Error('other'),
  ])('%s keeps its class, message and steps', error => {
    const received = errorOf(structuredClone(failureOf(error)));
    expect(received).toBeInstanceOf(error.constructor);
    expect(received.message).toBe(error.message);
    expect(received.stack).toBe(error.stack);
    if (error instanceof ModelError) expect(received).toMatchObject({ steps });
  });

  it('makes an error of whatever is thrown', () => {
    expect(errorOf(failureOf('text')).message).toBe('text');
  });
});
