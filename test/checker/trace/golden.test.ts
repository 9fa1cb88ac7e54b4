import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Commentary } from '../../../application/commentary.ts';
import { builtInModels } from '../../../catalogue/models.ts';
import { readTrace } from '../../../checker/trace/readTrace.ts';
import { renderItf } from '../../../checker/trace/renderItf.ts';
import { renderMermaid } from '../../../checker/trace/renderMermaid.ts';
import { renderText } from '../../../checker/trace/renderText.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { commentedTrace } from './commentedTrace.ts';

/*
 * What the renderers write, to the letter. After an intended change
 * `npx vitest run test/checker/trace/golden.test.ts --update` writes it anew: read the difference.
 */

function read(file: string): TraceFile {
  const path = new URL(`../../../traces/${file}.trace.json`, import.meta.url);
  return readTrace(file, readFileSync(path, 'utf8'));
}

function withoutCommentary(trace: TraceFile): TraceFile {
  const { commentary: _, ...rest } = trace;
  return rest;
}

function reported(trace: TraceFile, name: string, width: number): string {
  const file = `traces/${name}.trace.json`;
  const text = renderText(trace, {
    command: { label: 'replay', text: `highwater replay ${file}` },
    file,
    page: `highwater show ${file} --format html`,
    width,
  });
  return `${text}\n`;
}

function commented(file: string): () => TraceFile {
  return () => new Commentary(builtInModels).on(read(file));
}

/** Each is something else: few lanes, messages that go astray, and more steps than there is room for. */
const shown: readonly (readonly [string, () => TraceFile])[] = [
  ['elevator', commentedTrace],
  [
    'truncates-to-high-watermark',
    commented('truncates-to-high-watermark--acknowledged-records-survive'),
  ],
  ['repeated-vote-counted', commented('repeated-vote-counted--one-leader-per-epoch')],
  [
    'consumers-read-the-same',
    commented('guarantees/3.9-zookeeper-minisr2-power-lag--consumers-read-the-same'),
  ],
];

describe.each(shown)('%s, to the letter', (name, make) => {
  let made: TraceFile | undefined;
  const trace = (): TraceFile => {
    made ??= make();
    return made;
  };

  it.each([40, 80, 100])('as text in %i columns', async width => {
    const text = reported(trace(), name, width);
    await expect(text).toMatchFileSnapshot(`golden/${name}.${width}.txt`);
  });

  it('as text without a commentary', async () => {
    const text = reported(withoutCommentary(trace()), name, 80);
    await expect(text).toMatchFileSnapshot(`golden/${name}.plain.txt`);
  });

  it('as a Mermaid diagram', async () => {
    await expect(renderMermaid(trace())).toMatchFileSnapshot(`golden/${name}.mmd`);
  });
});

describe('the Informal Trace Format, to the letter', () => {
  it('of the elevator', async () => {
    await expect(renderItf(commentedTrace())).toMatchFileSnapshot('golden/elevator.itf');
  });

  it('of a trace of the corpus', async () => {
    const trace = read('cleaned-beyond-snapshot--snapshot-fits-log');
    await expect(renderItf(trace)).toMatchFileSnapshot('golden/cleaned-beyond-snapshot.itf');
  });
});
