import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { configurableEntry } from '../../application/project/configurableEntry.ts';
import { counterModel } from '../checker/subjects/toys.ts';
import { blocksOf } from '../package/externalProject.ts';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const config = fileURLToPath(new URL('fixtures/configurable/highwater.config.ts', import.meta.url));
const folder = temporaryFolder();

async function explored(...argv: readonly string[]) {
  const called = ['explore', 'counter', '--config', config, '--json', '-q', ...argv];
  const { code, stdout } = await run(called);
  return { code, document: stdout === '' ? {} : (JSON.parse(stdout) as unknown) };
}

describe('a model of settings', () => {
  it('is the one that docs/extending.md shows', () => {
    const shown = blocksOf('docs/extending.md').get('counters.config.ts');
    expect(readFileSync(config, 'utf8')).toBe(shown);
  });

  it('is explored with its defaults, or as --set and --bound have it', async () => {
    const usual = await explored();
    expect(usual.code).toBe(0);
    expect(at(usual.document, 'distinctStates')).toBe(4 + 4);
    const longer = await explored('--set', 'most=6', '--set', 'resets=2');
    expect(at(longer.document, 'config')).toEqual({ most: 6, resets: 2 });
    expect(at(longer.document, 'distinctStates')).toBe(3 * 7);
    const bounded = await explored('--set', 'most=6', '--bound', 'resets=0');
    expect(at(bounded.document, 'distinctStates')).toBe(7);
  });

  it('has its defects switched on, in traces that replay', async () => {
    const { code, document } = await explored('--defect', 'counts-by-two', '--out', folder);
    expect(code).toBe(1);
    expect(at(document, 'defects')).toEqual(['counts-by-two']);
    // The settings in which it is found are its own.
    expect(at(document, 'config')).toEqual({ most: 3, resets: 0 });
    const [file = ''] = readdirSync(folder);
    const replayed = await run(['replay', join(folder, file), '--config', config, '-q']);
    expect(replayed.stdout).toMatch(/reproduced/);
  });

  it('is told of by list, and its defects are found', async () => {
    const { stdout } = await run(['list', 'counter', '--config', config]);
    expect(stdout).toMatch(/most/);
    expect(stdout).toMatch(/counts-by-two/);
    const found = await run(['defects', '--model', 'counter', '--config', config, '-q']);
    expect(found.code).toBe(0);
    expect(found.stdout).toMatch(/counts-by-two/);
  });

  it('is checked in all of its scopes', async () => {
    const { code, stdout } = await run(['check', '--model', 'counter', '--config', config, '-q']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/a longer way, every state: .*/);
  });

  it.each([
    ['a setting that there is not', ['--set', 'more=1'], 'unknown setting "more"'],
    ['a defect that there is not', ['--defect', 'x'], 'unknown defect "x"'],
    [
      'a setting and a bound of one name at once',
      ['--set', 'resets=2', '--bound', 'resets=1'],
      'resets is a setting and a bound: give --set or --bound, not both',
    ],
  ])('refuses %s', async (_, argv, words) => {
    const { code, stderr } = await run(['explore', 'counter', '--config', config, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it.each([
    ['of its own', { scope: {} }, 'there is no "scope"; there are settings, defects, scopes'],
    ['of a defect', { defects: { x: { bound: {} } } }, 'defect "x": there is no "bound"'],
  ])('is refused where it has a key that there is not: %s', (_, more, words) => {
    const specify = () => ({ model: counterModel(3), properties: [] });
    expect(() => configurableEntry({ settings: {}, specify, ...more } as never, 'c.ts')).toThrow(
      words,
    );
  });

  it('says whose code it is that throws', () => {
    const specify = (): never => {
      throw new RangeError('no such thing');
    };
    expect(() => configurableEntry({ settings: {}, specify }, 'config.ts')).toThrow(
      'config.ts: models: specify throws: no such thing',
    );
  });

  it('is refused where it does not tell of its settings', () => {
    const silent = {
      settings: { most: 3 },
      specify: () => ({ model: counterModel(3), properties: [] }),
    };
    expect(() => configurableEntry(silent, 'config.ts')).toThrow(
      'model "counter": config.most is nothing, and the setting is 3',
    );
  });
});
