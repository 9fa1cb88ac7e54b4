import { basename, dirname, resolve } from 'node:path';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { HighwaterConfig } from './defineConfig.ts';
import { extendedEntry } from './extendedEntry.ts';
import { ownEntry } from './ownEntry.ts';
import type { Project } from './project.ts';

/**
 * Makes ready what the file says of these models and of others.
 *
 * @throws UsageError when a model has the name of another, or an extension is none.
 */
export function configuredProject(
  file: string,
  config: HighwaterConfig,
  ours: readonly ModelEntry[],
): Project {
  const { models = [], extend = {}, corpus = 'traces', thresholds = {} } = config;
  const name = basename(file);
  const own = models.map(model => ownEntry(model, name));
  const builtIn = ours.map(entry => extendedEntry(entry, extend, name));
  const extended = builtIn.filter(entry => !ours.includes(entry));
  rejectTwice([...own, ...builtIn], ours, name);
  return {
    file,
    models: [...own, ...builtIn],
    builtIn: ours,
    own: [...own, ...extended].map(entry => entry.name),
    corpus: resolve(dirname(file), corpus),
    namesCorpus: config.corpus !== undefined,
    flags: flagsOf(config),
    thresholds,
  };
}

function rejectTwice(
  entries: readonly ModelEntry[],
  ours: readonly ModelEntry[],
  file: string,
): void {
  const names = entries.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  const advice = ours.some(({ name }) => name === twice)
    ? 'is built in: change it under extend, or give yours another name'
    : 'is there twice';
  throw new UsageError(`${file}: models: a model named "${twice}" ${advice}`, 'wrong-config');
}

function flagsOf({ seed, runs, maxSteps, timeLimit }: HighwaterConfig): Record<string, string> {
  const limit = typeof timeLimit === 'number' ? `${timeLimit}ms` : timeLimit;
  const given = Object.entries({ seed, runs, maxSteps, timeLimit: limit });
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
