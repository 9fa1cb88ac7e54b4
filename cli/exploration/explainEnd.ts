import { stoppedAtViolation } from '../../application/check/completeness.ts';
import type { Task, TaskResult } from '../../application/tasks/task.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { randomRunsText } from '../../checker/results/resultText.ts';
import { shardText } from '../options/shard.ts';
import { duration } from '../output/numbers.ts';
import { collisionProbability } from './explorationJson.ts';

/** One or two sentences on what exactly was explored; they never claim more. */
export function explainEnd({ result, task, seconds }: TaskResult): string {
  return result.engine === 'simulate'
    ? simulated(result, task, seconds)
    : explored(result, seconds, task.engine.kind === 'exhaustive' ? task.engine.reach : undefined);
}

function explored(result: ExplorationResult, seconds: number, goal: string | undefined): string {
  const { distinctStates, generatedStates, depth, stopped } = result;
  const extent =
    `${counted(distinctStates, 'distinct state')}, ${grouped(generatedStates)} generated, ` +
    `depth ${depth}, in ${duration(seconds)}`;
  if (goal !== undefined && result.witnesses.length > 0) {
    return `stopped where ${goal} is reached: ${extent}.`;
  }
  if (stopped !== undefined) {
    return `stopped by the ${ended(stopped)} after ${extent}; what lies beyond was not looked at.`;
  }
  if (stoppedAtViolation(result)) return `stopped after a violation: ${extent}.${leftOpen(result)}`;
  const chance = collisionProbability(distinctStates).toExponential(0);
  return `explored completely: ${extent}; a state was missed with probability ${chance}.`;
}

/** That a search which stopped at a violation says nothing of what may break besides. */
function leftOpen({ properties }: ExplorationResult): string {
  const open = properties.filter(({ verdict }) => verdict === 'inconclusive').length;
  if (open === 0) return '';
  const which = open === 1 ? 'One other property is' : `${open} other properties are`;
  return ` ${which} not decided: --keep-going decides them, --property asks only for some.`;
}

function simulated(result: ExplorationResult, { engine }: Task, seconds: number): string {
  const { distinctStates, abstractStates } = result;
  const abstract =
    abstractStates === undefined ? '' : ` (${counted(abstractStates, 'abstract state')})`;
  const states = `${counted(distinctStates, 'distinct state')}${abstract}`;
  const shard = engine.kind === 'simulate' ? engine.shard : undefined;
  const part = shard === undefined ? [] : [`shard ${shardText(shard)}`];
  const runs = randomRunsText(result, part);
  return `${runs}; ${states}, in ${duration(seconds)}.${leftOpenAtRandom(result)}`;
}

/** The same of random runs. */
function leftOpenAtRandom(result: ExplorationResult): string {
  return result.stopped === undefined ? leftOpen(result) : '';
}

function ended(stopped: string): string {
  return stopped === 'interrupted' ? 'user' : stopped;
}
