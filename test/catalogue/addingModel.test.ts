import { describe, expect, it } from 'vitest';
import { checkModels } from '../../application/api/check.ts';
import { exploreModel } from '../../application/api/explore.ts';
import { configuredProject } from '../../application/project/configuredProject.ts';
import { plainProject } from '../../application/project/project.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { withReference } from '../../tools/models/reference.ts';
import { temporaryFolder } from '../cli/folder.ts';
import { at, type CliRun, run } from '../cli/runInProcess.ts';
import { lampsDescribed } from './lamps/descriptor.ts';
import { LampConfigError } from './lamps/model.ts';

/* That adding a model is adding a folder and a line: here the folder is lamps/, and this is the line. */
const models = [...builtInModels, lampsDescribed.entry];

function highwater(...argv: readonly string[]): Promise<CliRun> {
  return run(argv, { models });
}

describe('a model with a descriptor and a line in the list', () => {
  it('is listed with its settings, bounds, properties and defects', async () => {
    const { code, stdout } = await highwater('list', 'lamps');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}wiring +parallel +series: one lamp that fails puts all out$/m);
    expect(stdout).toMatch(/^ {2}failures +1 +3 +lamps that fail$/m);
    expect(stdout).toContain('failed-lamps-are-dark (invariant)');
    expect(stdout).toContain('failed-lamp-switched-on');
    expect((await highwater('list')).stdout).toContain('lamps that are switched on, and fail');
  });

  it('is explored with settings and bounds that are given, and refuses others', async () => {
    const scope = ['--set', 'lamps=3', '--set', 'wiring=series', '--bound', 'failures=2'];
    const { code, stdout } = await highwater('explore', 'lamps', ...scope, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      config: { lamps: 3, wiring: 'series' },
      bounds: { failures: 2 },
      verdict: 'holds',
    });
    expect((await highwater('explore', 'lamps', '--set', 'lamps=9')).stderr).toBe(
      'highwater: lamps: expected 1 to 4 [wrong-value]\n',
    );
    expect((await highwater('explore', 'lamps', '--bound', 'failurs=1')).stderr).toContain(
      'did you mean "failures"?',
    );
  });

  it('has a part in the main job, and its defect is caught', async () => {
    const check = ['check', '--model', 'lamps', '--jobs', '1', '--traces', temporaryFolder()];
    const { code, stdout } = await highwater(...check);
    expect(stdout).toContain('Lamps in parallel');
    expect(stdout).toMatch(
      /one fails: explored completely: \d+ distinct states.*; 1\s+failed lamp/s,
    );
    expect(stdout).toContain('with 2 lamps where nothing else is said');
    expect(code).toBe(0);
    const { stdout: caught } = await highwater('defects', '--model', 'lamps', '--json', '-j', '1');
    expect(at(JSON.parse(caught), 'defects')).toMatchObject([{ verdict: 'caught', steps: 2 }]);
  });

  it('is there in code, by name and with its types', async () => {
    const project = plainProject(models);
    // Threads do not know it: whatever is asked for, it is explored on this one.
    const { verdict } = await checkModels({ project, models: ['lamps'], runs: 20, jobs: 2 });
    expect(verdict).toBe('holds');
    const { result } = await exploreModel('lamps', { project, settings: { lamps: 1 }, workers: 2 });
    expect(result.verdict).toBe('holds');
    const { lamp, model } = lampsDescribed.specify({ config: { lamps: 3 } });
    expect(lamp.all).toHaveLength(3);
    expect(model.bounds).toEqual({ failures: 3 });
    expect(() => lampsDescribed.specify({ defects: ['none'] })).toThrow(LampConfigError);
  });

  it('can be extended by a configuration', () => {
    const extend = { lamps: ({ model }: { model: object }) => ({ model, properties: [] }) };
    const { own, models: all } = configuredProject('c.ts', { extend } as never, models);
    expect(own).toEqual(['lamps']);
    const lamps = all.find(({ name }) => name === 'lamps');
    expect(lamps?.summary).toContain('extended by c.ts');
    const scope = { config: {}, bounds: {}, defects: [] };
    expect(lamps?.build(scope).properties).toEqual([]);
  });

  it('has tables in its page', () => {
    const page = '<!-- reference: begin (npm run docs) -->\n<!-- reference: end -->\n';
    const written = withReference(page, lampsDescribed.entry);
    expect(written).toContain('| `lamps` | `2` | lamps (1 to 4) |');
    expect(written).toContain('| `failures` | 1 | 3 | 1 | lamps that fail |');
    expect(written).toContain('| `failed-lamps-are-dark` | invariant |');
    expect(written).toContain('| `failed-lamp-switched-on` |');
    expect(withReference(written, lampsDescribed.entry)).toBe(written);
  });
});
