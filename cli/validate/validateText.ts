import type { Unexplained, ValidatedPart } from '../../application/validate/validatedPart.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { Styler, TextStyle } from '../../checker/trace/renderStyle.ts';
import type { NearMiss } from '../../checker/validate/nearest.ts';

const styles: Readonly<Record<ValidatedPart['verdict'], TextStyle>> = {
  explained: 'green',
  unexplained: 'red',
  empty: 'yellow',
  inconclusive: 'yellow',
};

/** The report on what was held to a model. */
export function validateText(parts: readonly ValidatedPart[], style: Styler): string {
  return parts.map(part => `${partText(part, style).join('\n')}\n`).join('\n');
}

function partText(part: ValidatedPart, style: Styler): string[] {
  const { name, kind, verdict, notes, unexplained } = part;
  const subject = kind === 'partition' ? `partition ${name}` : name;
  return [
    `${printable(subject)}: ${style(styles[verdict], wordsOf(part))}`,
    ...notes.map(note => `  ${printable(note)}`),
    ...(kind === 'records' ? [] : [`  ${constraintsText(part)}`]),
    ...unexplained.flatMap(unexplainedText),
  ];
}

function wordsOf({ kind, verdict }: ValidatedPart): string {
  if (kind === 'history') return verdict === 'unexplained' ? 'broken' : 'in order';
  return verdict;
}

function constraintsText({ kind, lines, constraints }: ValidatedPart): string {
  const of = `${constraints.lines} of ${lines} lines`;
  if (kind === 'history') return `${lines} events`;
  const { observedSteps, unobservedSteps, fields } = constraints;
  if (kind === 'checkpoints') return `${constraints.lines} entries, ${fields} values compared`;
  if (kind === 'node')
    return `${constraints.lines} of ${lines} messages, ${fields} values compared`;
  return `${of}, ${observedSteps} steps observed, ${unobservedSteps} not, ${fields} fields compared`;
}

function unexplainedText({ place, problem, nearest }: Unexplained): string[] {
  return [
    `  ${printable(place)}`,
    `    ${printable(problem)}`,
    ...nearest.flatMap((miss, index) => missText(miss, index === 0 ? 'nearest' : 'or')),
  ];
}

/** At most so many fields that differ are shown of a step. */
const MOST_FIELDS = 4;

function missText({ step, guard, mismatches }: NearMiss, label: string): string[] {
  const what = step ?? 'the state as it is';
  const because = guard === undefined ? '' : `, but: ${guard}`;
  const shown = mismatches
    .slice(0, MOST_FIELDS)
    .map(
      ({ path, observed, model }) =>
        `      ${path}: the log has ${JSON.stringify(observed)}, the model ${JSON.stringify(model)}`,
    );
  const more =
    mismatches.length > MOST_FIELDS ? [`      and ${mismatches.length - MOST_FIELDS} more`] : [];
  return [`    ${label.padEnd(8)}${what}${because}`, ...shown, ...more].map(printable);
}
