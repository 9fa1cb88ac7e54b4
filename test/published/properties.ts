import { type AnyProperty, anyProperties, type Invariant } from '../../checker/model/property.ts';
import {
  presumesLeadership,
  type ReadonlyProtocol,
  type Replica,
  type Spec,
} from './kafkaReplication.ts';
import { haveSameEntry, logOf } from './replicatedLog.ts';

/*
 * The invariants of hachikuji/kafka-specification, module KafkaReplication. Its TypeOk is not among
 * them: the schema's bounds are, and a value outside of them is an error of the run.
 */

type ProtocolFields = Spec['schema']['protocol']['fields'];
type GhostFields = Spec['schema']['ghost']['fields'];
type PublishedInvariant = Invariant<ProtocolFields, GhostFields>;
type ReplicaSet = ReadonlyProtocol['quorumState']['isr'];

const source = 'hachikuji/kafka-specification, module KafkaReplication, operator';

/** Every replica that takes itself for the leader and has exposed something to consumers. */
function exposing(protocol: ReadonlyProtocol, { replica }: Spec): Replica[] {
  return replica.all.filter(
    each => presumesLeadership(protocol, each) && protocol.replicas.get(each).hw > 0,
  );
}

/** The first offset below the leader's high watermark at which the two logs differ, if any. */
function differsAt(
  protocol: ReadonlyProtocol,
  leader: Replica,
  member: Replica,
): number | undefined {
  const [theirs, own] = [logOf(protocol, leader), logOf(protocol, member)];
  for (let offset = 0; offset < protocol.replicas.get(leader).hw; offset++) {
    if (!haveSameEntry(theirs, own, offset)) return offset;
  }
  return undefined;
}

/** That whatever is below a presumed leader's high watermark is on all of an ISR. */
function replicated(
  spec: Spec,
  isrOf: (protocol: ReadonlyProtocol, leader: Replica) => ReplicaSet,
  texts: Pick<PublishedInvariant, 'name' | 'statement' | 'loss' | 'source'>,
): PublishedInvariant {
  const { all, nameOf } = spec.replica;
  return {
    ...texts,
    kind: 'invariant',
    when: ({ protocol }) => exposing(protocol, spec).length > 0,
    holds({ protocol }) {
      for (const leader of exposing(protocol, spec)) {
        for (const member of all.filter(each => isrOf(protocol, leader).has(each))) {
          const offset = differsAt(protocol, leader, member);
          if (offset === undefined) continue;
          return `at offset ${offset} ${nameOf(member)} differs from the leader ${nameOf(leader)}`;
        }
      }
      return true;
    },
  };
}

/** WeakIsr and StrongIsr: what the published variants are told apart by. */
export function isrProperties(spec: Spec): readonly AnyProperty[] {
  return anyProperties([
    replicated(spec, (protocol, leader) => protocol.replicas.get(leader).isr, {
      name: 'weak-isr',
      statement:
        'What is below the high watermark of a replica that takes itself for the leader is the ' +
        'same there and on every member of the ISR that this replica knows.',
      loss: 'a member of the ISR lacks, or has otherwise, what a consumer may have read',
      source: `${source} WeakIsr`,
    }),
    replicated(spec, protocol => protocol.quorumState.isr, {
      name: 'strong-isr',
      statement:
        'What is below the high watermark of a replica that takes itself for the leader is the ' +
        "same there and on every member of the controller's ISR.",
      loss: 'a replica may be elected that lacks, or has otherwise, what a consumer may have read',
      source: `${source} StrongIsr`,
    }),
  ]);
}

/**
 * LeaderInIsr, as the module writes it and as it must be meant. As it is written it is false while
 * nobody leads, as in the initial state: the ISR has only replicas for members.
 */
export function leaderInIsr(reading: 'as written' | 'as meant'): readonly AnyProperty[] {
  const invariant: PublishedInvariant = {
    name: 'leader-in-isr',
    kind: 'invariant',
    statement: "The controller's leader is a member of the controller's ISR.",
    loss: 'a replica leads that need not have the committed records',
    source: `${source} LeaderInIsr`,
    when: ({ protocol }) => reading === 'as written' || protocol.quorumState.leader !== undefined,
    holds({ protocol }) {
      const { leader, isr } = protocol.quorumState;
      if (leader === undefined) return 'nobody leads, and the ISR has only replicas for members';
      return isr.has(leader);
    },
  };
  return anyProperties([invariant]);
}
