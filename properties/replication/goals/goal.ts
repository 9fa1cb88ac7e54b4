import type { PartitionGoal } from '../partitionScope.ts';
import { unless } from '../scopeFacts.ts';

/** A scene that the model must be able to play, or the reason why it cannot in this scope. */
export function goal(
  name: string,
  statement: string,
  {
    reaches,
    notApplicable,
  }: {
    readonly reaches: PartitionGoal['reaches'];
    readonly notApplicable: string | undefined;
  },
): PartitionGoal {
  return {
    name,
    kind: 'sometimes',
    statement,
    loss: 'Without it, a verdict on this scope says little: the scene was never played.',
    source: 'reachability of the model',
    ...unless(notApplicable),
    reaches,
  };
}
