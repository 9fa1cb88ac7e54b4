import type { TopicClass } from '../../application/answer/clusterAnswer.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';

/**
 * What the table of a cluster with ZooKeeper leaves out, for its scopes change the controller in no power loss: the
 * model of ZooKeeper mode says it of every release (`leader-loses-power-with-controller`).
 */
export function zooKeeperSentences(
  { mode }: Pick<ClusterDescription, 'mode'>,
  { classes }: { readonly classes: readonly Pick<TopicClass, 'replicationFactor'>[] },
): string[] {
  const isReplicated = classes.some(({ replicationFactor }) => replicationFactor > 1);
  if (mode !== 'zookeeper' || !isReplicated) return [];
  return [
    'With ZooKeeper a leader that loses power leads on without what it lost if another controller is elected before ' +
      'one has noticed: records are LOST, which the table leaves out (docs/zookeeper.md).',
  ];
}
