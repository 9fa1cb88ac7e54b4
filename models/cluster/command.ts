import type { AnyAction, Enabled } from '../../checker/model/model.ts';
import type { RaftNode } from '../kraft/schema.ts';
import type { AlterPartitionView, Broker, PartitionId } from '../replication/schema.ts';
import type { ClusterStep } from './context.ts';
import type { DecisionView, ReadonlyProtocol } from './schema.ts';

/** The arguments of the partition's actions that are decisions of the controller. */
export interface Arguments {
  readonly partition?: PartitionId | undefined;
  readonly broker?: Broker;
  readonly sender?: Broker;
  readonly elected?: Broker;
  readonly first?: Broker;
  readonly add?: Broker | undefined;
  readonly remove?: Broker | undefined;
  readonly to?: number;
  readonly leave?: 'granted' | 'notGranted';
}

/** What an entry of the metadata log says beside the arguments of the decision. */
export interface Facts {
  /** The broker epoch under which the controller knows the broker. */
  readonly brokerEpoch?: number;
  readonly incarnation?: number;
  readonly previousBrokerEpoch?: number | undefined;
  readonly request?: AlterPartitionView;
}

/**
 * One kind of decision. When it is taken it becomes an entry of the metadata log and nothing else;
 * when the entry is committed it is applied to the partition, as every replica of the controller
 * does it: by what is committed then, and not by what the environment is like.
 */
export interface Command {
  /** The partition's action: its name, its parameters, what it spends. */
  readonly action: AnyAction;
  /** Whether this controller decides it now. */
  mayDecide(protocol: ReadonlyProtocol, controller: RaftNode, choice: Arguments): Enabled;
  /** What goes into the entry, of what may have changed until it is committed. */
  factsOf(protocol: ReadonlyProtocol, choice: Arguments): Facts;
  /** Applies the decision, or nothing if the entries before it leave no room for it. */
  apply(step: ClusterStep, decision: DecisionView): void;
}

/** The broker that a decision is about, that asks for it, or that it begins with. */
export function subjectOf({ broker, sender, elected, first }: Arguments): Broker | undefined {
  return broker ?? sender ?? elected ?? first;
}

/** The broker that a decision names. */
export function brokerOf({ broker, command }: Pick<DecisionView, 'broker' | 'command'>): Broker {
  if (broker === undefined) throw new Error(`${command} names no broker`);
  return broker;
}

/** The same decision as arguments of the partition's action. */
export function argumentsOf(decision: DecisionView): Arguments {
  const { partition, broker, add, remove, minInsyncReplicas } = decision;
  const subject =
    broker === undefined ? {} : { broker, sender: broker, elected: broker, first: broker };
  return { partition, ...subject, add, remove, to: minInsyncReplicas };
}
