import { meet } from './byteSet.ts';
import type { Footprint } from './observer.ts';
import type { Edge, StateGraph } from './stateGraph.ts';

/** Whether two steps that can be taken in a state may be taken in either order, all the same. */
export type Independence = (state: number, one: Edge, other: Edge) => boolean;

/**
 * Known from what is touched: neither writes what the other reads or writes, in any state. What the
 * instances touch in all states of the scope is more than could be known before the search.
 */
export function byFootprints(graph: StateGraph): Independence {
  const dependent = dependencies(graph);
  return (_, one, other) => dependent[one.instance]?.has(other.instance) !== true;
}

/** For each instance, those that depend on it by what they touch. */
export function dependencies({ observer }: StateGraph): ReadonlySet<number>[] {
  const { footprints } = observer;
  return footprints.map(
    one =>
      new Set(
        [...footprints.keys()].filter(index =>
          dependOnEachOther(one, footprints[index] as Footprint),
        ),
      ),
  );
}

function dependOnEachOther(one: Footprint, other: Footprint): boolean {
  return (
    meet(one.writes, other.writes) || meet(one.writes, other.reads) || meet(one.reads, other.writes)
  );
}

/**
 * Known from what the two steps touch in the very state, the properties of steps included or not: a step
 * of which nothing was changed that it reads does again what it did.
 */
export function byLocalFootprints(what: 'touched' | 'withProperties'): Independence {
  return (_, one, other) => !dependOnEachOther(one[what], other[what]);
}

/** Known by taking both steps in either order in the very state: more cannot be known. */
export function byTrial(graph: StateGraph): Independence {
  return (_, one, other) => {
    const first = graph.after(one.target, other.instance);
    return first !== undefined && first === graph.after(other.target, one.instance);
  };
}

/** For each instance, whether a property may notice that it was taken. */
export type Visibility = readonly boolean[];

/** Noticed is whatever writes what a property reads somewhere. */
export function visibleByReads({ observer }: StateGraph): Visibility {
  return observer.footprints.map(({ writes }) => meet(observer.propertyReads, writes));
}

/**
 * Noticed is what somewhere changes what an invariant says, or makes a step of which a property of
 * steps says something: no declaration of reads could find fewer.
 */
export function visibleByTrial(graph: StateGraph): Visibility {
  const visible = graph.model.instances.map(() => false);
  for (let state = 0; state < graph.size; state++) {
    for (const { instance, target, finding } of graph.edgesOf(state)) {
      if (graph.findings[state] !== graph.findings[target] || saysSomething(finding)) {
        visible[instance] = true;
      }
    }
  }
  return visible;
}

function saysSomething(finding: string): boolean {
  return finding.split(',').some(each => each !== 'idle' && each !== '');
}

/** Nothing is ever noticed: what would be saved if nothing were asked of the model. */
export function nothingVisible({ model }: StateGraph): Visibility {
  return model.instances.map(() => false);
}
