import { describe, expect, it } from 'vitest';
import { builtInModel, builtInModels } from '../../catalogue/models.ts';
import { plain } from '../../checker/trace/renderStyle.ts';
import { catalogueLines } from '../../cli/output/modelReport.ts';
import { lockEntry } from './lockEntry.ts';
import { at, run } from './runInProcess.ts';

describe('list', () => {
  it('says in one screen which models there are', async () => {
    const { code, stdout } = await run(['list']);
    expect(code).toBe(0);
    for (const { name } of builtInModels) expect(stdout).toContain(`  ${name}: `);
    expect(stdout).toMatch(
      /^ {4}\d+ settings, \d+ bounds, \d+ properties, \d+ actions, \d+ defects$/m,
    );
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
  });

  it('names everything that an option takes', async () => {
    const all = await Promise.all(builtInModels.map(({ name }) => run(['list', name])));
    const stdout = all.map(each => each.stdout).join('');
    for (const entry of builtInModels) {
      const names = [
        entry.name,
        ...entry.settings.map(({ name }) => name),
        ...entry.bounds.map(({ name }) => name),
        ...entry.defects.map(({ name }) => name),
      ];
      for (const name of names) expect(stdout).toContain(name);
    }
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toContain('acknowledged-records-survive (invariant)');
    expect(stdout).toContain('produce(leader: broker, acks: all)');
  });

  it('prints the same in JSON', async () => {
    const { stdout } = await run(['list', '--json']);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({ schemaVersion: 1, command: 'list' });
    const model = Object.values(Object(at(document, 'models'))).find(
      candidate => at(candidate, 'name') === 'replication',
    );
    expect(at(model, 'settings', 0)).toEqual({
      name: 'brokers',
      default: 3,
      meaning: expect.any(String),
    });
    expect(at(model, 'bounds', 0)).toMatchObject({ name: 'records', small: 2, large: 8 });
    expect(at(model, 'properties', 0)).toMatchObject({ kind: 'invariant' });
    expect(at(model, 'actions', 0)).toMatchObject({
      name: 'produce',
      params: { leader: 'broker' },
    });
    expect(at(model, 'defects', 0, 'caughtBy')).toBeTypeOf('string');
  });

  it('prints one model only', async () => {
    expect((await run(['list', 'replication'])).code).toBe(0);
    expect((await run(['list', 'x'])).code).toBe(2);
  });

  it('says of several how much there is of each, and in each section of one of which it is', () => {
    const layout = { width: 80, style: plain };
    const several = catalogueLines([builtInModel('replication'), lockEntry], layout);
    expect(several[0]).toBe('models ("list <model>" prints what there is of one)');
    expect(several[1]).toMatch(/^ {2}replication: the partitions of a topic/);
    expect(several).toContain('  lock: clients that take turns');
    const lock = catalogueLines([lockEntry], layout);
    expect(lock[0]).toBe('lock: clients that take turns');
    expect(lock).toContain('lock: bounds (--bound name=value)');
    expect(lock).toContain('    caught by held-by-few, in a directed scenario');
  });
});
