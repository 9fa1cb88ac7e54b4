import { describe, expect, it } from 'vitest';
import { catalogue } from '../../cli/catalogue.ts';
import { at, run } from './runInProcess.ts';

describe('list', () => {
  it('names everything that an option takes', async () => {
    const { code, stdout } = await run(['list']);
    expect(code).toBe(0);
    for (const entry of catalogue) {
      const names = [
        entry.name,
        ...entry.settings.map(({ name }) => name),
        ...Object.keys(entry.boundMeanings),
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
});
