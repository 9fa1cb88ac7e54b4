import { describe, expect, test } from 'vitest';
import type { ModelSource } from '../../../application/project/project.ts';
import { specificationEntry } from '../../../application/project/specificationEntry.ts';
import { runTask } from '../../../application/tasks/runTask.ts';
import type { Task } from '../../../application/tasks/task.ts';
import { NondeterminismError } from '../../../checker/core/errors.ts';
import { graphModel } from '../../checker/subjects/toys.ts';

const engine = { kind: 'simulate', seed: 1, runs: 20, maxSteps: 20 } as const;
const taskOf = (twice: boolean): Task => ({
  model: 'restless',
  request: { config: {}, bounds: {}, defects: [] },
  engine: { ...engine, ...(twice ? { twice } : {}) },
  limits: {},
});

/** A model that leads elsewhere every time it is built, as one that reads a clock would. */
function restless(): ModelSource {
  let built = 0;
  const build = () => {
    const shift = 1 + built++;
    const edges = Array.from({ length: 30 }, (_, at): [number, number] => [at, (at + shift) % 30]);
    return { model: graphModel(edges), properties: [], questions: [], temporal: [] };
  };
  const entry = specificationEntry({ model: graphModel([[0, 1]]), properties: [] }, 'these tests');
  return { models: [{ ...entry, name: 'restless', build }] };
}

describe('random runs of a model that reads what is not in its state', () => {
  test('are found out when they are made twice', async () => {
    await expect(runTask(taskOf(true), restless())).rejects.toThrow(NondeterminismError);
  });

  test('may go unnoticed when they are made once', async () => {
    const { result } = await runTask(taskOf(false), restless());
    expect(result).toMatchObject({ runs: 20, stopped: 'run limit' });
  });
});
