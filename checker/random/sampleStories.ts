import { CompiledModel, labelOf } from '../core/compiledModel.ts';
import type { Control, StopReason } from '../core/control.ts';
import { evaluate } from '../core/evaluate.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { shrink } from '../shrink/shrink.ts';
import { copyState } from '../state/schema.ts';
import { simulate } from './simulate.ts';

/** How runs are drawn, and how many are kept. */
export interface SampleOptions {
  readonly seed: number;
  readonly runs: number;
  /** The longest run, in steps. */
  readonly maxSteps: number;
  /** How many stories to keep. */
  readonly stories: number;
  /** States to look at for a shorter way to each goal. */
  readonly maxStates: number;
  readonly control?: Control;
}

/** A short run that reaches a goal. */
export interface SampleStory {
  readonly goal: AnyProperty;
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  /** Whether no shorter run reaches the goal in the model's scope. */
  readonly shortest: boolean;
  readonly unproved?: string;
}

export interface Sample {
  readonly stories: readonly SampleStory[];
  /** Goals that no run reached. */
  readonly unreached: readonly AnyProperty[];
  /** Runs that were made. */
  readonly runs: number;
  /** Why it ended early, if it did: runs were not made, or not shortened to the end. */
  readonly stopped?: StopReason;
  readonly distinctStates: number;
  readonly generatedStates: number;
  readonly depth: number;
}

/**
 * Draws random runs, shortens the first one that reaches each goal, and keeps those that show most of
 * what the others do not: goals on the way, actions, and what the actions were about.
 *
 * @throws ModelError when an action or a goal throws, with the steps that lead there.
 */
export async function sampleStories(
  model: AnyModel,
  properties: readonly AnyProperty[],
  options: SampleOptions,
): Promise<Sample> {
  const { seed, runs, maxSteps, stories, maxStates, control } = options;
  const goals = properties.filter(
    ({ kind, notApplicable }) => kind === 'sometimes' && notApplicable === undefined,
  );
  const ended: { why?: StopReason } = {};
  const limits = control === undefined ? {} : { control: noting(control, ended) };
  const found = await simulate(model, goals, { seed, runs, maxSteps, ...limits });
  const short: SampleStory[] = [];
  for (const { property, initialState, steps } of found.witnesses) {
    const goal = goals.find(({ name }) => name === property);
    if (goal === undefined) continue;
    // Who wants it ended does not want to wait for proofs.
    const most = ended.why === undefined ? maxStates : 0;
    const run = await shrink(model, goal, { initialState, steps }, { ...limits, maxStates: most });
    if (run === undefined) continue;
    const doubt = run.unproved === undefined ? {} : { unproved: run.unproved };
    const { shortest } = run;
    short.push({ goal, initialState: run.initialState, steps: run.steps, shortest, ...doubt });
  }
  const reached = new Set(found.witnesses.map(({ property }) => property));
  return {
    stories: mostDiverse(model, goals, short, stories),
    runs: found.runs ?? 0,
    ...(ended.why === undefined ? {} : { stopped: ended.why }),
    unreached: goals.filter(({ name }) => !reached.has(name)),
    distinctStates: found.distinctStates,
    generatedStates: found.generatedStates,
    depth: found.depth,
  };
}

/** The control, with a note of why it ended something. */
function noting(control: Control, note: { why?: StopReason }): Control {
  return {
    async poll(progress) {
      const why = await control.poll(progress);
      if (why !== undefined) note.why = why;
      return why;
    },
  };
}

/** Takes the story that adds most to those taken so far, again and again; of equals the shorter one. */
function mostDiverse(
  model: AnyModel,
  goals: readonly AnyProperty[],
  stories: readonly SampleStory[],
  most: number,
): SampleStory[] {
  const compiled = new CompiledModel(model);
  const rest = stories.map(story => ({ story, shows: shownBy(compiled, goals, story) }));
  const taken: SampleStory[] = [];
  const seen = new Set<string>();
  while (taken.length < most) {
    let best: (typeof rest)[number] | undefined;
    let mostAdded = 0;
    for (const candidate of rest) {
      const added = [...candidate.shows].filter(item => !seen.has(item)).length;
      const isShorter =
        best !== undefined && candidate.story.steps.length < best.story.steps.length;
      if (added > mostAdded || (added === mostAdded && isShorter)) {
        best = candidate;
        mostAdded = added;
      }
    }
    if (best === undefined) break;
    taken.push(best.story);
    for (const item of best.shows) seen.add(item);
    rest.splice(rest.indexOf(best), 1);
  }
  return taken;
}

/** What a run shows: the goals that it reaches, its actions, and its actions with their arguments. */
function shownBy(
  model: CompiledModel,
  goals: readonly AnyProperty[],
  { initialState, steps }: SampleStory,
): Set<string> {
  const shows = new Set<string>();
  const [before, after] = [model.createState(), model.createState()];
  model.initialize(after, initialState);
  for (const taken of steps) {
    copyState(after, before);
    model.step(after, model.find(taken) as number);
    shows.add(taken.name).add(labelOf(taken));
    for (const goal of goals) {
      if (typeof evaluate(goal, after, { before, taken }) === 'string') shows.add(goal.name);
    }
  }
  return shows;
}
