import type { AnyModel } from '../../checker/model/model.ts';
import type { Duration } from '../../checker/timed/duration.ts';
import type { AnyTimedQuestion } from '../../checker/timed/measure.ts';
import type { AnySchedule } from '../../checker/timed/schedule.ts';

/** A timer: milliseconds, or how they are drawn. */
export type Timer = number | Duration;

/** What decides how long a model takes: nothing but timers. */
export type TimersShape<Timers> = Readonly<Record<keyof Timers, Timer>>;

/** What a formula says of something that is measured. In milliseconds. */
export interface Expected {
  /** As it is written down. */
  readonly formula: string;
  readonly min?: number;
  readonly mean?: number;
  readonly max?: number;
}

/** All that it takes to measure how long something takes after a fault. */
export interface TimedScene {
  readonly model: AnyModel;
  readonly schedule: AnySchedule;
  readonly question: AnyTimedQuestion;
  /** By the name of what is awaited. */
  readonly expected: Readonly<Record<string, Expected>>;
}

/** A fault after which something is measured. */
interface TimedFault<Config, Timers> {
  /** What happens, in a few words. */
  readonly text: string;
  /** Throws what the model does where the fault cannot happen in such a configuration. */
  readonly scene: (config: Config, timers: Timers) => TimedScene;
}

/** How a model is played in virtual time. */
export interface TimingDescription<Config, Timers> {
  readonly defaults: Timers;
  /** What is another default under some settings: of an earlier release, for instance. */
  readonly otherDefaults?: (config: Config) => Readonly<Record<string, Timer>>;
  /** What each timer is, with the name of Kafka's setting where it is one. */
  readonly timers: { readonly [Name in keyof Timers]: string };
  readonly faults: Readonly<Record<string, TimedFault<Config, Timers>>>;
}

/** The same for whoever knows timers by name. */
export interface ModelTiming<Config> {
  readonly timers: readonly {
    readonly name: string;
    readonly value: Timer;
    readonly meaning: string;
  }[];
  readonly faults: readonly { readonly name: string; readonly text: string }[];
  /** What is another default under these settings, by name. */
  readonly otherDefaults: (config: Config) => Readonly<Record<string, Timer>>;
  /** The scene of a fault, with these timers over the defaults, each of the kind of its default. */
  readonly scene: (
    fault: string,
    config: Config,
    given: Readonly<Record<string, Timer>>,
  ) => TimedScene;
}

/** Makes of a description what others take it by. */
export function modelTiming<Config, Timers extends TimersShape<Timers>>({
  defaults,
  otherDefaults = () => ({}),
  timers,
  faults,
}: TimingDescription<Config, Timers>): ModelTiming<Config> {
  // The names are those of the type, which lists them all.
  const names = Object.keys(defaults) as (keyof Timers & string)[];
  return {
    timers: names.map(name => ({ name, value: defaults[name], meaning: timers[name] })),
    faults: Object.entries(faults).map(([name, { text }]) => ({ name, text })),
    otherDefaults,
    scene(fault, config, given) {
      const found = faults[fault];
      if (found === undefined) throw new Error(`there is no fault "${fault}"`);
      return found.scene(config, { ...defaults, ...otherDefaults(config), ...given });
    },
  };
}
