import type { AnyAction } from '../../checker/model/model.ts';
import { anyInt, anyNode } from '../../checker/model/params.ts';
import {
  isNews,
  type Protocol,
  presumesLeadership,
  type ReadonlyProtocol,
  type Replica,
  type Spec,
} from './kafkaReplication.ts';
import { logOf } from './replicatedLog.ts';
import { obey } from './steps.ts';

/*
 * The actions of hachikuji/kafka-specification, module KafkaReplication, that every variant has.
 * An action is enabled for exactly the bindings with which TLC computes a successor.
 */

/** The controller decides, a replica hears that it leads, and whoever believes so writes. */
export function commonActions(spec: Spec): AnyAction[] {
  return [
    controllerElectLeader(spec),
    controllerShrinkIsr(spec),
    becomeLeader(spec),
    leaderWrite(spec),
  ];
}

/** Whether the controller has a leader epoch left: its every decision takes one. */
function canDecide(protocol: ReadonlyProtocol, { scope }: Spec): boolean {
  return protocol.nextLeaderEpoch <= scope.maxLeaderEpoch;
}

/** Decides in a new leader epoch, and sends the request that says so (ControllerUpdateIsr). */
function decide(protocol: Protocol, leader: Replica | undefined): void {
  const { quorumState } = protocol;
  quorumState.leader = leader;
  quorumState.leaderEpoch = protocol.nextLeaderEpoch;
  protocol.leaderAndIsrRequests.push({ leader, isr: quorumState.isr });
  protocol.nextLeaderEpoch++;
}

/** The controller makes a member of the ISR the leader, with or without a reason. */
function controllerElectLeader(spec: Spec): AnyAction {
  return spec.action({
    name: 'controllerElectLeader',
    kind: 'protocol',
    actor: 'controller',
    params: { newLeader: anyNode(spec.replica) },
    enabled: ({ protocol }, { newLeader }) =>
      canDecide(protocol, spec) &&
      protocol.quorumState.isr.has(newLeader) &&
      protocol.quorumState.leader !== newLeader,
    step: ({ protocol }, { newLeader }) => decide(protocol, newLeader),
  });
}

/**
 * The controller takes a replica for failed: it leaves the ISR, and if it led nobody leads. A leader
 * alone in the ISR stays in it. A replica alone in it that does not lead leaves an empty ISR, from
 * which nobody can be elected.
 */
function controllerShrinkIsr(spec: Spec): AnyAction {
  return spec.action({
    name: 'controllerShrinkIsr',
    kind: 'fault',
    actor: 'controller',
    params: { replica: anyNode(spec.replica) },
    enabled: ({ protocol }, { replica }) =>
      canDecide(protocol, spec) &&
      (protocol.quorumState.leader === replica || protocol.quorumState.isr.has(replica)),
    step({ protocol }, { replica }) {
      const { quorumState } = protocol;
      const led = quorumState.leader === replica;
      const alone = quorumState.isr.size === 1 && quorumState.isr.has(replica);
      if (!led || !alone) quorumState.isr.delete(replica);
      decide(protocol, led ? undefined : quorumState.leader);
    },
  });
}

/** A replica hears that it leads. It keeps its high watermark, which is usually behind. */
function becomeLeader(spec: Spec): AnyAction {
  return spec.action({
    name: 'becomeLeader',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica), request: anyInt(0, spec.scope.maxLeaderEpoch) },
    enabled: ({ protocol }, { leader, request }) =>
      isNews(protocol, leader, request) &&
      protocol.leaderAndIsrRequests.get(request).leader === leader,
    step: ({ protocol }, { leader, request }) => obey(protocol, leader, request),
  });
}

/** Whoever takes itself for the leader appends a new record, in the epoch that it knows. */
function leaderWrite(spec: Spec): AnyAction {
  return spec.action({
    name: 'leaderWrite',
    kind: 'client',
    actor: 'leader',
    params: { leader: anyNode(spec.replica) },
    enabled: ({ protocol }, { leader }) =>
      presumesLeadership(protocol, leader) &&
      protocol.nextRecordId < spec.scope.maxRecords &&
      logOf(protocol, leader).length < spec.scope.logSize,
    step({ protocol }, { leader }) {
      const { log, leaderEpoch } = protocol.replicas.get(leader);
      log.push({ id: protocol.nextRecordId, epoch: leaderEpoch });
      protocol.nextRecordId++;
    },
  });
}
