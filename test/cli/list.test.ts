import { describe, expect, it } from 'vitest';
import { builtInModel, builtInModels } from '../../catalogue/models.ts';
import { plain } from '../../checker/trace/renderStyle.ts';
import { catalogueLines } from '../../cli/output/modelReport.ts';
import { lockEntry } from './lockEntry.ts';
import { at, run } from './runInProcess.ts';

describe('list', () => {
  it('names everything that an option takes', async () => {
    const { code, stdout } = await run(['list']);
    expect(code).toBe(0);
    for (const entry of builtInModels) {
      const names = [
        entry.name,
        ...entry.settings.map(({ name }) => name),
        ...entry.bounds.map(({ name }) => name),
        ...entry.defects.map(({ name }) => name),
      ];
      for (const name of names) expect(stdout).toContain(name);
    }
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

  it('says first which models there are, where there are several, and in each section of which', () => {
    const layout = { width: 80, style: plain };
    const several = catalogueLines([builtInModel('replication'), lockEntry], layout);
    expect(several.slice(0, 3)).toEqual([
      'models ("list <model>" prints only one)',
      expect.stringMatching(/^ {2}replication {2}the partitions of a topic/),
      '  lock         clients that take turns',
    ]);
    expect(several).toContain('replication: bounds (--bound name=value)');
    expect(several).toContain('lock: bounds (--bound name=value)');
    expect(several).toContain('    caught by held-by-few, in a directed scenario');
    expect(catalogueLines([lockEntry], layout)[0]).toBe('lock: clients that take turns');
  });
});
