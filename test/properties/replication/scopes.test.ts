import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { quietScope } from '../../../models/replication/config.ts';
import { everyFew } from '../../long.ts';
import { replicationIn, type Scope } from '../../models/replication/scope.ts';

/** Where these fail, an operator has lost something that the scope cannot keep. */
const operatorsAsk = new Set(['acknowledged-records-survive', 'exposed-records-survive']);

/** What an exploration finds that must not be: violations, and claims that any scope must put to use. */
async function findingsIn(scope: Scope): Promise<string[]> {
  const { model, properties } = replicationIn(scope);
  const result = await exploreExhaustively(model, properties, { keepGoing: true });
  return result.properties
    .filter(({ name, verdict }) => !(verdict === 'violated' && operatorsAsk.has(name)))
    .filter(({ elsewhere }) => elsewhere !== true)
    .filter(({ verdict }) => ['violated', 'vacuous', 'unreached'].includes(verdict))
    .map(({ name, verdict }) => `${name}: ${verdict}`);
}

const bounds = Object.keys(quietScope).filter(name => name !== 'records');

describe.each(['current', 'current-elr'] as const)(
  'every claim holds and is used: %s',
  generation => {
    test.each([1, 2])(
      'where nothing happens, with min.insync.replicas=%i',
      async minInsyncReplicas => {
        expect(
          await findingsIn({ config: { kafka: generation, brokers: 2, minInsyncReplicas } }),
        ).toEqual([]);
        expect(
          await findingsIn({ config: { kafka: generation, brokers: 1, minInsyncReplicas } }),
        ).toEqual([]);
      },
    );

    test.each(everyFew(bounds, 3))('with %s=1', async bound => {
      for (const brokers of [1, 2]) {
        const scope = { config: { kafka: generation, brokers }, bounds: { [bound]: 1 } };
        expect([brokers, await findingsIn(scope)]).toEqual([brokers, []]);
      }
    });

    test('with a spare broker and a reassignment', async () => {
      const config = { generation, brokers: 1, spareBrokers: 1, minInsyncReplicas: 1 };
      expect(await findingsIn({ config, bounds: { reassignments: 1 } })).toEqual([]);
    });
  },
);
