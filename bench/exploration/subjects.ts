import type { Specification } from '../../checker/model/specification.ts';
import * as kraft from '../../models/kraft/config.ts';
import { kraftModel } from '../../models/kraft/model.ts';
import * as replication from '../../models/replication/config.ts';
import { replicationModel } from '../../models/replication/model.ts';
import type { SpecificationModule } from '../../parallel/specificationModule.ts';
import { kraftProperties } from '../../properties/kraft.ts';
import { replicationProperties } from '../../properties/replication.ts';
import { consistent, twoPhaseCommit } from '../../test/checker/subjects/twoPhaseCommit.ts';
import { specOf } from '../../test/published/kafkaReplication.ts';
import { isrProperties } from '../../test/published/properties.ts';
import { modelOf } from '../../test/published/variants.ts';

/** What is explored: a model in a scope, with all of its properties. */
export interface Subject {
  readonly name: string;
  readonly scope: string;
}

/** A subject as the threads of a search make it. */
export function moduleOf({ name, scope }: Subject): SpecificationModule {
  return { url: import.meta.url, name: 'specify', data: { name, scope } };
}

/** Makes the model and properties of a subject. */
export function specify(data: unknown): Specification {
  // Only moduleOf makes such data.
  const { name, scope } = data as Subject;
  const bounds = boundsIn(scope);
  switch (name) {
    case 'replication': {
      const all = { ...replication.smallScope, ...bounds };
      return {
        model: replicationModel(replication.defaultConfig, all),
        properties: replicationProperties(replication.defaultConfig, all),
      };
    }
    case 'kraft': {
      const all = { ...kraft.smallScope, ...bounds };
      return {
        model: kraftModel(kraft.defaultConfig, all),
        properties: kraftProperties(kraft.defaultConfig, all),
      };
    }
    case 'two-phase commit': {
      const managers = bounds['managers'] ?? 3;
      return { model: twoPhaseCommit(managers), properties: consistent(managers) };
    }
    case 'KIP-320, published': {
      const { replicas = 3, epoch = 2 } = bounds;
      const spec = specOf({ replicas, maxLeaderEpoch: epoch, logSize: 2, maxRecords: 2 });
      return { model: modelOf('Kip320', spec), properties: isrProperties(spec) };
    }
    default:
      throw new Error(`there is no subject "${name}"`);
  }
}

/** Bounds as they are written: `records=3 crashes=1`. */
function boundsIn(scope: string): Record<string, number> {
  const parts = scope.split(' ').filter(part => part !== '');
  return Object.fromEntries(
    parts.map((part): [string, number] => {
      const [name = '', value] = part.split('=');
      return [name, Number(value)];
    }),
  );
}
