import type { Specification } from '../../checker/model/specification.ts';
import type { SpecificationModule } from '../../parallel/specificationModule.ts';
import { consistent, twoPhaseCommit } from '../../test/checker/subjects/twoPhaseCommit.ts';
import { specOf } from '../../test/published/kafkaReplication.ts';
import { isrProperties } from '../../test/published/properties.ts';
import { modelOf } from '../../test/published/variants.ts';
import type { Subject } from './work.ts';

/** In what is built of the sources, this may be in one file with other modules. */
const thisModule = import.meta.url.endsWith('.ts')
  ? import.meta.url
  : new URL('../bench-peers/specify.js', import.meta.url).href;

/** A subject as the threads of a search make it. */
export function moduleOf({ model, scope }: Subject): SpecificationModule {
  return { url: thisModule, name: specify.name, data: { model, scope } };
}

/** Makes the model and the properties of a subject. */
export function specify({ model, scope }: Subject): Specification {
  if (model === 'two-phase') {
    const [managers = 3] = scope;
    return { model: twoPhaseCommit(managers), properties: consistent(managers) };
  }
  const [replicas = 3, logSize = 2, maxRecords = 2, maxLeaderEpoch = 2] = scope;
  const spec = specOf({ replicas, logSize, maxRecords, maxLeaderEpoch });
  return { model: modelOf('Kip320', spec), properties: isrProperties(spec) };
}
