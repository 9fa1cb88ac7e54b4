import { dirname, join } from 'node:path';
import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import { CheckpointFolder } from '../../parallel/checkpointFolder.ts';
import type { RunIdentity } from '../../parallel/checkpointManifest.ts';
import { type Digests, modelDigests } from '../../parallel/modelDigests.ts';
import { isCheckout, packageRoot } from '../packageRoot.ts';
import { sourceFiles } from '../project/sourceFiles.ts';
import { toolVersion } from '../version.ts';
import type { ExhaustiveEngine } from './task.ts';

/** What loads everything that the models of this package are made of. */
export const builtInModule: string = isCheckout
  ? join(packageRoot, 'catalogue/models.ts')
  : join(packageRoot, 'dist/cli/main.js');

/**
 * The folder in which a search is kept, if it is to be.
 *
 * @param configFile - The configuration file that the model comes from, if it comes from one.
 * @throws CheckpointError when the folder holds something else, or a checkpoint that is damaged or of
 * another run, or of a model that has changed since.
 * @throws UsageError when it cannot be told which files the model comes from.
 */
export async function openCheckpoint(
  built: BuiltModel,
  engine: ExhaustiveEngine,
  configFile: string | undefined,
): Promise<CheckpointFolder | undefined> {
  if (engine.checkpoint === undefined) return undefined;
  const { folder, every, resume } = engine.checkpoint;
  const sources = await sourcesOf(built, configFile);
  const options = { folder, every, run: identityOf(built, engine), sources };
  return resume ? CheckpointFolder.resume(options) : CheckpointFolder.create(options);
}

/** Everything that is asked for and makes a difference to what is found. */
function identityOf({ model, properties }: BuiltModel, engine: ExhaustiveEngine): RunIdentity {
  return {
    highwater: toolVersion,
    model: model.name,
    version: model.version,
    settings: { ...model.config },
    bounds: { ...model.bounds },
    defects: [...model.defects],
    properties: properties.map(({ name }) => name),
    symmetry: engine.symmetry,
    keepGoing: engine.keepGoing,
    counterexamples: engine.counterexamples ?? 1,
  };
}

/** What the model is made of, and every file that it may come from: those of this package in its sources. */
async function sourcesOf(built: BuiltModel, configFile: string | undefined): Promise<Digests> {
  const [entries, folder] =
    configFile === undefined
      ? [[builtInModule], packageRoot]
      : [[builtInModule, configFile], dirname(configFile)];
  const { files, packages } = await sourceFiles(entries, folder);
  const versions = Object.entries(packages).map(([name, version]) => [`package ${name}`, version]);
  return { ...modelDigests(built), ...files, ...Object.fromEntries(versions) };
}
