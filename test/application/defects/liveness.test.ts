import { describe, expect, it } from 'vitest';
import { defectPlans } from '../../../application/defects/defectPlan.ts';
import { runDefects } from '../../../application/defects/runDefects.ts';
import { plainProject } from '../../../application/project/project.ts';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import type { DefectEntry } from '../../../catalogue/modelEntry.ts';
import { builtInModel } from '../../../catalogue/models.ts';
import { plain } from '../../../checker/trace/renderStyle.ts';
import { defectJson } from '../../../cli/defects/defectJson.ts';
import { defectLines } from '../../../cli/defects/defectText.ts';
import { type SavedDefect, saveDefects } from '../../../cli/defects/savedDefects.ts';
import { run } from '../../cli/runInProcess.ts';

const replication = builtInModel('replication');
const leaderless = defectNamed('no-election-on-unfencing');

function defectNamed(name: string): DefectEntry {
  const defect = replication.defects.find(each => each.name === name);
  if (defect === undefined) throw new Error(`no defect "${name}"`);
  return defect;
}

async function outcomesOf(
  defect: DefectEntry,
  { interrupt = new InterruptFlag(), states = 1_000_000 } = {},
): Promise<SavedDefect[]> {
  const project = plainProject([{ ...replication, defects: [defect] }]);
  const plans = defectPlans(project.models, [], { states });
  return saveDefects(await runDefects(plans, { project, jobs: 1, interrupt }), undefined);
}

function textOf(outcomes: readonly SavedDefect[]): string {
  return defectLines(outcomes, { width: 100, style: plain }).join('\n');
}

describe('a defect that only keeps something from ever happening', () => {
  it('is caught among the fair runs of its scope', async () => {
    const outcomes = await outcomesOf(leaderless);
    expect(outcomes.map(defectJson)).toMatchObject([
      {
        verdict: 'caught',
        asExpected: true,
        foundBy: 'search of every fair run',
        engine: 'exhaustive',
        steps: 5,
        distinctStates: 16,
        shortest: true,
        trace: { loop: { from: 5 }, property: { name: 'partition-gets-leader' } },
      },
    ]);
    const text = textOf(outcomes);
    expect(text).toContain('caught by partition-gets-leader, in a search of every fair run');
    expect(text).toContain('1 of 1 defect caught: 1 by a search of every fair run');
  });

  it('is caught in random runs that settle, where its entry says so', async () => {
    const outcomes = await outcomesOf({ ...leaderless, liveness: 'bounded' });
    expect(outcomes.map(defectJson)).toMatchObject([
      {
        verdict: 'caught',
        foundBy: 'series of runs that settle',
        engine: 'simulate',
        distinctStates: null,
        shortest: false,
        trace: { explored: { engine: 'simulate', seed: 1 } },
      },
    ]);
    expect(textOf(outcomes)).toContain('in a series of runs that settle');
  });

  it.each([
    ['exhaustive', 'holds in the whole scope: it lets this defect pass'],
    ['bounded', 'holds in every run: it lets this defect pass'],
  ] as const)('is not caught where its property holds: %s', async (liveness, words) => {
    const repeated = defectNamed('isr-change-not-repeated');
    const other = { ...repeated, caughtBy: 'producers-are-answered', liveness };
    const outcomes = await outcomesOf(other);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['not caught']);
    expect(textOf(outcomes)).toContain(words);
  });

  it('is inconclusive where a limit ends the search', async () => {
    const outcomes = await outcomesOf(leaderless, { states: 2 });
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['inconclusive']);
  });

  it('is not looked at after an interrupt', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const outcomes = await outcomesOf(leaderless, { interrupt });
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['interrupted']);
  });

  it('is nothing for random runs that do not settle', async () => {
    const { code, stderr } = await run(['defects', leaderless.name, '--random']);
    expect(code).toBe(2);
    expect(stderr).toContain('--random finds no defects of temporal properties');
  });
});
