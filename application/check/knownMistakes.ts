import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModel } from '../../catalogue/models.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { releaseNamed } from '../../models/description/release.ts';
import { mistakesAt } from '../../models/description/ruleTable.ts';
import { quietScope, type ReplicationBounds } from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import {
  isProtocolName,
  type ProtocolSettings,
  repairNames,
  resolveProtocol,
} from '../../models/replication/protocol.ts';
import { ruleTable } from '../../models/replication/releases/table.ts';
import type { ReplicationDefect } from '../../models/replication/rules.ts';
import { replayTrace } from '../tasks/replayTrace.ts';
import { boundWords } from './boundWords.ts';

/** A mistake that a release is known to have. */
export interface ReleaseMistake {
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
  readonly bounds: Partial<ReplicationBounds>;
}

/** The mistakes that a release still has and that are not repaired. */
export function releaseMistakes(settings: ProtocolSettings): ReleaseMistake[] {
  const { kafka, zooKeeper, repairs } = resolveProtocol(settings);
  const mode = zooKeeper ? 'zookeeper' : 'kraft';
  return mistakesAt(ruleTable, { release: releaseNamed(kafka), mode }).flatMap(mistake => {
    const known = defectOf(mistake.defect);
    if (known === undefined) return [];
    if (repairs.some(repair => repair === 'all' || repair === known.name)) return [];
    const { name, statement, source, caughtBy: property, bounds = {} } = known;
    const { sometimes, goneSince } = mistake;
    return [
      {
        ...{ name, kafka, statement, source, property, bounds },
        ...(sometimes === undefined ? {} : { sometimes }),
        ...(goneSince === undefined ? {} : { goneSince }),
      },
    ];
  });
}

/** The same, one sentence each: what it is, since when it is gone, and in which scope it shows. */
export function knownMistakes(settings: ProtocolSettings): string[] {
  return releaseMistakes(settings).map(mistake => {
    const { name, kafka, statement, sometimes, source, bounds } = mistake;
    const when = sometimes === undefined ? '' : ` It ${sometimes}.`;
    return (
      `Kafka ${kafka} still has ${name}: ${statement}${when} ${goneText(mistake)} ` +
      `A scope with ${eventsOf(bounds)} has room for it. Source: ${source}.`
    );
  });
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
export function causesOf(trace: TraceFile, models: readonly ModelEntry[]): ReleaseMistake[] {
  const { config } = trace.model;
  const settings = protocolIn(config);
  if (trace.model.name !== 'replication' || settings === undefined) return [];
  return releaseMistakes(settings).filter(({ name }) => {
    const repairs = [...settings.repairs, name];
    const model = { ...trace.model, config: { ...config, repairs } };
    return replayTrace({ ...trace, model }, models).word !== 'reproduced';
  });
}

/** The settings of a trace that decide about rules; none where it has no such settings. */
function protocolIn(config: TraceFile['model']['config']): ProtocolSettings | undefined {
  const { kafka, eligibleLeaderReplicas, zooKeeper, repairs } = config;
  if (typeof kafka !== 'string' || !isProtocolName(kafka) || !Array.isArray(repairs))
    return undefined;
  return {
    kafka,
    eligibleLeaderReplicas: eligibleLeaderReplicas === true,
    zooKeeper: zooKeeper === true,
    repairs: repairNames.filter(name => repairs.includes(name)),
  };
}

function defectOf(name: string): ReplicationDefect | undefined {
  return replicationDefects.find(known => known.name === name);
}

function eventsOf(bounds: Partial<ReplicationBounds>): string {
  const events = boundWords(builtInModel('replication'), { ...quietScope, ...bounds, records: 0 });
  return events.length === 0 ? 'nothing but a record' : events.join(', ');
}
