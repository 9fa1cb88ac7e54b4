import type { InFlight } from '../../checker/model/model.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import type { ReplicationContext } from './context.ts';
import type {
  AlterPartitionView,
  Broker,
  ReadonlyPartitionState,
  ReadonlyProtocol,
} from './schema.ts';

const controller = 'controller';

/** Every message that is in flight, between brokers and between them and the controller. */
export function inFlight(
  { broker, partition }: ReplicationContext,
  { partitions, registrationAnswers }: ReadonlyProtocol,
): InFlight[] {
  const several = partition.all.map(id => ({
    state: partitions.get(id),
    // Which partition a message is about is said where there are several.
    prefix: partition.count > 1 ? `${partition.nameOf(id)}: ` : '',
  }));
  return broker.all.flatMap(one => [
    ...broker.all
      .filter(other => other !== one)
      .flatMap(other =>
        several.flatMap(({ state, prefix }) => {
          return prefixed(prefix, between(broker, state, one, other));
        }),
      ),
    ...several.flatMap(({ state, prefix }) => {
      return prefixed(
        prefix,
        changeOfIsr(broker, broker.nameOf(one), state.alterPartition.get(one)),
      );
    }),
    ...registrationOf(broker, registrationAnswers.get(one), one),
  ]);
}

function prefixed(prefix: string, messages: readonly InFlight[]): InFlight[] {
  return messages.map(message => ({ ...message, content: `${prefix}${message.content}` }));
}

/** What one broker has sent to another. */
function between(
  { nameOf }: NodeType<'broker'>,
  { fetchRequests, fetchResponses }: ReadonlyPartitionState,
  sender: Broker,
  receiver: Broker,
): InFlight[] {
  const ends = { from: nameOf(sender), to: nameOf(receiver) };
  const request = fetchRequests.get(sender, receiver);
  const answer = fetchResponses.get(sender, receiver);
  return [
    ...(request.inFlight ? [{ name: 'fetch', ...ends, content: inRequest(request) }] : []),
    ...(answer.kind === 'none'
      ? []
      : [{ name: 'fetch answer', ...ends, content: inAnswer(answer) }]),
  ];
}

type Request = ReturnType<ReadonlyPartitionState['fetchRequests']['get']>;
type Answer = ReturnType<ReadonlyPartitionState['fetchResponses']['get']>;

function inRequest({ fetchOffset, lastFetchedEpoch, leaderEpoch }: Request): string {
  const last = lastFetchedEpoch === undefined ? '' : ` after epoch ${lastFetchedEpoch}`;
  return `from offset ${fetchOffset}${last}, leader epoch ${leaderEpoch}`;
}

function inAnswer(answer: Answer): string {
  return `${foundIn(answer)}, leader epoch ${answer.leaderEpoch}`;
}

function foundIn(answer: Answer): string {
  const { kind, fetchOffset, logStartOffset, endOffset, divergingEpoch } = answer;
  if (kind === 'diverging')
    return `logs diverge: epoch ${divergingEpoch} ends at offset ${endOffset}`;
  if (kind === 'outOfRange') {
    return `offset ${fetchOffset} out of range: the log is from ${logStartOffset} to ${endOffset}`;
  }
  return `${recordIn(answer)} at offset ${fetchOffset}, high watermark ${answer.highWatermark}`;
}

function recordIn({ record, recordEpoch }: Answer): string {
  if (record === undefined) return 'nothing new';
  return record === 0 ? 'deleted record' : `record ${record} of epoch ${recordEpoch}`;
}

type RegistrationAnswer = ReturnType<ReadonlyProtocol['registrationAnswers']['get']>;

function registrationOf(
  brokers: NodeType<'broker'>,
  { inFlight: isInFlight, incarnation, brokerEpoch }: RegistrationAnswer,
  broker: Broker,
): InFlight[] {
  if (!isInFlight) return [];
  const content = `broker epoch ${brokerEpoch} for incarnation ${incarnation}`;
  return [{ name: 'registration answer', from: controller, to: brokers.nameOf(broker), content }];
}

function changeOfIsr(
  brokers: NodeType<'broker'>,
  leader: string,
  { inFlight: kind, isr, leaderEpoch, partitionEpoch }: AlterPartitionView,
): InFlight[] {
  if (kind === 'none') return [];
  if (kind === 'ineligibleReplica') {
    const content = `INELIGIBLE_REPLICA, partition epoch ${partitionEpoch}`;
    return [{ name: 'AlterPartition answer', from: controller, to: leader, content }];
  }
  const members = brokers.all.filter(member => isr.has(member)).map(brokers.nameOf);
  const epochs = `leader epoch ${leaderEpoch}, partition epoch ${partitionEpoch}`;
  const content = `ISR ${members.join(', ')}; ${epochs}`;
  if (kind === 'success') {
    return [{ name: 'AlterPartition answer', from: controller, to: leader, content }];
  }
  return [{ name: 'AlterPartition', from: leader, to: controller, content }];
}
