import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Peer } from './peer.ts';
import type { Subject } from './work.ts';

/** Steps of the longest way that the depth-first search may be on: more than any here has. */
const DEPTH = 1_000_000;

/** SPIN on the Promela of this folder: the verifier that it generates, compiled as its manual says for safety. */
export function spinPeer(order: 'depth first' | 'breadth first', cache: string): Peer {
  return {
    name: `SPIN, ${order}`,
    // It has none.
    does: ({ symmetry }) => !symmetry,
    prepare(subject) {
      const folder = join(cache, 'spin', `${subject.model}-${subject.scope.join('-')}-${order[0]}`);
      compile(subject, order, folder);
      // States without a step are no error here; what could not be reached of the text is not listed.
      return {
        argv: ['./pan', '-E', '-n', ...(order === 'depth first' ? [`-m${DEPTH}`] : [])],
        folder,
      };
    },
    read(output) {
      const distinct = numberBefore(output, 'states, stored');
      const generated = numberBefore(output, 'transitions');
      const isWhole =
        output.includes('errors: 0') && !output.includes('max search depth too small');
      return { distinct, generated, broken: !isWhole };
    },
  };
}

function compile({ model, scope }: Subject, order: string, folder: string): void {
  const name = model === 'kip320' ? 'kip320' : 'twoPhase';
  const source = join(import.meta.dirname, 'spin', `${name}.pml`);
  const size = model === 'kip320' ? `-DEPOCHS=${(scope[3] ?? 0) + 1}` : `-DMANAGERS=${scope[0]}`;
  const made = join(folder, 'made-of.pml');
  const text = readFileSync(source, 'utf8');
  if (existsSync(join(folder, 'pan')) && existsSync(made) && readFileSync(made, 'utf8') === text)
    return;
  mkdirSync(folder, { recursive: true });
  const [spin, c] =
    order === 'breadth first' ? [['-DBREADTH_FIRST'], ['-DBFS']] : [[], [] as string[]];
  execFileSync('spin', ['-a', size, ...spin, source], { cwd: folder });
  const flags = ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', '-DMEMLIM=8192', ...c];
  execFileSync('gcc', [...flags, '-o', 'pan', 'pan.c'], { cwd: folder });
  writeFileSync(made, text);
}

function numberBefore(output: string, words: string): number {
  const found = new RegExp(`(\\d+) ${words}`).exec(output)?.[1];
  if (found === undefined) throw new Error(`SPIN did not print "${words}": ${output}`);
  return Number(found);
}
