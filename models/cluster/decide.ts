import type { AnyAction, Enabled } from '../../checker/model/model.ts';
import { isInModel } from '../replication/rareActions.ts';
import { afterQuorumStep, type Commands } from './apply.ts';
import { brokerCommands } from './brokerCommands.ts';
import type { Arguments, Command } from './command.ts';
import type { ClusterContext, ClusterStep } from './context.ts';
import { isUnderWay, noteDecision } from './decisions.ts';
import { metadataCommands } from './metadataCommands.ts';
import { stopProcess } from './process.ts';
import { partitionPart, quorumPart } from './recorders.ts';
import { type CommandName, commandNames, type ReadonlyProtocol } from './schema.ts';

/** A decision in words: it is taken, and has no effect before it is committed. */
const phrases: Readonly<Record<CommandName, string>> = {
  fence: 'controller decides to fence {broker}: its heartbeats do not arrive',
  missHeartbeats: 'controller misses heartbeats of {broker} and decides to fence it',
  unfence: 'controller decides to unfence {broker}',
  register: 'controller decides to register {broker}',
  handleAlterPartition: 'controller decides on the AlterPartition of {sender}',
  enterControlledShutdown: 'controller decides to let {broker} leave',
  stopCleanly: '{broker} is to stop cleanly (leave {leave})',
  electPreferred: 'controller decides to move the leadership to {elected}',
  electUncleanly: 'controller decides to elect a leader uncleanly',
  reassign: 'controller decides to reassign: adds {add|nobody}, removes {remove|nobody}',
  cancelReassignment: 'controller decides to cancel the reassignment',
  changeMinIsr: 'controller decides to change min.insync.replicas to {to}',
  deleteTopic: 'controller decides to delete the topic',
  recreateTopic: 'controller decides to create the topic again, placed from {first} on',
  enableEligibleLeaderReplicas:
    'controller decides to switch ELR on, with min.insync.replicas {to}',
  unregister: 'controller decides to unregister {broker}',
  replaceReassignment:
    'controller decides to reassign anew: adds {add|nobody}, removes {remove|nobody}',
  changeUncleanSetting: 'controller decides to change unclean.leader.election.enable',
  electUncleanlyAsSet: 'controller decides to elect a leader uncleanly, as the topic allows',
};

/** Every kind of decision. */
export function commandsOf(context: ClusterContext): Commands {
  return { ...brokerCommands(context), ...metadataCommands(context) };
}

/** The actions by which controllers decide. */
export function decisionActions(context: ClusterContext, commands: Commands): AnyAction[] {
  const possible = commandNames.filter(name => isInModel(context.bounds, name));
  return possible.map(name =>
    name === 'stopCleanly'
      ? stopCleanly(context, commands[name])
      : decision(context, name, commands[name]),
  );
}

/**
 * stopCleanly: as for the partition alone. With leave it is a decision of the controller, which ends
 * the process when it is committed; without, the process ends at once.
 */
function stopCleanly(context: ClusterContext, command: Command): AnyAction {
  const { action } = command;
  return context.action({
    name: action.name,
    kind: action.kind,
    actor: 'broker',
    phrase: phrases.stopCleanly,
    params: action.params,
    enabled({ protocol }, choice: Arguments) {
      if (choice.leave === 'granted') return mayDecide(protocol, 'stopCleanly', command, choice);
      return partitionPart.enabled(action, protocol, { ...choice });
    },
    step({ protocol, record }, choice: Arguments) {
      const step = { context, protocol, record };
      if (choice.leave === 'granted') decide(step, 'stopCleanly', command, choice);
      else if (choice.broker !== undefined) {
        stopProcess(step, choice.broker);
        afterQuorumStep(step);
      }
    },
  });
}

/**
 * The partition's action of a controller as one that only decides: it appends an entry to the log of
 * the controller's node. It has the parameters and the budget of the partition's action.
 *
 * Who: the active controller. Enabled: as for the partition alone, if the decision is not under way
 * already. Changes: the metadata log, and what its new entry stands for. Nobody learns of it before
 * it is committed.
 *
 * Source: QuorumController.ControllerWriteEvent.
 */
function decision(context: ClusterContext, name: CommandName, command: Command): AnyAction {
  const { action } = command;
  return context.action({
    name,
    kind: action.kind,
    actor: 'controller',
    phrase: 'partition' in action.params ? `{partition}: ${phrases[name]}` : phrases[name],
    params: action.params,
    ...(action.weight === undefined ? {} : { weight: action.weight }),
    // The budgets of the partition are budgets of the cluster.
    ...(action.spends === undefined
      ? {}
      : { spends: action.spends as keyof typeof context.bounds }),
    enabled: ({ protocol }, choice: Arguments) => mayDecide(protocol, name, command, choice),
    step: ({ protocol, record }, choice: Arguments) => {
      decide({ context, protocol, record }, name, command, choice);
    },
  });
}

/** Whether the active controller takes this decision now. */
function mayDecide(
  protocol: ReadonlyProtocol,
  name: CommandName,
  command: Command,
  choice: Arguments,
): Enabled {
  const { controller, decisions } = protocol;
  if (controller === undefined) return 'no controller is active';
  const allowed = command.mayDecide(protocol, controller, choice);
  if (allowed !== true) return allowed;
  if (decisions.length === decisions.capacity) return 'no decisions are left in this scope';
  const facts = command.factsOf(protocol, choice);
  const isTaken = isUnderWay(protocol, controller, { command: name, arguments: choice, facts });
  return !isTaken || 'the decision is under way';
}

/** The active controller appends the decision to its log. */
function decide(step: ClusterStep, name: CommandName, command: Command, choice: Arguments): void {
  const { context, protocol } = step;
  const facts = command.factsOf(protocol, choice);
  noteDecision(protocol, { command: name, arguments: choice, facts });
  quorumPart.take(context.acts.node.append, step, { leader: protocol.controller });
  afterQuorumStep(step);
}
