import type { Action, AnyAction, Enabled } from '../../checker/model/model.ts';
import { anyNode, type ParamDomains, type ParamValues } from '../../checker/model/params.ts';
import type { ReplicationBounds } from './config.ts';
import type { ReplicationContext } from './context.ts';
import {
  type Partition,
  type PartitionStep,
  partitionIn,
  type RuledPartition,
  recording,
} from './partitionScope.ts';
import type { ReplicationRecorders } from './recorders.ts';
import type { PartitionId, Protocol, ProtocolFields, ReadonlyProtocol } from './schema.ts';

type Declared<Domains extends ParamDomains> = Action<
  ProtocolFields,
  ReplicationRecorders,
  keyof ReplicationBounds,
  Domains
>;

/** An action on one partition: what it looks at and changes is that partition and the brokers. */
interface PartitionAction<Domains extends ParamDomains>
  extends Omit<Declared<Domains>, 'enabled' | 'step' | 'heldBack' | 'due'> {
  readonly phrase: string;
  enabled(partition: RuledPartition, params: ParamValues<Domains>): Enabled;
  step(partition: PartitionStep, params: ParamValues<Domains>): void;
}

/**
 * An action that happens to one partition. Which one is a parameter of its own, `partition`, where there
 * are several.
 */
export function onPartition<const Domains extends ParamDomains>(
  context: ReplicationContext,
  { enabled, step, ...declared }: PartitionAction<Domains>,
): AnyAction {
  const { partition, action } = context;
  const [only] = partition.all as [PartitionId];
  const isOnly = partition.count === 1;
  // The arguments are those of the declared action, with a partition behind them where there are several.
  const chosen = (params: Chosen): PartitionId => (isOnly ? only : (params.partition ?? only));
  return action({
    ...declared,
    phrase: isOnly ? declared.phrase : `{partition}: ${declared.phrase}`,
    params: isOnly ? declared.params : { ...declared.params, partition: anyNode(partition) },
    enabled: ({ protocol }, params) =>
      enabled(partitionIn(context, protocol, chosen(params)), params as ParamValues<Domains>),
    step: ({ protocol, record }, params) =>
      step(
        recording(partitionIn(context, protocol, chosen(params)), record),
        params as ParamValues<Domains>,
      ),
  });
}

/** A choice of arguments that may say which partition it is about. */
interface Chosen {
  readonly partition?: PartitionId | undefined;
}

/** The partition that a choice of arguments is about; the only one where it does not say. */
export function partitionChosen(
  context: ReplicationContext,
  protocol: Protocol,
  choice: Chosen,
): Partition;
export function partitionChosen(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  choice: Chosen,
): RuledPartition;
export function partitionChosen(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  { partition }: Chosen,
): RuledPartition {
  const [only] = context.partition.all as [PartitionId];
  return partitionIn(context, protocol, partition ?? only);
}
