import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A page of the documentation. */
export interface Document {
  /** Its source, from the root of the project: `docs/clients.md`. */
  readonly source: string;
  /** Where it is in the site: `docs/clients.html`. */
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** What one of the three people who use this reads, in this order. */
export interface Way {
  readonly title: string;
  readonly lead: string;
  readonly pages: readonly string[];
}

/** The ways into the documentation: what is in none of them is under "more". */
export const ways: readonly Way[] = [
  {
    title: 'Operate Kafka',
    lead: 'What can my cluster lose, what stops, and what helps?',
    pages: [
      ...['cluster-descriptions', 'guarantees', 'client-guarantees', 'upgrading', 'releases'],
      ...['quorums', 'failover', 'findings', 'reading-traces', 'validating', 'live'],
    ],
  },
  {
    title: 'Test in CI',
    lead: 'Put a model, a cluster or a log under test on every change.',
    pages: ['ci', 'testing', 'programs', 'programmatic', 'exploring', 'limits', 'trust'],
  },
  {
    title: 'Design protocols',
    lead: 'Write a model of your own, or extend those of Kafka.',
    pages: [
      ...['extending', 'liveness', 'time', 'replication', 'kraft', 'cluster', 'clients', 'groups'],
      ...['transactions', 'pipeline', 'zookeeper', 'conformance', 'mutation', 'architecture'],
      'glossary',
    ],
  },
];

const beside = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md'];

/** Every page of the documentation, in the order of their paths. */
export function documentsIn(root: string): readonly Document[] {
  const inFolder = (folder: string): string[] =>
    readdirSync(join(root, folder))
      .filter(name => name.endsWith('.md'))
      .map(name => `${folder}/${name}`);
  const sources = [...beside, ...inFolder('docs'), ...inFolder('docs/decisions')];
  return sources.sort().map(source => {
    const text = readFileSync(join(root, source), 'utf8');
    return { source, file: fileOf(source), title: titleOf(text), text };
  });
}

/** README.md is the first page of its folder's documentation, not of the site. */
function fileOf(source: string): string {
  const name = source.replace(/\.md$/, '.html').toLowerCase();
  return posix.dirname(name) === '.' ? `docs/${name}` : name;
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? 'Highwater';
}
