import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInModels } from '../../catalogue/models.ts';
import { pageScript } from '../bundle/pageScript.ts';
import type { SiteFile } from '../bundle/siteFile.ts';
import { sheetOf } from '../engine/modelSheet.ts';
import { engineScript } from './engineScript.ts';
import { type Block, type PageParts, pageHtml } from './pageHtml.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Plan extends Pick<PageParts, 'title' | 'description' | 'styledElements'> {
  readonly file: string;
  readonly entry: string;
  readonly blocks: () => readonly Block[];
}

/** Clusters to try, by the files of `examples/` that describe them. */
const clusters: readonly { readonly title: string; readonly files: readonly string[] }[] = [
  {
    title: 'three brokers, as the Apache image has them',
    files: ['apache-kafka-cluster-combined.docker-compose.yml'],
  },
  {
    title: 'three brokers of Bitnami',
    files: ['bitnami-three-brokers-combined.docker-compose.yml'],
  },
  {
    title: 'Strimzi',
    files: ['strimzi-kafka-persistent.yaml', 'strimzi-kafka-topic.yaml'],
  },
  { title: 'what kafka-topics prints', files: ['kafka-topics-describe.txt'] },
];

/** Models to begin from, each with the scope that it is explored in. */
const models: readonly { readonly title: string; readonly file: string; readonly call: string }[] =
  [
    {
      title: 'a lock with a lease (broken)',
      file: 'cli/init/template/lockService.ts',
      call: 'lockService()',
    },
    {
      title: 'a bounded buffer',
      file: 'examples/models/boundedBuffer/boundedBuffer.ts',
      call: 'boundedBuffer({ producers: 2, consumers: 1, capacity: 1 })',
    },
    { title: 'an outbox', file: 'examples/models/outbox/outbox.ts', call: 'outbox()' },
    {
      title: 'elections of Raft',
      file: 'examples/models/raftElection/raftElection.ts',
      call: 'raftElection({ crashes: 1 })',
    },
    {
      title: 'Paxos',
      file: 'examples/models/paxos/paxos.ts',
      call: 'paxos({ values: 2, ballots: 2 })',
    },
  ];

const plans: readonly Plan[] = [
  {
    file: 'check.html',
    title: 'Check my cluster',
    description: 'What can a Kafka cluster lose? Answered from its configuration, in this page.',
    entry: 'site/page/check/main.tsx',
    blocks: () => [jsonBlock('examples', clusters.map(clusterExample))],
  },
  {
    file: 'explore.html',
    title: 'Explore a model',
    description: 'Models of Kafka, explored in this page: every state, or random runs.',
    entry: 'site/page/explore/main.tsx',
    blocks: () => [jsonBlock('models', builtInModels.map(sheetOf))],
  },
  {
    file: 'write.html',
    title: 'Write a model',
    description: 'Write a model of a protocol, and see what breaks in it, in this page.',
    entry: 'site/page/write/main.tsx',
    styledElements: true,
    blocks: () => [jsonBlock('examples', models.map(modelExample))],
  },
];

/** Builds the pages that compute, each in one file. The same sources make the same bytes. */
export async function playgrounds(): Promise<readonly SiteFile[]> {
  const { code } = await engineScript();
  const engine: Block = { id: 'engine', type: 'text/plain', text: code };
  return Promise.all(
    plans.map(async ({ file, entry, blocks, ...head }) => {
      const parts = await pageScript(entry);
      return { file, text: pageHtml({ ...head, ...parts, blocks: [...blocks(), engine] }) };
    }),
  );
}

function jsonBlock(id: string, value: unknown): Block {
  return { id, type: 'application/json', text: JSON.stringify(value) };
}

function clusterExample({ title, files }: (typeof clusters)[number]): unknown {
  return { title, files: files.map(name => ({ name, text: exampleText(name) })) };
}

/** A model as a module that a page can run: what a configuration file exports comes with it. */
function modelExample({ title, file, call }: (typeof models)[number]): unknown {
  const code = readFileSync(join(root, file), 'utf8');
  const last = `export default defineConfig({ models: [${call}] });`;
  return { title, text: `import { defineConfig } from 'highwater';\n${code}\n${last}\n` };
}

function exampleText(name: string): string {
  return readFileSync(join(root, 'examples', name), 'utf8');
}
