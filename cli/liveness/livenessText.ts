import { coverageText } from '../../checker/explore/coverageText.ts';
import { counted, grouped } from '../../checker/explore/numbers.ts';
import type { LivenessResult, TemporalReport } from '../../checker/liveness/livenessResult.ts';
import { assignments, boundsLine, wrap } from '../../checker/trace/renderParts.ts';
import { columns } from '../output/columns.ts';
import { type TextLayout, verdictStyles } from '../output/explorationText.ts';
import { duration } from '../output/numbers.ts';
import type { LivenessOutcome, LivenessTask } from './livenessTask.ts';
import { buildLiveness } from './runLiveness.ts';

/** What is searched: the model with its settings, bounds and defects. */
export function describeLivenessTask(task: LivenessTask, { width, style }: TextLayout): string[] {
  const { model } = buildLiveness(task);
  const settings = Object.entries(model.config).map(([name, value]) => [name, String(value)]);
  const parts = [
    ['settings', assignments(Object.fromEntries(settings))],
    ['bounds', boundsLine(model.bounds)],
    ...(model.defects.length === 0 ? [] : [['defects', model.defects.join(', ')]]),
    ['search', searchText(task)],
  ];
  return [
    style('bold', task.model),
    ...parts.flatMap(([label = '', text = '']) =>
      wrap(text, width - 12).map(
        (line, index) => `  ${(index === 0 ? label : '').padEnd(10)}${line}`,
      ),
    ),
  ];
}

function searchText({ engine }: LivenessTask): string {
  if (engine.kind === 'exhaustive') return 'every fair run; fairness is weak, per action';
  const { seed, runs, maxSteps, settleSteps } = engine;
  return (
    `seed ${seed}, ${counted(runs, 'random run')} of up to ${counted(maxSteps, 'step')}, ` +
    `then up to ${grouped(settleSteps)} without faults`
  );
}

/** The properties, what was searched, and what never happened there. */
export function describeLiveness(outcome: LivenessOutcome, layout: TextLayout): string[] {
  const { result } = outcome;
  const { verdict, engine } = result;
  const isRandom = verdict === 'inconclusive' && engine === 'simulate';
  const reason = isRandom ? ' (random runs prove nothing)' : reasonText(result);
  return [
    ...propertyLines(result, layout),
    '',
    ...wrap(endText(outcome), layout.width),
    ...wrap(coverageText(result.coverage), layout.width),
    `verdict: ${layout.style(verdictStyles[verdict], verdict)}${reason}`,
  ];
}

/** What a vacuous verdict needs said with it. */
function reasonText({ verdict, properties }: LivenessResult): string {
  if (verdict !== 'vacuous') return '';
  const names = (isOne: (report: TemporalReport) => boolean): string =>
    properties
      .filter(report => report.verdict === 'vacuous' && isOne(report))
      .map(({ name }) => name)
      .join(', ');
  const never = names(({ obligations }) => obligations === 0);
  const cut = names(({ obligations }) => obligations > 0);
  if (never === '' && cut === '') return ' (no property says anything here)';
  return [
    ...(never === '' ? [] : [` (never due: ${never})`]),
    ...(cut === '' ? [] : [` (never reached within these bounds: ${cut})`]),
  ].join('');
}

function propertyLines(
  { engine, properties: reports }: LivenessResult,
  { style }: TextLayout,
): string[] {
  const unit = engine === 'simulate' ? 'runs' : 'states';
  const rows = reports.map(report => [`  ${report.verdict}`, report.name, evidence(report, unit)]);
  return columns(rows, (cell, column, row) => {
    const report = reports[row];
    if (report === undefined || column === 1) return cell;
    return style(column === 0 ? verdictStyles[report.verdict] : 'dim', cell);
  });
}

/** Where something was due, and how often the bounds of the scope were in the way of it. */
function evidence(
  { verdict, evaluated, note, ...report }: TemporalReport,
  unit: 'states' | 'runs',
): string {
  if (verdict === 'not applicable') return note ?? '';
  const { obligations, cutOff } = report;
  const due = `due in ${grouped(obligations)} of ${grouped(evaluated)} ${unit}`;
  return cutOff === 0 ? due : `${due} (${grouped(cutOff)} cut off by bounds)`;
}

function endText({ result, seconds }: LivenessOutcome): string {
  const { engine, stopped, distinctStates, steps, depth, runs = 0, violations } = result;
  if (engine === 'simulate') {
    const extent = `${counted(runs, 'random run')}, ${counted(steps, 'step')}, in ${duration(seconds)}`;
    if (violations.length > 0) return `stopped after a violation: ${extent}.`;
    const nothing = `found nothing (not a proof): ${extent}.`;
    return stopped === 'run limit' ? nothing : `stopped by the ${endedBy(stopped)}: ${nothing}`;
  }
  const extent =
    `${counted(distinctStates, 'state')}, ${counted(steps, 'step')} between them, ` +
    `depth ${depth}, in ${duration(seconds)}`;
  if (stopped === undefined) return `explored completely: ${extent}.`;
  return `stopped by the ${endedBy(stopped)} after ${extent}; what lies beyond was not looked at.`;
}

function endedBy(stopped: string | undefined): string {
  return stopped === 'interrupted' || stopped === undefined ? 'user' : stopped;
}
