import type { ScopePlan } from '../../models/description/mainJob.ts';
import { isEarlier, releaseNamed } from '../../models/description/release.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import {
  firstWithVoterChanges,
  isQuorumName,
  oldestKraft,
  quorumRelease,
} from '../../models/kraft/release.ts';
import { quorumMistakes, type ReleaseMistake } from './knownMistakes.ts';
import { mistakeScope } from './mistakeScope.ts';
import { protocolOf } from './protocolOf.ts';

/** With more voters than these a scope in which one is removed after the other takes minutes. */
const MOST_VOTERS = 3;

/** What is known of the metadata quorum of a cluster. */
export interface DescribedQuorum {
  readonly voters: number;
  readonly kafka: string;
  /** Whether voters can be added and removed; so it is taken to be where the files do not tell. */
  readonly dynamicVoters: boolean;
  /** The mistakes that its release is known to have. */
  readonly mistakes: readonly ReleaseMistake[];
  /** What had to be assumed, and what is not explored, one sentence each. */
  readonly notes: readonly string[];
}

/** The quorum of KRaft controllers of a cluster; undefined where there is none, or its voters are not known. */
export function quorumOf(cluster: ClusterDescription): DescribedQuorum | undefined {
  const { mode, controllers: voters } = cluster;
  if (mode !== 'kraft' || voters === undefined) return undefined;
  const { kafka } = protocolOf(cluster).settings;
  if (!isQuorumName(kafka)) {
    const notes = [`The quorum is modelled from ${oldestKraft} on; this one runs ${kafka}.`];
    return { voters, kafka, dynamicVoters: false, mistakes: [], notes };
  }
  const mayChange = !isEarlier(quorumRelease(kafka), releaseNamed(firstWithVoterChanges));
  const dynamicVoters = mayChange && (cluster.dynamicVoters ?? true);
  const mistakes = quorumMistakes({ kafka, dynamicVoters, repairs: [] });
  const notes = [
    ...(dynamicVoters && cluster.dynamicVoters === undefined ? [guess] : []),
    ...(voters > MOST_VOTERS && mistakes.length > 0 ? [tooMany(voters)] : []),
  ];
  return { voters, kafka, dynamicVoters, mistakes, notes };
}

const guess =
  'Whether voters can be added and removed (KIP-853) no file tells: they are taken to be.';

function tooMany(voters: number): string {
  return `No scope of ${voters} voters is explored for them: ${MOST_VOTERS} are the most that are.`;
}

/** A scope for each known mistake of the release, in which it shows where the quorum leaves room for it. */
export function quorumScopes({
  voters,
  kafka,
  dynamicVoters,
  mistakes,
}: DescribedQuorum): ScopePlan[] {
  if (voters === 1 || voters > MOST_VOTERS) return [];
  const config = { voters, kafka, dynamicVoters, transport: 'rounds' };
  return mistakes.map(mistake => mistakeScope(mistake, config));
}
