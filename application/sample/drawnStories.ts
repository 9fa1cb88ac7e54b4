import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import type { StopReason } from '../../checker/core/control.ts';
import {
  type Sample,
  type SampleOptions,
  type SampleStory,
  sampleStories,
} from '../../checker/random/sampleStories.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** Stories of what a model does. */
export interface DrawnStories {
  /** One trace for each story. */
  readonly traces: readonly TraceFile[];
  /** The names of goals that no run reached. */
  readonly unreached: readonly string[];
  readonly distinctStates: number;
  /** Runs that were made. */
  readonly runs: number;
  /** Why it ended early; null if it did not. */
  readonly stopped: StopReason | null;
}

/** How runs are drawn, and how many are told. */
export type StoryOptions = Omit<SampleOptions, 'maxStates'>;

/** States to look at for a shorter way to each goal. */
const MAX_STATES = 5_000;

/**
 * Draws random runs, and tells those that differ most of the goals that they reach.
 *
 * @throws ModelError when the model crashes.
 */
export async function drawnStories(
  built: BuiltModel,
  options: StoryOptions,
): Promise<DrawnStories> {
  const { model, properties } = built;
  const sample = await sampleStories(model, properties, { ...options, maxStates: MAX_STATES });
  return {
    traces: sample.stories.map(story => traceOf(built, story, sample, options.seed)),
    unreached: sample.unreached.map(({ name }) => name),
    distinctStates: sample.distinctStates,
    runs: sample.runs,
    stopped: sample.stopped ?? null,
  };
}

function traceOf(
  { model }: BuiltModel,
  story: SampleStory,
  sample: Sample,
  seed: number,
): TraceFile {
  const { goal, initialState, steps, shortest, unproved } = story;
  const { distinctStates, generatedStates, depth } = sample;
  const run = { property: goal, clause: goal.statement, initialState, steps };
  const doubt = unproved === undefined ? {} : { unproved };
  const explored = { engine: 'simulate' as const, seed, distinctStates, generatedStates, depth };
  return recordTrace(model, run, { ...explored, shortest, ...doubt });
}
