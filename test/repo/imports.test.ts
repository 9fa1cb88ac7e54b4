import { describe, expect, test } from 'vitest';
import { specifiersOf, violations } from './imports.ts';

describe('the check of imports', () => {
  const found = (files: Record<string, string>): string[] =>
    violations(new Map(Object.entries(files)));

  test.each([
    ['checker/state/a.ts', '../../models/b.ts'],
    ['checker/state/a.ts', '../../properties/b.ts'],
    ['models/a.ts', '../properties/b.ts'],
    ['models/a.ts', '../cli/b.ts'],
    ['parallel/a.ts', '../models/b.ts'],
    ['checker/a.ts', '../parallel/b.ts'],
    ['properties/a.ts', '../cli/b.ts'],
    ['viewer/a.ts', '../checker/state/b.ts'],
    ['viewer/a.ts', '../models/b.ts'],
    ['cli/a.ts', '../test/b.ts'],
    ['checker/a.ts', '../test/b.ts'],
    ['models/a.ts', '../bench/b.ts'],
    ['exports/a.ts', '../test/b.ts'],
    ['exports/a.ts', '../cli/commands/b.ts'],
    ['cli/a.ts', '../exports/b.ts'],
    ['catalogue/a.ts', '../application/b.ts'],
    ['catalogue/a.ts', '../cli/b.ts'],
  ])('detects that %s imports %s', (from, to) => {
    expect(found({ [from]: `import { b } from '${to}';\nexport const a = b;` })).toHaveLength(1);
  });

  test.each([
    ['checker/state/a.ts', '../model/b.ts'],
    ['models/a.ts', '../checker/state/b.ts'],
    ['properties/a.ts', '../models/x/schema.ts'],
    ['viewer/a.ts', '../checker/trace/b.ts'],
    ['cli/a.ts', '../models/b.ts'],
    ['bench/a.ts', '../cli/b.ts'],
    ['bench/a.ts', '../test/b.ts'],
    ['cli/a.ts', '../parallel/b.ts'],
    ['parallel/a.ts', '../checker/core/b.ts'],
    ['exports/a.ts', '../application/check/b.ts'],
    ['cli/a.ts', '../application/check/b.ts'],
    ['application/a.ts', '../catalogue/b.ts'],
    ['test/a.ts', '../cli/b.ts'],
    ['checker/a.ts', 'fast-check'],
  ])('allows that %s imports %s', (from, to) => {
    expect(found({ [from]: `import { b } from '${to}';\nexport const a = b;` })).toEqual([]);
  });

  test.each([
    "import { b } from '../models/b.ts';",
    "import type { b } from '../models/b.ts';",
    "import '../models/b.ts';",
    "export { b } from '../models/b.ts'; const a = 1;",
    "export const b = await import('../models/b.ts');",
    "export type B = import('../models/b.ts').B;",
    "export const b = require('../models/b.ts');",
  ])('sees %s', text => {
    expect(specifiersOf('checker/a.ts', text)).toEqual(['../models/b.ts']);
    expect(found({ 'checker/a.ts': text })).toEqual([
      'checker/a.ts imports models/b.ts: checker may import only checker',
    ]);
  });

  test('detects predicates that a property shares with the model it is about', () => {
    const shared = "import { isActive } from '../../models/x/election.ts';";
    expect(found({ 'properties/x/a.ts': shared })).toEqual([
      'properties/x/a.ts imports models/x/election.ts: properties have their own predicates',
    ]);
    const typesOnly = [
      "import type { Election } from '../../models/x/election.ts';",
      "import { type Election } from '../../models/x/election.ts';",
    ];
    for (const text of typesOnly) expect(found({ 'properties/x/a.ts': text })).toEqual([]);
    const lifecycle = "import { table } from '../../models/lifecycle/x.ts';";
    expect(found({ 'properties/x/a.ts': lifecycle })).toEqual([]);
  });

  test('is not misled by strings and comments', () => {
    expect(
      specifiersOf('a.ts', `// import '../b.ts'\nexport const a = "import '../b.ts'";`),
    ).toEqual([]);
  });

  test('detects cycles, also of types only and of three files', () => {
    const two = {
      'checker/a.ts': "import type { B } from './b.ts';\nexport type A = B;",
      'checker/b.ts': "import { a } from './a.ts';\nexport const b = a;",
    };
    expect(found(two)).toEqual(['import cycle: checker/a.ts -> checker/b.ts -> checker/a.ts']);
    const three = {
      'models/a.ts': "import './b.ts';",
      'models/b.ts': "import './c.ts';",
      'models/c.ts': "import './b.ts';",
    };
    expect(found(three)).toEqual(['import cycle: models/b.ts -> models/c.ts -> models/b.ts']);
    expect(found({ 'models/a.ts': "import './a.ts';" })).toHaveLength(1);
  });

  test('detects folders that import each other, though no files do', () => {
    const knot = {
      'checker/core/a.ts': "import './b.ts';\nimport '../state/c.ts';",
      'checker/core/b.ts': 'export const b = 1;',
      'checker/state/c.ts': "import '../core/b.ts';",
    };
    expect(found(knot)).toEqual([
      'cycle in checker: checker/core -> checker/state -> checker/core',
    ]);
    expect(found({ ...knot, 'checker/state/c.ts': "import '../state/d.ts';" })).toEqual([]);
    const fileAndFolder = {
      'checker/core/a.ts': "import './parts/b.ts';",
      'checker/core/parts/b.ts': "import '../c.ts';",
      'checker/core/c.ts': "import './parts/d.ts';",
    };
    expect(found(fileAndFolder)).toEqual([
      'cycle in checker/core: checker/core/parts -> checker/core/c.ts -> checker/core/parts',
    ]);
  });

  test('detects barrel files', () => {
    expect(found({ 'models/index.ts': "export * from './a.ts';" })).toHaveLength(1);
    const indirect = "import { a } from './a.ts';\nexport { a };";
    expect(found({ 'models/index.ts': indirect })).toHaveLength(1);
    expect(found({ 'models/real.ts': `${indirect}\nexport const b = a;` })).toEqual([]);
    expect(found({ 'cli/main.ts': "import './run.ts';" })).toEqual([]);
    expect(found({ 'exports/a.ts': "export * from '../checker/a.ts';" })).toEqual([]);
  });
});
