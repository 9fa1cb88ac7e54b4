import { expecting, LARGEST_BOUND } from '../description/expectations.ts';
import { isEarlier, releaseNamed } from '../description/release.ts';
import { firstWithVoterChanges, isQuorumName, quorumExpected, quorumRelease } from './release.ts';

/** How requests and their answers travel. */
export const transports = ['inFlight', 'rounds'] as const;
/**
 * `inFlight`: a request, its handling and the receipt of its answer are three steps. `rounds`: they
 * are one, which leaves fewer interleavings to explore.
 */
export type Transport = (typeof transports)[number];

/** What of a release is repaired: these known bugs, or all of them. */
export const repairNames = [
  'stands-again-after-following',
  'replacing-voters-not-read',
  'snapshot-not-flushed',
  'no-check-quorum',
  'all',
] as const;
export type RepairName = (typeof repairNames)[number];

/** The configuration of a metadata quorum. */
export interface KraftConfig {
  /** Voters of the initial voter set. 1 to 8. */
  readonly voters: number;
  /** Further nodes, which are observers until a voter change takes them in. */
  readonly observers: number;
  /**
   * The Kafka release that the voters run, `3.9` or `3.9.1`. `4.x` is the newest; `upgrading` is a quorum of
   * the newest of which the last voter still runs 3.9 and answers a pre-vote with UNSUPPORTED_VERSION.
   */
  readonly kafka: string;
  /**
   * kraft.version 1 (KIP-853): the voter set is in the log, a voter is known by id and directory
   * id. Otherwise (`controller.quorum.voters`) the set never changes and ids are all there is.
   */
  readonly dynamicVoters: boolean;
  readonly transport: Transport;
  /** Whether a leader flushes what it appended in a later step, so that a crash may come between. */
  readonly lateFlush: boolean;
  /**
   * Whether nodes that know no leader ask the bootstrap servers for one (KAFKA-17030). Observers
   * learn of a leader in no other way.
   */
  readonly bootstrapFetch: boolean;
  /**
   * Whether nodes ask for voter changes themselves: observers to be taken in
   * (`controller.quorum.auto.join.enable`, 4.2), voters to have their entry updated.
   */
  readonly autoJoin: boolean;
  /** Whether a replaced disk may get its old directory id back, instead of a new one. */
  readonly directoryIdRestored: boolean;
  /** Whether the controller on each node applies committed records in steps of its own, late. */
  readonly slowListeners: boolean;
  /** Known bugs of the release that are mended here, so that a search goes on to others. */
  readonly repairs: readonly RepairName[];
}

/** How much of each bounded event the search may use. Recovery is never bounded. */
export interface KraftBounds {
  /** The last epoch: elections end there. */
  readonly epochs: number;
  /** Metadata records that leaders append, apart from the control records of the quorum itself. */
  readonly records: number;
  /** Process crashes; a tail of the log that is not flushed may be lost. */
  readonly crashes: number;
  /** quorum-state files lost while the log is kept. */
  readonly quorumStateLosses: number;
  /** Disks replaced: log, snapshot and quorum state are gone. */
  readonly diskLosses: number;
  /** Leaders that resign: check-quorum, shutdown, or asked to. */
  readonly resignations: number;
  /** Network cuts: a node from all others, or one direction of one link. */
  readonly partitions: number;
  /** Messages lost with their connection. */
  readonly lostMessages: number;
  /** Messages that fall behind others and arrive whenever they like. */
  readonly delayedMessages: number;
  /** Messages that arrive twice. */
  readonly duplicatedMessages: number;
  /** Snapshots taken. */
  readonly snapshots: number;
  /** Voters added, removed or updated. */
  readonly voterChanges: number;
}

/** A scope with one election and nothing else. */
export const quietScope: KraftBounds = {
  epochs: 1,
  records: 0,
  crashes: 0,
  quorumStateLosses: 0,
  diskLosses: 0,
  resignations: 0,
  partitions: 0,
  lostMessages: 0,
  delayedMessages: 0,
  duplicatedMessages: 0,
  snapshots: 0,
  voterChanges: 0,
};

/** Three controllers of a current release, as most clusters have them. */
export const defaultConfig: KraftConfig = {
  voters: 3,
  observers: 0,
  kafka: '4.x',
  dynamicVoters: false,
  transport: 'inFlight',
  lateFlush: false,
  bootstrapFetch: false,
  autoJoin: false,
  directoryIdRestored: false,
  slowListeners: false,
  repairs: [],
};

/** The scope that `explore kraft` covers completely. */
export const smallScope: KraftBounds = { ...quietScope, records: 1, crashes: 1 };

/** The scope that `liveness kraft` covers completely: one election, with messages in flight. */
export const livenessScope: KraftBounds = { ...quietScope };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: KraftBounds = {
  ...quietScope,
  epochs: 6,
  records: 6,
  crashes: 3,
  resignations: 1,
  partitions: 2,
  lostMessages: 2,
  delayedMessages: 2,
  duplicatedMessages: 1,
  snapshots: 1,
};

/** The most nodes of a model: a set of nodes is one byte. */
const MOST_NODES = 8;

/** A configuration or bound that the model cannot take; the message says what was expected. */
export class KraftConfigError extends Error {
  override readonly name = 'KraftConfigError';
}

const expect = expecting(KraftConfigError);

/** @throws KraftConfigError when a value is outside what the model is meant for. */
export function validateKraft(config: KraftConfig, bounds: KraftBounds): void {
  expect.within('voters', config.voters, 1, MOST_NODES);
  expect.within('observers', config.observers, 0, MOST_NODES - config.voters);
  expect.valid('kafka', config.kafka, isQuorumName(config.kafka), quorumExpected);
  expectReleased(config);
  for (const repair of config.repairs) expect.oneOf('repairs', repair, repairNames);
  expect.oneOf('transport', config.transport, transports);
  expect.within('epochs', bounds.epochs, 1, LARGEST_BOUND);
  expect.upTo(bounds, LARGEST_BOUND);
  if (bounds.voterChanges > 0 && !config.dynamicVoters) {
    throw new KraftConfigError('voterChanges: expected 0 unless dynamicVoters is true');
  }
}

/** Holds settings to releases that have them. */
function expectReleased({ kafka, dynamicVoters, autoJoin }: KraftConfig): void {
  const isBefore = (first: string) => isEarlier(quorumRelease(kafka), releaseNamed(first));
  const dynamic = `false in Kafka ${kafka}: voters change since 3.9 (KIP-853)`;
  expect.valid(
    'dynamicVoters',
    dynamicVoters,
    !dynamicVoters || !isBefore(firstWithVoterChanges),
    dynamic,
  );
  const joining = `false in Kafka ${kafka}: nodes join by themselves since 4.2`;
  expect.valid('autoJoin', autoJoin, !autoJoin || !isBefore('4.2'), joining);
}

/** Whether all nodes of a quorum ask for pre-votes (KIP-996), all but its last voter, or none. */
export function preVotesIn(kafka: string): 'all' | 'allButLast' | 'none' {
  if (kafka === 'upgrading') return 'allButLast';
  return isEarlier(quorumRelease(kafka), releaseNamed('4.0')) ? 'none' : 'all';
}
