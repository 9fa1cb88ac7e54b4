import type { PropertyReport } from '../../checker/results/monitor.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { whyOpen } from '../../checker/results/resultText.ts';
import type { ScopePlan } from '../../models/description/mainJob.ts';
import { endedEarly, isComplete } from './completeness.ts';
import { type AskedProperty, type ExploredScope, whyNot } from './scope.ts';

/** What all scopes together say about a property. */
export type MergedVerdict =
  | 'violated'
  | 'inconclusive'
  | 'holds'
  | 'nothing found'
  | 'not exercised'
  | 'not applicable'
  | 'reached'
  | 'unreached';

/** One property over several scopes. */
export interface MergedProperty {
  readonly name: string;
  readonly kind: PropertyReport['kind'];
  readonly verdict: MergedVerdict;
  /** How often its antecedent was true, in all scopes together; a goal: in how many it was reached. */
  readonly antecedent: number;
  /**
   * Why no scope says anything about it, what it takes to put it to the test, or what leaves it
   * inconclusive, where that is so.
   */
  readonly note?: string;
  /** It was not put to the test in any scope, and says itself what that takes: no verdict hangs on it. */
  readonly elsewhere?: true;
}

/** What is needed of a scope. */
export type MergedScope = Pick<
  ExploredScope,
  'asked' | 'outcome' | 'task' | 'omitted' | 'failure'
> & {
  /** Its name, where there are several. */
  readonly plan?: Pick<ScopePlan, 'name'>;
};

/** A property in one scope; without a report where that scope was not explored. */
interface Seen {
  readonly asked: AskedProperty;
  readonly isApplicable: boolean;
  readonly found?: { readonly report: PropertyReport; readonly result: ExplorationResult };
  /** Whether other shards make more runs of this scope. */
  readonly isPart: boolean;
  /** What leaves it open there, if it is open. */
  readonly open?: string;
}

/**
 * Every property over all scopes, in the order of the first one. Scopes complement each other: what one
 * never exercises another may, so that a property is only without exercise if it is so everywhere. Of a
 * scope that was not explored nothing is known.
 */
export function mergeProperties(scopes: readonly MergedScope[]): MergedProperty[] {
  const seen = new Map<string, Seen[]>();
  for (const each of scopes.flatMap(seenIn)) {
    const before = seen.get(each.asked.name);
    if (before === undefined) seen.set(each.asked.name, [each]);
    else before.push(each);
  }
  return [...seen.values()].flatMap(merged);
}

function seenIn({ plan, asked, outcome, omitted, failure, task }: MergedScope): Seen[] {
  const named = (why: string): string => (plan === undefined ? why : `${plan.name}: ${why}`);
  if (outcome === undefined) {
    const open = named(failure === undefined ? whyNot[omitted ?? 'interrupted'] : FAILED);
    return asked.map(each => ({
      asked: each,
      isApplicable: each.note === undefined,
      isPart: true,
      open,
    }));
  }
  const { result } = outcome;
  const why = failure === undefined ? whyOpen(result) : FAILED;
  const { engine } = task;
  const isPart = engine.kind === 'simulate' && engine.shard !== undefined;
  return result.properties.map(report => {
    const isApplicable = report.verdict !== 'not applicable';
    const isOpen = why !== undefined && report.verdict === 'inconclusive';
    const open = isOpen ? { open: named(why) } : {};
    return { asked: report, isApplicable, found: { report, result }, isPart, ...open };
  });
}

function merged(all: readonly Seen[]): MergedProperty[] {
  const [first] = all;
  if (first === undefined) return [];
  const { name, kind, note } = first.asked;
  const verdict = kind === 'sometimes' ? goalVerdict(all) : claimVerdict(all);
  const reason = noteOf(verdict, note, all);
  const antecedent = all.reduce((sum, { found }) => sum + (found?.report.antecedent ?? 0), 0);
  const remark = reason === undefined ? {} : { note: reason };
  const elsewhere =
    isUntested(verdict) && all.some(isElsewhere) ? { elsewhere: true as const } : {};
  return [{ name, kind, verdict, antecedent, ...remark, ...elsewhere }];
}

function isUntested(verdict: MergedVerdict): boolean {
  return verdict === 'not exercised' || verdict === 'unreached';
}

/** Whether the property says itself that it takes another scope than this one. */
function isElsewhere({ found }: Seen): boolean {
  return found?.report.elsewhere === true;
}

const FAILED = 'ended by an error';

/** Why no scope says anything about a property, or what leaves it open. */
function noteOf(
  verdict: MergedVerdict,
  note: string | undefined,
  all: readonly Seen[],
): string | undefined {
  if (verdict === 'not applicable') return note;
  if (isUntested(verdict)) return all.find(({ isApplicable }) => isApplicable)?.found?.report.note;
  if (verdict !== 'inconclusive') return undefined;
  const open = new Set(all.flatMap(each => each.open ?? []));
  return open.size === 0 ? undefined : [...open].join('; ');
}

function claimVerdict(all: readonly Seen[]): MergedVerdict {
  if (isSaid(all, 'violated')) return 'violated';
  const applicable = all.filter(({ isApplicable }) => isApplicable);
  if (applicable.length === 0) return 'not applicable';
  if (applicable.some(isOpen)) return 'inconclusive';
  const exercised = applicable.flatMap(({ found }) =>
    found !== undefined && found.report.antecedent > 0 ? found : [],
  );
  if (exercised.some(({ result }) => isComplete(result))) return 'holds';
  if (exercised.length > 0) {
    const isRandom = exercised.every(({ report }) => report.verdict === 'nothing found');
    return isRandom ? 'nothing found' : 'inconclusive';
  }
  return applicable.some(({ isPart }) => isPart) ? 'inconclusive' : 'not exercised';
}

function goalVerdict(all: readonly Seen[]): MergedVerdict {
  if (isSaid(all, 'reached')) return 'reached';
  const applicable = all.filter(({ isApplicable }) => isApplicable);
  if (applicable.length === 0) return 'not applicable';
  return applicable.some(each => each.isPart || isOpen(each)) ? 'inconclusive' : 'unreached';
}

function isSaid(all: readonly Seen[], verdict: 'violated' | 'reached'): boolean {
  return all.some(({ found }) => found?.report.verdict === verdict);
}

/** Whether a scope was not explored, or not to its end. */
function isOpen({ found }: Seen): boolean {
  return found === undefined || endedEarly(found.result);
}
