import { checkHistory } from '../../properties/history/history.ts';
import type { Shape } from './cluster.ts';
import type { Scene } from './scene.ts';

/** What a story came to on a real cluster. */
export interface Outcome {
  readonly verdict: 'confirmed' | 'not reproduced' | 'cannot be steered';
  /** What was seen, or the first step that a real cluster cannot be made to take. */
  readonly because: string;
}

/** Something that a model tells of Kafka, to be seen on a real one. */
export interface Story {
  readonly name: string;
  /** What it tells, in a sentence. */
  readonly tells: string;
  /** Where the models tell it: a trace of the corpus, a page. */
  readonly source: string;
  readonly shape: Shape;
  /** Whether messages must be cut off. */
  readonly cutsNetwork?: boolean;
  /** Whether a producer sends again what it may not, so that nobody promises that a record is stored once. */
  readonly repeats?: boolean;
  /** Plays it; what never comes about that should is `not reproduced`. */
  play(scene: Scene): Promise<Outcome>;
}

/** The outcome of a story in which an acknowledged record is lost. */
export function lost(scene: Scene, value: string): Outcome {
  return broken(scene, value)
    ? { verdict: 'confirmed', because: `${value} was acknowledged and is lost` }
    : { verdict: 'not reproduced', because: `${value} is there, or was not acknowledged` };
}

/** The outcome of a story in which nothing that was acknowledged is lost. */
export function kept(scene: Scene, seen: string): Outcome {
  const [first] = scene.broken();
  return first === undefined
    ? { verdict: 'confirmed', because: `${seen}; nothing that was acknowledged is lost` }
    : { verdict: 'not reproduced', because: first.clause };
}

/**
 * Whether a record that was acknowledged is not read where it was, or the log ends before it. Of a log that has lost
 * several, only the first is named that is beyond its end: the others are left out.
 */
function broken({ events }: Scene, value: string): boolean {
  const ofRecord = events.filter(event => event.kind !== 'acknowledged' || event.record === value);
  return checkHistory(ofRecord).some(({ clause }) =>
    clause.includes(`record ${value} was acknowledged`),
  );
}
