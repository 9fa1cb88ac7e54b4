import { readFileSync, writeFileSync } from 'node:fs';
import { consumerRows, producerRows } from '../../application/clients/clientSettings.ts';
import { clientCells, exploreClients } from '../../application/clients/exploreClients.ts';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { newestRelease } from '../../models/description/release.ts';
import { fromRoot } from '../marked.ts';
import { clientPage } from './page.ts';

/*
 * Explores every cell of the client matrix, some seconds, and writes docs/client-guarantees.md, or with --check
 * compares it.
 */
const page = fromRoot('docs/client-guarantees.md');
/** Releases whose idempotent producers are not alike. */
const others = ['1.0', '2.4', '2.5'];

const idempotent = producerRows.filter(({ idempotence }) => idempotence);
const cells = [
  ...others.flatMap(kafka =>
    idempotent.flatMap(row => clientCells({ kind: 'producer', ...row }, kafka)),
  ),
  ...producerRows.flatMap(row => clientCells({ kind: 'producer', ...row }, newestRelease)),
  ...consumerRows.flatMap(row => clientCells({ kind: 'consumer', ...row }, newestRelease)),
];
const surroundings = { project: plainProject(), jobs: 1, interrupt: new InterruptFlag() };
const text = clientPage(await exploreClients(cells, {}, surroundings));

if (process.argv.includes('--check')) {
  if (text !== readFileSync(page, 'utf8')) {
    process.stderr.write(`${page} is not what the model says: run "npm run clients"\n`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, text);
}
