import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attemptOfSearch, outcomeOf } from '../../application/defects/defectOutcome.ts';
import { defectPlans } from '../../application/defects/defectPlan.ts';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import { builtInModel } from '../../catalogue/models.ts';
import { temporaryFolder } from './folder.ts';
import { at, run, withoutSeconds } from './runInProcess.ts';

const folder = temporaryFolder();
const quick = ['reads-to-log-end', 'leader-epoch-not-bumped', 'acknowledged-before-replication'];

describe('defects', () => {
  it('ends with 0 when every defect is caught', async () => {
    const { code, stdout } = await run(['defects', ...quick, '--jobs', '1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^3 of 3 defects caught: 3 by an exhaustive search$/m);
    expect(stdout).toContain('caught by reads-below-high-watermark, in an exhaustive search');
  });

  it('gives the same document whatever the number of jobs is', async () => {
    const [one, two] = await Promise.all(
      ['1', '2'].map(jobs => run(['defects', ...quick, '--json', '--jobs', jobs])),
    );
    expect(one?.code).toBe(0);
    expect(withoutSeconds(two?.stdout ?? '')).toBe(withoutSeconds(one?.stdout ?? ''));
  });

  it('prints every defect in JSON, in the order of the catalogue', async () => {
    const { stdout } = await run(['defects', ...quick, '--json', '--jobs', '1']);
    const document: unknown = JSON.parse(stdout);
    expect(at(document, 'schemaVersion')).toBe(1);
    const order = builtInModel('replication').defects.map(({ name }) => name);
    const names = Object.values(Object(at(document, 'defects'))).map(defect => at(defect, 'name'));
    expect(names).toEqual(order.filter(name => quick.includes(name)));
    expect(at(document, 'defects', 0)).toMatchObject({
      model: 'replication',
      asExpected: true,
      verdict: 'caught',
      foundBy: 'exhaustive search',
      caughtBy: 'acknowledged-records-survive',
      stuck: null,
      engine: 'exhaustive',
      steps: 3,
      shortest: true,
      trace: { format: 'highwater-trace' },
    });
  });

  it('saves each trace under the names of the defect and the property', async () => {
    const out = join(folder, 'out');
    await run(['defects', 'reads-to-log-end', '--jobs', '1', '--out', out]);
    expect(readdirSync(out)).toEqual(['reads-to-log-end--reads-below-high-watermark.trace.json']);
  });

  it('ends with 3 when a limit ends a search', async () => {
    const argv = ['defects', 'truncates-to-high-watermark', '--jobs', '1', '--max-states', '100'];
    const { code, stdout } = await run(argv);
    expect(code).toBe(3);
    expect(stdout).toContain('inconclusive  truncates-to-high-watermark');
  });

  it('ends with 130 and says which defects were not looked at', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const { code, stdout } = await run(['defects', ...quick, '--jobs', '1'], { interrupt });
    expect(code).toBe(130);
    expect(stdout).toMatch(/^0 of 3 defects caught$/m);
  });

  it('says "not caught" of a defect that its property lets pass', async () => {
    const [plan] = defectPlans([builtInModel('replication')], ['reads-to-log-end'], {});
    if (plan?.way.foundBy !== 'exhaustive search') throw new Error('no such search');
    const { task } = plan.way;
    const harmless = { ...task, request: { ...task.request, defects: [] } };
    const attempt = attemptOfSearch(await runTask(harmless, plainProject()));
    expect(outcomeOf(plan, { attempt }).verdict).toBe('not caught');
  });
});
