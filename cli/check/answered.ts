import { adviceFor } from '../../application/advice/advice.ts';
import { bestOf } from '../../application/advice/bestOf.ts';
import { findingsOf } from '../../application/advice/findings.ts';
import { judged, type Policy } from '../../application/advice/policy.ts';
import { type VariantMeans, Variants } from '../../application/advice/variants.ts';
import { type ReadFiles, written } from '../../application/advice/writtenAdvice.ts';
import { clusterAnswer } from '../../application/answer/clusterAnswer.ts';
import type { CheckResult } from '../../application/check/check.ts';
import type { CheckReport } from './checkJson.ts';
import type { CheckOptions } from './options.ts';

/** What is made of the answer of a cluster. */
type Answered = Pick<CheckReport, 'answer' | 'advice' | 'findings' | 'policy'>;

/**
 * The answer of a cluster, what helps it, and what is found under a policy. Where bounds or properties are asked for
 * there is the answer alone.
 */
export async function answered(
  found: CheckResult,
  read: ReadFiles | undefined,
  means: VariantMeans,
  { options, policy }: { readonly options: CheckOptions; readonly policy: Policy | undefined },
): Promise<Answered> {
  const answer = clusterAnswer(found);
  const described = found.cluster?.described;
  if (answer === undefined || read === undefined || described === undefined) return { answer };
  if (options.property !== undefined || (options.bound ?? []).length > 0) return { answer };
  const variants = new Variants(means, found.subjects);
  const advice = options.advice === false ? [] : await adviceFor(described, answer, variants);
  // Without a policy nothing hangs on it.
  const best = policy === undefined ? undefined : await variants.answer(bestOf(described));
  const findings = findingsOf(described, answer, { best, files: read.files });
  return {
    answer,
    advice: advice.map(each => written(each, read)),
    findings: judged(findings, policy ?? { failOn: 'any', accepted: [] }),
    policy,
  };
}
