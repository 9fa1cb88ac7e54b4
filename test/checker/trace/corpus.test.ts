import { describe, expect, it } from 'vitest';
import { specificationOf } from '../../../application/tasks/replayTrace.ts';
import { builtInModels } from '../../../catalogue/models.ts';
import { withCommentary } from '../../../checker/explain/commentary.ts';
import { renderItf } from '../../../checker/trace/renderItf.ts';
import { renderMermaid } from '../../../checker/trace/renderMermaid.ts';
import { renderText } from '../../../checker/trace/renderText.ts';
import { statesOf } from '../../../checker/trace/statesOf.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { everyFew } from '../../long.ts';
import { traceAt, tracesIn } from './corpusFiles.ts';
import { readItf, valueOfItf } from './itf.ts';

const corpus = tracesIn('traces');
const all = [...everyFew(corpus, 2), ...everyFew(tracesIn('traces/guarantees'), 8)];

/** What is never cut: it is there to be copied. */
const uncut = /^(page|file|replay) {4,}\S/;

function expectReadable(trace: TraceFile, file: string): void {
  const lines = renderText(trace, {
    command: { label: 'replay', text: `npx highwater replay ${file}` },
    file,
    page: `npx highwater show ${file} --format html`,
  }).split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
  for (const line of lines.filter(each => !uncut.test(each))) {
    expect(line.length).toBeLessThanOrEqual(80);
  }
  const rows = lines.filter(line => /^ +\d+ .*[●✗▶◀]/.test(line));
  const [, missing = '0'] = /\.\.\. (\d+) steps not shown/.exec(lines.join('\n')) ?? [];
  expect(rows.length + Number(missing)).toBe(trace.steps.length);
  expect(rows.length).toBeLessThanOrEqual(25);
  const isCut = lines.some(line => / more (fields|sentences)$|steps not shown|\.\.\.$/.test(line));
  if (missing !== '0') expect(isCut && lines.some(line => line.startsWith('page '))).toBe(true);
  expect(lines.at(-1)).toBe(`replay    npx highwater replay ${file}`);
}

describe('the report of every trace of the corpus fits its limits', () => {
  it.each(all)('%s', path => {
    expectReadable(traceAt(path), path);
  });

  it.each(everyFew(corpus, 8))('%s, with a commentary', path => {
    const trace = traceAt(path);
    const commented = withCommentary(specificationOf(trace.model, builtInModels), trace, {
      maxStates: 200,
    });
    expect(commented.commentary).toBeDefined();
    expectReadable(commented, path);
  });
});

describe('the diagram of every trace of the corpus fits its limits', () => {
  it.each(all)('%s', path => {
    const text = renderMermaid(traceAt(path));
    expect(text.length).toBeLessThan(10_000);
    expect(text.match(/^ {2}participant /gm)?.length).toBeLessThanOrEqual(9);
    expect(text.match(/: \d+ /g)?.length).toBeLessThanOrEqual(25);
  });
});

describe('every trace of the corpus in the Informal Trace Format', () => {
  it.each(everyFew(corpus, 3))('is valid and reads back: %s', path => {
    const trace = traceAt(path);
    const { states } = readItf(renderItf(trace));
    const steps = states.map(({ 'mbt::actionTaken': action }) => action);
    expect(steps).toEqual(['init', ...trace.steps.map(({ action }) => action)]);
    const read = states.map(({ 'mbt::actionTaken': _, 'mbt::nondetPicks': __, ...state }) =>
      valueOfItf(state),
    );
    expect(read).toEqual(statesOf(trace));
  });
});
