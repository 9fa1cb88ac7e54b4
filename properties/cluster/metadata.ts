import { nodeOf } from '../../models/cluster/nodes.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { entryAt } from '../kraft/view.ts';
import { isUp } from '../replication/view.ts';
import type {
  ClusterFacts,
  ClusterInvariant,
  ClusterScope,
  ClusterStepProperty,
} from './clusterScope.ts';

/**
 * All that a broker knows is a prefix of what the quorum has committed, and one that its own node of
 * the quorum has: the entries that the node takes for committed are the ones that took effect, and
 * the broker has replayed none beyond them.
 */
export function brokerViewsArePrefixes(facts: ClusterFacts): ClusterInvariant {
  const { broker } = facts.hosts;
  return {
    name: 'broker-views-are-prefixes-of-committed-metadata',
    kind: 'invariant',
    statement:
      'A broker acts on a prefix of the committed metadata log, as far as its own node has it.',
    loss: 'A broker leads or follows by a decision that nobody has taken.',
    source: 'KIP-595, KIP-631; KafkaRaftClient.updateListenersProgress, MetadataLoader',
    when: ({ protocol }) => broker.all.some(each => isUp(protocol.partition, each)),
    holds(state) {
      for (const each of broker.all) {
        if (!isUp(state.protocol.partition, each)) continue;
        const wrong = beyondItsNode(facts, state, each) ?? otherThanApplied(facts, state, each);
        if (wrong !== undefined) return `${broker.nameOf(each)} ${wrong}`;
      }
      return true;
    },
  };
}

function beyondItsNode(
  { hosts }: ClusterFacts,
  { protocol }: ClusterScope,
  broker: Broker,
): string | undefined {
  const { partition, quorum, metadataOffsetAt } = protocol;
  const { metadataOffset } = partition.brokers.get(broker);
  const { highWatermark } = quorum.nodes.get(nodeOf(hosts, broker));
  const end = Math.min(highWatermark, metadataOffsetAt.length);
  const epoch = end === 0 ? 0 : metadataOffsetAt.get(end - 1);
  if (metadataOffset <= epoch) return undefined;
  const has = `its node has the committed log up to offset ${end}, partition epoch ${epoch}`;
  return `acts on partition epoch ${metadataOffset}, and ${has}`;
}

/** Where what the node takes for committed is not what took effect. */
function otherThanApplied(
  { hosts }: ClusterFacts,
  { protocol, ghost: { applied } }: ClusterScope,
  broker: Broker,
): string | undefined {
  const view = protocol.quorum.nodes.get(nodeOf(hosts, broker));
  const end = Math.min(view.highWatermark, applied.length, view.logStartOffset + view.log.length);
  for (let offset = view.logStartOffset; offset < end; offset++) {
    const { epoch, value } = entryAt(view, offset);
    const taken = applied.get(offset);
    if (taken.epoch === epoch && taken.value === value) continue;
    return `has decision ${value} of epoch ${epoch} at offset ${offset}, where ${taken.value} took effect`;
  }
  return undefined;
}

/** What a broker process has replayed, it does not forget while it lives. */
export function brokerViewsNeverGoBack({ hosts: { broker } }: ClusterFacts): ClusterStepProperty {
  return {
    name: 'broker-views-never-go-back',
    kind: 'step',
    statement: 'A live broker never goes back to older metadata.',
    loss: 'A broker leads again although it knew that another does.',
    source: 'MetadataLoader; KIP-631',
    needs: 'a decision',
    when: (before, after) =>
      broker.all.some(each => {
        const was = before.protocol.partition.brokers.get(each).metadataOffset;
        return was !== after.protocol.partition.brokers.get(each).metadataOffset;
      }),
    holds(before, after) {
      for (const each of broker.all) {
        if (!isUp(before.protocol.partition, each) || !isUp(after.protocol.partition, each))
          continue;
        const was = before.protocol.partition.brokers.get(each).metadataOffset;
        const is = after.protocol.partition.brokers.get(each).metadataOffset;
        if (is < was) return `${broker.nameOf(each)} went from partition epoch ${was} to ${is}`;
      }
      return true;
    },
  };
}
