import type { Asymmetry } from '../core/asymmetry.ts';
import { addBreaks, type Breaks } from './breaks.ts';
import { type Finding, isEarlier } from './finding.ts';

/** What went wrong with a model, as plain data. */
export interface Failure extends Finding {
  readonly message: string;
  readonly isNondeterminism: boolean;
  /** With symmetry: what treats nodes differently, if that is what went wrong. */
  readonly asymmetry?: Asymmetry;
}

/** What came of expanding some states; plain data, so that it can be handed to another thread. */
export interface Report {
  generated: number;
  /** By property: how often its antecedent was true. */
  readonly antecedents: Float64Array;
  /** By instance: how often it was taken. */
  readonly taken: Float64Array;
  /** Through all tables of lifecycles: how often each transition happened. */
  readonly transitions: Float64Array;
  /** By property: the first finding, by hash, that it was violated or reached. */
  readonly findings: Map<number, Finding>;
  /** By property: the steps that break it, where several counterexamples are looked for. */
  readonly breaks: Map<number, Breaks>;
  /** The first thing that went wrong, by hash. */
  failure: Failure | undefined;
}

/** A report of nothing. */
export function emptyReport(sizes: {
  readonly properties: number;
  readonly instances: number;
  readonly transitions: number;
}): Report {
  return {
    generated: 0,
    antecedents: new Float64Array(sizes.properties),
    taken: new Float64Array(sizes.instances),
    transitions: new Float64Array(sizes.transitions),
    findings: new Map(),
    breaks: new Map(),
    failure: undefined,
  };
}

/** Adds one report to another. */
export function addReport(to: Report, more: Report): void {
  to.generated += more.generated;
  addAll(to.antecedents, more.antecedents);
  addAll(to.taken, more.taken);
  addAll(to.transitions, more.transitions);
  for (const [property, finding] of more.findings) noteFinding(to, property, finding);
  addBreaks(to.breaks, more.breaks);
  if (more.failure !== undefined) noteFailure(to, more.failure);
}

/** Notes where a property was violated or reached, unless there is an earlier finding. */
export function noteFinding(report: Report, property: number, finding: Finding): void {
  const known = report.findings.get(property);
  if (known === undefined || isEarlier(finding, known)) report.findings.set(property, finding);
}

/**
 * Notes what went wrong, unless something did earlier. An asymmetry comes before all else: what
 * else there is may be its doing.
 */
export function noteFailure(report: Report, failure: Failure): void {
  const known = report.failure;
  if (known === undefined) {
    report.failure = failure;
    return;
  }
  const [isNew, isKnown] = [failure.asymmetry !== undefined, known.asymmetry !== undefined];
  const comesFirst = isNew === isKnown ? isEarlier(failure, known) : isNew;
  if (comesFirst) report.failure = failure;
}

function addAll(to: Float64Array, more: Float64Array): void {
  for (let index = 0; index < to.length; index++) {
    to[index] = (to[index] as number) + (more[index] as number);
  }
}
