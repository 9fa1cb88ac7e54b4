import type { RuleDefect } from '../description/defect.ts';
import type { ReplicationRules } from '../replication/rules.ts';
import type { ZooKeeperBounds, ZooKeeperConfig } from './config.ts';

/**
 * The rules of a cluster with ZooKeeper that a release decides or a defect may change, one entry each. The model asks
 * these, those of replication, and nothing else where safety hangs on the answer.
 */
export interface ZooKeeperRules {
  // The controller.
  /** What a controller writes is checked against `/controller_epoch` (KAFKA-6082). */
  readonly fencesWrites: boolean;
  /** A controller whose session has expired resigns before it opens another one (KAFKA-4447). */
  readonly resignsAtExpiry: boolean;
  /** A controller that finds another one in `/controller` resigns. */
  readonly resignsWhenReplaced: boolean;
  /** A broker that has restarted between two looks of the controller is noticed by its epoch (KIP-380). */
  readonly noticesBounces: boolean;
  /** A leader is elected of the ISR as ZooKeeper has it now, and not as the controller has read it. */
  readonly electsFromNewestState: boolean;
  /** A new controller tells every live broker the state of every partition. */
  readonly tellsEverybody: boolean;
  /** The last member stays in the ISR (KAFKA-708, KAFKA-1097). */
  readonly lastMemberStaysInIsr: boolean;
  /** Only a live replica is elected. */
  readonly electsLive: boolean;
  /** Every leader that is written begins a leader epoch. */
  readonly bumpsLeaderEpoch: boolean;
  /** A change of `/brokers/ids` makes the controller watch it again, by reading it again. */
  readonly watchesBrokersAgain: boolean;
  /** Whoever watches `/controller` hears that it has changed. */
  readonly hearsOfController: boolean;
  /** A broker whose answer was lost finds that it has created `/controller` itself, and acts. */
  readonly findsOwnController: boolean;
  /** A topic is deleted only while all of its replicas' brokers are alive. */
  readonly waitsForAllReplicas: boolean;
  /** Whoever creates `/controller` begins a controller epoch in the same write (KAFKA-6082). */
  readonly electsInOneWrite: boolean;
  /** Every controller begins a controller epoch. */
  readonly beginsControllerEpoch: boolean;
  /** The epoch that a controller begins is the next one of `/controller_epoch`, which is written by its version. */
  readonly comparesControllerEpoch: boolean;
  /** A new controller watches what it reads before it reads it. */
  readonly watchesBeforeReading: boolean;
  /** A controller that is told that an ISR has changed reads it when it handles that. */
  readonly readsIsrWhenHandling: boolean;
  /** The leader is told when a controller changes its ISR. */
  readonly tellsLeaderOfIsr: boolean;
  /** The preferred leader is elected only if it is in the ISR. */
  readonly prefersWithinIsr: boolean;

  // Requests of the controller.
  /** A request names the broker epoch, and a broker refuses what is for an earlier one (KIP-380). */
  readonly requestsNameBrokerEpoch: boolean;
  /** A broker refuses requests of a controller older than the newest that it has heard of. */
  readonly fencesControllerEpoch: boolean;
  /** A broker refuses a LeaderAndIsr of a leader epoch that it has had (KAFKA-1188). */
  readonly fencesLeaderEpoch: boolean;
  /** A StopReplica names the leader epoch, and a broker refuses an older one (KIP-570). */
  readonly stopNamesLeaderEpoch: boolean;
  /** A broker does what it is told by a newer broker epoch than it knows of itself (KAFKA-9839). */
  readonly acceptsNewerBrokerEpoch: boolean;
  /** A request that was not answered is sent again, before any other to this broker. */
  readonly sendsAgain: boolean;

  // Brokers.
  /** A broker that starts deletes the node in `/brokers/ids` that an earlier process has left (KAFKA-7165). */
  readonly replacesOwnNode: boolean;
  /** A broker opens another session when it finds that its session has expired, and registers again. */
  readonly registersAgain: boolean;
  /** A leader whose write of the ISR is not answered finds that it was its own (KAFKA-1382). */
  readonly recognisesOwnWrite: boolean;
}

/** A deliberate weakening of one rule, to see that a property notices; of this level or of the partition's. */
export interface ZooKeeperDefect
  extends RuleDefect<ZooKeeperRules, ZooKeeperConfig, ZooKeeperBounds> {
  /** Where the rule is one of replication. */
  readonly partition?: Partial<ReplicationRules>;
}
