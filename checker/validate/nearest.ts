import { type ActionInstance, type CompiledModel, labelOf } from '../core/compiledModel.ts';
import type { Enabled } from '../model/model.ts';
import { copyState } from '../state/schema.ts';
import type { CompiledReading, Mismatch } from './patterns.ts';
import type { Search, SearchNode } from './search.ts';

/** A step that comes near to what was observed, and why it is not that. */
export interface NearMiss {
  /** The step, as people read it; absent where somebody looked at the state. */
  readonly step: string | undefined;
  /** The guard that is false, if the step cannot be taken; or that it is no change. */
  readonly guard: string | undefined;
  /** What would be something else after it. */
  readonly mismatches: readonly Mismatch[];
}

/** How many states are looked at: there may be many that explain all lines before. */
const MOST_STATES = 64;
const MOST_SHOWN = 3;

interface Candidate extends NearMiss {
  readonly node: SearchNode;
  readonly distance: number;
}

/**
 * What comes nearest to a line that nothing explains: steps that would be it but for a false guard, or but for few
 * fields. A guard that is false alone is nearer than a field that differs; of two that are as near, the one
 * that was found first.
 *
 * @returns the nearest first, and the node where the nearest of them was tried.
 */
export function nearestTo(
  model: CompiledModel,
  search: Search,
  { line, furthest }: { readonly line: number; readonly furthest: readonly SearchNode[] },
): { readonly node: SearchNode | undefined; readonly misses: readonly NearMiss[] } {
  const candidates = furthest
    .slice(0, MOST_STATES)
    .flatMap(node =>
      (search.readings[line] ?? []).flatMap(reading => triesOf(model, search, node, reading)),
    )
    .sort((a, b) => a.distance - b.distance);
  const misses = new Map<string, NearMiss>();
  for (const { step, guard, mismatches } of candidates) {
    if (misses.size === MOST_SHOWN) break;
    const key = step ?? '';
    if (!misses.has(key)) misses.set(key, { step, guard, mismatches });
  }
  return { node: candidates[0]?.node ?? furthest[0], misses: [...misses.values()] };
}

function triesOf(
  model: CompiledModel,
  search: Search,
  node: SearchNode,
  reading: CompiledReading,
): Candidate[] {
  const [before, after] = [model.createState(), model.createState()];
  search.store.read(node.state, before.bytes);
  if (reading.kind === 'state') {
    const mismatches = reading.mismatches(undefined, before.bytes);
    return [
      { node, step: undefined, guard: undefined, mismatches, distance: 2 * mismatches.length },
    ];
  }
  return [...reading.instances].flatMap((index): Candidate[] => {
    const enabled = model.enabled(before, index);
    copyState(before, after);
    const isTried = tries(() => model.step(after, index));
    if (!isTried && enabled === true) return [];
    const isChange = !isTried || reading.changes(before.bytes, after.bytes);
    const guard = guardOf(enabled) ?? (isChange ? undefined : 'it changes nothing of that');
    const mismatches = isTried ? reading.mismatches(before.bytes, after.bytes) : [];
    const { taken } = model.instances[index] as ActionInstance;
    // Of what cannot even be tried nothing is as it was observed.
    const differ = isTried ? mismatches.length : Math.max(1, reading.fields);
    const distance = 2 * differ + (guard === undefined ? 0 : 1);
    return [{ node, step: labelOf(taken), guard, mismatches, distance }];
  });
}

function guardOf(enabled: Enabled): string | undefined {
  return enabled === true ? undefined : enabled || 'its guard is false';
}

/** Whether a step can be taken at all: one whose guard is false may lead to what no state can hold. */
function tries(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}
