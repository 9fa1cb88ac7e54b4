import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/folder.ts';
import { blocksOf, installInto, programOf, runIn } from './externalProject.ts';

const project = temporaryFolder();
const blocks = blocksOf('docs/programmatic.md');

const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    typeRoots: [join(import.meta.dirname, '../../node_modules/@types')],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    outDir: 'built',
  },
  include: ['*.ts'],
};

/** What must not compile, which shows that the types of the entry say something. */
const wrongUses = `
import { checkCluster, describeCluster, exploreModel } from 'highwater/check';

const cluster = describeCluster([{ name: 'a', text: '' }]);
// @ts-expect-error bounds are numbers
export const checked = checkCluster(cluster, { bounds: { records: 'many' } });
// @ts-expect-error there is no such engine
export const explored = exploreModel('kraft', { engine: 'fast' });
`;

beforeAll(async () => {
  await installInto(project);
  for (const [name, content] of blocks) writeFileSync(join(project, name), content);
  writeFileSync(join(project, 'wrongUses.ts'), wrongUses);
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
}, 240_000);

describe('a project of somebody else that calls the package', () => {
  it('compiles what docs/programmatic.md shows, and no wrong uses', () => {
    expect([...blocks.keys()]).toEqual(['compose.yml', 'cluster.ts']);
    expect(runIn(project, programOf(project, 'tsc'))).toMatchObject({ code: 0, stdout: '' });
  });

  it('prints a verdict and a story of the cluster in its compose file', () => {
    const { code, stdout, stderr } = runIn(project, process.execPath, 'built/cluster.js');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('the cluster is violated; it may lose 0 controllers');
    expect(stdout).toMatch(/1 replica, min\.insync\.replicas 1/);
    expect(stdout).toMatch(/^ {2}acknowledged-records-survive: violated$/m);
    expect(stdout).toMatch(/^ {2}one-leader-per-epoch: holds$/m);
    expect(stdout).toContain('acknowledged-records-survive is broken');
    expect(stdout).toContain('losePower');
  });
});
