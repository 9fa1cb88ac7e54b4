import type { StopReason } from '../../checker/explore/control.ts';
import type { ExplorationResult } from '../../checker/explore/result.ts';
import type { ReplicationConfig } from '../../models/replication/config.ts';
import { counted, duration, grouped } from '../output/numbers.ts';
import { wrapText } from '../output/table.ts';
import { stoppedAtViolation } from './completeness.ts';
import type { ExploredScope } from './scope.ts';

const nouns = new Map<string, readonly [one: string, several: string]>([
  ['records', ['record', 'records']],
  ['crashes', ['process crash', 'process crashes']],
  ['powerLosses', ['power loss', 'power losses']],
  ['partitions', ['network partition', 'network partitions']],
  ['preferredElections', ['leader change without a fault', 'leader changes without a fault']],
  ['isrShrinks', ['lagging follower', 'lagging followers']],
]);

/** For each scope, what exactly was explored. */
export function exploredLines(scopes: readonly ExploredScope[], width: number): string[] {
  const common = scopes[0]?.plan.config;
  if (common === undefined) return [];
  const lines = scopes.flatMap(scope => {
    const sentence = exploredSentence(scope);
    const { config } = scope.plan;
    return indented(config === common ? sentence : `${sentence}; ${replicasText(config)}`, width);
  });
  const heading =
    `What exactly was explored, with ${replicasText(common)} ` +
    '(brokers that differ only in name count as one):';
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
