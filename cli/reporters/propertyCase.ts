import type { MergedProperty, MergedVerdict } from '../../application/check/mergeProperties.ts';
import type { ReportCase, Story } from './report.ts';

/** Why a property is neither passed nor failed, where that is so. */
const skipped: Readonly<Partial<Record<MergedVerdict, string>>> = {
  inconclusive: 'inconclusive',
  'not exercised': 'vacuous: no scope put it to the test',
  unreached: 'vacuous: it was not reached in any scope',
  'not applicable': 'not applicable',
};

/** What is said where there is no note: the word alone would be no reason. */
const OTHERWISE = new Map<MergedVerdict, string>([
  ['inconclusive', ': not everything was explored that could break it'],
]);

/**
 * A property as a case of a report. Random runs that made what was asked of them and found nothing
 * pass, as they do in the exit code.
 */
export function propertyCase(
  { name, verdict, note }: MergedProperty,
  cells: readonly string[],
  stories: readonly Story[],
): ReportCase {
  if (verdict === 'violated') {
    const reason = stories[0]?.trace.property.clause ?? 'violated';
    return { name, status: 'failed', verdict, cells, reason, stories };
  }
  const why = skipped[verdict];
  if (why === undefined) return { name, status: 'passed', verdict, cells, reason: '', stories };
  const reason = `${why}${note === undefined ? (OTHERWISE.get(verdict) ?? '') : `: ${note}`}`;
  return { name, status: 'skipped', verdict, cells, reason, stories };
}
