import type { ExploredModel, Task, TaskResult } from '../../application/tasks/task.ts';
import { coverageText } from '../../checker/results/coverageText.ts';
import type { PropertyReport, PropertyVerdict } from '../../checker/results/monitor.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { searchNotes, verdictReason } from '../../checker/results/resultText.ts';
import { assignments, boundsLine, wrap } from '../../checker/trace/renderParts.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import { shardText } from '../options/shard.ts';
import { columns } from '../output/columns.ts';
import type { TextLayout } from '../output/style.ts';
import { explainEnd } from './explainEnd.ts';

/** What is explored: the model with its settings, bounds and defects. */
export function describeTask({ task, model }: TaskResult, layout: TextLayout): string[] {
  return scopeLines(model, describeEngine(task), layout);
}

/** The same of whatever search. */
export function scopeLines(
  model: ExploredModel,
  search: string,
  { width, style }: TextLayout,
): string[] {
  return [
    style('bold', model.name),
    ...partsOf(model, search).flatMap(({ label, text }) =>
      wrap(text, width - 12).map(
        (line, index) => `  ${(index === 0 ? label : '').padEnd(10)}${line}`,
      ),
    ),
  ];
}

/** The same without layout. */
export function taskParts({ task, model }: TaskResult): readonly ScopePart[] {
  return partsOf(model, describeEngine(task));
}

interface ScopePart {
  readonly label: string;
  readonly text: string;
}

function partsOf(model: ExploredModel, search: string): readonly ScopePart[] {
  const defects = { label: 'defects', text: model.defects.join(', ') };
  return [
    { label: 'settings', text: assignments(mutable(model.config)) },
    { label: 'bounds', text: boundsLine(model.bounds) },
    ...(model.defects.length === 0 ? [] : [defects]),
    { label: 'search', text: search },
  ];
}

/** A copy, as the functions that show traces take it. */
function mutable(values: object): { [name: string]: string } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function describeEngine({ engine }: Task): string {
  if (engine.kind === 'simulate') {
    const { seed, runs, maxSteps, shard } = engine;
    const part = shard === undefined ? '' : `, of which shard ${shardText(shard)} makes its part`;
    return `seed ${seed}, ${counted(runs, 'random run')} of up to ${counted(maxSteps, 'step')}${part}`;
  }
  if (engine.kind === 'liveness') return 'every fair run, or random runs that settle';
  const symmetry = engine.symmetry ? ', states that differ by renaming count as one' : '';
  return `exhaustive, breadth first${symmetry}`;
}

/** The properties, what was explored, and what never happened there. */
export function describeResult(taskResult: TaskResult, layout: TextLayout): string[] {
  const { result } = taskResult;
  const { verdict } = result;
  const reason = verdictReason(result);
  return [
    ...propertyLines(result.properties, layout),
    '',
    ...wrap(explainEnd(taskResult), layout.width),
    ...searchNotes(result).flatMap(note => wrap(`${note}.`, layout.width)),
    ...wrap(coverageText(result.coverage), layout.width),
    `verdict: ${layout.style(verdictStyles[verdict], verdict)}${reason === undefined ? '' : ` (${reason})`}`,
  ];
}

/** The colour of each verdict. */
export const verdictStyles: Readonly<Record<PropertyVerdict, TextStyle>> = {
  holds: 'green',
  'nothing found': 'green',
  reached: 'green',
  violated: 'red',
  vacuous: 'yellow',
  unreached: 'yellow',
  inconclusive: 'yellow',
  'not applicable': 'dim',
};

/** A line for each property: what was found of it, and how often it had something to say. */
export function propertyLines(
  properties: readonly PropertyReport[],
  { style }: TextLayout,
): string[] {
  const rows = properties.map(report => [`  ${report.verdict}`, report.name, evidence(report)]);
  return columns(rows, (cell, column, row) => {
    const report = properties[row];
    if (report === undefined || column === 1) return cell;
    return style(column === 0 ? verdictStyles[report.verdict] : 'dim', cell);
  });
}

/** How often a property had something to say. */
function evidence({ kind, verdict, evaluated, antecedent, note }: PropertyReport): string {
  if (verdict === 'not applicable') return note ?? '';
  if (note !== undefined) return `it takes ${note}`;
  if (kind === 'sometimes') return '';
  const unit = kind === 'step' ? 'steps' : 'states';
  if (antecedent === evaluated) return `asked of ${grouped(evaluated)} ${unit}`;
  return `asked of ${grouped(antecedent)} of ${grouped(evaluated)} ${unit}`;
}
