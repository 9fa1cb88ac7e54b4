import { annotationProperty, annotationText } from './escape.ts';
import type { Report, ReportCase, ReportGroup } from './report.ts';

/**
 * The report as GitHub annotations, one line each: an error for each case that failed, at the line that it is about
 * or on the file of its trace if that was saved, a notice for others that are about a line, and one warning if the
 * whole is undecided.
 */
export function annotations({ command, verdict, meaning, outcome, groups }: Report): string[] {
  const errors = groups.flatMap(group =>
    group.cases.flatMap(each => {
      if (each.status === 'failed') return [errorLine(group, each)];
      const isTold = each.place !== undefined && each.accepted === undefined;
      return isTold ? [noticeLine(group, each)] : [];
    }),
  );
  if (outcome !== 'undecided') return errors;
  const title = annotationProperty(`highwater ${command}: ${verdict}`);
  return [...errors, `::warning title=${title}::${annotationText(meaning)}`];
}

/** What does not make the run fail, at its file and line. */
function noticeLine(group: ReportGroup, { name, reason, place }: ReportCase): string {
  const title = annotationProperty(`${group.name}: ${name}`);
  return `::notice ${placeText(place)}title=${title}::${annotationText(reason)}`;
}

function placeText(place: ReportCase['place']): string {
  return place === undefined ? '' : `file=${annotationProperty(place.file)},line=${place.line},`;
}

function errorLine(
  group: ReportGroup,
  { name, verdict, reason, stories, place }: ReportCase,
): string {
  const [story] = stories;
  const saved = story?.path === undefined ? '' : `file=${annotationProperty(story.path)},`;
  const file = place === undefined ? saved : placeText(place);
  const title = annotationProperty(`${group.name}: ${name} is ${verdict}`);
  const lines = [
    reason,
    ...(story === undefined ? [] : [`${story.command.label}: ${story.command.text}`]),
  ];
  return `::error ${file}title=${title}::${annotationText(lines.join('\n'))}`;
}
