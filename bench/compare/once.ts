import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * Does one piece of work with the sources of a checkout, and prints the CPU seconds that it took and what came of it:
 * tsx bench/compare/once.ts <checkout> <work>
 */
const [checkout = '.', work = ''] = process.argv.slice(2);

/**
 * A module of the checkout, which is taken to have the shape of ours.
 *
 * @param paths - Where it is here, and where it was before.
 */
function moduleOf<Module>(...paths: readonly string[]): Promise<Module> {
  const path = paths.find(each => existsSync(join(checkout, each))) ?? paths[0] ?? '';
  // What another state of the sources exports can only be seen by using it.
  return import(new URL(path, `${pathToFileURL(checkout)}/`).href) as Promise<Module>;
}

type Exhaustive = typeof import('../../checker/exhaustive/exhaustive.ts');
type Simulate = typeof import('../../checker/random/simulate.ts');
type Subjects = typeof import('../exploration/subjects.ts');

const { exploreExhaustively } = await moduleOf<Exhaustive>(
  'checker/exhaustive/exhaustive.ts',
  'checker/explore/exhaustive.ts',
);
const { simulate } = await moduleOf<Simulate>(
  'checker/random/simulate.ts',
  'checker/explore/simulate.ts',
);
const { specify } = await moduleOf<Subjects>('bench/exploration/subjects.ts');

const subjects: Readonly<Record<string, { name: string; scope: string }>> = {
  replication: { name: 'replication', scope: 'records=2' },
  'replication, 3 records': { name: 'replication', scope: 'records=3' },
  kraft: { name: 'kraft', scope: '' },
  'two-phase commit': { name: 'two-phase commit', scope: 'managers=7' },
};
const [subject = '', manner = ''] = work.split(': ');
const { model, properties } = specify(subjects[subject]);

async function doWork(): Promise<string> {
  if (manner === 'random runs') {
    const extent = { seed: 2, runs: 6000, maxSteps: 200 };
    return `${(await simulate(model, properties, extent)).steps} steps`;
  }
  const symmetry = manner === 'symmetry';
  const { distinctStates, verdict } = await exploreExhaustively(model, properties, { symmetry });
  return `${verdict}, ${distinctStates} distinct states`;
}

const before = process.cpuUsage();
const outcome = await doWork();
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ outcome, seconds: (user + system) / 1e6 }));
