import type { MergedProperty } from '../../application/check/mergeProperties.ts';
import type { ExploredScope } from '../../application/check/scope.ts';
import { type CheckVerdict, type Findings, wasLimited } from '../../application/check/verdict.ts';
import { errorOf } from '../../application/tasks/failure.ts';
import { stoppedPartitions } from '../../models/kafkaConfig/partitionStandings.ts';
import { exitCodes } from '../exitCodes.ts';
import { exitCodeOf } from '../output/failure.ts';
import type { CheckReport } from './checkJson.ts';

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

/** What a gate decides by. */
type Gated = Explored &
  Pick<CheckReport, 'verdict' | 'cluster' | 'subjects' | 'findings' | 'policy'>;

/**
 * The exit code under a policy, if there is one: 1 where a finding is meant by it and not accepted. What it does not
 * mean makes nothing fail; what was not explored, and what is broken otherwise, is as without it.
 */
export function gatedExitCode({
  verdict,
  cluster,
  subjects,
  findings,
  policy,
  ...explored
}: Gated): number {
  const plain = checkExitCode(verdict, explored);
  if (policy === undefined || findings === undefined) return plain;
  const isDecided = ['holds', 'nothing found', 'violated', 'impaired', 'vacuous'].includes(verdict);
  if (isDecided || verdict === 'inconclusive') {
    if (findings.some(({ fails }) => fails)) return exitCodes.violated;
  }
  if (verdict === 'violated') {
    const others = subjects.flatMap(({ properties }) => properties.filter(isOtherwiseBroken));
    return policy.failOn === 'any' && others.length > 0 ? plain : leftOf(cluster);
  }
  return verdict === 'impaired' || (verdict === 'vacuous' && findings.length > 0)
    ? leftOf(cluster)
    : plain;
}

/** A property of the protocol, of which there is no finding. */
function isOtherwiseBroken({ name, verdict }: MergedProperty): boolean {
  return verdict === 'violated' && !name.endsWith('-records-survive');
}

/** What is out of use, and no finding. */
function leftOf(cluster: CheckReport['cluster']): number {
  const described = cluster?.described;
  if (described === undefined) return exitCodes.holds;
  const isImpaired = described.unread.length > 0 || stoppedPartitions(described).length > 0;
  return isImpaired ? exitCodes.vacuous : exitCodes.holds;
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
