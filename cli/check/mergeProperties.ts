import type { PropertyReport } from '../../checker/explore/monitor.ts';
import type { ExplorationResult } from '../../checker/explore/result.ts';
import type { ColumnVerdict } from '../output/verdictTable.ts';
import { endedEarly, isComplete } from './completeness.ts';
import type { ExploredScope } from './scope.ts';

/** What all scopes together say about a property. */
export type MergedVerdict = ColumnVerdict;

/** One property over several scopes. */
export interface MergedProperty {
  readonly name: string;
  readonly kind: PropertyReport['kind'];
  readonly verdict: MergedVerdict;
  /** Why no scope says anything about it, where that is so. */
  readonly note?: string;
}

interface Seen {
  readonly report: PropertyReport;
  readonly result: ExplorationResult;
}

/**
 * Every property over all scopes, in the order of the first one. Scopes complement each other: what one
 * never exercises another may, so that a property is only without exercise if it is so everywhere.
 */
export function mergeProperties(scopes: readonly ExploredScope[]): MergedProperty[] {
  const results = scopes.flatMap(({ outcome }) => (outcome === undefined ? [] : outcome.result));
  const seen = new Map<string, Seen[]>();
  for (const result of results) {
    for (const report of result.properties) {
      const before = seen.get(report.name);
      if (before === undefined) seen.set(report.name, [{ report, result }]);
      else before.push({ report, result });
    }
  }
  return [...seen.values()].flatMap(merged);
}

function merged(all: readonly Seen[]): MergedProperty[] {
  const [first] = all;
  if (first === undefined) return [];
  const { name, kind, note } = first.report;
  const verdict = kind === 'sometimes' ? goalVerdict(all) : claimVerdict(all);
  const reason = verdict === 'not applicable' && note !== undefined ? { note } : {};
  return [{ name, kind, verdict, ...reason }];
}

function claimVerdict(all: readonly Seen[]): MergedVerdict {
  if (all.some(({ report }) => report.verdict === 'violated')) return 'violated';
  const applicable = all.filter(isApplicable);
  if (applicable.length === 0) return 'not applicable';
  if (applicable.some(({ result }) => endedEarly(result))) return 'inconclusive';
  const exercised = applicable.filter(({ report }) => report.antecedent > 0);
  if (exercised.some(({ result }) => isComplete(result))) return 'holds';
  return exercised.length > 0 ? 'nothing found' : 'not exercised';
}

function goalVerdict(all: readonly Seen[]): MergedVerdict {
  if (all.some(({ report }) => report.verdict === 'reached')) return 'reached';
  const applicable = all.filter(isApplicable);
  if (applicable.length === 0) return 'not applicable';
  return applicable.some(({ result }) => endedEarly(result)) ? 'inconclusive' : 'unreached';
}

function isApplicable({ report }: Seen): boolean {
  return report.verdict !== 'not applicable';
}
