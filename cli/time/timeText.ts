import type { ToldStep } from '../../application/time/timedStory.ts';
import type { MeasuredTime, TimeOutcome } from '../../application/time/timeTask.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { durationText } from '../../checker/timed/durationText.ts';
import { wrap } from '../../checker/trace/renderParts.ts';
import type { Timer } from '../../models/description/timing.ts';
import { renderTable } from '../output/table.ts';
import { histogram } from './histogram.ts';

/** What was measured, for the terminal. */
export function timeText(outcome: TimeOutcome, width: number): string[] {
  const { task, fault, runs, passedOver, measured } = outcome;
  const others = passedOver === 0 ? '' : `, of which ${grouped(passedOver)} are not asked about`;
  const made = `${counted(runs, 'timed run')} with seed ${task.seed}${others}`;
  return [
    ...wrap(`${task.model}: ${fault}. ${made}.`, width),
    ...settingLines(outcome, width),
    '',
    ...renderTable({ columns: columnsOfTable, rows: measured.map(rowOf) }, { width }),
    ...measured.flatMap(each => formulaLines(each, width)),
    ...shapeOf(measured, width),
    '',
    ...wrap(
      'Virtual milliseconds after the fault; the mean is within ± in 95 of 100 such measurements. Measured in a ' +
        'model, by these timers: no proof, and no measurement of a machine.',
      width,
    ),
  ];
}

/** Settings and timers in words, but for timers that are told elsewhere. */
export function settingLines(
  { task, timers }: TimeOutcome,
  width: number,
  apart: readonly string[] = [],
): string[] {
  // What is off or empty needs no word.
  const set = Object.entries(task.config)
    .filter(([, value]) => value !== false && String(value) !== '')
    .map(([name, value]) => `${name} ${String(value)}`);
  const told = timers
    .filter(({ name }) => !apart.includes(name))
    .map(({ name, value }) => `${name} ${timerText(value)}`);
  return [
    ...(set.length === 0 ? [] : wrap(`${set.join(', ')}.`, width)),
    ...wrap(`${told.join(', ')}.`, width),
  ];
}

/** A timer as `--timer` takes it. */
export function timerText(value: Timer): string {
  return typeof value === 'number' ? String(value) : durationText(value);
}

const columnsOfTable = [
  { title: 'until', keepsWidth: true },
  ...['n', 'min', 'mean', 'p50', 'p90', 'p99', 'max'].map(title => ({
    title,
    align: 'right' as const,
  })),
] as const;

function rowOf({ name, lengths, summary }: MeasuredTime): string[] {
  if (summary === undefined) return [name, `0 of ${lengths.length}`];
  const { n, missing, min, p90, max } = summary;
  const count = missing === 0 ? grouped(n) : `${grouped(n)} of ${grouped(n + missing)}`;
  const { mean, meanInterval, p50, p99 } = summary;
  const within = `${ms(mean)} ±${ms(meanInterval[1] - mean)}`;
  return [name, count, ms(min), within, ms(p50), ms(p90), ms(p99), ms(max)];
}

function formulaLines({ name, summary, expected }: MeasuredTime, width: number): string[] {
  if (expected === undefined || summary === undefined) return [];
  const { formula, mean, min, max } = expected;
  const says = [
    ...(min === undefined ? [] : [`min ${ms(min)}`]),
    ...(mean === undefined ? [] : [`mean ${ms(mean)}`]),
    ...(max === undefined ? [] : [`max ${ms(max)}`]),
  ];
  return ['', ...wrap(`${name} by formula: ${formula}: ${says.join(', ')}.`, width)];
}

/** The distribution of the last thing that is awaited: what the fault costs in the end. */
function shapeOf(measured: readonly MeasuredTime[], width: number): string[] {
  const last = measured.at(-1);
  const lengths = last?.lengths.filter(length => length !== undefined) ?? [];
  if (last === undefined || lengths.length < 20) return [];
  return ['', `${last.name}: ${last.text}`, ...histogram(lengths, Math.min(width, 80))];
}

/** One run, from the fault on. */
export function storyText(steps: readonly ToldStep[], number: number, width: number): string[] {
  return [
    '',
    `Run ${number}, from the fault on, in virtual milliseconds:`,
    ...steps.flatMap(({ at, words }) => {
      const [first = '', ...rest] = wrap(words, width - 12);
      return [`${ms(at).padStart(9)}  ${first}`, ...rest.map(line => `           ${line}`)];
    }),
  ];
}

/** Whole milliseconds from 100 on, tenths below. */
export function ms(value: number): string {
  return value >= 100 ? grouped(Math.round(value)) : value.toFixed(1);
}
