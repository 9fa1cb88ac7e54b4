import type { ExploredScope } from '../../application/check/scope.ts';
import { type CheckVerdict, type Findings, wasLimited } from '../../application/check/verdict.ts';
import { errorOf } from '../../application/tasks/failure.ts';
import { exitCodes } from '../exitCodes.ts';
import { exitCodeOf } from '../output/failure.ts';

/** What of the findings makes a difference to the exit code. */
type Explored = Pick<Findings, 'scopes' | 'notReplayed'>;

/**
 * The exit code of a check. A shard in which nothing broke did its job: it ends with 0 although other
 * shards may know more.
 */
export function checkExitCode(verdict: CheckVerdict, findings: Explored): number {
  const isShard = findings.scopes.some(isPart);
  if (verdict === 'inconclusive' && isShard && !wasLimited(findings)) return exitCodes.holds;
  if (verdict === 'crashed') return codeOfErrors(findings);
  if (verdict === 'impaired') return exitCodes.vacuous;
  return exitCodes[verdict === 'nothing found' ? 'holds' : verdict];
}

/** That of the errors, if they have one code in common. */
function codeOfErrors({ scopes }: Explored): number {
  const errors = scopes.flatMap(({ failure }) => (failure === undefined ? [] : [errorOf(failure)]));
  const [code, ...others] = new Set(errors.map(exitCodeOf));
  return code !== undefined && others.length === 0 ? code : exitCodes.internal;
}

/** Whether a scope is only in part this shard's, or not at all. */
function isPart({ task, omitted }: ExploredScope): boolean {
  const { engine } = task;
  return omitted === 'another shard' || (engine.kind === 'simulate' && engine.shard !== undefined);
}
