import type { TakenAction } from '../../checker/model/property.ts';
import type { Broker } from '../../models/replication/schema.ts';
import type { PartitionScope, PartitionStepProperty } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';

/** Which way something goes between a broker and the controller. */
type Way = 'toController' | 'fromController' | 'both';

/** Steps in which something goes between the controller and a broker, which is named by a parameter. */
const withController: Readonly<Record<string, readonly [broker: string, way: Way]>> = {
  register: ['broker', 'toController'],
  repeatRegistration: ['broker', 'toController'],
  receiveRegistrationAnswer: ['broker', 'fromController'],
  unfence: ['broker', 'toController'],
  openForRequests: ['broker', 'both'],
  enterControlledShutdown: ['broker', 'toController'],
  handleAlterPartition: ['sender', 'toController'],
  receiveAlterPartitionAnswer: ['leader', 'fromController'],
  replayMetadata: ['broker', 'both'],
};

/** Steps in which a follower sends something to its leader. */
const toLeader: ReadonlySet<string> = new Set(['fetch', 'sendFetch', 'queryEpochEnd']);

/**
 * Where a cut is, nothing gets through: neither to the controller nor from it, nor from a follower to its leader.
 * What was on its way between brokers still arrives.
 */
export function nothingCrossesCut(facts: ScopeFacts): PartitionStepProperty {
  const { broker } = facts;
  return {
    name: 'nothing-crosses-a-cut',
    kind: 'step',
    statement:
      'What is sent to the controller, or by it, or to a leader, is not sent across a cut.',
    loss: 'A verdict on network partitions says nothing: who is cut off goes on as if it were not.',
    source: 'the network is that of the model; KIP-631 (heartbeats, registrations)',
    needs: 'partitions',
    when: ({ protocol }) =>
      !protocol.network.cutToController.isEmpty ||
      !protocol.network.cutFromController.isEmpty ||
      broker.all.some(from => broker.all.some(to => isCut(protocol, from, to))),
    holds({ protocol }, _after, action) {
      const { name, params } = action;
      const { cutToController, cutFromController } = protocol.network;
      if (toLeader.has(name)) {
        const [from, to] = ['follower', 'leader'].map(end => broker.named(String(params[end])));
        if (from === undefined || to === undefined || !isCut(protocol, from, to)) return true;
        return `${name} goes from ${broker.nameOf(from)} to ${broker.nameOf(to)} across a cut`;
      }
      const [who, way] = endOf(facts, action);
      if (who === undefined) return true;
      const isCutOff =
        (way !== 'fromController' && cutToController.has(who)) ||
        (way !== 'toController' && cutFromController.has(who));
      return !isCutOff || `${name} of ${broker.nameOf(who)} crosses a cut to the controller`;
    },
  };
}

function isCut(protocol: PartitionScope['protocol'], from: Broker, to: Broker): boolean {
  return from !== to && protocol.network.cutLinks.get(from, to).cut;
}

/** The broker that something goes to or comes from, and the way; nobody if nothing goes. */
function endOf(
  { broker }: ScopeFacts,
  { name, params }: TakenAction,
): readonly [Broker | undefined, Way] {
  const [parameter, way] = withController[name] ?? ['', 'both'];
  return [broker.named(String(params[parameter])), way];
}
