import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/folder.ts';
import { at } from '../cli/runInProcess.ts';
import { isLong } from '../long.ts';
import { blocksOf, type CommandRun, installInto, programOf, runIn } from './externalProject.ts';

const project = temporaryFolder();
const [tsc, vitest] = [programOf(project, 'tsc'), programOf(project, 'vitest')];
const blocks = blocksOf('docs/extending.md');
const fromCode = blocksOf('docs/programmatic.md');

const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    typeRoots: [join(import.meta.dirname, '../../node_modules/@types')],
    types: ['node'],
    strict: true,
    // Where vitest looks for no tests.
    outDir: 'node_modules/built',
    rewriteRelativeImportExtensions: true,
    skipLibCheck: true,
  },
  include: ['*.ts'],
};

/** What must not compile, which shows that the types of the package say something. */
const wrongUses = `
import { extendModel } from 'highwater';
import { checkCluster, describeCluster, exploreModel } from 'highwater/check';
import { invariant, replication } from 'highwater/replication';

const { broker } = replication();
export const properties = [
  invariant({
    name: 'typed',
    statement: 'Fields are known.',
    // @ts-expect-error there is no such field
    holds: ({ protocol }) => protocol.controllers.length === 0,
  }),
  // @ts-expect-error a node is needed
  invariant({ name: 'n', statement: 's', holds: ({ protocol }) => protocol.brokers.get(1).paused }),
  invariant({
    name: 'read-only',
    statement: 'Properties only read.',
    holds({ protocol }) {
      for (const one of broker.all) {
        // @ts-expect-error a property must not change the state
        protocol.brokers.get(one).paused = true;
      }
      return true;
    },
  }),
];
const cluster = describeCluster([{ name: 'a', text: '' }]);
// @ts-expect-error bounds are numbers
export const checked = checkCluster(cluster, { bounds: { records: 'many' } });
// @ts-expect-error there is no such engine
export const explored = exploreModel('kraft', { engine: 'fast' });
export const extended = extendModel(replication(), {
  budget: { faults: 1 },
  actions: action => [
    action({
      name: 'a',
      kind: 'fault',
      actor: 'somebody',
      params: {},
      // @ts-expect-error there is no such budget
      spends: 'fault',
      enabled: () => true,
      step: () => undefined,
    }),
  ],
});
`;

function highwater(...args: readonly string[]): CommandRun {
  return runIn(project, programOf(project, 'highwater'), ...args);
}

beforeAll(async () => {
  await installInto(project);
  for (const [name, content] of [...blocks, ...fromCode]) {
    writeFileSync(join(project, name), content);
  }
  writeFileSync(join(project, 'wrongUses.ts'), wrongUses);
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
});

describe('the package, in a project of somebody else', () => {
  it('has types: the files that the pages show compile, and wrong uses do not', () => {
    expect([...blocks.keys()]).toHaveLength(7);
    expect([...fromCode.keys()]).toEqual(['compose.yml', 'cluster.ts']);
    expect(runIn(project, tsc)).toMatchObject({ code: 0, stdout: '' });
  });

  it('prints a verdict and a story of the cluster in its compose file, without a command', () => {
    const { code, stdout, stderr } = runIn(
      project,
      process.execPath,
      'node_modules/built/cluster.js',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('the cluster is violated; it may lose 0 controllers');
    expect(stdout).toMatch(/1 replica, min\.insync\.replicas 1/);
    expect(stdout).toMatch(/^ {2}acknowledged-records-survive: violated$/m);
    expect(stdout).toMatch(/^ {2}one-leader-per-epoch: holds$/m);
    expect(stdout).toContain('acknowledged-records-survive is broken');
    expect(stdout).toContain('losePower');
  });

  it('tests an invariant, a fault and a protocol with plain vitest', () => {
    // A machine that is busy takes longer than the five seconds of vitest.
    const { code, stdout } = runIn(project, vitest, 'run', '--testTimeout=600000');
    expect(stdout).toMatch(/Tests {2}4 passed/);
    expect(code).toBe(0);
  });

  it('lists what there is, and prints no warning', () => {
    const { code, stdout, stderr } = runIn(project, 'npx', '--no-install', 'highwater', 'list');
    expect(code).toBe(0);
    expect(stdout).toContain('two-phase-commit');
    expect(stdout).toMatch(/replication: extended by highwater.config.ts/);
    const { stdout: own } = highwater('list', 'replication');
    expect(own).toContain('loseNewestRecord(partition: partition, broker: broker)');
    expect(stderr).toBe('');
  });

  it('shows a trace as a page, which is part of the package', () => {
    const trace = 'unclean-leader-election--acknowledged-records-survive.trace.json';
    const path = join('node_modules', 'highwater', 'traces', trace);
    const { code, stdout, stderr } = highwater('show', path, '--format', 'html');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain('"phrase":"broker-1 crashes"');
  });

  it.runIf(isLong)('reads a configuration in a project of CommonJS modules', () => {
    const folder = join(project, 'commonjs');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    writeFileSync(join(folder, 'twoPhaseCommit.ts'), blocks.get('twoPhaseCommit.ts') ?? '');
    const config = "import { twoPhaseCommit } from './twoPhaseCommit.ts';\n";
    const content = `${config}export default { models: [twoPhaseCommit(0)], seed: 8 };\n`;
    writeFileSync(join(folder, 'highwater.config.ts'), content);
    const program = programOf(project, 'highwater');
    const { code, stdout, stderr } = runIn(folder, program, 'check', '--jobs', '1', '--quiet');
    expect(stderr).toBe('');
    expect(stdout).toContain('seed 8');
    expect(stdout).toContain('VERDICT: holds');
    expect(code).toBe(0);
  });

  it('simulates a model of the configuration, and keeps and replays the trace', () => {
    const { code, stdout } = highwater('simulate', 'two-phase-commit', '--out', 'traces');
    expect(stdout).toContain('nobody-is-blocked is broken');
    expect(code).toBe(1);
    const [trace = ''] = readdirSync(join(project, 'traces'));
    const path = join('traces', trace);
    expect(highwater('replay', path)).toMatchObject({ code: 0 });
    expect(highwater('show', path).stdout).toContain('a participant is prepared');
  });

  it('explores one of its own models as the configuration extends it', () => {
    const scope = ['--bound', 'records=1', '--bound', 'crashes=0', '--bound', 'rottenRecords=1'];
    const { code, stdout } = highwater('explore', 'replication', ...scope);
    expect(stdout).toContain('loseNewestRecord');
    expect(code).toBe(1);
  });

  it('checks the models of the configuration in worker threads', () => {
    const check = ['check', '--model', 'two-phase-commit', '--json', '--quiet', '--jobs', '2'];
    const { stdout, stderr } = highwater(...check);
    expect(stderr).toBe('');
    const document: unknown = JSON.parse(stdout);
    expect(at(document, 'verdict')).toBe('violated');
    expect(at(document, 'seed')).toBe(7);
    expect(at(document, 'corpus', 0, 'outcome')).toBe('reproduced');
  });
});

describe('a project that "init" began', () => {
  const folder = join(project, 'locks');

  it('has a test that fails on purpose, for the reason that its README gives', () => {
    expect(highwater('init', 'locks')).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout, stderr } = runIn(folder, vitest, 'run');
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('writes-in-order-of-grants');
    expect(readdirSync(join(folder, 'traces'))).toHaveLength(1);
  });

  it.runIf(isLong)('compiles', () => {
    expect(runIn(folder, tsc)).toMatchObject({ code: 0, stdout: '' });
  });

  it('is checked: the trace of the README is the shortest there is', () => {
    const { code, stdout } = runIn(folder, 'npx', '--no-install', 'highwater', 'check');
    expect(code).toBe(1);
    const [, drawing = ''] = readFileSync(join(folder, 'README.md'), 'utf8')
      .split('```\n')
      .slice(2);
    expect(drawing).toContain('expire');
    expect(stdout).toContain(drawing);
    expect(stdout).toContain('5 steps, the shortest possible in this scope');
  });

  it('is not begun again where it is', () => {
    const { code, stderr } = highwater('init', 'locks');
    expect(code).toBe(2);
    expect(stderr).toContain('is there already; nothing was written');
  });
});
