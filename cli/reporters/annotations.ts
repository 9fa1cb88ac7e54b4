import { annotationProperty, annotationText } from './escape.ts';
import type { Report, ReportCase, ReportGroup } from './report.ts';

/**
 * The report as GitHub annotations, one line each: an error for each case that failed, on the file of
 * its trace if that was saved, and one warning if the whole is undecided.
 */
export function annotations({ command, verdict, meaning, outcome, groups }: Report): string[] {
  const errors = groups.flatMap(group =>
    group.cases.flatMap(each => (each.status === 'failed' ? [errorLine(group, each)] : [])),
  );
  if (outcome !== 'undecided') return errors;
  const title = annotationProperty(`highwater ${command}: ${verdict}`);
  return [...errors, `::warning title=${title}::${annotationText(meaning)}`];
}

function errorLine(group: ReportGroup, { name, verdict, reason, stories }: ReportCase): string {
  const [story] = stories;
  const file = story?.path === undefined ? '' : `file=${annotationProperty(story.path)},`;
  const title = annotationProperty(`${group.name}: ${name} is ${verdict}`);
  const lines = [
    reason,
    ...(story === undefined ? [] : [`${story.command.label}: ${story.command.text}`]),
  ];
  return `::error ${file}title=${title}::${annotationText(lines.join('\n'))}`;
}
