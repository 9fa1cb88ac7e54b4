import type { StopReason } from '../../checker/explore/control.ts';
import type { ExplorationResult } from '../../checker/explore/result.ts';
import type { ReplicationConfig } from '../../models/replication/config.ts';
import { counted, duration, grouped } from '../output/numbers.ts';
import { wrapText } from '../output/table.ts';
import { stoppedAtViolation } from './completeness.ts';
import type { ExploredScope } from './scope.ts';

const nouns = new Map<string, readonly [one: string, several: string]>([
  ['records', ['record', 'records']],
  ['retries', ['retry', 'retries']],
  ['crashes', ['process crash', 'process crashes']],
  ['powerLosses', ['power loss', 'power losses']],
  ['diskLosses', ['lost disk', 'lost disks']],
  ['pauses', ['paused process', 'paused processes']],
  ['missedHeartbeats', ['missed session', 'missed sessions']],
  ['shutdowns', ['controlled shutdown', 'controlled shutdowns']],
  ['partitions', ['network partition', 'network partitions']],
  ['lostMessages', ['lost message', 'lost messages']],
  ['controllerFailovers', ['controller failover', 'controller failovers']],
  ['preferredElections', ['leader change without a fault', 'leader changes without a fault']],
  ['uncleanElections', ['unclean election on request', 'unclean elections on request']],
  ['isrShrinks', ['lagging follower', 'lagging followers']],
  ['reassignments', ['reassignment', 'reassignments']],
  ['minIsrChanges', ['change of min.insync.replicas', 'changes of min.insync.replicas']],
  ['checkpoints', ['high watermark checkpoint', 'high watermark checkpoints']],
  ['deletions', ['DeleteRecords request', 'DeleteRecords requests']],
]);

/** For each scope, what exactly was explored. */
export function exploredLines(scopes: readonly ExploredScope[], width: number): string[] {
  const common = scopes[0]?.plan.config;
  if (common === undefined) return [];
  const lines = scopes.flatMap(scope => {
    const sentence = exploredSentence(scope);
    const differs = differenceText(common, scope.plan.config);
    return indented(differs === '' ? sentence : `${sentence}; ${differs}`, width);
  });
  const heading = `What exactly was explored, with ${replicasText(common)} where nothing else is said:`;
  return [...wrapText(heading, width), ...lines];
}

function indented(text: string, width: number): string[] {
  return wrapText(text, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

/** What exactly was explored of one scope, in one sentence. */
export function exploredSentence({ plan, task, outcome }: ExploredScope): string {
  const bounds = boundsText(task.request.bounds);
  if (outcome === undefined) return `${plan.name}: not begun; ${bounds}`;
  const { result, seconds } = outcome;
  const what =
    task.engine.kind === 'simulate' ? simulated(result, task.engine.seed) : covered(result);
  return `${plan.name}: ${what}; ${bounds}; ${duration(seconds)}`;
}

/** What a scope has otherwise than the first. */
function differenceText(common: ReplicationConfig, config: ReplicationConfig): string {
  const { brokers, minInsyncReplicas, spareBrokers, generation, requestsInFlight } = config;
  const sameReplicas = brokers === common.brokers && minInsyncReplicas === common.minInsyncReplicas;
  return [
    ...(sameReplicas ? [] : [replicasText(config)]),
    ...(spareBrokers === common.spareBrokers ? [] : [counted(spareBrokers, 'spare broker')]),
    ...(generation === common.generation ? [] : [`generation ${generation}`]),
    ...(requestsInFlight === common.requestsInFlight ? [] : ['fetch requests in flight']),
  ].join(', ');
}

function replicasText({ brokers, minInsyncReplicas }: ReplicationConfig): string {
  return `${counted(brokers, 'broker')} and min.insync.replicas ${minInsyncReplicas}`;
}

function covered(result: ExplorationResult): string {
  const { distinctStates, generatedStates, depth, stopped } = result;
  const states = `${counted(distinctStates, 'distinct state')}, ${grouped(generatedStates)} generated, depth ${depth}`;
  if (stopped !== undefined) return `NOT explored completely, ${endedBy(stopped)}: ${states}`;
  if (stoppedAtViolation(result)) return `ended at the violation, not explored further: ${states}`;
  return `explored completely: ${states}`;
}

function endedBy(stopped: StopReason): string {
  return stopped === 'interrupted' ? 'interrupted' : `ended by the ${stopped}`;
}

function simulated(result: ExplorationResult, seed: number): string {
  const { runs = 0, steps, stopped, violations } = result;
  const ended = stopped === undefined || stopped === 'run limit' ? '' : `, ${endedBy(stopped)}`;
  const found = violations.length > 0 ? 'a violation' : 'nothing found, which is no proof';
  return `${counted(runs, 'random run')}, ${counted(steps, 'step')}, seed ${seed}${ended}: ${found}`;
}

/** "2 records, 1 process crash"; bounds of zero are left out. */
export function boundsText(bounds: Readonly<Record<string, number>>): string {
  const parts = Object.entries(bounds).flatMap(([name, value]) => {
    const [one, several] = nouns.get(name) ?? [name, name];
    return value === 0 ? [] : [`${grouped(value)} ${value === 1 ? one : several}`];
  });
  return parts.join(', ');
}
