import type { LivenessOutcome, LivenessTask } from '../../application/liveness/livenessTask.ts';
import type { LivenessResult, TemporalReport } from '../../checker/liveness/livenessResult.ts';
import { coverageText } from '../../checker/results/coverageText.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { endedBy, randomRunsText } from '../../checker/results/resultText.ts';
import { assignments, boundsLine, wrap } from '../../checker/trace/renderParts.ts';
import { verdictStyles } from '../exploration/explorationText.ts';
import { columns } from '../output/columns.ts';
import { duration } from '../output/numbers.ts';
import type { TextLayout } from '../output/style.ts';

/** What is searched: the model with its settings, bounds and defects. */
export function describeLivenessTask(
  outcome: LivenessOutcome,
  { width, style }: TextLayout,
): string[] {
  return [
    style('bold', outcome.model.name),
    ...livenessParts(outcome).flatMap(({ label, text }) =>
      wrap(text, width - 12).map(
        (line, index) => `  ${(index === 0 ? label : '').padEnd(10)}${line}`,
      ),
    ),
  ];
}

/** The same without layout. */
export function livenessParts({
  task,
  model,
}: LivenessOutcome): readonly { readonly label: string; readonly text: string }[] {
  const settings = Object.entries(model.config).map(([name, value]) => [name, String(value)]);
  return [
    { label: 'settings', text: assignments(Object.fromEntries(settings)) },
    { label: 'bounds', text: boundsLine(model.bounds) },
    ...(model.defects.length === 0 ? [] : [{ label: 'defects', text: model.defects.join(', ') }]),
    { label: 'search', text: searchText(task) },
  ];
}

function searchText({ engine }: LivenessTask): string {
  if (engine.kind === 'exhaustive') return 'every fair run; fairness is per action';
  const { seed, runs, maxSteps, settleSteps } = engine;
  return (
    `seed ${seed}, ${counted(runs, 'random run')} of up to ${counted(maxSteps, 'step')}, ` +
    `then up to ${grouped(settleSteps)} without faults`
  );
}

/** The properties, what was searched, and what never happened there. */
export function describeLiveness(outcome: LivenessOutcome, layout: TextLayout): string[] {
  const { result } = outcome;
  const { verdict } = result;
  const reason = verdictReason(result);
  return [
    ...propertyLines(result, layout),
    '',
    ...wrap(endText(outcome), layout.width),
    ...heldBackText(result).flatMap(text => wrap(text, layout.width)),
    ...wrap(coverageText(result.coverage), layout.width),
    `verdict: ${layout.style(verdictStyles[verdict], verdict)}${reason === undefined ? '' : ` (${reason})`}`,
  ];
}

/** Which actions were taken at their word that only a bound holds them back: what waits for them breaks nothing. */
function heldBackText({ heldBack, properties }: LivenessResult): string[] {
  if (heldBack.length === 0 || properties.every(({ cutOff }) => cutOff === 0)) return [];
  const names = heldBack.join(', ');
  return [
    `Held back by a bound, by their own word, so that no run breaks anything by waiting for them: ${names}.`,
  ];
}

/** What must be said with a verdict so that it is not taken for more than it is. */
export function verdictReason(result: LivenessResult): string | undefined {
  switch (result.verdict) {
    case 'nothing found':
      return 'random runs prove nothing';
    case 'vacuous':
      return vacuousText(result);
    case 'inconclusive':
      return result.stopped === undefined ? undefined : endedBy(result.stopped);
    default:
      return undefined;
  }
}

function vacuousText({ properties }: LivenessResult): string {
  const names = (isOne: (report: TemporalReport) => boolean): string =>
    properties
      .filter(report => report.verdict === 'vacuous' && isOne(report))
      .map(({ name }) => name)
      .join(', ');
  const never = names(({ obligations }) => obligations === 0);
  const cut = names(({ obligations }) => obligations > 0);
  if (never === '' && cut === '') return 'no property says anything here';
  return [
    ...(never === '' ? [] : [`never due: ${never}`]),
    ...(cut === '' ? [] : [`never reached within these bounds: ${cut}`]),
  ].join('; ');
}

function propertyLines(
  { engine, properties: reports }: LivenessResult,
  { style }: TextLayout,
): string[] {
  const rows = reports.map(report => [
    `  ${report.verdict}`,
    report.name,
    evidence(report, engine),
  ]);
  return columns(rows, (cell, column, row) => {
    const report = reports[row];
    if (report === undefined || column === 1) return cell;
    return style(column === 0 ? verdictStyles[report.verdict] : 'dim', cell);
  });
}

/** Where something was due, and how often the bounds of the scope were in the way of it. */
export function evidence(
  { verdict, evaluated, note, ...report }: TemporalReport,
  engine: LivenessResult['engine'],
): string {
  if (verdict === 'not applicable') return note ?? '';
  const { obligations, cutOff } = report;
  const unit = engine === 'simulate' ? 'runs' : 'states';
  const due = `due in ${grouped(obligations)} of ${grouped(evaluated)} ${unit}`;
  return cutOff === 0 ? due : `${due} (${grouped(cutOff)} cut off by bounds)`;
}

/** How far was looked, in a sentence. */
export function endText({ task, result, seconds }: LivenessOutcome): string {
  const { stopped, distinctStates, steps, depth } = result;
  if (task.engine.kind === 'simulate') {
    const runs = randomRunsText(result, [`seed ${task.engine.seed}`]);
    return `${runs}; ${counted(distinctStates, 'distinct state')}, in ${duration(seconds)}.`;
  }
  const extent =
    `${counted(distinctStates, 'state')}, ${counted(steps, 'step')} between them, ` +
    `depth ${depth}, in ${duration(seconds)}`;
  if (stopped === undefined) return `explored completely: ${extent}.`;
  const by = stopped === 'interrupted' ? 'user' : stopped;
  return `stopped by the ${by} after ${extent}; what lies beyond was not looked at.`;
}
