import { performance } from 'node:perf_hooks';
import { specificationOf } from '../../application/tasks/replayTrace.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { CompiledModel, labelOf } from '../../checker/core/compiledModel.ts';
import type { ReplicationConfig } from '../../models/replication/config.ts';
import { startBrokers } from '../broker/kinds.ts';
import { startController } from '../controller/kinds.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import type { Checked, Extent } from '../lockstep/check.ts';
import type { Driver } from '../lockstep/driver.ts';
import { type Difference, Lockstep, noCounts, type Played } from '../lockstep/lockstep.ts';
import { TogetherCounterpart } from '../together/together.ts';
import { type StoredTrace, storedTraces } from './traces.ts';

/** Where fewer steps are asked for, some of the traces are played. */
const ALL = 600;

/** Plays the traces of the corpus, each from its beginning, beside a real controller and real brokers. */
export async function playStored(
  version: KafkaVersion,
  { steps: wanted }: Extent,
): Promise<Checked> {
  const begun = performance.now();
  const { traces, leftOut } = storedTraces(version);
  const stride = Math.max(1, Math.floor(ALL / Math.max(1, wanted)));
  const chosen = traces.filter((_, index) => index % stride === 0);
  const counts = noCounts();
  const unnamed: Difference[] = [];
  const others: string[] = [];
  let [runs, steps] = [0, 0];
  const drivers = { controller: startController(version), brokers: startBrokers(version) };
  try {
    for (const trace of chosen) {
      const played = await play(trace, drivers, counts);
      if (played === undefined) others.push(trace.file);
      else [runs, steps] = [runs + 1, steps + played.steps];
      if (played?.difference !== undefined) unnamed.push(played.difference);
    }
  } finally {
    await drivers.controller.close();
    await drivers.brokers.close();
  }
  const seconds = (performance.now() - begun) / 1000;
  return {
    ...{ name: 'stored traces', version, runs, steps, seconds, counts },
    ...{ exceptions: {}, stale: [], unnamed, findings: [], noticed: [] },
    leftOut: {
      ...leftOut,
      ...(others.length === 0 ? {} : { 'steps that this release does not have': others.length }),
    },
  };
}

/** Undefined where the release does not take these steps. */
async function play(
  { model: of, steps }: StoredTrace,
  { controller, brokers }: { readonly controller: Driver; readonly brokers: Driver },
  counts: ReturnType<typeof noCounts>,
): Promise<Played | undefined> {
  const model = new CompiledModel(specificationOf(of, builtInModels).model);
  const labels = model.instances.map(({ taken }) => labelOf(taken));
  const run = steps.map(step => labels.indexOf(step));
  if (run.includes(-1)) return undefined;
  // The model was built of these settings, which is to say that they are some.
  const config = of.config as unknown as ReplicationConfig;
  const counterpart = new TogetherCounterpart(controller, brokers, config);
  const { difference, ...played } = await new Lockstep(model, counterpart, counts).rerun(run);
  if (difference === undefined) return played.taken === run.length ? played : undefined;
  const { step: _, ...apart } = difference;
  return { ...played, difference: apart };
}
