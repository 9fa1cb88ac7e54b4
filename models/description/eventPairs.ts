import type { Bounds } from '../../checker/model/model.ts';
import type { ScopePlan } from './mainJob.ts';
import {
  type BoundsShape,
  type BoundTable,
  type ConfigShape,
  recordOf,
  type Setting,
} from './settings.ts';

type Name<ModelBounds> = keyof ModelBounds & string;

/** What is said of two kinds of events, by their bounds. */
type OfPair<ModelBounds, Value> = (first: Name<ModelBounds>, second: Name<ModelBounds>) => Value;

/** A kind of event, with the least that it needs to happen and to matter. */
export interface EventKind<Config, ModelBounds> {
  /** The bound that counts it. */
  readonly bound: Name<ModelBounds>;
  /** How often other events must be possible for it. */
  readonly needs?: Partial<ModelBounds>;
  readonly config?: Partial<Config>;
}

/** Rules under which every two kinds of events are explored together. */
export interface RuleFamily<Config, ModelBounds> {
  /** What it is called in the name of its scopes. */
  readonly name: string;
  /** The smallest settings. */
  readonly config: Partial<Config>;
  /** Properties that the protocol itself does not keep where these two happen. */
  readonly notKept?: OfPair<ModelBounds, readonly string[]>;
  /** Whether these two are left to long jobs; none are if absent. */
  readonly isLong?: OfPair<ModelBounds, boolean>;
}

/**
 * A scope for every two kinds of events, each with itself included: the smallest in which both can
 * happen. Most failures of software need no more than two conditions to come together (Kuhn, Wallace
 * and Gallo, Software Fault Interactions, 2004).
 */
export function pairScopes<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
>(
  kinds: readonly EventKind<Config, ModelBounds>[],
  words: BoundTable<ModelBounds>,
  { name, config, notKept, isLong }: RuleFamily<Config, ModelBounds>,
): ScopePlan[] {
  return pairsOf(kinds).map(([first, second]): ScopePlan => {
    const allBut = notKept?.(first.bound, second.bound) ?? [];
    const long = isLong?.(first.bound, second.bound) ? { isLong: true as const } : {};
    return {
      name: `${inWords(first.bound, second.bound, words)}, ${name}`,
      config: recordOf<Config, Setting>({ ...config, ...first.config, ...second.config }),
      bounds: boundsOf(first, second),
      engine: 'exhaustive',
      events: [first.bound, second.bound],
      ...(allBut.length === 0 ? {} : { asks: { allBut } }),
      ...long,
    };
  });
}

/** A scope for every kind of event by itself, of which every fair run is looked at: all must be well again after it. */
export function healingScopes<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
>(
  kinds: readonly EventKind<Config, ModelBounds>[],
  words: BoundTable<ModelBounds>,
  { name, config }: Pick<RuleFamily<Config, ModelBounds>, 'name' | 'config'>,
): ScopePlan[] {
  return kinds.map(kind => ({
    name: `after ${words[kind.bound].one}, ${name}`,
    config: recordOf<Config, Setting>({ ...config, ...kind.config }),
    bounds: boundsOf(kind),
    engine: 'liveness',
  }));
}

/** Every two of them, each with itself as well, in the order of the list. */
function pairsOf<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((first, index) =>
    items.slice(index).map((second): [Item, Item] => [first, second]),
  );
}

function inWords<ModelBounds>(
  first: keyof ModelBounds,
  second: keyof ModelBounds,
  words: BoundTable<ModelBounds>,
): string {
  if (first === second) return `two ${words[first].several}`;
  return `${words[first].one} and ${words[second].one}`;
}

/** One of each, and what they need besides. */
function boundsOf<Config, ModelBounds extends BoundsShape<ModelBounds>>(
  ...kinds: readonly EventKind<Config, ModelBounds>[]
): Bounds {
  const counts: Record<string, number> = {};
  for (const { bound } of kinds) counts[bound] = (counts[bound] ?? 0) + 1;
  for (const { needs = {} } of kinds) {
    for (const [bound, least] of Object.entries(recordOf<ModelBounds, number>(needs))) {
      counts[bound] = Math.max(counts[bound] ?? 0, least);
    }
  }
  return counts;
}

/** Whether every state is explored of a scope in which both of these events can happen. */
export function coversPair({ engine, bounds }: ScopePlan, first: string, second: string): boolean {
  if (engine !== 'exhaustive') return false;
  if (first === second) return (bounds[first] ?? 0) > 1;
  return (bounds[first] ?? 0) > 0 && (bounds[second] ?? 0) > 0;
}
