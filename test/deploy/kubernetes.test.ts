import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import { Secret } from 'kubernetes-models/v1';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { shardOf } from '../../cli/options/shard.ts';

const folder = new URL('../../deploy/kubernetes/', import.meta.url);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Manifest = { [name: string]: Json };

const kinds: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  'apps/v1 Deployment': Deployment,
  'batch/v1 Job': Job,
  'v1 Secret': Secret,
};

function manifestsIn(file: string): Manifest[] {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return parseAllDocuments(text).map(document => {
    expect(document.errors).toEqual([]);
    // Of YAML that is a mapping, as each of these is.
    return document.toJS() as Manifest;
  });
}

/** Holds a manifest to the schema of its kind. */
function validate(manifest: Manifest): void {
  const kind = `${manifest['apiVersion']} ${manifest['kind']}`;
  const Kind = kinds[kind];
  if (Kind === undefined) throw new Error(`no schema is known of ${kind}`);
  new Kind(manifest as never).validate();
}

/** Every place of a value that is no object or list. */
function leaves(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, of]) => leaves(of, [...path, name]));
}

/** The value with another one in this place. */
function replaced(value: Json, [name, ...rest]: readonly string[], by: Json): Json {
  if (name === undefined) return by;
  const copy = structuredClone(value);
  if (typeof copy !== 'object' || copy === null) throw new Error(`there is no ${name}`);
  const fields = copy as { [name: string]: Json };
  fields[name] = replaced(fields[name] ?? null, rest, by);
  return copy;
}

const all = readdirSync(folder).flatMap(file =>
  manifestsIn(file).map(manifest => ({ file, kind: String(manifest['kind']), manifest })),
);

describe.each(all)('$file, $kind', ({ manifest }) => {
  test('is as the schema of Kubernetes says', () => {
    expect(() => validate(manifest)).not.toThrow();
  });

  // The schema allows for fields that it does not know, and a server leaves them out: a wrong name would do nothing.
  test('has only fields that the schema knows: each is refused with another value', () => {
    expect(unknownIn(manifest)).toEqual([]);
    expect(unknownIn({ ...manifest, spek: { replicas: 1 } })).toEqual(['spek.replicas']);
  });
});

/** The fields that may have any value. */
function unknownIn(manifest: Manifest): string[] {
  return leaves(manifest)
    .filter(path => path.length > 1 && !isRefused(replaced(manifest, path, [[['wrong']]])))
    .map(path => path.join('.'));
}

function isRefused(manifest: Json): boolean {
  try {
    // It was made of one.
    validate(manifest as Manifest);
    return false;
  } catch {
    return true;
  }
}

test('every shard is done by one index of the job', () => {
  const [job] = manifestsIn('shards.job.yaml');
  const spec = JSON.parse(JSON.stringify(job?.['spec']));
  const [container] = spec.template.spec.containers;
  const { SHARDS } = Object.fromEntries(
    container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  const [, option = ''] = /--shard ("[^"]+")/.exec(container.args[0]) ?? [];
  const shards = Array.from({ length: spec.completions }, (_, index) => {
    const env = { SHARDS, JOB_COMPLETION_INDEX: String(index) };
    return shardOf(execFileSync('sh', ['-c', `printf %s ${option}`], { env, encoding: 'utf8' }));
  });
  expect(shards).toEqual(
    Array.from({ length: spec.completions }, (_, index) => ({ index, count: Number(SHARDS) })),
  );
  expect(spec.completions).toBe(Number(SHARDS));
});
