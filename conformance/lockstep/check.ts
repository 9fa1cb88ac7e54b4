import { performance } from 'node:perf_hooks';
import { type CompiledModel, labelOf } from '../../checker/core/compiledModel.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import type { Counterpart } from './counterpart.ts';
import { exceptionFor, type NamedException } from './exceptions.ts';
import { type Counts, type Difference, Lockstep, noCounts } from './lockstep.ts';
import { shorten } from './shorten.ts';

/** A model in one setting, and the release of Kafka that it is held to. */
export interface Kind<State> {
  readonly name: string;
  readonly version: KafkaVersion;
  /** The model, weakened by these defects; one that the release has is repaired. */
  model(defects: readonly string[]): CompiledModel;
  /** Starts the counterpart. */
  counterpart(): Counterpart<State>;
  readonly exceptions: readonly NamedException<State>[];
  readonly findings: readonly Finding[];
  /** The most steps of a random run. */
  readonly runLength: number;
  /** Defects of the model that are in what is compared. */
  readonly defects: readonly string[];
}

/** A bug of Kafka that the model has too, unless it is told to be better. */
export interface Finding {
  /** As defects and repairs name it. */
  readonly name: string;
  /** The steps that show it, as traces print them. */
  readonly story: readonly string[];
  /** Whether no model is without it: it follows from rules of Kafka that nobody has replaced. */
  readonly isInEveryModel?: true;
}

/** Whether real classes of Kafka have shown a finding. */
export interface Shown {
  readonly finding: string;
  /** Kafka takes the whole story, and both sides have the same after each step. */
  readonly isPlayed: boolean;
  /**
   * After so many steps Kafka and a model without the bug are not the same, or that has no such step; absent if
   * they stay the same, or every model has the bug.
   */
  readonly partsAfter: number | undefined;
  readonly isInEveryModel: boolean;
}

/** How much is played. */
export interface Extent {
  readonly seed: number;
  /** Random runs go on until so many steps are compared. */
  readonly steps: number;
  /** Of each defect at most so many steps; 0 leaves defects out. */
  readonly defectSteps: number;
}

/** A defect of the model, and after how many steps of random runs lockstep has noticed it. */
export interface Noticed {
  readonly defect: string;
  readonly after: number | undefined;
}

/** What came of one kind. */
export interface Checked {
  readonly name: string;
  readonly version: KafkaVersion;
  readonly runs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly counts: Counts;
  /** By name of the exception: how many random runs it ended. */
  readonly exceptions: Readonly<Record<string, number>>;
  /** Exceptions whose story shows them no more. */
  readonly stale: readonly string[];
  /** Differences that nobody has named, shortened. */
  readonly unnamed: readonly Difference[];
  readonly findings: readonly Shown[];
  readonly noticed: readonly Noticed[];
  /** By reason: what of stored traces is not played. */
  readonly leftOut?: Readonly<Record<string, number>>;
}

/** After so many unnamed differences a kind has failed often enough. */
const MOST_UNNAMED = 3;

/** Plays random runs of a kind, the stories of its exceptions, and its defects. */
export async function check<State>(kind: Kind<State>, extent: Extent): Promise<Checked> {
  const begun = performance.now();
  const counterpart = kind.counterpart();
  try {
    const counts = noCounts();
    const lockstep = new Lockstep(kind.model([]), counterpart, counts);
    const random = await playRandomRuns(kind, lockstep, extent);
    const seconds = (performance.now() - begun) / 1000;
    const stale = await staleExceptions(kind, lockstep);
    const findings: Shown[] = [];
    for (const finding of kind.findings) findings.push(await show(kind, counterpart, finding));
    const noticed: Noticed[] = [];
    for (const defect of extent.defectSteps > 0 ? kind.defects : [])
      noticed.push(await notice(kind, counterpart, defect, extent));
    const { name, version } = kind;
    return { name, version, ...random, seconds, counts, stale, findings, noticed };
  } finally {
    await counterpart.close();
  }
}

async function playRandomRuns<State>(
  kind: Kind<State>,
  lockstep: Lockstep<State>,
  { seed, steps: wanted }: Extent,
): Promise<Pick<Checked, 'runs' | 'steps' | 'exceptions' | 'unnamed'>> {
  const exceptions: Record<string, number> = {};
  const unnamed: Difference<State>[] = [];
  let [runs, steps] = [0, 0];
  while (steps < wanted && unnamed.length < MOST_UNNAMED) {
    const played = await lockstep.random(seed + runs++, kind.runLength);
    steps += played.steps;
    if (played.difference === undefined) continue;
    const known = exceptionFor(kind.exceptions, kind.version, played.difference);
    if (known !== undefined) exceptions[known.name] = (exceptions[known.name] ?? 0) + 1;
    else unnamed.push(await shorten(lockstep, played.difference));
  }
  return { runs, steps, exceptions, unnamed: unnamed.map(withoutState) };
}

/** The states of a difference are for exceptions. */
function withoutState<State>({ step: _, ...difference }: Difference<State>): Difference {
  return difference;
}

async function staleExceptions<State>(
  { exceptions, version, name }: Kind<State>,
  lockstep: Lockstep<State>,
): Promise<string[]> {
  const stale: string[] = [];
  for (const exception of exceptions) {
    if (exception.storyIn !== name || !exception.releases.includes(version)) continue;
    const { difference } = await lockstep.rerun(instancesOf(lockstep.model, exception.story));
    const isShown =
      difference !== undefined && exceptionFor(exceptions, version, difference) === exception;
    if (!isShown) stale.push(exception.name);
  }
  return stale;
}

async function show<State>(
  kind: Kind<State>,
  counterpart: Counterpart<State>,
  { name, story, isInEveryModel: isInEvery }: Finding,
): Promise<Shown> {
  const model = kind.model([]);
  const { difference, taken } = await new Lockstep(model, counterpart).rerun(
    instancesOf(model, story),
  );
  const isPlayed = difference === undefined && taken === story.length;
  const isInEveryModel = isInEvery === true;
  const partsAfter = isInEveryModel
    ? undefined
    : await partsAfterSteps(kind.model([name]), counterpart, story);
  return { finding: name, isPlayed, partsAfter, isInEveryModel };
}

/** After how many steps of a story Kafka and a model are not the same, or the model does not have the step. */
async function partsAfterSteps<State>(
  model: CompiledModel,
  counterpart: Counterpart<State>,
  story: readonly string[],
): Promise<number | undefined> {
  const labels = new Set(model.instances.map(({ taken }) => labelOf(taken)));
  const missing = story.findIndex(step => !labels.has(step));
  const known = missing < 0 ? story : story.slice(0, missing);
  const { difference } = await new Lockstep(model, counterpart).rerun(instancesOf(model, known));
  return difference?.run.length ?? (missing < 0 ? undefined : missing + 1);
}

/** The instances that a story names. */
function instancesOf(model: CompiledModel, story: readonly string[]): number[] {
  const labels = model.instances.map(({ taken }) => labelOf(taken));
  return story.map(step => {
    const index = labels.indexOf(step);
    if (index < 0) throw new Error(`the model has no step ${step}`);
    return index;
  });
}

async function notice<State>(
  kind: Kind<State>,
  counterpart: Counterpart<State>,
  defect: string,
  { seed, defectSteps }: Extent,
): Promise<Noticed> {
  const lockstep = new Lockstep(kind.model([defect]), counterpart);
  let steps = 0;
  for (let run = 0; steps < defectSteps; run++) {
    const played = await lockstep.random(seed + run, kind.runLength);
    steps += played.steps;
    const { difference } = played;
    if (difference === undefined) continue;
    if (exceptionFor(kind.exceptions, kind.version, difference) === undefined)
      return { defect, after: steps };
  }
  return { defect, after: undefined };
}
