import { record } from '../record.ts';
import { type Manner, type Measured, measure } from './run.ts';
import type { Subject } from './subjects.ts';
import { tableOf } from './table.ts';

/*
 * Explores large scopes completely, once each: two-phase commit with 7 and 8 managers, the published
 * Kafka specification, and a scope of replication of more than 20 million states.
 */
const both: readonly Manner[] = [
  { workers: 1, symmetry: false },
  { workers: 1, symmetry: true },
];
const runs: readonly (readonly [Subject, readonly Manner[]])[] = [
  [{ name: 'two-phase commit', scope: 'managers=7' }, both],
  [{ name: 'two-phase commit', scope: 'managers=8' }, both],
  [{ name: 'KIP-320, published', scope: 'replicas=3 epoch=2' }, both],
  [{ name: 'replication', scope: 'records=6' }, [{ workers: 2, symmetry: false }]],
];

const rows: Measured[] = [];
for (const [subject, manners] of runs) {
  for (const manner of manners) {
    const row = await measure(subject, manner);
    rows.push(row);
    process.stdout.write(`${tableOf([row], new Map())}\n`);
  }
}
record({ rows });
