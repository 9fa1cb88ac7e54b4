import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plansFor } from '../../application/check/mainSubjects.ts';
import { modelSubjects } from '../../application/check/plannedSubject.ts';
import { plainProject } from '../../application/project/project.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import { builtInModel } from '../../catalogue/models.ts';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const configFile = join(import.meta.dirname, 'fixtures', 'outbox', 'highwater.config.ts');
const quick = ['--runs', '20', '--max-steps', '20', '--jobs', '1', '-q', '--config', configFile];
const traces = temporaryFolder();

/** `check` of one model of the fixture. */
function check(model: string, ...argv: readonly string[]) {
  return run(['check', '--model', model, '--traces', traces, ...argv, ...quick]);
}

describe('check: what must happen at some time', () => {
  it('has a row in the table, and a sentence on what was looked at', async () => {
    const { code, stdout } = await check('outbox');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^property +every state +at random +every fair run$/m);
    expect(stdout).toMatch(/^orders are sent +- +- +holds *$/m);
    expect(stdout).toMatch(
      /every fair run: every fair run looked at: 72 distinct states, \d+ steps/,
    );
    expect(stdout).toContain('VERDICT: holds');
  });

  it('breaks the check where it never does, with the story', async () => {
    const { code, stdout } = await check('broken-outbox');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^orders are sent +- +- +violated *$/m);
    expect(stdout).toContain('Scope "every fair run":');
    expect(stdout).toContain('due since step 1, never reached: after step 2 nothing has to happen');
    expect(stdout).toContain('VERDICT: violated. Broken: orders are sent.');
  });

  it('is looked at in random runs where a scope is too large, which are no proof', async () => {
    const { code, stdout } = await check('large-outbox', '--property', 'orders-are-sent');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^orders are sent +nothing found *$/m);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'every fair run: more than 200,000 distinct states, so not every fair run: 20 random runs',
    );
    expect(stdout).toContain('VERDICT: nothing found');
  });

  it('is nothing where a model says nothing of it', async () => {
    const { code, stdout } = await check('silent-outbox');
    expect(code).toBe(0);
    expect(stdout).not.toContain('fair run');
  });

  it('is asked for by name alone', async () => {
    const { code, stdout } = await check(
      'broken-outbox',
      '--property',
      'orders-are-sent',
      '--json',
    );
    expect(code).toBe(1);
    const document: unknown = JSON.parse(stdout);
    const scopes = Object.values(Object(at(document, 'explorations')));
    expect(scopes.map(one => at(one, 'scope'))).toEqual(['every fair run']);
    expect(scopes[0]).toMatchObject({
      engine: 'exhaustive',
      verdict: 'violated',
      collisionProbability: null,
      seed: 1,
      settleSteps: 300,
      violations: [{ property: 'orders-are-sent', kind: 'leadsTo', steps: 2, shortest: true }],
      properties: [{ name: 'orders-are-sent', kind: 'leadsTo', verdict: 'violated' }],
    });
    const subjects = Object.values(Object(at(document, 'subjects')));
    expect(at(subjects[0], 'properties', 0)).toMatchObject({ verdict: 'violated' });
    const others = await check('broken-outbox', '--property', 'only-placed');
    expect(others.code).toBe(0);
    expect(others.stdout).not.toContain('fair run');
  });

  it('can be violated where something else is asked for as well, and is saved', async () => {
    const out = temporaryFolder();
    const { stdout } = await check('broken-outbox', '--json', '--out', out);
    const path = join(out, 'every-fair-run--broken-outbox--orders-are-sent.trace.json');
    expect(stdout).toContain(path);
    const replayed = await run(['replay', path, '--config', configFile]);
    expect(replayed.stdout).toContain('reproduced at step 2 of 2');
  });

  it('is inconclusive where a limit ends it', async () => {
    const limits = ['--time-limit', '1ms', '--property', 'orders-are-sent'];
    const { code, stdout } = await check('large-outbox', ...limits);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^orders are sent +not covered *$/m);
  });

  it('is dealt out among shards', async () => {
    const codes: number[] = [];
    const left: string[] = [];
    for (const shard of ['1/3', '2/3', '3/3']) {
      const { code, stdout } = await check('broken-outbox', '--shard', shard);
      codes.push(code);
      if (stdout.includes('every fair run: left to another shard')) left.push(shard);
    }
    expect(codes.toSorted()).toEqual([0, 0, 1]);
    expect(left).toHaveLength(2);
  });

  it('is a case of every report', async () => {
    const file = join(temporaryFolder(), 'junit.xml');
    const { stdout } = await check('broken-outbox', '--reporter', `junit=${file}`, '--json');
    expect(stdout).not.toBe('');
    const xml = readFileSync(file, 'utf8');
    expect(xml).toMatch(/<testcase classname="broken-outbox" name="orders-are-sent">/);
    expect(xml).toContain('due since step 1, never reached');
  });
});

describe('check of our models', () => {
  const options = {
    seed: 1,
    runs: 20,
    maxSteps: 20,
    jobs: 1,
    symmetry: true,
    limits: {},
  } as const;

  it('asks for every property of theirs in every fair run of some scope that it is about', () => {
    for (const { entry, scopes } of modelSubjects(plansFor(plainProject()), options)) {
      const ofFairRuns = scopes.filter(({ plan }) => plan.engine === 'liveness');
      const applicable = ofFairRuns.flatMap(({ asked }) => asked).filter(each => !each.note);
      const asked = applicable.map(({ name }) => name);
      const request = { config: {}, bounds: entry.largeScope, defects: [] };
      for (const { name } of entry.build(request).temporal) expect(asked).toContain(name);
    }
  });

  it('notices in a scope of its own that a defect keeps something from happening', async () => {
    const [subject] = modelSubjects(plansFor(plainProject()), options, ['replication']);
    const scope = subject?.scopes.find(({ plan }) => plan.name === 'crash heals');
    if (scope === undefined) throw new Error('expected a scope');
    const { task } = scope;
    expect((await runTask(task, plainProject())).result.verdict).toBe('holds');
    const defect = builtInModel('replication').defects.find(
      ({ name }) => name === 'no-election-on-unfencing',
    );
    const { config = {} } = defect ?? {};
    const request = { ...task.request, config, defects: ['no-election-on-unfencing'] };
    const broken = await runTask({ ...task, request }, plainProject());
    expect(broken.result.violations.map(({ property }) => property)).toContain(
      'partition-gets-leader',
    );
    expect(broken.traces[0]?.loop).toBeDefined();
  });
});
