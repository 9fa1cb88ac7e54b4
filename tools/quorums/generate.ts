import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { agreedSurvival } from '../../application/quorum/agreed.ts';
import { type QuorumRow, quorumRow } from '../../application/quorum/quorumRow.ts';
import { quorumPage } from './page.ts';

/*
 * Plays every outage of quorums of one to eight voters anew and writes docs/quorums.json and
 * docs/quorums.md. Takes some minutes, nearly all of them for eight voters; with `--page` only the
 * page is written, from the rows that are there.
 */
const MOST_VOTERS = 8;
const fromHere = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const rowsFile = fromHere('docs/quorums.json');

if (!process.argv.includes('--page')) {
  const rows: QuorumRow[] = [];
  for (let voters = 1; voters <= MOST_VOTERS; voters++) {
    rows.push(quorumRow(await agreedSurvival(voters)));
    process.stderr.write(`${voters} of ${MOST_VOTERS} sizes played\n`);
  }
  writeFileSync(rowsFile, `${JSON.stringify(rows, null, 2)}\n`);
}

const quorums: QuorumRow[] = JSON.parse(readFileSync(rowsFile, 'utf8'));
writeFileSync(fromHere('docs/quorums.md'), quorumPage(quorums));
