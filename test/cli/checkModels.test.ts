import { describe, expect, it } from 'vitest';
import { plansFor } from '../../application/check/mainSubjects.ts';
import { modelSubjects } from '../../application/check/plannedSubject.ts';
import type { PlannedSubject, Subject } from '../../application/check/subject.ts';
import { Commentary } from '../../application/commentary.ts';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { builtInModel, builtInModels } from '../../catalogue/models.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { plain } from '../../checker/trace/renderStyle.ts';
import { type CheckReport, checkJson } from '../../cli/check/checkJson.ts';
import { checkText } from '../../cli/check/checkText.ts';
import { type CheckOptions, requestIn } from '../../cli/check/options.ts';
import { temporaryFolder } from './folder.ts';
import { lockSubject } from './lockEntry.ts';
import { at, run } from './runInProcess.ts';

const none = temporaryFolder();

/** What is explored of two models, one of which is in no builtInModels. */
function planned(options: Partial<CheckOptions>): PlannedSubject[] {
  const all = { color: false, symmetry: true, jobs: 1, seed: 1, runs: 1, maxSteps: 1, ...options };
  const { subjects } = plansFor(plainProject([builtInModel('replication')]));
  const plans = { subjects: [...subjects, lockSubject], models: ['replication', 'lock'] };
  return modelSubjects(plans, requestIn(all), all.model);
}

function modelsOf(subjects: readonly PlannedSubject[]): string[] {
  return subjects.map(({ entry }) => entry.name);
}

/** The bounds of the first scope of each subject. */
function boundsOf(subjects: readonly PlannedSubject[]): unknown[] {
  return subjects.map(({ scopes }) => scopes[0]?.task.request.bounds);
}

describe('the subjects of several models', () => {
  it('are one for each model, whose scopes name it', () => {
    const subjects = planned({});
    expect(modelsOf(subjects)).toEqual(['replication', 'lock']);
    for (const { entry, scopes } of subjects) {
      for (const scope of scopes) {
        expect([scope.entry, scope.task.model]).toEqual([entry, entry.name]);
      }
    }
  });

  it('are in the builtInModels, each model once', () => {
    const names = plansFor(plainProject()).models;
    expect(builtInModels.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
    expect(new Set(names).size).toBe(names.length);
  });

  it('are only those of the models that are asked for', () => {
    expect(modelsOf(planned({ model: ['lock'] }))).toEqual(['lock']);
    expect(modelsOf(planned({ model: ['lock', 'replication'] }))).toEqual(['replication', 'lock']);
  });

  it('take a bound that both have, and leave one that only another has', () => {
    const both = planned({ bound: [{ name: 'records', value: '5' }] });
    expect(boundsOf(both)).toMatchObject([{ records: 5 }, { records: 5, expiries: 1 }]);
    const one = planned({ bound: [{ name: 'expiries', value: '3' }] });
    expect(boundsOf(one)).toMatchObject([{ records: 2, crashes: 1 }, { expiries: 3 }]);
    expect(boundsOf(one)[0]).not.toHaveProperty('expiries');
  });

  it('are only of models that have one of the properties, questions among them', () => {
    const lock = planned({ property: ['held-by-few'] });
    expect(modelsOf(lock)).toEqual(['lock']);
    expect(lock[0]?.scopes.map(({ task }) => task.properties)).toEqual([
      ['held-by-few'],
      ['held-by-few'],
    ]);
    const both = planned({ property: ['one-leader-per-epoch', 'handed-over'] });
    expect(both.map(({ scopes }) => scopes[0]?.task.properties)).toEqual([
      ['one-leader-per-epoch'],
      ['handed-over'],
    ]);
  });

  it.each<[Partial<CheckOptions>, string]>([
    [{ model: ['lok'] }, 'unknown model "lok" (did you mean "lock"?)'],
    [{ bound: [{ name: 'expires', value: '1' }] }, 'did you mean "expiries"?'],
    [{ bound: [{ name: 'expiries', value: 'x' }] }, '--bound expiries: expected a whole number'],
    [
      { model: ['replication'], bound: [{ name: 'expiries', value: '1' }] },
      'unknown bound "expiries"',
    ],
    [{ property: ['held-by-few', 'held-by-all'] }, 'did you mean "held-by-few"?'],
    [{ model: ['lock'], property: ['one-leader-per-epoch'] }, 'unknown property'],
  ])('refuse %j', (options, message) => {
    expect(() => planned(options)).toThrow(UsageError);
    expect(() => planned(options)).toThrow(message);
  });
});

describe('the report on several models', () => {
  const broken = { name: 'p-q', kind: 'invariant', verdict: 'violated', antecedent: 1 } as const;
  const subjects = ['replication', 'other'].map(
    (model): Subject => ({
      entry: { ...builtInModel('replication'), name: model },
      title: model,
      topics: [],
      notes: [],
      scopes: [],
      properties: [broken],
    }),
  );
  const report: CheckReport = {
    seed: 1,
    seconds: 1,
    corpus: [],
    clients: [],
    subjects,
    saved: new Map(),
    verdict: 'violated',
    exitCode: 1,
  };
  const options = {
    width: 80,
    style: plain,
    argv: [],
    commentary: new Commentary(builtInModels),
    corpusFolder: 'traces',
    isFull: true,
    explain: [],
  };

  it('names the model of each subject in the JSON document', () => {
    const models = [0, 1].map(index => at(checkJson(report), 'subjects', index, 'model'));
    expect(models).toEqual(['replication', 'other']);
  });

  it('says of which model a property is broken', () => {
    const twice = {
      ...report,
      subjects: subjects.map(each => ({ ...each, entry: builtInModel('replication') })),
    };
    expect(checkText(twice, options)).toContain('Broken: p q (replication); p q (replication).');
    const once = { ...report, subjects: twice.subjects.slice(0, 1) };
    expect(checkText(once, options)).toContain('Broken: p q.');
  });

  it('ends with a larger scope of each model that was explored', () => {
    const one = { ...report, subjects: subjects.slice(0, 1) };
    expect(checkText(one, options)).toContain('-- explore replication --bound records=3\n');
  });
});

describe('check --model', () => {
  it('checks that model, and says which it is', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const argv = ['check', '--model', 'replication', '--json', '--traces', none];
    const { stdout } = await run(argv, { interrupt });
    expect(at(JSON.parse(stdout), 'subjects')).toMatchObject([{ model: 'replication' }]);
  });

  it.each([
    [['--model', 'replicaton'], 'did you mean "replication"?'],
    [['--model', 'replication', 'some.properties'], '--model belongs to check without files'],
    [['--model', 'replication', '--matrix'], '--model belongs to check without --matrix'],
  ])('ends with 2 for %j', async (argv, message) => {
    const { code, stderr } = await run(['check', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
