import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defectPlans } from '../../../application/defects/defectPlan.ts';
import { runDefects } from '../../../application/defects/runDefects.ts';
import { plainProject } from '../../../application/project/project.ts';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { replayTrace } from '../../../application/tasks/replayTrace.ts';
import type { DefectEntry, ModelEntry } from '../../../catalogue/modelEntry.ts';
import { builtInModel, builtInModels } from '../../../catalogue/models.ts';
import { labelOf } from '../../../checker/core/compiledModel.ts';
import { plain } from '../../../checker/trace/renderStyle.ts';
import { defectJson } from '../../../cli/defects/defectJson.ts';
import { defectLines } from '../../../cli/defects/defectText.ts';
import { type SavedDefect, saveDefects } from '../../../cli/defects/savedDefects.ts';
import { readTraceFile } from '../../../corpus/readTraceFile.ts';
import { temporaryFolder } from '../../cli/folder.ts';
import { lockEntry } from '../../cli/lockEntry.ts';

const replication = builtInModel('replication');
const corpus = join(import.meta.dirname, '../../../traces');
const searched = 'leader-epoch-not-bumped';
const simple = defectNamed('reads-to-log-end');
const masked = defectNamed('admitted-below-min-isr');

function defectNamed(name: string): DefectEntry {
  const defect = replication.defects.find(each => each.name === name);
  if (defect === undefined) throw new Error(`no defect "${name}"`);
  return defect;
}

/** The steps of the defect's trace in the corpus, as a scenario has them. */
function scenarioOf({ name, caughtBy }: DefectEntry): string[] {
  const { steps } = readTraceFile(join(corpus, `${name}--${caughtBy}.trace.json`));
  return steps.map(({ action, params }) => labelOf({ name: action, params }));
}

/** The model with only these defects, beside one that is searched for. */
function withDefects(...defects: readonly DefectEntry[]): ModelEntry {
  return { ...replication, defects: [defectNamed(searched), ...defects] };
}

async function outcomesOf(
  entry: ModelEntry,
  {
    out,
    interrupt = new InterruptFlag(),
    names = [],
  }: {
    readonly out?: string;
    readonly interrupt?: InterruptFlag;
    readonly names?: readonly string[];
  } = {},
): Promise<SavedDefect[]> {
  const surroundings = { project: plainProject([entry]), jobs: 1, interrupt };
  return saveDefects(await runDefects(defectPlans([entry], names, {}), surroundings), out);
}

function textOf(outcomes: readonly SavedDefect[]): string {
  return defectLines(outcomes, { width: 100, style: plain }).join('\n');
}

describe('a defect with a directed scenario', () => {
  const played = { ...simple, scenario: scenarioOf(simple) };

  it('is caught by its steps, and the report says which way found each', async () => {
    const outcomes = await outcomesOf(withDefects(played));
    expect(outcomes.map(defectJson)).toMatchObject([
      { name: searched, verdict: 'caught', foundBy: 'exhaustive search', engine: 'exhaustive' },
      {
        name: played.name,
        verdict: 'caught',
        asExpected: true,
        foundBy: 'directed scenario',
        engine: 'script',
        steps: 2,
        shortest: false,
        stuck: null,
        bounds: { records: 1 },
        trace: { explored: { engine: 'script', shortest: false } },
      },
    ]);
    const text = textOf(outcomes);
    expect(text).toMatch(/^caught {2}reads-to-log-end +2 steps {2}scenario$/m);
    expect(text).toContain('caught by reads-below-high-watermark, in a directed scenario');
    expect(text).toContain(
      '2 of 2 defects caught: 1 by an exhaustive search, 1 by a directed scenario',
    );
  });

  it('is not caught where a step cannot be taken, and the guard that is false is named', async () => {
    const [first = ''] = played.scenario;
    const stuck = { ...played, scenario: [first, first] };
    const outcomes = await outcomesOf(withDefects(stuck), { names: [stuck.name] });
    const words = `step 2, ${first}, cannot be taken: no records are left in this scope`;
    expect(outcomes.map(defectJson)).toMatchObject([
      { verdict: 'not caught', foundBy: null, stuck: words, trace: null, asExpected: false },
    ]);
    expect(textOf(outcomes).replaceAll(/\s+/g, ' ')).toContain(
      `the scenario cannot be played: ${words}`,
    );
  });

  it('is not caught where its property holds to the end', async () => {
    const short = { ...played, scenario: played.scenario.slice(0, 1) };
    const outcomes = await outcomesOf(withDefects(short), { names: [short.name] });
    expect(outcomes[0]?.verdict).toBe('not caught');
    expect(textOf(outcomes)).toContain(
      'holds to the end of the scenario: it lets this defect pass',
    );
  });

  it('has a trace that is saved, read and replayed like any other', async () => {
    const out = temporaryFolder();
    const outcomes = await outcomesOf(withDefects(played), { out, names: [played.name] });
    const [name = ''] = readdirSync(out);
    expect(name).toBe('reads-to-log-end--reads-below-high-watermark.trace.json');
    expect(outcomes.map(defectJson)).toMatchObject([{ trace: join(out, name) }]);
    expect(replayTrace(readTraceFile(join(out, name)), builtInModels).word).toBe('reproduced');
  });

  it('is not looked at after an interrupt', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const outcomes = await outcomesOf(withDefects(played), { interrupt });
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['interrupted', 'interrupted']);
  });

  it('needs no search, so that its model can be any', async () => {
    const outcomes = await outcomesOf(lockEntry, { names: ['unchecked-lock'] });
    expect(outcomes.map(defectJson)).toMatchObject([
      { model: 'lock', verdict: 'caught', foundBy: 'directed scenario', steps: 5 },
    ]);
  });
});

describe('a masked defect with a directed scenario', () => {
  const played = { ...masked, scenario: scenarioOf(masked) };

  it('is played together with the defect that unmasks it, and searched for alone', async () => {
    const [plan] = defectPlans([withDefects(played)], [played.name], {});
    expect(plan?.request.defects).toEqual([played.name, masked.masked?.unmaskedBy]);
    expect(plan?.alone?.request.defects).toEqual([played.name]);
    const outcomes = await outcomesOf(withDefects(played), { names: [played.name] });
    expect(outcomes.map(defectJson)).toMatchObject([
      { verdict: 'masked', foundBy: 'directed scenario', asExpected: true },
    ]);
    expect(textOf(outcomes)).toContain(
      '1 masked, each caught where the rule that hides it is gone: 1 by a directed scenario',
    );
  });

  it('is not masked where it breaks something alone', async () => {
    const hiddenBy = { because: 'nothing', unmaskedBy: searched };
    const wrong = { ...simple, scenario: scenarioOf(simple), masked: hiddenBy };
    const outcomes = await outcomesOf(withDefects(wrong), { names: [wrong.name] });
    expect(outcomes.map(defectJson)).toMatchObject([{ verdict: 'not masked', foundBy: null }]);
  });
});
