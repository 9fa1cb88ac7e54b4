import type { ClassCell } from '../../application/answer/cells.ts';

/** What the answer takes from the controller and not from the partition: said once, beside the table. */
export function zooKeeperSentences({
  classes,
}: {
  readonly classes: readonly { readonly cells: readonly Pick<ClassCell, 'story'>[] }[];
}): string[] {
  const cells = classes.flatMap(each => each.cells);
  if (!cells.some(({ story }) => story?.trace.model.name === 'zookeeper')) return [];
  return [
    'With ZooKeeper a leader that loses power leads on without what it lost if another controller is elected before ' +
      'one has noticed, for instance because it was the controller itself (docs/zookeeper.md).',
  ];
}
