import { CheckpointFolder } from '../../parallel/checkpointFolder.ts';
import type { RunIdentity } from '../../parallel/checkpointManifest.ts';
import type { BuiltModel } from '../catalogue/modelEntry.ts';
import { toolVersion } from '../version.ts';
import type { ExhaustiveEngine } from './task.ts';

/**
 * The folder in which a search is kept, if it is to be.
 *
 * @throws CheckpointError when the folder holds something else, or a checkpoint that is damaged or of
 * another run.
 */
export function openCheckpoint(
  built: BuiltModel,
  engine: ExhaustiveEngine,
): CheckpointFolder | undefined {
  if (engine.checkpoint === undefined) return undefined;
  const { folder, every, resume } = engine.checkpoint;
  const options = { folder, every, run: identityOf(built, engine) };
  return resume ? CheckpointFolder.resume(options) : CheckpointFolder.create(options);
}

/** Everything that makes a difference to what is found. */
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
    actions: model.actions.map(({ name }) => name),
    words: model.schema.wordLength,
  };
}
