import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findLogs, type LogFile } from '../../../application/validate/logFiles.ts';
import type { ValidatedPart } from '../../../application/validate/validatedPart.ts';
import { validateLogs } from '../../../application/validate/validateLogs.ts';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import { isLong } from '../../long.ts';
import { type Mutant, type Mutation, mutate } from './mutateDump.ts';
import { mutateNodeLog } from './mutateNodeLog.ts';

/*
 * Real clusters that went through failures: `highwater live failover-4.3.1-<n> --out <dir>` and the stories, each trimmed
 * to what is read of it. Of some there is the metadata log alone, of others what nodes logged and had on their disks too.
 */
const folder = fileURLToPath(new URL('./recorded', import.meta.url));

interface Recorded {
  readonly name: string;
  readonly files: readonly LogFile[];
}

const entries = readdirSync(folder, { withFileTypes: true });
const metadataAlone = entries
  .filter(entry => entry.isFile())
  .map(({ name }): Recorded => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    return { name, files: [{ path: 'dump', kind: 'dump', text }] };
  });
const withNodes = entries
  .filter(entry => entry.isDirectory())
  .map(({ name }): Recorded => ({ name, files: findLogs([`${folder}/${name}`]).files }));

function validated(files: readonly LogFile[]): ValidatedPart[] {
  return validateLogs(files, { models: [], kafka: undefined, mostStates: 10_000 });
}

function isRefused(files: readonly LogFile[]): boolean {
  return validated(files).some(({ verdict }) => verdict === 'unexplained');
}

describe('a real failover', () => {
  test.each([...metadataAlone, ...withNodes])('is explained: $name', ({ files }) => {
    const parts = validated(files);
    expect(parts.map(({ name, verdict, unexplained }) => ({ name, verdict, unexplained }))).toEqual(
      parts.map(({ name }) => ({ name, verdict: 'explained', unexplained: [] })),
    );
    expect(parts.reduce((sum, { constraints }) => sum + constraints.fields, 0)).toBeGreaterThan(30);
  });

  test('was recorded more than twenty times, on two releases', () => {
    expect(metadataAlone.length + withNodes.length).toBeGreaterThan(20);
    expect(withNodes.filter(({ name }) => name.includes('3.9.1')).length).toBeGreaterThan(3);
  });
});

const mutations: readonly Mutation[] = ['dropped', 'swapped', 'altered'];

/** So many logs, each with one event that is dropped, swapped or altered. */
function mutants(
  count: number,
  of: readonly Recorded[],
): (Mutant & { readonly files: LogFile[] })[] {
  return Array.from({ length: count }, (_, index) => {
    const { files } = of[index % of.length] as Recorded;
    const mutation = mutations[index % 3] as Mutation;
    const random = new RandomSource(index);
    const logs = files.filter(({ kind }) => kind === 'dump' || kind === 'node');
    const changed = logs[logs.length === 1 ? 0 : random.below(logs.length)] as LogFile;
    const { kind, text } = changed;
    const mutant =
      kind === 'dump'
        ? mutate(text, mutation, random, false)
        : mutateNodeLog(text, mutation, random);
    if (mutant === undefined) return undefined;
    const others = files.map(file => (file === changed ? { ...file, text: mutant.text } : file));
    return { ...mutant, files: others };
  }).filter(mutant => mutant !== undefined);
}

interface Refusals {
  readonly all: number;
  readonly refused: number;
  /** Accepted although nothing says that Kafka could have written them. */
  readonly left: readonly Mutant[];
}

function refusalsOf(of: readonly Recorded[], count: number, what: string): Refusals {
  const all = mutants(count, of);
  const accepted = all.filter(({ files }) => !isRefused(files));
  const left = accepted.filter(({ becauseIndependent }) => becauseIndependent === undefined);
  const refused = all.length - accepted.length;
  if (isLong) {
    const possible = accepted.length - left.length;
    process.stdout.write(
      `${what}: refused ${refused} of ${all.length}; ${possible} of the others Kafka could have written\n`,
    );
    for (const mutation of mutations) {
      const [some, kept] = [all, accepted].map(each => each.filter(m => m.mutation === mutation));
      process.stdout.write(
        `  ${mutation}: ${(some?.length ?? 0) - (kept?.length ?? 0)} of ${some?.length}\n`,
      );
    }
  }
  return { all: all.length, refused, left };
}

describe('a failover with one event dropped, swapped or altered', () => {
  test('is refused, nearly always, by its metadata log alone', () => {
    const count = isLong ? 1000 : 24;
    const { all, refused, left } = refusalsOf(metadataAlone, count, 'metadata alone');
    expect(refused / all).toBeGreaterThanOrEqual(isLong ? 0.91 : 0.8);
    expect(left).toEqual([]);
  });

  test('is refused with the logs of its nodes, but for what Kafka could have written', () => {
    const count = isLong ? 1000 : 12;
    const { all, refused, left } = refusalsOf(withNodes, count, 'with logs of nodes');
    expect(refused / all).toBeGreaterThanOrEqual(isLong ? 0.85 : 0.7);
    expect(left.length / (refused + left.length)).toBeLessThan(0.01);
  });
});
