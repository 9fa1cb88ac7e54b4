import type { Finding } from './findings.ts';

/** A risk that somebody has accepted. */
export interface AcceptedRisk {
  /** The id of a finding. */
  readonly id: string;
  readonly reason: string;
}

/** Which findings make a run fail. `any`: those of the release as well. */
export interface Policy {
  readonly failOn: 'configuration' | 'any';
  readonly accepted: readonly AcceptedRisk[];
}

/** A finding under a policy. */
export interface JudgedFinding extends Finding {
  readonly fails: boolean;
  /** Why it was accepted, where it was. */
  readonly accepted: string | undefined;
}

/**
 * The findings with what is made of them. One that hangs on nobody knows what counts as one of the configuration: a
 * gate that is not sure does not open.
 */
export function judged(
  findings: readonly Finding[],
  { failOn, accepted }: Policy,
): readonly JudgedFinding[] {
  return findings.map(finding => {
    const risk = accepted.find(({ id }) => id === finding.id);
    const isMeant = failOn === 'any' || finding.cause !== 'release';
    return { ...finding, accepted: risk?.reason, fails: isMeant && risk === undefined };
  });
}

/** Accepted risks that are none any more. */
export function stale(findings: readonly Finding[], { accepted }: Policy): readonly AcceptedRisk[] {
  return accepted.filter(({ id }) => !findings.some(finding => finding.id === id));
}
