import type { SweepPoint, SweptTimer } from '../../application/time/sweep.ts';
import type { MeasuredTime } from '../../application/time/timeTask.ts';
import { grouped } from '../../checker/results/numbers.ts';
import { proportionInterval } from '../../checker/timed/statistics.ts';
import { wrap } from '../../checker/trace/renderParts.ts';
import type { Timer } from '../../models/description/timing.ts';
import { renderTable } from '../output/table.ts';
import { timeJson } from './timeJson.ts';
import { ms, settingLines, timerText } from './timeText.ts';

/** What was measured for each choice of timers, for the terminal: a table for each thing that is awaited. */
export function sweepText(
  points: readonly SweepPoint[],
  swept: readonly SweptTimer[],
  width: number,
): string[] {
  const [first] = points;
  if (first === undefined) return [];
  const { task, fault, measured } = first.outcome;
  const names = swept.map(({ name }) => name);
  const made = `${grouped(task.runs)} timed runs of each choice with seed ${task.seed}`;
  return [
    ...wrap(`${task.model}: ${fault}. ${made}.`, width),
    ...settingLines(first.outcome, width, names),
    ...measured.flatMap(({ name, text }) => [
      '',
      ...wrap(`${name}: ${text}`, width),
      ...renderTable(
        { columns: columnsFor(names), rows: points.map(point => rowOf(point, names, name)) },
        { width },
      ),
    ]),
    '',
    ...wrap(
      'Virtual milliseconds after the fault; the mean is within ±, and the share within the interval, in 95 of 100 ' +
        'such measurements. The draws are the same for every choice. No proof, and no measurement of a machine.',
      width,
    ),
  ];
}

/** The same for programs. */
export function sweepJson(points: readonly SweepPoint[], swept: readonly SweptTimer[]) {
  return {
    swept: swept.map(({ name, values }) => ({ name, values: values.map(timerText) })),
    points: points.map(({ outcome }) => timeJson(outcome)),
  };
}

function columnsFor(names: readonly string[]) {
  const titles = [...names, '% of runs', 'within', 'mean', 'p99', 'max'];
  return titles.map(title => ({ title, align: 'right' as const }));
}

function rowOf({ values, outcome }: SweepPoint, names: readonly string[], awaited: string) {
  const found = outcome.measured.find(({ name }) => name === awaited);
  const chosen = names.map(name => timerText(values[name] as Timer));
  return [...chosen, ...figuresOf(found)];
}

function figuresOf(found: MeasuredTime | undefined): string[] {
  const { lengths = [], summary } = found ?? {};
  const { n = 0 } = summary ?? {};
  const [low, high] = proportionInterval(n, lengths.length).map(percent);
  const reached = [percent(n / lengths.length), n === lengths.length ? '' : `${low}..${high}`];
  if (summary === undefined) return [...reached, '', '', ''];
  const { mean, meanInterval, p99, max } = summary;
  return [...reached, `${ms(mean)} ±${ms(meanInterval[1] - mean)}`, ms(p99), ms(max)];
}

function percent(share: number): string {
  return (100 * share).toFixed(share < 0.1 ? 2 : 1);
}
