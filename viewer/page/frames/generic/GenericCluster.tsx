import type { ClusterProps } from '../frame.ts';
import { placeOf } from '../place.ts';
import { GenericTree } from './GenericTree.tsx';
import { genericView } from './genericView.ts';

/** The state of a model of which nothing is known. */
export function GenericCluster({ states, step }: ClusterProps) {
  return (
    <div class="state-view">
      <GenericTree node={genericView(placeOf(states, step))} />
    </div>
  );
}
