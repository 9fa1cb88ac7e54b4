import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { run } from './runInProcess.ts';

const stored = (name: string): string =>
  fileURLToPath(new URL(`../../traces/${name}.trace.json`, import.meta.url));
const unclean = stored('unclean-leader-election--acknowledged-records-survive');
const doubleVote = stored('double-vote--one-leader-per-epoch');

/** The traces in a page, as it has them. */
function embedded(page: string): { name: string; trace: TraceFile }[] {
  const [, data = ''] = /<script type="application\/json" id="traces">([^<]*)</.exec(page) ?? [];
  return JSON.parse(data);
}

describe('show', () => {
  it('explains a trace whose model is known', async () => {
    const { code, stdout } = await run(['show', unclean]);
    expect(code).toBe(0);
    expect(stdout).toContain('why       Without the fault of step 6 the remaining steps do not');
    expect(stdout).toContain('from step 6 on');
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  it('shows a trace of a model that is not known here from its file alone', async () => {
    const trace = readTraceFile(unclean);
    trace.model.name = 'elsewhere';
    const file = fileIn(temporaryFolder(), 'elsewhere.trace.json', writeTrace(trace));
    const { code, stdout } = await run(['show', file]);
    expect(code).toBe(0);
    expect(stdout).toContain(`elsewhere, version ${trace.model.version}`);
    expect(stdout).toContain('crash');
    expect(stdout).not.toContain('why  ');
    const page = await run(['show', file, '--format', 'html']);
    expect(embedded(page.stdout)[0]?.trace.commentary).toBeUndefined();
  });

  it('writes a page with the traces and their commentaries in it', async () => {
    const { code, stdout } = await run(['show', unclean, doubleVote, '--format', 'html']);
    expect(code).toBe(0);
    const traces = embedded(stdout);
    expect(traces.map(({ name }) => name)).toEqual([
      'unclean-leader-election--acknowledged-records-survive.trace.json',
      'double-vote--one-leader-per-epoch.trace.json',
    ]);
    expect(traces.map(({ trace }) => trace.commentary?.steps.length)).toEqual([8, 6]);
    expect(/<(?:script|link|img)[^>]*(?:src|href)="(?!data:)/.test(stdout)).toBe(false);
  });

  it('writes the Informal Trace Format, and the trace itself', async () => {
    const itf: unknown = JSON.parse((await run(['show', unclean, '--format', 'itf'])).stdout);
    expect(itf).toMatchObject({ '#meta': { format: 'ITF' } });
    const { stdout } = await run(['show', unclean, '--format', 'json']);
    expect(stdout).toBe(readFileSync(unclean, 'utf8'));
  });

  it('refuses several traces where only one can be shown, and formats that there are not', async () => {
    const several = await run(['show', unclean, doubleVote]);
    expect(several.code).toBe(2);
    expect(several.stderr).toContain('only --format html shows several');
    expect((await run(['show', unclean, '--format', 'pdf'])).code).toBe(2);
  });
});
