import { CompiledModel } from '../../checker/core/compiledModel.ts';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  preVotesIn,
  quietScope,
  repairNames,
} from '../../models/kraft/config.ts';
import { kraftDefects } from '../../models/kraft/defects.ts';
import { kraftModel } from '../../models/kraft/model.ts';
import type { KraftDefect } from '../../models/kraft/rules.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import type { Finding, Kind } from '../lockstep/check.ts';
import { findingOf } from '../lockstep/findingOf.ts';
import { startDriver } from '../lockstep/startDriver.ts';
import { quorumExceptions } from './exceptions.ts';
import type { QuorumState } from './projection.ts';
import { QuorumCounterpart } from './quorum.ts';

const sources = ['Lines', 'quorum/Quorum', 'quorum/Peer', 'quorum/Wire', 'quorum/Message'];

const bounds: KraftBounds = { ...quietScope, epochs: 12, records: 6, crashes: 4, resignations: 2 };

/** Defects that rounds cannot show: docs/kraft.md has the reasons. */
const beyondRounds: readonly string[] = [
  'repeated-vote-counted',
  'unawaited-answer-taken',
  'answer-of-another-epoch-taken',
  'two-fetches-in-flight',
  'appended-at-any-offset',
  'older-snapshot-installed',
];

/** The quorum in each setting that is compared. */
export function quorumKinds(version: KafkaVersion): readonly Kind<QuorumState>[] {
  const dynamic = { dynamicVoters: true } as const;
  return [
    kindOf(version, 'quorum, static voters', {}, bounds),
    kindOf(version, 'quorum, five static voters', { voters: 5 }, bounds),
    kindOf(version, 'quorum, static voters and snapshots', {}, { ...bounds, snapshots: 3 }),
    kindOf(version, 'quorum, dynamic voters', dynamic, { ...bounds, voterChanges: 3 }),
    kindOf(
      version,
      'quorum, dynamic voters and an observer',
      { ...dynamic, observers: 1, bootstrapFetch: true },
      { ...bounds, voterChanges: 3 },
    ),
  ];
}

function kindOf(
  version: KafkaVersion,
  name: string,
  settings: Partial<KraftConfig>,
  scope: KraftBounds,
): Kind<QuorumState> {
  const config: KraftConfig = {
    ...defaultConfig,
    ...settings,
    kafka: version,
    transport: 'rounds',
  };
  const isDynamic = config.dynamicVoters && config.observers === 0;
  return {
    name,
    version,
    exceptions: quorumExceptions,
    findings: isDynamic ? findingsIn(version) : [],
    runLength: 60,
    defects: kraftDefects.filter(defect => isCompared(defect, config)).map(defect => defect.name),
    model: changes => {
      // What a release does is no defect of it: there the model is told to be better than Kafka.
      const repairs = repairNames.filter(repair => changes.includes(repair));
      const left = changes.filter(change => !repairs.some(repair => repair === change));
      const defects = kraftDefects.filter(defect => left.includes(defect.name));
      return new CompiledModel(kraftModel({ ...config, repairs }, scope, defects));
    },
    counterpart: () =>
      new QuorumCounterpart(
        startDriver(version, driverSources(version), 'org.apache.kafka.raft.Quorum'),
        config,
        scope,
      ),
  };
}

/** The findings that the corpus has a story of: docs/findings.md. */
function findingsIn(version: KafkaVersion): Finding[] {
  const unread = findingOf('replacing-voters-not-read', 'leaders-hold-committed-records');
  if (preVotesIn(version) === 'none') return [unread];
  // Recorded without pre-votes.
  const story = unread.story.flatMap(step => [
    ...(step.startsWith('exchangeVote') ? [step.replace('Vote', 'PreVote')] : []),
    step,
  ]);
  return [{ ...unread, story }, findingOf('stands-again-after-following', 'one-leader-per-epoch')];
}

/** Whether a defect is in what these settings play: without snapshots, lost disks, slow listeners or late flushes. */
function isCompared(
  defect: KraftDefect,
  { dynamicVoters, observers, voters }: KraftConfig,
): boolean {
  if (voters !== defaultConfig.voters) return false;
  const { config = {}, bounds: needed = {} } = defect;
  const { slowListeners, lateFlush, autoJoin, directoryIdRestored } = config;
  const others = [needed.snapshots, needed.diskLosses, needed.quorumStateLosses];
  if (slowListeners || lateFlush || autoJoin || directoryIdRestored) return false;
  if (others.some(bound => bound !== undefined && bound > 0)) return false;
  if (defect.liveness !== undefined || beyondRounds.includes(defect.name)) return false;
  if ((config.observers ?? 0) > 0) return observers > 0;
  return observers === 0 && (config.dynamicVoters ?? false) === dynamicVoters;
}

function driverSources(version: KafkaVersion): string[] {
  return [...sources, `quorum/${version}/RaftRelease`];
}
