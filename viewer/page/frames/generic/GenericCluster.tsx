import type { ClusterProps } from '../frame.ts';
import { placeOf } from '../place.ts';
import { GenericTree } from '../view/GenericTree.tsx';
import { genericView } from '../view/genericView.ts';

/** The state of a model of which nothing is known. */
export function GenericCluster({ states, step }: ClusterProps) {
  return (
    <div class="state-view">
      <GenericTree node={genericView(placeOf(states, step))} />
    </div>
  );
}
