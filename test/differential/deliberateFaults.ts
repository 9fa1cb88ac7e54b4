import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Fault, faults } from './faults.ts';

/** Where the sources are. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));
/** What the comparison consists of. */
export const needed: readonly string[] = [
  'package.json',
  'tsconfig.json',
  'checker',
  'parallel',
  'test/differential',
  'test/checker/exhaustive/scatteredPool.ts',
];

/** What became of a fault. */
export interface Noticed {
  readonly fault: string;
  readonly file: string;
  /** How many models it took, if it was noticed. */
  readonly models: number | undefined;
  /** Which comparison noticed it. */
  readonly comparison: string | undefined;
}

/** Puts each fault into a copy of the sources, and compares models until it is noticed. */
export function* notice(mostModels: number, some: readonly Fault[] = faults): Generator<Noticed> {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-faults-'));
  try {
    for (const path of needed) cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const fault of some) yield noticeOne(folder, fault, mostModels);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function noticeOne(folder: string, fault: Fault, mostModels: number): Noticed {
  const path = join(folder, fault.file);
  const right = readFileSync(path, 'utf8');
  writeFileSync(path, faulty(right, fault));
  const args = [
    '--import',
    'tsx',
    'test/differential/main.ts',
    '--first',
    '--models',
    String(mostModels),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  writeFileSync(path, right);
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const { name, file } = fault;
  // What does not even come to an end, or to models, is no model's doing.
  if (!last.startsWith('{')) throw new Error(`${name}: ${stderr}`);
  const { first }: { first?: { number: number; comparison: string } } = JSON.parse(last);
  return { fault: name, file, models: first && first.number + 1, comparison: first?.comparison };
}

/** The text with the fault. */
export function faulty(text: string, { name, file, find, replace }: Fault): string {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new Error(`${name}: expected once in ${file}, found ${parts.length - 1} times: ${find}`);
  }
  return parts.join(replace);
}
