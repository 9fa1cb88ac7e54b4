import type { ExplorationResult } from '../../checker/explore/result.ts';
import type { TaskResult } from '../tasks/task.ts';
import { collisionProbability } from './explorationJson.ts';
import { counted, duration, grouped } from './numbers.ts';

/** One or two sentences on what exactly was explored; they never claim more. */
export function explainEnd({ result, seconds }: TaskResult): string {
  return result.engine === 'simulate' ? simulated(result, seconds) : explored(result, seconds);
}

function explored(result: ExplorationResult, seconds: number): string {
  const { distinctStates, generatedStates, depth, stopped, violations } = result;
  const extent =
    `${counted(distinctStates, 'distinct state')}, ${grouped(generatedStates)} generated, ` +
    `depth ${depth}, in ${duration(seconds)}`;
  if (stopped !== undefined) {
    return `stopped by the ${ended(stopped)} after ${extent}; what lies beyond was not looked at.`;
  }
  if (violations.length > 0 && !wasCompleted(result)) {
    return `stopped after a violation: ${extent}.`;
  }
  const chance = collisionProbability(distinctStates).toExponential(0);
  return `explored completely: ${extent}; a state was missed with probability ${chance}.`;
}

/** Whether the search went on after its violations until the space was explored. */
function wasCompleted({ properties }: ExplorationResult): boolean {
  const final = ['holds', 'vacuous', 'unreached'];
  return properties.some(({ verdict }) => final.includes(verdict));
}

function simulated(result: ExplorationResult, seconds: number): string {
  const { runs = 0, steps, distinctStates, abstractStates, violations, stopped } = result;
  const abstract =
    abstractStates === undefined ? '' : ` (${counted(abstractStates, 'abstract state')})`;
  const extent =
    `${counted(steps, 'step')}, ${counted(distinctStates, 'distinct state')}${abstract}, ` +
    `in ${duration(seconds)}`;
  const made = counted(runs, 'random run');
  if (violations.length > 0) return `stopped after a violation: ${made}, ${extent}.`;
  const nothing = `${made} found nothing (not a proof): ${extent}.`;
  if (stopped === undefined || stopped === 'run limit') return nothing;
  return `stopped by the ${ended(stopped)}: ${nothing}`;
}

function ended(stopped: string): string {
  return stopped === 'interrupted' ? 'user' : stopped;
}
