import { type Asymmetry, withSymmetry } from '../checker/core/asymmetry.ts';
import { CompiledModel } from '../checker/core/compiledModel.ts';
import { type Control, unlimited } from '../checker/core/control.ts';
import { DeclarationError } from '../checker/declarationError.ts';
import {
  brief,
  expectFlagIfAny,
  expectLimit,
  expectOptions,
  expectWhole,
  type KeysOf,
} from '../checker/declarations.ts';
import { LocalPool } from '../checker/exhaustive/localPool.ts';
import { PlainModel } from '../checker/exhaustive/sample/plainModel.ts';
import { Search, type SearchOptions } from '../checker/exhaustive/search.ts';
import type { WorkerPool } from '../checker/exhaustive/workerPool.ts';
import { checkProperties } from '../checker/model/checkProperty.ts';
import type { Specification } from '../checker/model/specification.ts';
import type { ExplorationResult } from '../checker/results/result.ts';
import type { CheckpointFolder } from './checkpointFolder.ts';
import { DiskFrontier } from './diskFrontier.ts';
import { type SpecificationModule, specificationFrom } from './specificationModule.ts';
import { spotCheck } from './spotCheck.ts';
import { ThreadPool } from './threadPool.ts';

/** How a search over several threads is made. */
export interface ParallelOptions {
  /** What the module makes, if it has been made already. */
  readonly specification?: Specification | undefined;
  /** Threads that expand states; with 1, this thread does. */
  readonly workers: number;
  /** As for `exploreExhaustively`. */
  readonly symmetry?: boolean | undefined;
  /**
   * Stop, inconclusive, when this many distinct states are known. With several workers some more may
   * be, and which they are depends on who was faster.
   */
  readonly maxStates?: number | undefined;
  /** Go on after a violation, to find the others. */
  readonly keepGoing?: boolean | undefined;
  /** Look for so many of each property, told apart by their causes; 1 if absent. */
  readonly counterexamples?: number | undefined;
  readonly control?: Control | undefined;
  /** States expanded between two questions to the control; 2048 if absent. */
  readonly pollEvery?: number | undefined;
  /** Bytes of states to be expanded that are kept in memory; more are kept in a file. */
  readonly frontierBytes?: number | undefined;
  /** Saves the search, and has a saved one, if that is to be resumed. */
  readonly checkpoint?: CheckpointFolder | undefined;
}

const optionKeys: KeysOf<ParallelOptions> = {
  specification: true,
  workers: true,
  symmetry: true,
  maxStates: true,
  keepGoing: true,
  counterexamples: true,
  control: true,
  pollEvery: true,
  frontierBytes: true,
  checkpoint: true,
};

const FRONTIER_BYTES = 2 ** 30;

/**
 * Explores every state of a scope, breadth first, over several threads. States, counts, verdicts and
 * counterexamples are those of `exploreExhaustively`, whatever the number of workers.
 *
 * The folder of the checkpoint is closed at the end.
 *
 * @throws DeclarationError when an option is not written as its type says; ModelError when an action or property
 * throws; Error when a thread dies; StorageError when
 * states or a checkpoint cannot be written; CheckpointError when there is one that is damaged, or of a
 * model that did something else.
 */
export async function exploreInParallel(
  module: SpecificationModule,
  options: ParallelOptions,
): Promise<ExplorationResult> {
  try {
    expectParallelOptions(options);
    return await explore(module, options);
  } finally {
    options.checkpoint?.close();
  }
}

function expectParallelOptions(options: ParallelOptions): void {
  expectOptions('exploreInParallel', options, optionKeys);
  expectWhole('exploreInParallel: workers', options.workers, 1);
  expectLimit('exploreInParallel: maxStates', options.maxStates, 0);
  expectLimit('exploreInParallel: pollEvery', options.pollEvery, 1);
  expectLimit('exploreInParallel: counterexamples', options.counterexamples, 1);
  const { frontierBytes = 0 } = options;
  if (!(frontierBytes >= 0)) {
    const place = 'exploreInParallel: frontierBytes';
    throw DeclarationError.at(place, `expected 0 or more, found ${brief(frontierBytes)}`);
  }
  for (const name of ['symmetry', 'keepGoing'] as const) {
    expectFlagIfAny(`exploreInParallel: ${name}`, options[name]);
  }
}

async function explore(
  module: SpecificationModule,
  options: ParallelOptions,
): Promise<ExplorationResult> {
  const { maxStates, keepGoing, counterexamples = 1, control = unlimited, checkpoint } = options;
  const specification = options.specification ?? (await specificationFrom(module));
  checkProperties(specification.model.name, specification.properties, 'state');
  const frontierBytes = options.frontierBytes ?? FRONTIER_BYTES;
  // There are two at a time: the level that is being expanded, and the next.
  const frontier = (): DiskFrontier => new DiskFrontier(frontierBytes / 2);
  const saved = await checkpoint?.load(frontier);
  const model = new CompiledModel(specification.model);
  let resumed = saved;
  const search = async (
    symmetry: boolean,
    asymmetry: Asymmetry | undefined,
  ): Promise<ExplorationResult> => {
    if (resumed !== undefined) {
      const { outcomes } = resumed.state.sample;
      spotCheck(resumed, new PlainModel(model, specification.properties, { symmetry, outcomes }));
    }
    const table = resumed?.table;
    const { pool, close } = poolFor(model, specification, { ...options, symmetry, module, table });
    const searchOptions: SearchOptions = {
      symmetry,
      asymmetry,
      maxStates,
      keepGoing,
      counterexamples,
      control,
      pollEvery: options.pollEvery,
      frontier,
      checkpointer: checkpoint,
      saved: resumed,
    };
    // A search that begins anew without symmetry resumes nothing.
    resumed = undefined;
    try {
      return await new Search(model, specification.properties, pool, searchOptions).run();
    } finally {
      await close();
    }
  };
  return withSymmetry(options.symmetry ?? false, search, saved?.state.asymmetry);
}

interface PoolOptions extends ParallelOptions {
  readonly symmetry: boolean;
  readonly module: SpecificationModule;
  readonly table: WorkerPool['table'] | undefined;
}

function poolFor(
  model: CompiledModel,
  { properties }: Specification,
  { workers, symmetry, maxStates, counterexamples = 1, module, table }: PoolOptions,
): { readonly pool: WorkerPool; readonly close: () => Promise<void> } {
  const breaks = counterexamples > 1;
  if (workers === 1) {
    const pool = new LocalPool(model, properties, { symmetry, maxStates, breaks }, table);
    return { pool, close: () => Promise.resolve() };
  }
  const pool = new ThreadPool(model, properties, {
    workers,
    specification: module,
    symmetry,
    breaks,
    table,
  });
  return { pool, close: () => pool.close() };
}
