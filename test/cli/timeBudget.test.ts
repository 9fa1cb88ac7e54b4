import { afterEach, describe, expect, it, vi } from 'vitest';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { runTasks } from '../../application/tasks/pool.ts';
import type { Task } from '../../application/tasks/task.ts';
import { TimeBudget } from '../../application/tasks/timeBudget.ts';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import { quietScope } from '../../models/replication/config.ts';
import { boundFlags } from './boundFlags.ts';
import { defectSearch, defectTrace } from './defectTrace.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run, withoutSeconds } from './runInProcess.ts';

const source = plainProject();
let now = 0;

/** Time stands still but for what each look at the clock adds, in milliseconds. */
function stubClock(perLook = 0): void {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += perLook;
    return now;
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a time budget', () => {
  it('is used up when its time is over', () => {
    stubClock();
    const budget = new TimeBudget(1000);
    now = 400;
    expect([budget.left, budget.isUsedUp]).toEqual([600, false]);
    now = 1001;
    expect([budget.left, budget.isUsedUp]).toEqual([0, true]);
  });

  it('is endless where none is given', () => {
    expect(new TimeBudget(undefined).left).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('tasks within a time budget', () => {
  const task = defectSearch('reads-to-log-end');
  const tasks: Task[] = [task, { ...task }, { ...task }];
  const interrupt = new InterruptFlag();

  it('begin as long as some of it is left', async () => {
    stubClock();
    const onResult = (): void => {
      now += 600;
    };
    const budget = new TimeBudget(1000);
    const results = await runTasks(tasks, { source, jobs: 1, interrupt, budget, onResult });
    expect(results.map(each => each.task)).toEqual(tasks.slice(0, 2));
    expect(results.map(({ result }) => result.stopped)).toEqual([undefined, undefined]);
  });

  it('end with it', async () => {
    stubClock();
    const long = {
      ...task,
      request: { config: { brokers: 3 }, bounds: { crashes: 1 }, defects: [] },
    };
    const onProgress = (): void => {
      now += 600;
    };
    const budget = new TimeBudget(1000);
    const results = await runTasks([long, long], {
      source,
      jobs: 1,
      interrupt,
      budget,
      onProgress,
    });
    expect(results.map(({ result }) => result.stopped)).toEqual(['time limit']);
  });

  it('keep a limit of their own that is shorter', async () => {
    stubClock();
    const long = { ...task, limits: { milliseconds: 100 }, properties: ['one-leader-per-epoch'] };
    const onProgress = (): void => {
      now += 200;
    };
    const budget = new TimeBudget(100_000);
    const deep = {
      ...long,
      request: { config: { brokers: 3 }, bounds: { crashes: 1 }, defects: [] },
    };
    const [result] = await runTasks([deep], { source, jobs: 1, interrupt, budget, onProgress });
    expect(result?.result.stopped).toBe('time limit');
    expect(result?.task).toBe(deep);
  });

  it('are not begun by any thread when it is used up', async () => {
    stubClock(1000);
    const budget = new TimeBudget(1);
    expect(await runTasks(tasks, { source, jobs: 2, interrupt, budget })).toEqual([]);
  });
});

describe('check --budget', () => {
  const small = [
    ...['check', '--model', 'replication', '--jobs', '1', '-q'],
    ...boundFlags({ ...quietScope }),
    ...['--runs', '5', '--property', 'one-leader-per-epoch'],
  ];
  const traces = temporaryFolder();

  it('comes to the same twice where it suffices', async () => {
    const argv = [...small, '--traces', temporaryFolder(), '--budget', '1s', '--json'];
    stubClock();
    const first = await run(argv);
    stubClock();
    const second = await run(argv);
    expect(first.code).toBe(0);
    expect(withoutSeconds(second.stdout)).toBe(withoutSeconds(first.stdout));
    expect(at(JSON.parse(first.stdout), 'notExplored')).toEqual([]);
  });

  it('names what did not get its turn, the corpus included, and ends with 3', async () => {
    const path = fileIn(traces, 'a.trace.json', writeTrace(await defectTrace('reads-to-log-end')));
    stubClock(1000);
    const argv = [...small, '--traces', traces, '--budget', '500ms'];
    const { code, stdout } = await run(argv);
    expect(stdout).toContain(`${path}: NOT replayed: no time was left`);
    expect(stdout).toContain('no faults: NOT explored, the time budget was used up; 1 record');
    expect(stdout).toMatch(
      /VERDICT: inconclusive\. Nothing broke, but the time budget was used up before/,
    );
    expect(stdout).toMatch(/no\s+faults\s+\(replication\)/);
    expect(code).toBe(3);
    stubClock(1000);
    const document: unknown = JSON.parse((await run([...argv, '--json'])).stdout);
    expect(document).toMatchObject({ verdict: 'inconclusive', exitCode: 3, notReplayed: [path] });
    expect(at(document, 'notExplored', 0, 'because')).toBe('time budget');
    expect(at(document, 'subjects', 0, 'properties', 0)).toMatchObject({
      name: 'one-leader-per-epoch',
      verdict: 'inconclusive',
    });
  });
});
