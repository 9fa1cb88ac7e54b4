import type { PartitionInvariant } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { isOfTopicOfNow } from './view.ts';

/**
 * A topic that is created again is another topic: nothing that was sent to the one before it is in a log of
 * its replicas, whichever broker was down in between. What a broker has under the name that it has not
 * noticed to be deleted is no replica of the new topic.
 */
export function deletedTopicStaysDeleted({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'deleted-topic-stays-deleted',
    kind: 'invariant',
    statement: 'No replica of a topic that was created again has a record of the deleted one.',
    loss: 'Consumers of a new topic read records of another one, which somebody has deleted.',
    source: 'KIP-516; KAFKA-14616, KAFKA-12257',
    needs: 'topicDeletions',
    when: ({ protocol, ghost }) =>
      ghost.ofDeletedTopic.length > 0 && broker.all.some(each => isOfTopicOfNow(protocol, each)),
    holds({ protocol, ghost }) {
      const ofDeleted = [...ghost.ofDeletedTopic];
      for (const each of broker.all) {
        if (!isOfTopicOfNow(protocol, each)) continue;
        const { log } = protocol.replicas.get(each);
        for (let offset = 0; offset < log.length; offset++) {
          const { record } = log.get(offset);
          if (!ofDeleted.includes(record)) continue;
          const has = `${broker.nameOf(each)} has record ${record} at offset ${offset}`;
          return `${has}, which was sent to the topic that was deleted`;
        }
      }
      return true;
    },
  };
}
