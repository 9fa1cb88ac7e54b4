import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectTraces } from '../../application/check/corpus.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { defectTrace } from './defectTrace.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { needlessFetch } from './needlessFetch.ts';
import { at, run } from './runInProcess.ts';

/** A story that takes a long search to prove that it is a shortest one. */
const DEEP = 'followers-kept-across-elections--logs-agree-below-high-watermark.trace.json';

const folder = temporaryFolder();
let path: string;
let long: TraceFile;

beforeAll(async () => {
  long = await defectTrace('reads-to-log-end');
  long.steps.unshift(needlessFetch(long));
  path = fileIn(folder, 'long.trace.json', writeTrace(long));
});

describe('shrink', () => {
  it('shows the short trace, and that there is no shorter one', async () => {
    const { code, stdout } = await run(['shrink', path]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain(`${path}: 3 steps before, 2 after`);
    expect(stdout).toContain('2 steps, the shortest possible in this scope');
    expect(stdout).toMatch(/save +npm run -s highwater -- shrink .* --out found/);
  });

  it('saves it under a new name each time it is another', async () => {
    const out = join(folder, 'out');
    const { stdout } = await run(['shrink', path, '--out', out, '--json']);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ outcome: 'reproduced', before: 3, after: 2, shortest: true });
    expect(readdirSync(out)).toHaveLength(1);
    fileIn(out, readdirSync(out)[0] ?? '', 'something else');
    const { code } = await run(['shrink', path, '--out', out]);
    expect(code).toBe(0);
    expect(readdirSync(out)).toHaveLength(2);
    expect((await run(['replay', String(at(report, 'saved'))])).code).toBe(2);
  });

  it('says why a trace is not proved shortest', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const deep = join(projectTraces, DEEP);
    const { code, stdout } = await run(['shrink', deep, '--json'], { interrupt });
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      shortest: false,
      unproved: expect.stringMatching(/interrupted\s+after\s+[\d,]+\s+states/),
      saved: null,
    });
  });

  it('exits 5 where the trace is not reproduced, and 2 where it is none', async () => {
    const other = structuredClone(long);
    other.model.defects = [];
    const { code, stdout } = await run([
      'shrink',
      fileIn(folder, 'other.trace.json', writeTrace(other)),
    ]);
    expect(code).toBe(5);
    expect(stdout).toContain('diverged at step 3 of 3');
    expect((await run(['shrink', join(folder, 'none')])).code).toBe(2);
    expect((await run(['shrink', path, '--out', path])).code).toBe(2);
  });
});
