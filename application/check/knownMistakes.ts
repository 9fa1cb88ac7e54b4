import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModel, builtInModels } from '../../catalogue/models.ts';
import type { Bounds } from '../../checker/model/model.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { ModelDefect } from '../../models/description/defect.ts';
import { releaseNamed } from '../../models/description/release.ts';
import { type KnownMistake, mistakesAt, repairing } from '../../models/description/ruleTable.ts';
import { type BoundsShape, type ConfigShape, recordOf } from '../../models/description/settings.ts';
import { type KraftConfig, repairNames as quorumRepairs } from '../../models/kraft/config.ts';
import { everyKraftDefect } from '../../models/kraft/defects.ts';
import { isQuorumName, quorumRelease } from '../../models/kraft/release.ts';
import { kraftRuleTable } from '../../models/kraft/releaseRules.ts';
import { everyReplicationDefect } from '../../models/replication/defects.ts';
import {
  isProtocolName,
  type ProtocolSettings,
  repairNames,
  resolveProtocol,
} from '../../models/replication/protocol.ts';
import { ruleTable } from '../../models/replication/releases/table.ts';
import { replayTrace } from '../tasks/replayTrace.ts';
import { boundWords } from './boundWords.ts';

/** A mistake that a release is known to have. */
export interface ReleaseMistake {
  /** The model that shows it: `replication`, or `kraft` where it is one of the metadata quorum. */
  readonly model: string;
  /** The name of the defect that shows it, and of its repair. */
  readonly name: string;
  /** The release that has it. */
  readonly kafka: string;
  readonly statement: string;
  /** When it shows, where it does not always. */
  readonly sometimes?: string;
  /** KIP, JIRA issue, class. */
  readonly source: string;
  /** The first releases without it: `3.9.1, 4.0.1`; none if there is none yet. */
  readonly goneSince?: string;
  /** The property that it breaks. */
  readonly property: string;
  /** What has to happen for it to show. */
  readonly bounds: Bounds;
  /** Whether it shows in what never happens, and not in any state. */
  readonly isOfProgress: boolean;
}

/** The settings of a metadata quorum that decide about its mistakes. */
type QuorumSettings = Pick<KraftConfig, 'kafka' | 'dynamicVoters' | 'repairs'>;

/**
 * The mistakes of replication that a release still has and that are not repaired: of ELR where it is on, of
 * switching it on where it is not.
 */
export function releaseMistakes(settings: ProtocolSettings): ReleaseMistake[] {
  const { kafka, zooKeeper, repairs } = resolveProtocol(settings);
  const mode = zooKeeper ? 'zookeeper' : 'kraft';
  const known = mistakesAt(ruleTable, { release: releaseNamed(kafka), mode });
  const possible = everyReplicationDefect.filter(({ config, bounds }) =>
    settings.eligibleLeaderReplicas
      ? (bounds?.elrEnablings ?? 0) === 0
      : config?.eligibleLeaderReplicas !== true,
  );
  return described({ model: 'replication', kafka, repairs }, known, possible);
}

/** Those of the metadata quorum; of voter changes only where voters can change. */
export function quorumMistakes({
  kafka,
  dynamicVoters,
  repairs,
}: QuorumSettings): ReleaseMistake[] {
  const known = mistakesAt(kraftRuleTable, { release: quorumRelease(kafka), mode: 'kraft' });
  const possible = everyKraftDefect.filter(
    ({ config }) => dynamicVoters || config?.dynamicVoters !== true,
  );
  return described({ model: 'kraft', kafka, repairs }, known, possible);
}

interface Played {
  readonly model: string;
  readonly kafka: string;
  readonly repairs: readonly string[];
}

/** The mistakes that these defects show, with what there is to say of each. */
function described<Config extends ConfigShape<Config>, Events extends BoundsShape<Events>>(
  { model, kafka, repairs }: Played,
  known: readonly KnownMistake[],
  defects: readonly ModelDefect<Config, Events>[],
): ReleaseMistake[] {
  const isRepaired = repairing(repairs);
  return known.flatMap(({ defect, sometimes, goneSince }) => {
    const shown = defects.find(({ name }) => name === defect);
    if (shown === undefined || isRepaired(defect)) return [];
    const { name, statement, source, caughtBy: property, bounds = {}, liveness } = shown;
    return [
      {
        ...{ model, name, kafka, statement, source, property },
        bounds: recordOf<Events, number>(bounds),
        isOfProgress: liveness !== undefined,
        ...(sometimes === undefined ? {} : { sometimes }),
        ...(goneSince === undefined ? {} : { goneSince }),
      },
    ];
  });
}

/** A mistake in one sentence each: what it is, since when it is gone, and in which scope it shows. */
export function mistakeText(mistake: ReleaseMistake): string {
  const { name, kafka, statement, sometimes, source } = mistake;
  const when = sometimes === undefined ? '' : ` It ${sometimes}.`;
  return (
    `Kafka ${kafka} still has ${name}: ${statement}${when} ${goneText(mistake)} ` +
    `A scope with ${eventsOf(mistake)} has room for it. Source: ${source}.`
  );
}

/** "It is gone since 4.0." */
export function goneText({ goneSince }: ReleaseMistake): string {
  return goneSince === undefined
    ? 'No release is known to be without it.'
    : `It is gone since ${goneSince}.`;
}

/**
 * The known mistakes of a release without which the steps of a story do not break its property: each was repaired
 * alone, and the steps taken again.
 */
export function causesOf(
  trace: TraceFile,
  models: readonly ModelEntry[] = builtInModels,
): ReleaseMistake[] {
  const { config } = trace.model;
  const { repairs } = config;
  if (!Array.isArray(repairs)) return [];
  return mistakesIn(trace.model).filter(({ name }) => {
    const model = { ...trace.model, config: { ...config, repairs: [...repairs, name] } };
    return replayTrace({ ...trace, model }, models).word !== 'reproduced';
  });
}

/** The known mistakes of the release that a trace is of; none where it has no such settings. */
function mistakesIn({ name, config }: TraceFile['model']): ReleaseMistake[] {
  const { kafka, eligibleLeaderReplicas, zooKeeper, dynamicVoters, repairs = [] } = config;
  if (typeof kafka !== 'string' || !Array.isArray(repairs)) return [];
  if (name === 'replication' && isProtocolName(kafka)) {
    return releaseMistakes({
      kafka,
      eligibleLeaderReplicas: eligibleLeaderReplicas === true,
      zooKeeper: zooKeeper === true,
      repairs: repairNames.filter(repair => repairs.includes(repair)),
    });
  }
  if (name === 'kraft' && isQuorumName(kafka)) {
    return quorumMistakes({
      kafka,
      dynamicVoters: dynamicVoters === true,
      repairs: quorumRepairs.filter(repair => repairs.includes(repair)),
    });
  }
  return [];
}

function eventsOf({ model, bounds }: ReleaseMistake): string {
  const entry = builtInModel(model);
  const events = boundWords(entry, { ...entry.quietScope, ...bounds, records: 0 });
  return events.length === 0 ? 'nothing but a record' : events.join(', ');
}
